"""Persons: registered at their first message, known by an opaque id from then on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, select, update

from credentials.database import new_uuid
from credentials.errors import InvalidInputError, NotFoundError
from credentials.outbox import unpark_messages
from credentials.people.models import PersonRow, RoleRow
from credentials.unit_of_work import Work

PEOPLE = cast("Table", PersonRow.__table__)
DEFAULT_LANGUAGE = "en"
NAME_LIMIT = 200  # characters
SEEN_AGAIN = timedelta(minutes=1)  # silences are counted in days; not every press is a write


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody the bot talks to. `zone` is an IANA name; `badge_name` is what badges may carry."""

    person_id: str
    first_name: str | None
    badge_name: str | None
    language: str
    zone: str
    zone_is_known: bool
    proactive: bool
    roles: frozenset[str]

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """What it takes to write to somebody; `zone` is an IANA name."""

    chat_id: int
    language: str
    zone: str
    proactive: bool


def register_person(
    work: Work,
    *,
    telegram_user_id: int,
    chat_id: int,
    first_name: str,
    language_code: str | None,
) -> Person:
    """The person behind a Telegram account, made at the first message; they can be reached."""
    work.session.flush()
    found = work.session.connection().execute(_by_account(), {"account": telegram_user_id}).all()
    name = first_name[:NAME_LIMIT]
    if not found or _has_news(work, found[0], chat_id, name):
        _note_news(work, telegram_user_id, chat_id, name, is_new=not found)
        found = (
            work.session.connection().execute(_by_account(), {"account": telegram_user_id}).all()
        )
    return _person(work, found[0], [row.role for row in found if row.role])


def _has_news(work: Work, known: Any, chat_id: int, first_name: str) -> bool:
    return (known.chat_id, known.first_name, known.reachable) != (chat_id, first_name, True) or abs(
        work.now - known.seen_at
    ) >= SEEN_AGAIN


def _note_news(work: Work, account: int, chat_id: int, first_name: str, *, is_new: bool) -> None:
    if is_new:
        row = PersonRow(
            person_id=new_uuid(),
            telegram_user_id=account,
            language=DEFAULT_LANGUAGE,
            proactive=True,
            reachable=True,
            created_at=work.now,
        )
        work.session.add(row)
    else:
        mine = select(PersonRow).where(PersonRow.telegram_user_id == account)
        row = work.session.scalars(mine).one()
    row.chat_id, row.first_name, row.seen_at = chat_id, first_name, work.now
    if row.reachable is False:
        unpark_messages(work.session, row.person_id, now=work.now)
    row.reachable = True
    work.session.flush()


def find_person(work: Work, person_id: str) -> Person:
    """The person.

    Raises:
        NotFoundError: nobody has this id.
    """
    row = _row(work, person_id)
    return _person(work, row, work.session.scalars(_roles(), {"person": row.person_id}))


def find_recipient(work: Work, person_id: str) -> Recipient | None:
    """Whom a message is for; None when they cannot be reached."""
    row = work.session.connection().execute(_recipient(), {"person": person_id}).one_or_none()
    if row is None or row.chat_id is None:
        return None
    return Recipient(
        chat_id=row.chat_id,
        language=row.language,
        zone=row.zone or work.settings.zone,
        proactive=row.proactive,
    )


def chat_of(work: Work, person_id: str) -> int | None:
    """The Telegram chat to write to; None when the person cannot be reached."""
    row = work.session.get(PersonRow, person_id)
    return row.chat_id if row is not None and row.reachable else None


def mark_unreachable(work: Work, person_id: str) -> None:
    """Telegram says that this person has blocked the bot or is gone."""
    row = work.session.get(PersonRow, person_id)
    if row is not None:
        row.reachable = False


def remember_buttons(work: Work, person_id: str, buttons: Mapping[str, str]) -> None:
    """Keep the choices last shown: label → callback data, in the order shown."""
    text = json.dumps(dict(buttons), ensure_ascii=False)
    work.session.connection().execute(_remembering(), {"person": person_id, "shown": text})


def recall_buttons(work: Work, person_id: str) -> dict[str, str]:
    """The choices last shown, in their order."""
    row = work.session.get(PersonRow, person_id)
    return dict(json.loads(row.last_buttons)) if row is not None and row.last_buttons else {}


def set_language(work: Work, person_id: str, language: str) -> None:
    _row(work, person_id).language = language


def set_zone(work: Work, person_id: str, zone: str) -> None:
    """Keep the person's IANA zone.

    Raises:
        InvalidInputError: there is no such zone.
    """
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInputError(f"no zone {zone!r}") from error
    _row(work, person_id).zone = zone


def set_proactive(work: Work, person_id: str, *, proactive: bool) -> None:
    """Whether the bot may write unasked (`/stop` ends it)."""
    _row(work, person_id).proactive = proactive


def set_badge_name(work: Work, person_id: str, name: str | None) -> None:
    """The name badges may carry, confirmed by the learner; None for none."""
    _row(work, person_id).badge_name = " ".join(name.split())[:NAME_LIMIT] if name else None


def _row(work: Work, person_id: str) -> PersonRow:
    row = work.session.get(PersonRow, person_id)
    if row is None:
        raise NotFoundError("no such person")
    return row


def _person(work: Work, row: Any, roles: Iterable[str]) -> Person:
    return Person(
        person_id=row.person_id,
        first_name=row.first_name,
        badge_name=row.badge_name,
        language=row.language,
        zone=row.zone or work.settings.zone,
        zone_is_known=row.zone is not None,
        proactive=row.proactive,
        roles=frozenset(roles),
    )


# Built once: they run for every update.
@cache
def _by_account() -> Any:
    return (
        select(PEOPLE, RoleRow.role)
        .outerjoin(RoleRow, RoleRow.person_id == PEOPLE.c.person_id)
        .where(PEOPLE.c.telegram_user_id == bindparam("account"))
    )


@cache
def _roles() -> Any:
    return select(RoleRow.role).where(RoleRow.person_id == bindparam("person"))


@cache
def _recipient() -> Any:
    wanted = (PEOPLE.c.chat_id, PEOPLE.c.language, PEOPLE.c.zone, PEOPLE.c.proactive)
    return select(*wanted).where(PEOPLE.c.person_id == bindparam("person"), PEOPLE.c.reachable)


@cache
def _remembering() -> Any:
    this = PEOPLE.c.person_id == bindparam("person")
    return update(PEOPLE).where(this).values(last_buttons=bindparam("shown"))
