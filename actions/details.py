"""What is asked about a micro-credential: what it is, what it costs, what it takes, where it starts."""

import re

from actions.base import DomainAction
from actions.naming import meant_achievement
from actions.pathways import answer_to_question, asked_again, next_code
from actions.said import Said
from actions.screens import Screen, Shown
from actions.screens.asides import AgeLimit, AllRight, NothingNeeded
from actions.screens.credential import chosen_screen, credential_screen
from actions.screens.pathways import cost_screen
from actions.screens.reasons import PathwayReasons
from actions.screens.words import WhatIsMicrocredential
from credentials.catalogue import current_catalogue
from credentials.pathways import advise, find_profile, resume_intake
from credentials.people import Person
from credentials.unit_of_work import Work

_OWN_STEP = re.compile(
    r"\bi(?:'ll| will|'m going to|ll) (?:ring|call|phone|e-?mail|write to|visit|ask)\b",
    re.IGNORECASE,
)
_SIGNED_UP = re.compile(
    r"\bi(?:'ve| have)? (?:just |now |already )?(?:signed up|enrol\w*|joined|registered|booked|started|chose|picked)\b|"
    r"\bi(?:'ll| will|'m going to) (?:take|do|start|go (?:with|for))\b",
    re.IGNORECASE,
)
AGE = re.compile(
    r"\b(?:age (?:limit|restriction)s?|minimum age|how old|too (?:old|young|late (?:for me|at my age|in life))|old enough|young enough)\b",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"\b(?:do|would|must|should|will) (?:i|you|one) (?:really )?(?:need|have) (?:to (?:be|have|know|speak)|any|a|an|good|much|maths?|english)\b|"
    r"\b(?:is|are) (?:any |a |an )?(?:\w+ ){0,3}(?:needed|required|necessary)\b",
    re.IGNORECASE,
)
_EXAM = re.compile(r"\b(?:exam\w*|tests?|tested|quiz\w*)\b", re.IGNORECASE)
_FORMAL = re.compile(r"\b(?:degrees?|diplomas?|licen[cs]ed?|licen[cs]es?)\b", re.IGNORECASE)


class ActionAskCost(DomainAction):
    """What the named credential costs, or the way, or most of them."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        code = meant_achievement(work, person, said)
        if code is not None:
            return credential_screen(work, person, code)
        return cost_screen(work, person)


class ActionCredentialDetails(DomainAction):
    """A credential that was named, or the next one of the way."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if _EXAM.search(said.text):
            return WhatIsMicrocredential()
        if AGE.search(said.text):
            return AgeLimit()
        code = meant_achievement(work, person, said)
        if code is None and _NEEDED.search(said.text) and not _FORMAL.search(said.text):
            return _nothing_needed(work)
        if code is None and _FORMAL.search(said.text):
            return _formal_demands(work, person)
        is_asked = resume_intake(work, person_id=person.person_id) is not None
        code = code or (None if is_asked else next_code(work, person))
        if code is None:
            return answer_to_question(work, person, said) or asked_again(work, person)
        return credential_screen(work, person, code)


class ActionEnroll(ActionCredentialDetails):
    """Where and when it starts; enrolling is the learner's own step, and so is asking there.

    Who has signed up is taking it.
    """

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if _SIGNED_UP.search(said.text) and "?" not in said.text:
            code = meant_achievement(work, person, said)
            if code is not None:
                return chosen_screen(work, person, code)
        if _OWN_STEP.search(said.text):
            return AllRight()
        return super().answer(work, person, said)


def _formal_demands(work: Work, person: Person) -> Shown:
    """Whether the job asks for a degree or a licence, which no badge replaces."""
    if not find_profile(work, person_id=person.person_id).has_goal:
        return asked_again(work, person)
    return PathwayReasons.of(current_catalogue(work), advise(work, person_id=person.person_id))


def _nothing_needed(work: Work) -> Screen:
    """How much one may begin with nothing before it."""
    known = current_catalogue(work).achievements.values()
    free = sum(not item.prerequisites for item in known)
    return NothingNeeded(free_standing=free, total=len(known))
