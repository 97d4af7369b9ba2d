"""Finding one's way, in words: goal, skills, hours, the pathway and its reasons."""

import re
from dataclasses import replace

from actions.base import DomainAction
from actions.naming import by_place, meant_achievement, named_achievement, named_goals
from actions.said import Said
from actions.screens import Screen, Shown
from actions.screens.credential import credential_screen
from actions.screens.evidence import evidence_screen
from actions.screens.intake import AskGoal
from actions.screens.options import (
    COMPARED,
    compare_screen,
    not_on_path,
    step_codes,
    what_if_screen,
)
from actions.screens.pathways import (
    answers_screen,
    intake_screen,
    welcome,
)
from actions.screens.reasons import PathwayReasons
from actions.screens.reminders import step_screen
from actions.screens.review import ReviewQueue
from actions.screens.words import Menu, WhatIsMicrocredential
from credentials.catalogue import LEVELS, current_catalogue
from credentials.drafts import current_draft
from credentials.errors import NotFoundError
from credentials.evidence import (
    go_back,
    review_queue,
    skip_question,
)
from credentials.pathways import (
    Intake,
    advise,
    ask_goal,
    ask_have,
    begin_intake,
    change_budget,
    choose_goal,
    choose_hours,
    find_advert,
    find_profile,
    hear,
    resume_intake,
    say_nothing_yet,
    start_over,
    take_some,
)
from credentials.pathways.hours import read_hours
from credentials.pathways.profiles import DEFAULT_HOURS
from credentials.people import Person, Role
from credentials.reminders import say_when
from credentials.unit_of_work import Work

_WHAT_IF = re.compile(r"\b(?:what if|what about|how about|suppose)\b", re.IGNORECASE)
_OTHER_FACTS = frozenset({"occupation", "skill", "industry", "money", "language", "date"})
_DETAILS = frozenset({"inform", "change_answer"})
_ABOUT_ONESELF = _DETAILS | {"tell_skills", "report_progress"}
_GIVEN_UP = re.compile(
    r"\b(?:not for me|no longer|any ?more|giv(?:e|en|ing) up|gave up|quit|don'?t want|sick of|done with|fed up)\b",
    re.IGNORECASE,
)
_TO_CHANGE = re.compile(
    r"\b(?:chang\w*|correct\w*|edit|wrong|mistake|fix|update|typo|different|another)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:instead of|in place of|alternatives? (?:to|for)) (?:it|that|this)\b", re.IGNORECASE
)
_SHORTER = re.compile(r"\b(?:short|quick|fast)\w*\b", re.IGNORECASE)
_EASIER = re.compile(r"\b(?:eas(?:y|ier|iest)|simple\w*|beginners?)\b", re.IGNORECASE)
_CHEAPER = re.compile(
    r"\b(?:cheap\w*|(?:for|anything|something) free|free (?:one|course|option)s?|less expensive|least expensive)\b",
    re.IGNORECASE,
)
_WHO_DECIDES = re.compile(
    r"\bwho(?:'s| is| will)? (?:decid|judg|check|grad|mark|approv|sign)\w*\b", re.IGNORECASE
)


class ActionGreet(DomainAction):
    """A greeting: who we are and the first question, or where they stand; an advisor's queue."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if (
            Role.ADVISOR in person.roles
            and not find_profile(work, person_id=person.person_id).has_goal
        ):
            queue = review_queue(work, advisor_id=person.person_id)
            return ReviewQueue.of(queue, work.now.isoformat())
        return welcome(work, person)


class ActionSetCareerGoal(DomainAction):
    """Keep the goal and everything else that was said with it; "what if" keeps nothing."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        goals = named_goals(work, said) if _WHAT_IF.search(said.text) else ()
        if goals:
            mine = find_profile(work, person_id=person.person_id).occupation_code
            return what_if_screen(work, person, dict.fromkeys([*([mine] if mine else ()), *goals]))
        return intake_screen(work, heard_of(work, person, said, is_goal=True))


class ActionChangeGoal(ActionSetCareerGoal):
    """Another goal; asked for when none was named, or only the one that is given up."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        profile = find_profile(work, person_id=person.person_id)
        goals = named_goals(work, said)
        if _GIVEN_UP.search(said.text) and set(goals) <= {profile.occupation_code}:
            return intake_screen(work, ask_goal(work, person_id=person.person_id))
        return super().answer(work, person, said)


class ActionTellSkills(DomainAction):
    """Keep what they can do; what names no skill we know is heard all the same."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        return told_skills(work, person, said)


class ActionInform(DomainAction):
    """A fact for whatever question is open."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if _is_setting_reminder(work, person):
            return step_screen(say_when(work, person_id=person.person_id, text=said.text))
        return intake_screen(work, heard_of(work, person, said))


class ActionChangeAnswer(DomainAction):
    """A correction: taken when it says what to change to, otherwise asked."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if _is_setting_reminder(work, person):
            return step_screen(say_when(work, person_id=person.person_id, text=said.text))
        heard = heard_of(work, person, said)
        if heard.is_unclear and heard.asking == "have":
            return intake_screen(work, say_nothing_yet(work, person_id=person.person_id))
        is_asked = heard.asking is not None and not _TO_CHANGE.search(said.text)
        if heard.is_unclear and not is_asked:
            return answers_screen(work, person)
        return intake_screen(work, heard)


class ActionRecommend(DomainAction):
    """The way, or the question that is missing for it."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        has_goal = find_profile(work, person_id=person.person_id).has_goal
        if has_goal and _INSTEAD.search(said.text):
            code = meant_achievement(work, person, said) or next_code(work, person)
            if code is not None:
                return credential_screen(work, person, code)
        if has_goal and (found := by_trait_first(work, person, said.text)):
            return compare_screen(work, person, found)
        heard = hear(work, person_id=person.person_id, text=said.text)
        if heard.is_unclear:
            heard = begin_intake(work, person_id=person.person_id)
        return intake_screen(work, heard)


class ActionAskWhy(DomainAction):
    """The reasons of the way; "who decides?" asks about badges."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if _WHO_DECIDES.search(said.text):
            return WhatIsMicrocredential()
        if not find_profile(work, person_id=person.person_id).has_goal:
            return intake_screen(work, begin_intake(work, person_id=person.person_id))
        code = named_achievement(work, person, said)
        missing = not_on_path(work, person, code) if code else None
        if missing is not None:
            return missing
        return PathwayReasons.of(current_catalogue(work), advise(work, person_id=person.person_id))


class ActionSkip(DomainAction):
    """Leave the open question out."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        draft = current_draft(work.session, person.person_id)
        if draft is not None and draft.kind == "evidence":
            return evidence_screen(
                work,
                skip_question(work, person_id=person.person_id, submission_id=draft.subject or ""),
            )
        if draft is not None and draft.kind != "intake":
            return Menu.of(person)
        return go_on(work, person)


class ActionBack(DomainAction):
    """To the question before."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        draft = current_draft(work.session, person.person_id)
        if draft is not None and draft.kind == "evidence":
            return evidence_screen(
                work, go_back(work, person_id=person.person_id, submission_id=draft.subject or "")
            )
        open_ = resume_intake(work, person_id=person.person_id)
        if open_ is None:
            return Menu.of(person)
        if open_.asking in {"likely", "have"}:
            return intake_screen(work, ask_goal(work, person_id=person.person_id))
        if open_.asking == "hours" and not open_.profile.said:
            return intake_screen(work, ask_have(work, person_id=person.person_id))
        return answers_screen(work, person)


class ActionStartOver(DomainAction):
    """Forget the wishes; badges and evidence stay."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        start_over(work, person_id=person.person_id)
        return AskGoal()


def go_on(work: Work, person: Person) -> Shown:
    """The next question of the intake without an answer to this one, or the way."""
    open_ = resume_intake(work, person_id=person.person_id)
    if open_ is None and not find_profile(work, person_id=person.person_id).has_goal:
        return Menu.of(person)
    return intake_screen(work, _without_answer(work, person, open_.asking if open_ else None))


def told_skills(work: Work, person: Person, said: Said) -> Screen:
    """Keep what they can do; what names no skill we know is heard all the same."""
    heard = heard_of(work, person, said)
    if heard.is_unclear and heard.asking == "have":
        heard = say_nothing_yet(work, person_id=person.person_id)
    return intake_screen(work, heard)


def heard_of(work: Work, person: Person, said: Said, *, is_goal: bool = False) -> Intake:
    """Every fact that was said, whichever question is open: a choice by its place, hours as such.

    `is_goal`: the text says what work is wanted.
    """
    open_ = resume_intake(work, person_id=person.person_id)
    chosen = by_place(tuple(hit.code for hit in open_.choices), said.text) if open_ else None
    if chosen is not None:
        return choose_goal(work, person_id=person.person_id, code=chosen, words=said.text)
    hours = read_hours(said.text) or read_hours(said.entity("hours_per_week") or "", is_asked=True)
    is_likely_asked = open_ is not None and open_.asking == "likely"
    if hours is not None and not is_likely_asked and not said.entities.keys() & _OTHER_FACTS:
        return choose_hours(work, person_id=person.person_id, hours=hours)
    profile = find_profile(work, person_id=person.person_id)
    amount = re.fullmatch(r"\d{2,6}", said.entity("money") or "")
    if amount and said.intent in _DETAILS and profile.budget is not None:
        return change_budget(work, person_id=person.person_id, amount=float(amount[0]))
    is_detail = said.intent in _ABOUT_ONESELF and said.entity("occupation") is None
    may_be_goal = not (is_detail and profile.has_goal)
    heard = hear(
        work,
        person_id=person.person_id,
        text=said.text,
        may_be_goal=may_be_goal,
        is_goal=is_goal,
    )
    return heard if heard.is_unclear or heard.asking != "goal" else _of_advert(work, person, heard)


def _of_advert(work: Work, person: Person, heard: Intake) -> Intake:
    """Who tells what they can after an advert, and named no other work, wants that one."""
    try:
        named = find_advert(work, person_id=person.person_id).named
    except NotFoundError:
        return heard
    if named is None or heard.profile.has_goal:
        return heard
    aimed = choose_goal(work, person_id=person.person_id, code=named.code)
    return replace(aimed, added=heard.added, told=heard.told)


def asked_again(work: Work, person: Person) -> Shown:
    """The open question as it stands, or else the next one."""
    open_ = resume_intake(work, person_id=person.person_id)
    return intake_screen(work, open_ or begin_intake(work, person_id=person.person_id))


def _is_setting_reminder(work: Work, person: Person) -> bool:
    draft = current_draft(work.session, person.person_id)
    return draft is not None and draft.kind == "reminder"


def _without_answer(work: Work, person: Person, asking: str | None) -> Intake:
    """Go on without what is asked; a way needs no skills, and hours are then the usual ones."""
    if asking == "likely":
        return take_some(work, person_id=person.person_id)
    if asking == "have":
        return say_nothing_yet(work, person_id=person.person_id)
    if asking == "hours":
        usual = choose_hours(work, person_id=person.person_id, hours=DEFAULT_HOURS)
        return replace(usual, told=())
    return begin_intake(work, person_id=person.person_id)


def answer_to_question(work: Work, person: Person, said: Said) -> Screen | None:
    """What a text answers of an open intake question; None when it answers nothing.

    Who has no goal yet is always asked for one.
    """
    is_asked = resume_intake(work, person_id=person.person_id) is not None
    if not is_asked and find_profile(work, person_id=person.person_id).has_goal:
        return None
    heard = heard_of(work, person, said)
    return None if heard.is_unclear else intake_screen(work, heard)


def by_trait_first(work: Work, person: Person, text: str) -> list[str]:
    """The steps of the way, the shortest, easiest or cheapest first as a text asks; none otherwise."""
    known = current_catalogue(work).achievements
    steps = [known[code] for code in step_codes(work, person) if code in known]
    if _SHORTER.search(text):
        steps.sort(key=lambda item: item.hours)
    elif _CHEAPER.search(text):
        steps.sort(key=lambda item: (item.cost.amount, item.hours))
    elif _EASIER.search(text):
        steps.sort(key=lambda item: (LEVELS.index(item.level) if item.level else 0, item.hours))
    else:
        return []
    return [item.code for item in steps[:COMPARED]] if len(steps) > 1 else []


def next_code(work: Work, person: Person) -> str | None:
    if not find_profile(work, person_id=person.person_id).has_goal:
        return None
    steps = advise(work, person_id=person.person_id).steps
    return steps[0].achievement.code if steps else None
