"""The intake by buttons: goal, skills, hours, limits."""

from collections.abc import Callable

from actions.screens import Screen, Shown
from actions.screens.intake import AskGoal, JobsOfField
from actions.screens.pathways import answers_screen, intake_screen, welcome
from actions.screens.words import Menu
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.catalogue import FIELDS, current_catalogue
from credentials.drafts import current_draft
from credentials.errors import StaleError
from credentials.pathways import (
    Intake,
    add_skill,
    ask_goal,
    ask_have,
    ask_limit,
    choose_goal,
    choose_hours,
    choose_limit,
    deny_likely,
    find_profile,
    resume_intake,
    say_nothing_yet,
    take_likely,
    take_some,
)
from credentials.people import Person
from credentials.unit_of_work import Work

MOST_HOURS = 80
INTAKE = "intake"


async def start(context: Context) -> None:
    """Begin or resume; advisors without a goal of their own get their menu."""

    def use_case(work: Work, person: Person) -> Shown:
        draft = current_draft(work.session, person.person_id)
        if draft is not None and draft.kind != INTAKE:
            question = context.open_question(work, person)
            if question:
                return question
        if person.roles and not find_profile(work, person_id=person.person_id).has_goal:
            return Menu.of(person)
        return welcome(work, person)

    await context.show(use_case, in_place=False)


async def show_field(context: Context) -> None:
    field, _, page = context.press.id.partition("~")

    def use_case(work: Work, person: Person) -> Screen:
        if field not in FIELDS:
            raise StaleError
        begin_or_ask(work, person)
        return JobsOfField.of(current_catalogue(work), field, int(page) if page.isdecimal() else 0)

    await context.show(use_case)


async def not_sure(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        ask_goal(work, person_id=person.person_id)
        return AskGoal(is_unsure=True)

    await context.show(use_case)


async def take_goal(context: Context) -> None:
    code = context.press.id
    await _step(context, lambda w, person_id: choose_goal(w, person_id=person_id, code=code))


async def goal_again(context: Context) -> None:
    await _step(context, lambda work, person_id: ask_goal(work, person_id=person_id))


async def have_nothing(context: Context) -> None:
    await _step(context, lambda work, person_id: say_nothing_yet(work, person_id=person_id))


async def take_skill(context: Context) -> None:
    key = context.press.id
    await _step(context, lambda work, person_id: add_skill(work, person_id=person_id, key=key))


async def likely_yes(context: Context) -> None:
    await _step(context, lambda work, person_id: take_likely(work, person_id=person_id))


async def likely_some(context: Context) -> None:
    await _step(context, lambda work, person_id: take_some(work, person_id=person_id))


async def likely_no(context: Context) -> None:
    await _step(context, lambda work, person_id: deny_likely(work, person_id=person_id))


async def have_again(context: Context) -> None:
    await _step(context, lambda work, person_id: ask_have(work, person_id=person_id))


async def take_hours(context: Context) -> None:
    said = context.press.id
    hours = int(said) if said.isdecimal() else 0

    def use_case(work: Work, person_id: str) -> Intake:
        if not 0 < hours <= MOST_HOURS:
            raise StaleError
        return choose_hours(work, person_id=person_id, hours=float(hours))

    await _step(context, use_case)


async def ask_again(context: Context) -> None:
    limit = context.press.id
    await _step(context, lambda work, person_id: ask_limit(work, person_id=person_id, limit=limit))


async def take_limit(context: Context) -> None:
    limit, _, choice = context.press.id.partition("~")
    await _step(
        context,
        lambda work, person_id: choose_limit(work, person_id=person_id, limit=limit, choice=choice),
    )


async def change(context: Context) -> None:
    await context.show(answers_screen)


def begin_or_ask(work: Work, person: Person) -> None:
    """Keep an open question about the goal while somebody looks around."""
    if resume_intake(work, person_id=person.person_id) is None:
        ask_goal(work, person_id=person.person_id)


async def _step(context: Context, take: Callable[[Work, str], Intake]) -> None:
    await context.show(lambda work, person: intake_screen(work, take(work, person.person_id)))


def _resume(work: Work, person: Person) -> Shown:
    found = resume_intake(work, person_id=person.person_id)
    return intake_screen(work, found) if found else None


ROUTES = Routes(
    commands={"start": start, "goal": goal_again},
    presses={
        "field": show_field,
        "unsure": not_sure,
        "job": take_goal,
        "goal_again": goal_again,
        "likely_yes": likely_yes,
        "likely_some": likely_some,
        "likely_no": likely_no,
        "have_nothing": have_nothing,
        "have_skill": take_skill,
        "have_again": have_again,
        "hours": take_hours,
        "limit_again": ask_again,
        "limit": take_limit,
        "change": change,
    },
    resumes={INTAKE: _resume},
)
