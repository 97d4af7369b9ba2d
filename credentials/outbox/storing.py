"""Owing people messages, and taking back what is not on its way yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from credentials.correlation import current_cause
from credentials.many_rows import as_parameter, inserting, is_postgresql
from credentials.outbox.models import MESSAGES, UNASKED, MessageClass, OutboxMessage

#: What is written of a new message; the rest is null.
COLUMNS = (
    "person_id",
    "screen",
    "args",
    "message_class",
    "unasked",
    "key",
    "edit_target",
    "caused_by",
    "state",
    "attempts",
    "created_at",
    "due_at",
    "not_before",
)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One of many messages to owe."""

    person_id: str
    screen: str
    args: Mapping[str, Any]
    message_class: MessageClass
    key: str | None = None
    edit_target: int | None = None
    not_before: datetime | None = None


def enqueue(  # noqa: PLR0913
    session: Session,
    *,
    person_id: str,
    screen: str,
    args: Mapping[str, Any],
    message_class: MessageClass,
    now: datetime,
    key: str | None = None,
    edit_target: int | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Owe a person a message; False when one with this key is owed or was sent already."""
    owed = Owed(
        person_id=person_id,
        screen=screen,
        args=args,
        message_class=message_class,
        key=key,
        edit_target=edit_target,
        not_before=not_before,
    )
    insert = _inserting_one(_insert(session))
    return session.connection().scalar(insert, _values(owed, now)) is not None


def enqueue_all(session: Session, owed: Sequence[Owed], *, now: datetime) -> None:
    """Owe many messages at once; those whose key is owed or was sent already are left out."""
    if owed:
        rows = [_values(one, now) for one in owed]
        session.connection().execute(
            _inserting_many(is_postgresql(session)), as_parameter(session, rows)
        )


def withdraw_messages(session: Session, key_prefix: str) -> None:
    """Close what is not on its way yet of the messages whose key begins so."""
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.key.startswith(key_prefix, autoescape=True),
            OutboxMessage.state.in_(("waiting", "parked")),
        )
        .values(state="dropped", args={})
    )


def drop_nudges(session: Session, person_id: str) -> None:
    """Close what would be said unasked and is not on its way yet."""
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.unasked.is_(True),
            OutboxMessage.state.in_(("waiting", "parked")),
        )
        .values(state="dead", error="stopped")
    )


def _insert(session: Session) -> Any:
    """An INSERT that knows conflicts, in the database's dialect."""
    return postgresql.insert if is_postgresql(session) else sqlite.insert


def _values(owed: Owed, now: datetime) -> dict[str, Any]:
    return {
        "person_id": owed.person_id,
        "screen": owed.screen,
        "args": dict(owed.args),
        "message_class": owed.message_class.value,
        "unasked": owed.message_class in UNASKED,
        "key": owed.key,
        "edit_target": owed.edit_target,
        "caused_by": current_cause(),
        "state": "waiting",
        "attempts": 0,
        "created_at": now,
        "due_at": owed.not_before or now,
        "not_before": owed.not_before or now,
    }


@cache
def _inserting_many(on_postgresql: bool) -> Any:  # noqa: FBT001
    return inserting(MESSAGES, COLUMNS, on_postgresql=on_postgresql)


@cache
def _inserting_one(insert: Any) -> Any:
    return insert(MESSAGES).on_conflict_do_nothing().returning(MESSAGES.c.message_id)
