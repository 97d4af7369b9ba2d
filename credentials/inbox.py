"""Updates made durable before Telegram is told they arrived, and handled once each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Index, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from credentials.database import Base
from credentials.errors import AlreadyHandledError

KEEP = timedelta(days=7)
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3


class InboxUpdate(Base):
    __tablename__ = "inbox_updates"
    __table_args__ = (Index("ix_inbox_updates_open", "state", "chat_id", "update_id"),)

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="waiting")  # waiting | handling | done | dead
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    error: Mapped[str | None]


@dataclass(frozen=True)
class UpdateKey:
    """A Telegram update of one bot."""

    bot_id: int
    update_id: int


@dataclass(frozen=True)
class ClaimedUpdate:
    key: UpdateKey
    chat_id: int
    payload: dict[str, Any]


@dataclass(frozen=True)
class IncomingUpdate:
    update_id: int
    chat_id: int
    payload: dict[str, Any]


def store_updates(
    session: Session, *, bot_id: int, updates: Iterable[IncomingUpdate], now: datetime
) -> None:
    """Keep the updates; one that is known already changes nothing."""
    rows = [
        {
            "bot_id": bot_id,
            "update_id": item.update_id,
            "chat_id": item.chat_id,
            "payload": item.payload,
            "state": "waiting",
            "attempts": 0,
            "received_at": now,
        }
        for item in updates
    ]
    if not rows:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(InboxUpdate).on_conflict_do_nothing(), rows)


def claim_updates(
    session: Session, *, bot_id: int, now: datetime, limit: int = 64
) -> list[ClaimedUpdate]:
    """Lease the oldest open update of each chat that has none in hand, oldest first."""
    older = aliased(InboxUpdate)
    has_older = exists().where(
        older.bot_id == InboxUpdate.bot_id,
        older.chat_id == InboxUpdate.chat_id,
        older.update_id < InboxUpdate.update_id,
        older.state.in_(("waiting", "handling")),
    )
    free = or_(InboxUpdate.state == "waiting", InboxUpdate.leased_until < now)
    heads = (
        select(InboxUpdate)
        .where(
            InboxUpdate.bot_id == bot_id,
            InboxUpdate.state.in_(("waiting", "handling")),
            free,
            ~has_older,
        )
        .order_by(InboxUpdate.update_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = []
    for row in session.scalars(heads):
        if row.attempts >= MAX_ATTEMPTS:
            row.state = "dead"
            continue
        row.state, row.leased_until, row.attempts = "handling", now + LEASE, row.attempts + 1
        key = UpdateKey(row.bot_id, row.update_id)
        claimed.append(ClaimedUpdate(key, row.chat_id, row.payload))
    return claimed


def finish_update(session: Session, key: UpdateKey) -> None:
    """Mark the update as handled.

    Raises:
        AlreadyHandledError: it was handled before.
    """
    changed = session.scalar(
        update(InboxUpdate)
        .where(
            InboxUpdate.bot_id == key.bot_id,
            InboxUpdate.update_id == key.update_id,
            InboxUpdate.state.in_(("waiting", "handling")),
        )
        .values(state="done", leased_until=None)
        .returning(InboxUpdate.update_id)
    )
    if changed is None:
        raise AlreadyHandledError


def release_update(session: Session, key: UpdateKey, *, error: str) -> None:
    """Give a failed update back; the third failure makes it a dead letter."""
    row = session.get(InboxUpdate, (key.bot_id, key.update_id))
    if row is None or row.state != "handling":
        return
    row.state = "dead" if row.attempts >= MAX_ATTEMPTS else "waiting"
    row.leased_until, row.error = None, error


def forget_old_updates(session: Session, *, now: datetime) -> None:
    """Delete raw updates after their seven days."""
    session.execute(delete(InboxUpdate).where(InboxUpdate.received_at < now - KEEP))
