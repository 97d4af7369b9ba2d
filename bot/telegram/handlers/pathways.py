"""The way by buttons: its card, its reasons, a credential, where one stands."""

from collections.abc import Callable

from actions.screens import Screen
from actions.screens.pathways import (
    CredentialCard,
    CredentialDeclined,
    JobSources,
    PathwayReasons,
    WholePathway,
    intake_screen,
    progress_screen,
)
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.catalogue import current_catalogue, get_achievement
from credentials.catalogue.frameworks import attributions
from credentials.pathways import Advice, advise, begin_intake, decline, find_profile
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


async def show_credential(context: Context) -> None:
    code = context.press.id
    await context.show(
        lambda work, person: CredentialCard.of(get_achievement(work, code=code)), in_place=False
    )


async def decline_credential(context: Context) -> None:
    code = context.press.id

    def use_case(work: Work, person: Person) -> Screen:
        item = get_achievement(work, code=code)
        decline(work, person_id=person.person_id, code=code)
        return CredentialDeclined(title=item.name)

    await context.show(use_case)


async def show_progress(context: Context) -> None:
    await context.show(progress_screen, in_place=False)


async def _with_advice(context: Context, screen: Callable[[Work, Advice], Screen]) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        if not find_profile(work, person_id=person.person_id).has_goal:
            return intake_screen(work, begin_intake(work, person_id=person.person_id))
        return screen(work, advise(work, person_id=person.person_id))

    await context.show(use_case, in_place=False)


ROUTES = Routes(
    commands={"progress": show_progress, "path": show_way},
    presses={
        "way": show_way,
        "why": show_reasons,
        "sources": show_sources,
        "whole_way": show_whole_way,
        "credential": show_credential,
        "decline": decline_credential,
        "progress": show_progress,
    },
)
