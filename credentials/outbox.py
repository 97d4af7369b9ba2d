"""What is owed to people: written with the fact it tells, drawn and sent later, in order.

A message is waiting, claimed (leased by a process), sending (an unasked one that is about to go
out), sent, parked (the person cannot be reached), uncertain (it may have arrived and is not said
again) or dead. Within a chat the order is that of the rows; what was not asked for lets the rest
pass. How fast they may go out is decided in `credentials.sending_budget`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from credentials.correlation import current_cause
from credentials.database import Base, UtcDateTime
from credentials.errors import NotFoundError
from credentials.sending_budget import PER_SECOND, SendingPace, at_pace, may_leave, take_tokens

LEASE = timedelta(seconds=60)
KEEP = timedelta(days=7)
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_WAIT = timedelta(minutes=10)
KEEP_PARKED = timedelta(days=90)
PARKED_STAYS_FRESH = timedelta(hours=24)
OPEN = ("waiting", "claimed", "sending")
IN_FLIGHT = ("claimed", "sending")
STUCK = ("dead", "parked", "uncertain")
# Words, not parameters: they have to match the conditions of the partial indexes.
IS_OPEN = text("outbox_messages.state IN ('waiting', 'claimed', 'sending')")
IS_WAITING = text("outbox_messages.state = 'waiting'")


class MessageClass(StrEnum):
    """How much a message matters: what a lost answer means, what `/stop` ends, who goes first."""

    REPLY = "reply"  # answers what a person just did
    RESULT = "result"  # a decision or a badge: at least once, `/stop` does not end it
    DEADLINE = "deadline"  # unasked, at least once, never after `/stop`
    NUDGE = "nudge"  # unasked, at most once, never after `/stop`


UNASKED = (MessageClass.DEADLINE, MessageClass.NUDGE)


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class OutboxMessage(Base):
    __tablename__ = "outbox_messages"
    __table_args__ = (
        _partial(
            "ix_outbox_messages_open",
            "person_id",
            "message_id",
            where="state IN ('waiting', 'claimed', 'sending')",
        ),
        _partial("ix_outbox_messages_waiting", "unasked", "message_id", where="state = 'waiting'"),
        _partial(
            "ix_outbox_messages_stuck",
            "message_id",
            where="state IN ('dead', 'parked', 'uncertain')",
        ),
        Index("ix_outbox_messages_created_at", "created_at"),
    )

    message_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    person_id: Mapped[str]
    screen: Mapped[str]
    args: Mapped[dict[str, Any]]
    message_class: Mapped[str]
    unasked: Mapped[bool]  # by its class; a column for the index
    key: Mapped[str | None] = mapped_column(unique=True)
    edit_target: Mapped[int | None] = mapped_column(BigInteger)
    caused_by: Mapped[str | None]  # see credentials.correlation
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    not_before: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]


_table = cast(Table, OutboxMessage.__table__)


@dataclass(frozen=True, kw_only=True)
class OwedMessage:
    """A claimed message, ready to draw. `edit_target` is a Telegram message to edit in place."""

    message_id: int
    person_id: str
    screen: str
    args: Mapping[str, Any]
    message_class: MessageClass
    edit_target: int | None
    caused_by: str | None
    attempts: int
    created_at: datetime


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
        session.connection().execute(_inserting(_insert(session)), rows)


def _insert(session: Session) -> Any:
    """An INSERT that knows conflicts, in the database's dialect."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert


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


def claim_messages(
    session: Session, *, bot_id: int, now: datetime, limit: int = 32, per_second: int = PER_SECOND
) -> list[OwedMessage]:
    """Lease what may go out now: what was asked for first, then the oldest.

    At most one message of a person is in hand, and no more than the bot's budget has room for
    (`per_second`, messages).
    """
    due = set(session.connection().scalars(_peeking(), {"at": now}))
    if not due:
        return []
    tokens = take_tokens(session, bot_id=bot_id, now=now, limit=limit, per_second=per_second)
    owed: list[OwedMessage] = []
    if False in due:
        owed += _claim(session, now=now, unasked=False, limit=tokens.for_replies)
    if True in due:
        owed += _claim(session, now=now, unasked=True, limit=tokens.for_unasked - len(owed))
    tokens.spend([one.person_id for one in owed])
    return owed


def has_due_messages(session: Session, *, now: datetime) -> bool:
    """Whether something is due and in nobody's hand: it waits for its turn."""
    return session.connection().execute(_peeking(), {"at": now}).first() is not None


def begin_sending(session: Session, message_id: int) -> None:
    """An unasked message leaves now: should the process die, it is not said again."""
    session.get_one(OutboxMessage, message_id).state = "sending"


def rescue_messages(
    session: Session, *, now: datetime, in_hand: Collection[int] = (), alone: bool = False
) -> int:
    """Take back what processes left behind that are gone; how many.

    `in_hand` is what this process is sending itself. With `alone`, no other process sends, so that
    every other lease is a dead process's.
    """
    # A lease or a wait that ends later than any could is one from before the clock was set back.
    left = or_(OutboxMessage.leased_until < now, OutboxMessage.leased_until > now + LEASE)
    mine = OutboxMessage.message_id.not_in(list(in_hand))
    gone = and_(IS_OPEN, mine, true() if alone else left)
    again = session.scalars(
        update(OutboxMessage)
        .where(gone, OutboxMessage.state == "claimed")
        .values(state="waiting", leased_until=None)
        .returning(OutboxMessage.message_id)
    ).all()
    session.execute(
        update(OutboxMessage)
        .where(gone, OutboxMessage.state == "sending")
        .values(state="uncertain", leased_until=None, error="left behind")
    )
    session.execute(
        update(OutboxMessage)
        .where(IS_OPEN, OutboxMessage.attempts > 0, OutboxMessage.not_before > now + LONGEST_WAIT)
        .values(not_before=now)
    )
    return len(again)


def keep_message_leases(session: Session, message_ids: Collection[int], *, now: datetime) -> None:
    """Say that these messages are still in hand."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.message_id.in_(list(message_ids)), OutboxMessage.state.in_(IN_FLIGHT))
        .values(leased_until=now + LEASE)
    )


def mark_sent(session: Session, message_id: int, *, now: datetime) -> None:
    _close(session, message_id, state="sent", sent_at=now)


def mark_dead(session: Session, message_id: int, *, error: str) -> None:
    """Nothing more is tried; operators see the error's name and may retry."""
    _close(session, message_id, state="dead", error=error)


def mark_uncertain(session: Session, message_id: int, *, error: str) -> None:
    """The answer was lost: it may have arrived, and sending again would say it twice."""
    _close(session, message_id, state="uncertain", error=error)


def retry_later(session: Session, message_id: int, *, at: datetime, error: str) -> bool:
    """Try again at `at`; False when it is given up, a day after it was due."""
    row = session.get_one(OutboxMessage, message_id)
    given_up = at - row.due_at > GIVE_UP_AFTER
    row.state, row.leased_until, row.error = "dead" if given_up else "waiting", None, error
    row.not_before = at
    return not given_up


def give_back(session: Session, message_id: int) -> None:
    """It was not tried after all: Telegram wants us to wait. This attempt does not count."""
    row = session.get_one(OutboxMessage, message_id)
    row.state, row.leased_until, row.attempts = "waiting", None, row.attempts - 1


def park_messages(session: Session, person_id: str, *, error: str) -> None:
    """Lay aside everything owed to somebody who cannot be reached."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.person_id == person_id, IS_OPEN)
        .values(state="parked", error=error, leased_until=None)
    )


def unpark_messages(session: Session, person_id: str, *, now: datetime) -> None:
    """They write again: results and what they asked for are delivered; other old news is not."""
    parked = (OutboxMessage.person_id == person_id, OutboxMessage.state == "parked")
    is_stale = and_(
        OutboxMessage.message_class.in_([MessageClass.REPLY, MessageClass.NUDGE]),
        OutboxMessage.due_at < now - PARKED_STAYS_FRESH,
    )
    session.execute(update(OutboxMessage).where(*parked, is_stale).values(state="dead"))
    session.execute(
        update(OutboxMessage)
        .where(*parked)
        .values(state="waiting", attempts=0, due_at=now, not_before=now, error=None)
    )


def revive_message(session: Session, message_id: int, *, now: datetime) -> None:
    """Send a dead, parked or uncertain message again, on an operator's word.

    Raises:
        NotFoundError: there is no such message, or its content is gone.
    """
    row = _stuck(session, message_id)
    row.state, row.attempts, row.due_at, row.not_before = "waiting", 0, now, now


def drop_message(session: Session, message_id: int) -> None:
    """End a dead, parked or uncertain message for good.

    Raises:
        NotFoundError: there is no such message.
    """
    row = _stuck(session, message_id)
    row.state, row.args = "dropped", {}


def forget_old_messages(session: Session, *, now: datetime) -> None:
    """Delete what was said long ago; messages with a key only lose their content."""
    old = and_(OutboxMessage.state.not_in((*OPEN, "parked")), OutboxMessage.created_at < now - KEEP)
    parked = and_(OutboxMessage.state == "parked", OutboxMessage.created_at < now - KEEP_PARKED)
    session.execute(delete(OutboxMessage).where(or_(old, parked), OutboxMessage.key.is_(None)))
    session.execute(update(OutboxMessage).where(or_(old, parked)).values(args={}))


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


def hold_message(session: Session, message_id: int, *, until: datetime) -> None:
    """It was not tried: this is no moment for it. It comes later; the attempt does not count."""
    give_back(session, message_id)
    session.get_one(OutboxMessage, message_id).not_before = until


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


def _claim(session: Session, *, now: datetime, unasked: bool, limit: int) -> list[OwedMessage]:
    """Lease what may go out of what was asked for, or of what was not, oldest first."""
    if limit <= 0:
        return []
    asked = {**at_pace(now, unasked=unasked), "until": now + LEASE, "most": limit}
    rows = session.connection().execute(_claiming(unasked), asked).all()
    return [_owed(row) for row in sorted(rows, key=lambda row: row.message_id)]


# Built once: these run several times for every message.
@cache
def _peeking() -> Any:
    """Whether anything is due at all: of what was asked for, of what was not."""
    at = bindparam("at", type_=UtcDateTime)
    return (
        select(OutboxMessage.unasked).where(IS_WAITING, OutboxMessage.not_before <= at).distinct()
    )


@cache
def _claiming(unasked: bool) -> Any:  # noqa: FBT001
    at = bindparam("at", type_=UtcDateTime)
    heads = (
        select(OutboxMessage.message_id)
        .outerjoin(SendingPace, SendingPace.person_id == OutboxMessage.person_id)
        .where(
            IS_WAITING,
            OutboxMessage.unasked.is_(unasked),
            OutboxMessage.not_before <= at,
            may_leave(),
            ~_has_to_wait(at, unasked=unasked),
        )
        .order_by(OutboxMessage.message_id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=OutboxMessage)
        .cte("heads")
    )
    return (
        update(_table)
        .where(_table.c.message_id.in_(select(heads.c.message_id)))
        .values(
            state="claimed",
            leased_until=bindparam("until", type_=UtcDateTime),
            attempts=_table.c.attempts + 1,
        )
        .returning(*(_table.c[name] for name in OwedMessage.__dataclass_fields__))
    )


@cache
def _inserting(insert: Any) -> Any:
    return insert(_table).on_conflict_do_nothing().inline()


@cache
def _inserting_one(insert: Any) -> Any:
    return insert(_table).on_conflict_do_nothing().returning(_table.c.message_id)


@cache
def _closing() -> Any:
    names = ("state", "sent_at", "error")
    return (
        update(_table)
        .where(_table.c.message_id == bindparam("number"))
        .values(leased_until=None, **{name: bindparam(f"new_{name}") for name in names})
    )


def _has_to_wait(at: Any, *, unasked: bool) -> Any:
    """Whether another message of the same person goes first or is under way.

    One that failed and waits for its next attempt still goes first; one for a later hour does not.
    """
    other = aliased(OutboxMessage, name="other")
    is_due = or_(other.not_before <= at, other.attempts > 0)
    is_older = other.message_id < OutboxMessage.message_id
    goes_first = (
        or_(other.unasked.is_(False), is_older)
        if unasked
        else and_(other.unasked.is_(False), is_older)
    )
    return exists().where(
        other.person_id == OutboxMessage.person_id,
        other.message_id != OutboxMessage.message_id,
        text("other.state IN ('waiting', 'claimed', 'sending')"),
        or_(other.state.in_(IN_FLIGHT), and_(is_due, goes_first)),
    )


def _stuck(session: Session, message_id: int) -> OutboxMessage:
    row = session.get(OutboxMessage, message_id)
    if row is None or row.state not in STUCK:
        raise NotFoundError(f"no message {message_id} that is stuck")
    return row


def _close(
    session: Session,
    message_id: int,
    *,
    state: str,
    sent_at: datetime | None = None,
    error: str | None = None,
) -> None:
    values = {"number": message_id, "new_state": state, "new_sent_at": sent_at, "new_error": error}
    session.connection().execute(_closing(), values)


def _owed(row: Any) -> OwedMessage:
    return OwedMessage(
        message_id=row.message_id,
        person_id=row.person_id,
        screen=row.screen,
        args=row.args,
        message_class=MessageClass(row.message_class),
        edit_target=row.edit_target,
        caused_by=row.caused_by,
        attempts=row.attempts,
        created_at=row.created_at,
    )
