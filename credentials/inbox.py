"""Updates made durable before Telegram is told they arrived, and handled once each.

An update is waiting, in hand, done or dead. One that is in hand is leased for a few seconds at a
time; when its process is gone, the lease runs out and another process takes it up. The key
`(bot_id, update_id)` is kept for seven days, which is longer than Telegram repeats itself
(Bot API, `update_id`: "at least a week" before the numbers start anew).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    Table,
    bindparam,
    delete,
    func,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningUpdate

from credentials.database import Base, UtcDateTime
from credentials.errors import AlreadyHandledError, NotFoundError

KEEP = timedelta(days=7)
RECENT = timedelta(minutes=15)
RECENT_UPDATES = 5_000  # of all chats; further back is not looked
TELLING = 25  # characters
LEASE = timedelta(seconds=20)
MAX_ATTEMPTS = 3
WAIT_AFTER_FAILURE = timedelta(seconds=1)  # doubled with every failure
# Words, not parameters: they have to match the condition of the partial index, which keeps the
# queue small beside a week of handled updates.
IS_OPEN = text("state IN ('waiting', 'handling')")


class InboxUpdate(Base):
    __tablename__ = "inbox_updates"
    __table_args__ = (
        Index(
            "ix_inbox_updates_open",
            "bot_id",
            "chat_id",
            "update_id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_inbox_updates_received_at", "received_at"),
    )

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="waiting")  # waiting | handling | done | dead
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    error: Mapped[str | None]
    reference: Mapped[str | None]  # what the person was told when it went wrong


_table = cast(Table, InboxUpdate.__table__)


@dataclass(frozen=True)
class UpdateKey:
    """A Telegram update of one bot."""

    bot_id: int
    update_id: int


@dataclass(frozen=True)
class ClaimedUpdate:
    """An update in hand. `attempts` counts this one."""

    key: UpdateKey
    chat_id: int
    payload: dict[str, Any]
    attempts: int

    @property
    def is_last_attempt(self) -> bool:
        return self.attempts >= MAX_ATTEMPTS

    @property
    def has_killed(self) -> bool:
        """Whether every attempt ended its process, so that trying again would, too."""
        return self.attempts > MAX_ATTEMPTS


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
            "payload": _storable(item.payload),
            "state": "waiting",
            "attempts": 0,
            "received_at": now,
        }
        for item in updates
    ]
    if not rows:
        return
    session.connection().execute(_storing(session.get_bind().dialect.name), rows)


@cache
def _storing(dialect: str) -> Any:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(_table).on_conflict_do_nothing()


def _storable(value: Any) -> Any:
    """JSON without NUL, which PostgreSQL cannot keep and a forged button may carry."""
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, dict):
        return {name: _storable(part) for name, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value


def claim_updates(
    session: Session, *, bot_id: int, now: datetime, limit: int = 64
) -> list[ClaimedUpdate]:
    """Lease the oldest open update of each chat that has none in hand, oldest first."""
    asked = {"bot": bot_id, "at": now, "until": now + LEASE, "most": limit}
    rows = session.connection().execute(_claiming(), asked).all()
    return [
        ClaimedUpdate(UpdateKey(bot_id, row.update_id), row.chat_id, row.payload, row.attempts)
        for row in sorted(rows, key=lambda row: row.update_id)
    ]


def has_waiting_updates(session: Session, *, bot_id: int, now: datetime) -> bool:
    """Whether an update is in nobody's hand: one of its chat goes first."""
    asked = {"bot": bot_id, "at": now}
    return session.connection().execute(_peeking(), asked).first() is not None


@cache
def _peeking() -> Any:
    at = bindparam("at", type_=UtcDateTime)
    return (
        select(InboxUpdate.update_id)
        .where(
            InboxUpdate.bot_id == bindparam("bot", type_=BigInteger),
            IS_OPEN,
            InboxUpdate.state == "waiting",
            or_(InboxUpdate.not_before.is_(None), InboxUpdate.not_before <= at),
        )
        .limit(1)
    )


@cache
def _claiming() -> ReturningUpdate[Any]:
    """One statement, built once: it runs several times for every update."""
    bot, at = bindparam("bot", type_=BigInteger), bindparam("at", type_=UtcDateTime)
    oldest = (
        select(func.min(InboxUpdate.update_id))
        .where(InboxUpdate.bot_id == bot, IS_OPEN)
        .group_by(InboxUpdate.chat_id)
    )
    heads = (
        select(InboxUpdate.update_id)
        .where(
            InboxUpdate.bot_id == bot,
            InboxUpdate.update_id.in_(oldest),
            InboxUpdate.state == "waiting",
            or_(InboxUpdate.not_before.is_(None), InboxUpdate.not_before <= at),
        )
        .order_by(InboxUpdate.update_id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("heads")
    )
    return (
        update(_table)
        .where(_table.c.bot_id == bot, _table.c.update_id.in_(select(heads.c.update_id)))
        .values(
            state="handling",
            leased_until=bindparam("until", type_=UtcDateTime),
            attempts=_table.c.attempts + 1,
        )
        .returning(_table.c.update_id, _table.c.chat_id, _table.c.payload, _table.c.attempts)
    )


def keep_leases(session: Session, keys: Collection[UpdateKey], *, now: datetime) -> None:
    """Say that these updates are still in hand."""
    for bot_id in {key.bot_id for key in keys}:
        session.execute(
            update(InboxUpdate)
            .where(
                InboxUpdate.bot_id == bot_id,
                InboxUpdate.update_id.in_([k.update_id for k in keys if k.bot_id == bot_id]),
                InboxUpdate.state == "handling",
            )
            .values(leased_until=now + LEASE)
        )


def rescue_updates(
    session: Session,
    *,
    bot_id: int,
    now: datetime,
    in_hand: Collection[UpdateKey] = (),
    alone: bool = False,
) -> int:
    """Take back what nobody handles any more; how many.

    `in_hand` is what this process is handling itself. With `alone`, no other process handles this
    bot's updates, so that every other lease is a dead process's.
    """
    # A lease that ends later than any could is one from before the clock was set back.
    left = or_(InboxUpdate.leased_until < now, InboxUpdate.leased_until > now + LEASE)
    taken = session.scalars(
        update(InboxUpdate)
        .where(
            InboxUpdate.bot_id == bot_id,
            IS_OPEN,
            InboxUpdate.state == "handling",
            true() if alone else left,
            InboxUpdate.update_id.not_in([key.update_id for key in in_hand]),
        )
        .values(state="waiting", leased_until=None, not_before=None)
        .returning(InboxUpdate.update_id)
    ).all()
    # A wait that ends later than any could: the clock was set back since.
    session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.bot_id == bot_id, IS_OPEN, InboxUpdate.not_before > now + LEASE)
        .values(not_before=None)
    )
    return len(taken)


def finish_update(session: Session, key: UpdateKey) -> None:
    """Mark the update as handled.

    Raises:
        AlreadyHandledError: it was handled before.
    """
    named = {"bot": key.bot_id, "number": key.update_id}
    if session.connection().execute(_finishing(), named).first() is None:
        raise AlreadyHandledError


@cache
def _finishing() -> ReturningUpdate[Any]:
    return (
        update(_table)
        .where(
            _table.c.bot_id == bindparam("bot"),
            _table.c.update_id == bindparam("number"),
            _table.c.state.in_(("waiting", "handling")),
        )
        .values(state="done", leased_until=None)
        .returning(_table.c.update_id)
    )


def retry_update(session: Session, key: UpdateKey, *, error: str, now: datetime) -> None:
    """Give a failed update back; its chat waits for it, a little longer each time."""
    row = session.get(InboxUpdate, (key.bot_id, key.update_id))
    if row is None or row.state != "handling":
        return
    row.state, row.leased_until, row.error = "waiting", None, error
    row.not_before = now + WAIT_AFTER_FAILURE * 2 ** (row.attempts - 1)


def bury_update(session: Session, key: UpdateKey, *, error: str, reference: str) -> None:
    """Make it a dead letter, which operators see and may retry; its chat goes on."""
    row = session.get(InboxUpdate, (key.bot_id, key.update_id))
    if row is None or row.state != "handling":
        return
    row.state, row.leased_until, row.error, row.reference = "dead", None, error, reference


def revive_update(session: Session, key: UpdateKey) -> None:
    """Handle a dead letter again, with new attempts.

    Raises:
        NotFoundError: there is no such dead letter, or its content is gone.
    """
    row = _dead(session, key)
    if not row.payload:
        raise NotFoundError(f"the content of update {key.update_id} has been erased")
    row.state, row.attempts, row.not_before = "waiting", 0, None


def drop_update(session: Session, key: UpdateKey) -> None:
    """End a dead letter; what it held goes, its key stays.

    Raises:
        NotFoundError: there is no such dead letter.
    """
    row = _dead(session, key)
    row.state, row.payload = "done", {}


def forget_old_updates(session: Session, *, now: datetime) -> None:
    """Delete raw updates after their seven days."""
    session.execute(delete(InboxUpdate).where(InboxUpdate.received_at < now - KEEP))


def recent_words(session: Session, key: UpdateKey, *, now: datetime) -> str | None:
    """What was written last in the update's chat before it, at most a quarter of an hour ago.

    Commands and words as short as a button's label do not count.
    """
    this = session.get(InboxUpdate, (key.bot_id, key.update_id))
    if this is None:
        return None
    payloads = session.scalars(
        select(InboxUpdate.payload)
        .where(
            InboxUpdate.bot_id == key.bot_id,
            InboxUpdate.update_id.between(key.update_id - RECENT_UPDATES, key.update_id - 1),
            InboxUpdate.chat_id == this.chat_id,
            InboxUpdate.received_at > now - RECENT,
        )
        .order_by(InboxUpdate.update_id.desc())
        .limit(5)
    )
    said = (str((payload.get("message") or {}).get("text") or "") for payload in payloads)
    return next((t for t in said if len(t) >= TELLING and not t.startswith("/")), None)


def _dead(session: Session, key: UpdateKey) -> InboxUpdate:
    row = session.get(InboxUpdate, (key.bot_id, key.update_id))
    if row is None or row.state != "dead":
        raise NotFoundError(f"no dead letter {key.update_id}")
    return row
