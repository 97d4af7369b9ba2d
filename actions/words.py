"""Yes, no, and what was not understood."""

import re
from collections.abc import Container, Iterable, Mapping

from actions.base import DomainAction
from actions.pathways import answer_to_question, go_on
from actions.said import Said
from actions.screens import Screen, Shown
from actions.screens.asides import AllRight
from actions.screens.choosing import ChooseEvidence
from actions.screens.pathways import intake_screen
from actions.screens.words import Clarify, Distress, Menu, NotUnderstood, OutOfScope, PressChoice
from credentials.evidence import note_stray
from credentials.pathways import ask_goal, find_profile, hear, resume_intake
from credentials.people import Person, Role
from credentials.people.persons import recall_buttons
from credentials.people.talk import find_talk, note_miss
from credentials.unit_of_work import Work

OPTIONS = 3
WISHING = 4  # words beside a no that may say what is wanted instead
SURELY_NOT_OURS = 0.85  # as sure as that, a job in a joke is no goal
# What an intent is offered as, when it is one of the likeliest meanings.
OFFERED_AS = {
    "ask_badges": "ask_badges",
    "share_badge": "ask_badges",
    "verify_badge": "verify_badge",
    "ask_cost": "ask_cost",
    "enroll": "ask_recommendation",
    "ask_credential_details": "ask_recommendation",
    "ask_why": "ask_recommendation",
    "compare_options": "ask_recommendation",
    "ask_deadline": "ask_deadline",
    "appeal_decision": "appeal_decision",
    "change_answer": "change_answer",
    "undo": "change_answer",
    "ask_recommendation": "ask_recommendation",
    "ask_time": "ask_time",
    "set_career_goal": "set_career_goal",
    "change_goal": "set_career_goal",
    "tell_skills": "tell_skills",
    "report_progress": "submit_evidence",
    "submit_evidence": "submit_evidence",
    "ask_progress": "ask_progress",
    "ask_what_is_microcredential": "ask_what_is_microcredential",
    "ask_employer_value": "ask_employer_value",
    "ask_privacy": "ask_privacy",
    "talk_to_advisor": "talk_to_advisor",
    "set_reminder": "set_reminder",
    "snooze": "set_reminder",
    "stop_reminders": "stop_reminders",
    "help": "help",
    "review_work": "review",
}
USUAL = ("set_career_goal", "submit_evidence", "ask_progress")
_NOTHING_MORE = re.compile(
    r"\b(?:nothing (?:else|more)|that'?s (?:all|it)|no more)\b", re.IGNORECASE
)
# A sentence or two of what one has made: it may be work to show.
TOLD_WORK = 60  # characters
_MADE = re.compile(
    r"^\W*(?:(?:so|well|ok|and|then|also|last \w+|at \w+) )*(?:i|we)(?:'ve| have)? (?:also |just |already )?"
    r"(?:wrote|written|made|built|did|done|analy[sz]ed|designed|created|ran|set up|fixed|organi[sz]ed|planned|"
    r"cleaned|coded|programmed|recorded|checked|trained|prepared|drew|measured|tested)\b",
    re.IGNORECASE,
)
NAVIGATION = frozenset(
    {"menu", "help", "cancel", "back", "settings", "ask_person", "meant", "stop", "resume"}
)
YES = frozenset({"yes", "ok", "okay", "confirm", "continue", "go", "send", "save", "agree"})
NO = frozenset({"no", "not", "cancel", "decline", "keep"})


class ActionAffirm(DomainAction):
    """Yes: the obvious choice of the last card, where there is one; otherwise on with the way."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        buttons = recall_buttons(work, person.person_id)
        pressed = _beginning_with(buttons, YES) or _only_choice(buttons)
        if pressed is None and find_profile(work, person_id=person.person_id).has_goal:
            return go_on(work, person)
        return _press(pressed, person)


class ActionDeny(DomainAction):
    """No: none of the jobs offered, "nothing" to an open question, or the refusal of the last card."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        open_ = resume_intake(work, person_id=person.person_id)
        if open_ and open_.asking == "choose" and not said.entities:
            return intake_screen(work, ask_goal(work, person_id=person.person_id))
        answered = answer_to_question(work, person, said)
        if answered is not None:
            return answered
        if open_ and len(said.text.split()) >= WISHING:
            heard = hear(work, person_id=person.person_id, text=said.text, is_goal=True)
            if not heard.is_unclear:
                return intake_screen(work, heard)
        buttons = recall_buttons(work, person.person_id)
        refusal = _beginning_with(buttons, NO)
        if refusal is not None:
            return _press(refusal, person)
        has_goal = find_profile(work, person_id=person.person_id).has_goal
        if has_goal and _NOTHING_MORE.search(said.text):
            return go_on(work, person)
        return AllRight() if has_goal else Menu.of(person)


class ActionComfort(DomainAction):
    """Fixed words for somebody who is not well, with the hotline of the house."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return Distress(hotline=work.settings.hotline)


class ActionOutOfScope(DomainAction):
    """Say kindly that this is not ours, unless it answers the open question."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if said.confidence < SURELY_NOT_OURS:
            answered = answer_to_question(work, person, said)
            if answered is not None:
                return answered
        if (told := _work_told(work, person, said)) is not None:
            return told
        misses = find_talk(work, person_id=person.person_id).misses
        note_miss(work, person_id=person.person_id)
        return OutOfScope.of(person, times=misses)


class ActionDefaultFallback(DomainAction):
    """Take it as an answer to the open question, or else offer the likeliest meanings.

    After the second miss in a row: the menu and a person.
    """

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        answered = answer_to_question(work, person, said)
        if answered is not None:
            return answered
        if (told := _work_told(work, person, said)) is not None:
            return told
        talk = find_talk(work, person_id=person.person_id)
        meanings = [intent for intent, _ in said.ranking if _may_mean(person, intent)]
        if Role.ADVISOR in person.roles:
            meanings.insert(0, "review_work")
        options = likeliest(meanings, but=talk.offered)
        note_miss(work, person_id=person.person_id, offered=options)
        if talk.misses:
            return NotUnderstood.of(person, times=talk.misses)
        return Clarify(options=options)


def _work_told(work: Work, person: Person, said: Said) -> Screen | None:
    """Kept for the credential it is for, when somebody on their way tells of work they have done."""
    has_goal = find_profile(work, person_id=person.person_id).has_goal
    if not has_goal or len(said.text) < TOLD_WORK or not _MADE.search(said.text):
        return None
    note_stray(work, person_id=person.person_id, name=said.text, text=said.text)
    return ChooseEvidence.of(work, person.person_id)


def _may_mean(person: Person, intent: str) -> bool:
    return intent != "review_work" or Role.ADVISOR in person.roles


def likeliest(ranking: Iterable[str], *, but: Container[str] = ()) -> tuple[str, ...]:
    """The first meanings of a ranking that can be offered, filled up with the usual ones.

    `but` are meanings that were offered just before and were not it.
    """
    offered = [OFFERED_AS[intent] for intent in ranking if intent in OFFERED_AS]
    return tuple(one for one in dict.fromkeys([*offered, *USUAL]) if one not in but)[:OPTIONS]


def _press(choice: tuple[str, str] | None, person: Person) -> Screen:
    return PressChoice(label=choice[0], data=choice[1]) if choice else Menu.of(person)


def _beginning_with(buttons: Mapping[str, str], words: frozenset[str]) -> tuple[str, str] | None:
    """The only label that begins with one of the words."""
    found = [(label, data) for label, data in buttons.items() if _first_word(label) in words]
    return found[0] if len(found) == 1 else None


def _only_choice(buttons: Mapping[str, str]) -> tuple[str, str] | None:
    """The one button that leads on."""
    found = [
        (label, data)
        for label, data in buttons.items()
        if data.split(":")[1] not in NAVIGATION and _first_word(label) not in NO
    ]
    return found[0] if len(found) == 1 else None


def _first_word(label: str) -> str:
    return label.casefold().replace(",", " ").partition(" ")[0]
