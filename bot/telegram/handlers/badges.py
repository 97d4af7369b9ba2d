"""Badges: all of them at any time, the picture again, ways to share them."""

from collections.abc import Callable

from actions.screens import Screen
from actions.screens.badges import (
    BadgeCard,
    BadgeFile,
    BadgeLine,
    BadgeLinkedIn,
    BadgeList,
    BadgeShare,
)
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.issuing import IssuedBadge, find_own_badge
from credentials.people import Person
from credentials.unit_of_work import Work


async def show_badges(context: Context) -> None:
    await context.show(lambda work, person: BadgeList.held_by(work, person.person_id))


async def show_badge(context: Context) -> None:
    await _with_badge(
        context,
        lambda work, badge: BadgeCard(
            line=BadgeLine.of(badge, is_expired=badge.is_expired(work.now)), code=badge.code
        ),
    )


async def share(context: Context) -> None:
    await _with_badge(context, lambda work, badge: BadgeShare.of(badge))


async def add_to_linkedin(context: Context) -> None:
    await _with_badge(context, lambda work, badge: BadgeLinkedIn.of(badge))


async def send_file(context: Context) -> None:
    await _with_badge(
        context,
        lambda work, badge: BadgeFile(badge_id=badge.badge_id, title=badge.achievement.name),
    )


async def _with_badge(context: Context, draw: Callable[[Work, IssuedBadge], Screen]) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        badge = find_own_badge(work, person_id=person.person_id, badge_id=context.press.id)
        return draw(work, badge)

    await context.show(use_case)


ROUTES = Routes(
    commands={"badges": show_badges},
    presses={
        "badges": show_badges,
        "badge": show_badge,
        "badge_more": show_badge,
        "badge_share": share,
        "badge_linkedin": add_to_linkedin,
        "badge_json": send_file,
    },
)
