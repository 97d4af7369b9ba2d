"""The way by buttons: its card, its reasons, a credential, where one stands."""

from collections.abc import Callable

from actions.screens import Screen, Shown, before
from actions.screens.adverts import AdvertCard, AdvertSources, advert_screen
from actions.screens.credential import (
    CredentialDeclined,
    CredentialFinished,
    chosen_screen,
    credential_screen,
)
from actions.screens.options import CompareOptions, what_if_screen
from actions.screens.pathways import WholePathway, intake_screen, progress_screen
from actions.screens.proving import prove_now_screen
from actions.screens.reasons import (
    GapCard,
    GapSources,
    JobSources,
    PathwayReasons,
    StepReasons,
    StepSources,
)
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.catalogue import current_catalogue, get_achievement
from credentials.catalogue.frameworks import attributions
from credentials.errors import StaleError
from credentials.pathways import (
    AdvertAdvice,
    Advice,
    PathStep,
    advise,
    begin_intake,
    decline,
    find_advert,
    finish_elsewhere,
    goal_of,
)
from credentials.people import Person
from credentials.unit_of_work import Work


async def show_way(context: Context) -> None:
    await context.show(
        lambda work, person: intake_screen(work, begin_intake(work, person_id=person.person_id))
    )


async def show_reasons(context: Context) -> None:
    await _with_advice(
        context, lambda work, advice: PathwayReasons.of(current_catalogue(work), advice)
    )


async def show_sources(context: Context) -> None:
    await _with_advice(context, lambda work, advice: JobSources.of(advice, attributions(work)))


async def show_whole_way(context: Context) -> None:
    await _with_advice(
        context, lambda work, advice: WholePathway.of(current_catalogue(work), advice)
    )


async def show_step_reasons(context: Context) -> None:
    await _with_step(
        context,
        lambda work, advice, step: StepReasons.of(current_catalogue(work), advice, step),
    )


async def show_step_sources(context: Context) -> None:
    await _with_step(
        context,
        lambda work, advice, step: StepSources.of(current_catalogue(work), advice, step),
    )


async def show_gap(context: Context) -> None:
    await _with_advice(context, lambda work, advice: GapCard.of(current_catalogue(work), advice))


async def show_gap_sources(context: Context) -> None:
    await _with_advice(context, lambda work, advice: GapSources.of(current_catalogue(work), advice))


async def show_provable(context: Context) -> None:
    code = context.press.id
    await _with_advice(
        context, lambda work, advice: prove_now_screen(current_catalogue(work), advice, code)
    )


async def compare_with_rival(context: Context) -> None:
    """A step beside who came second."""

    def screen(work: Work, advice: Advice, step: PathStep) -> Screen:
        if step.rival is None:
            raise StaleError
        items = (step.achievement, step.rival.achievement)
        return CompareOptions.of(items, current_catalogue(work), advice)

    await _with_step(context, screen)


async def show_what_if(context: Context) -> None:
    """Several occupations beside each other: those of the button, or the goal and what is near."""
    codes = [code for code in context.press.id.split("~") if code]

    def use_case(work: Work, person: Person) -> Screen:
        if not codes and goal_of(work, person_id=person.person_id) is None:
            return intake_screen(work, begin_intake(work, person_id=person.person_id))
        return what_if_screen(work, person, codes)

    await context.show(use_case, in_place=False)


async def show_credential(context: Context) -> None:
    code = context.press.id
    await context.show(lambda work, person: credential_screen(work, person, code), in_place=False)


async def choose_credential(context: Context) -> None:
    code = context.press.id
    await context.show(lambda work, person: chosen_screen(work, person, code), in_place=False)


async def decline_credential(context: Context) -> None:
    code = context.press.id

    def use_case(work: Work, person: Person) -> Shown:
        item = get_achievement(work, code=code)
        decline(work, person_id=person.person_id, code=code)
        return before(_way_again(work, person), CredentialDeclined(title=item.name))

    await context.show(use_case)


async def finish_credential(context: Context) -> None:
    """Something judged elsewhere was finished: it counts as said, and the way is laid out again."""
    code = context.press.id

    def use_case(work: Work, person: Person) -> Shown:
        item = get_achievement(work, code=code)
        finish_elsewhere(work, person_id=person.person_id, item=item)
        return before(_way_again(work, person), CredentialFinished(title=item.name))

    await context.show(use_case)


async def show_progress(context: Context) -> None:
    await context.show(progress_screen, in_place=False)


async def read_pasted_advert(context: Context) -> None:
    """A job advert in the chat, pasted or passed on."""
    text = context.text
    await context.show(lambda work, person: advert_screen(work, person, text))


async def show_advert(context: Context) -> None:
    await _with_advert(
        context,
        lambda work, person, found: AdvertCard.of(
            current_catalogue(work),
            found,
            goal=goal_of(work, person_id=person.person_id),
        ),
    )


async def show_advert_sources(context: Context) -> None:
    await _with_advert(
        context, lambda work, person, found: AdvertSources.of(current_catalogue(work), found)
    )


async def _with_advert(
    context: Context, screen: Callable[[Work, Person, AdvertAdvice], Screen]
) -> None:
    await context.show(
        lambda work, person: screen(work, person, find_advert(work, person_id=person.person_id))
    )


async def _with_advice(context: Context, screen: Callable[[Work, Advice], Screen]) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        if goal_of(work, person_id=person.person_id) is None:
            return intake_screen(work, begin_intake(work, person_id=person.person_id))
        return screen(work, advise(work, person_id=person.person_id))

    await context.show(use_case, in_place=False)


async def _with_step(context: Context, screen: Callable[[Work, Advice, PathStep], Screen]) -> None:
    code = context.press.id

    def of_step(work: Work, advice: Advice) -> Screen:
        step = advice.step(code)
        if step is None:
            raise StaleError
        return screen(work, advice, step)

    await _with_advice(context, of_step)


def _way_again(work: Work, person: Person) -> list[Screen]:
    """The way as it is now, for somebody with a goal."""
    if goal_of(work, person_id=person.person_id) is None:
        return []
    return [intake_screen(work, begin_intake(work, person_id=person.person_id))]


ROUTES = Routes(
    commands={"progress": show_progress, "path": show_way},
    presses={
        "way": show_way,
        "why": show_reasons,
        "sources": show_sources,
        "why_step": show_step_reasons,
        "step_sources": show_step_sources,
        "gap": show_gap,
        "gap_sources": show_gap_sources,
        "provable": show_provable,
        "compare": compare_with_rival,
        "what_if": show_what_if,
        "whole_way": show_whole_way,
        "finished": finish_credential,
        "advert": show_advert,
        "advert_sources": show_advert_sources,
        "credential": show_credential,
        "choose": choose_credential,
        "decline": decline_credential,
        "progress": show_progress,
    },
)
