"""Badges that are out, for advisors: hold, withdraw, let stand, issue anew, always with a reason."""

from collections.abc import Callable

from actions.screens import Screen
from actions.screens.issued import (
    IssuedCard,
    IssuedChanged,
    IssuedConfirm,
    IssuedList,
    IssuedReason,
)
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.errors import StaleError
from credentials.issuing import (
    Amendment,
    Change,
    begin_change,
    find_issued,
    give_reason,
    list_issued,
    make_change,
    resume_change,
)
from credentials.people import Person
from credentials.unit_of_work import Work


async def show_newest(context: Context) -> None:
    await _show_list(context, None)


async def show_older(context: Context) -> None:
    await _show_list(context, context.press.id)


async def show_one(context: Context) -> None:
    await context.show(lambda work, person: _card(work, person, context.press.id))


async def ask_reason(context: Context) -> None:
    badge_id, change = _place(context)
    await _show(
        context,
        badge_id,
        lambda work, person: IssuedReason.of(
            begin_change(
                work, advisor_id=person.person_id, badge_id=badge_id, change=_change(change)
            ),
            work.now.isoformat(),
        ),
    )


async def read_reason(context: Context) -> None:
    await context.show(
        lambda work, person: IssuedConfirm.of(
            give_reason(work, advisor_id=person.person_id, text=context.text),
            work.now.isoformat(),
        )
    )


async def confirm(context: Context) -> None:
    badge_id, change = _place(context)
    await _show(
        context,
        badge_id,
        lambda work, person: IssuedChanged.of(
            make_change(
                work, advisor_id=person.person_id, badge_id=badge_id, change=_change(change)
            ),
            work.now.isoformat(),
        ),
    )


async def _show_list(context: Context, older: str | None) -> None:
    await context.show(
        lambda work, person: IssuedList.of(
            list_issued(work, advisor_id=person.person_id, older=older),
            work.now.isoformat(),
            is_first=older is None,
        )
    )


async def _show(
    context: Context, badge_id: str, use_case: Callable[[Work, Person], Screen]
) -> None:
    """Show the answer; a card that the badge has overtaken is drawn anew."""

    def redrawn(work: Work, person: Person) -> Screen:
        try:
            return use_case(work, person)
        except StaleError:
            return _card(work, person, badge_id, is_redrawn=True)

    await context.show(redrawn)


def _card(work: Work, person: Person, badge_id: str, *, is_redrawn: bool = False) -> Screen:
    found = find_issued(work, advisor_id=person.person_id, badge_id=badge_id)
    return IssuedCard.of(found, work.now.isoformat(), is_redrawn=is_redrawn)


def _place(context: Context) -> tuple[str, str]:
    """Badge and change of a button."""
    badge_id, _, change = context.press.id.partition("~")
    return badge_id, change


def _change(name: str) -> Change:
    """The change a button names.

    Raises:
        StaleError: there is none of that name.
    """
    if name not in set(Change):
        raise StaleError
    return Change(name)


def _resume(work: Work, person: Person) -> Screen | None:
    try:
        found = resume_change(work, advisor_id=person.person_id)
    except StaleError:
        return None
    return _question(found, work.now.isoformat()) if found else None


def _question(found: Amendment, now: str) -> Screen:
    return IssuedConfirm.of(found, now) if found.reason else IssuedReason.of(found, now)


ROUTES = Routes(
    commands={"issued": show_newest},
    presses={
        "issued": show_newest,
        "issued_older": show_older,
        "issued_open": show_one,
        "issued_change": ask_reason,
        "issued_confirm": confirm,
    },
    texts={"amendment": read_reason},
    resumes={"amendment": _resume},
)
