"""What is owed to people: written with the fact it tells, drawn and sent later, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from credentials.database import Base

LEASE = timedelta(seconds=60)
KEEP = timedelta(days=7)
GIVE_UP_AFTER = timedelta(hours=24)
OPEN = ("waiting", "sending")


class MessageClass(StrEnum):
    """How much a message matters, which decides what a lost answer means."""

    REPLY = "reply"  # answers what a person just did
    RESULT = "result"  # a decision or a badge: at least once, `/stop` does not end it
    NUDGE = "nudge"  # unasked: at most once, never after `/stop`


class OutboxMessage(Base):
    __tablename__ = "outbox_messages"
    __table_args__ = (Index("ix_outbox_messages_open", "state", "person_id", "message_id"),)

    message_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    person_id: Mapped[str]
    screen: Mapped[str]
    args: Mapped[dict[str, Any]]
    message_class: Mapped[str]
    key: Mapped[str | None] = mapped_column(unique=True)
    edit_target: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(default="waiting")  # waiting|sending|sent|dead|uncertain
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]


@dataclass(frozen=True, kw_only=True)
class OwedMessage:
    """A claimed message, ready to draw. `edit_target` is a Telegram message to edit in place."""

    message_id: int
    person_id: str
    screen: str
    args: Mapping[str, Any]
    message_class: MessageClass
    edit_target: int | None
    attempts: int
    created_at: datetime


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
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    written = session.scalar(
        insert(OutboxMessage)
        .values(
            person_id=person_id,
            screen=screen,
            args=dict(args),
            message_class=message_class.value,
            key=key,
            edit_target=edit_target,
            state="waiting",
            attempts=0,
            created_at=now,
            not_before=not_before or now,
        )
        .on_conflict_do_nothing()
        .returning(OutboxMessage.message_id)
    )
    return written is not None


def claim_messages(session: Session, *, now: datetime, limit: int = 32) -> list[OwedMessage]:
    """Lease the oldest open message of each person that has none in hand, oldest first."""
    older = aliased(OutboxMessage)
    has_older = exists().where(
        older.person_id == OutboxMessage.person_id,
        older.message_id < OutboxMessage.message_id,
        older.state.in_(OPEN),
        or_(older.not_before <= now, older.state == "sending"),
    )
    free = or_(OutboxMessage.state == "waiting", OutboxMessage.leased_until < now)
    heads = (
        select(OutboxMessage)
        .where(OutboxMessage.state.in_(OPEN), free, OutboxMessage.not_before <= now, ~has_older)
        .order_by(OutboxMessage.message_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = []
    for row in session.scalars(heads):
        row.state, row.leased_until, row.attempts = "sending", now + LEASE, row.attempts + 1
        claimed.append(_owed(row))
    return claimed


def mark_sent(session: Session, message_id: int, *, now: datetime) -> None:
    _close(session, message_id, state="sent", sent_at=now)


def mark_dead(session: Session, message_id: int, *, error: str) -> None:
    """Nothing more is tried; operators see the error's name."""
    _close(session, message_id, state="dead", error=error)


def mark_uncertain(session: Session, message_id: int, *, error: str) -> None:
    """The answer was lost: it may have arrived, and sending again would say it twice."""
    _close(session, message_id, state="uncertain", error=error)


def retry_later(session: Session, message_id: int, *, at: datetime, error: str) -> None:
    """Try again at `at`, or give up when the message is a day old."""
    row = session.get_one(OutboxMessage, message_id)
    given_up = at - row.created_at > GIVE_UP_AFTER
    row.state, row.leased_until, row.error = "dead" if given_up else "waiting", None, error
    row.not_before = at


def park_messages(session: Session, person_id: str, *, error: str) -> None:
    """Close everything owed to somebody who cannot be reached."""
    for row in session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.person_id == person_id, OutboxMessage.state.in_(OPEN)
        )
    ):
        row.state, row.error, row.leased_until = "dead", error, None


def forget_old_messages(session: Session, *, now: datetime) -> None:
    """Delete what was said long ago; messages with a key only lose their content."""
    old = (OutboxMessage.state.not_in(OPEN), OutboxMessage.created_at < now - KEEP)
    session.execute(delete(OutboxMessage).where(*old, OutboxMessage.key.is_(None)))
    session.execute(update(OutboxMessage).where(*old).values(args={}))


def drop_nudges(session: Session, person_id: str) -> None:
    """Close what would be said unasked and is not on its way yet."""
    for row in session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.message_class == MessageClass.NUDGE,
            OutboxMessage.state == "waiting",
        )
    ):
        row.state, row.error = "dead", "stopped"


def _close(
    session: Session,
    message_id: int,
    *,
    state: str,
    sent_at: datetime | None = None,
    error: str | None = None,
) -> None:
    row = session.get_one(OutboxMessage, message_id)
    row.state, row.sent_at, row.error, row.leased_until = state, sent_at, error, None


def _owed(row: OutboxMessage) -> OwedMessage:
    return OwedMessage(
        message_id=row.message_id,
        person_id=row.person_id,
        screen=row.screen,
        args=row.args,
        message_class=MessageClass(row.message_class),
        edit_target=row.edit_target,
        attempts=row.attempts,
        created_at=row.created_at,
    )
