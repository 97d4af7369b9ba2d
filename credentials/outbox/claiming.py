"""Leasing what may go out now, and taking back what dead processes had in hand."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Integer, and_, bindparam, exists, or_, select, text, true, update
from sqlalchemy.orm import Session, aliased

from credentials.database import UtcDateTime
from credentials.outbox.models import (
    IN_FLIGHT,
    IS_OPEN,
    IS_WAITING,
    MESSAGES,
    MessageClass,
    OutboxMessage,
    OwedMessage,
)
from credentials.sending_budget import (
    PER_SECOND,
    SendingPace,
    at_pace,
    may_leave,
    pace_of,
    take_tokens,
)

LEASE = timedelta(seconds=60)
LONGEST_WAIT = timedelta(minutes=10)


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


def claim_message_of(
    session: Session, person_id: str, *, bot_id: int, now: datetime, per_second: int = PER_SECOND
) -> OwedMessage | None:
    """Lease what this person asked for and is owed first, if it may go out now."""
    tokens = take_tokens(session, bot_id=bot_id, now=now, limit=1, per_second=per_second)
    if tokens.for_replies < 1:
        return None
    asked = {**at_pace(now, unasked=False), "until": now + LEASE, "most": 1, "person": person_id}
    claiming = _claiming(unasked=False, of_one=True)
    row = session.connection().execute(claiming, asked).first()
    if row is None:
        return None
    tokens.spend([person_id], {person_id: row.empty_at} if row.empty_at else {})
    return _owed(row)


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
    # Owed at once by a clock that has been set back since: at once is now.
    session.execute(
        update(OutboxMessage)
        .where(
            IS_OPEN,
            OutboxMessage.created_at > now,
            OutboxMessage.due_at <= OutboxMessage.created_at,
            OutboxMessage.attempts == 0,
            OutboxMessage.not_before > now,
        )
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
def _claiming(unasked: bool, of_one: bool = False) -> Any:  # noqa: FBT001, FBT002
    at = bindparam("at", type_=UtcDateTime)
    heads = (
        select(OutboxMessage.message_id)
        .outerjoin(SendingPace, SendingPace.person_id == OutboxMessage.person_id)
        .where(
            IS_WAITING,
            OutboxMessage.person_id == bindparam("person") if of_one else true(),
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
    wanted = [MESSAGES.c[name] for name in OwedMessage.__dataclass_fields__]
    if of_one:
        wanted.append(pace_of(bindparam("person")).label("empty_at"))
    return (
        update(MESSAGES)
        .where(MESSAGES.c.message_id.in_(select(heads.c.message_id)))
        .values(
            state="claimed",
            leased_until=bindparam("until", type_=UtcDateTime),
            attempts=MESSAGES.c.attempts + 1,
        )
        .returning(*wanted)
    )


def _has_to_wait(at: Any, *, unasked: bool) -> Any:
    """Whether another message of the same person goes first or is under way.

    One that failed and waits for its next attempt still goes first, and so does one that was owed
    at once by a clock that has been set back since; one for a later hour does not.
    """
    other = aliased(OutboxMessage, name="other")
    at_once = other.due_at <= other.created_at
    is_due = or_(other.not_before <= at, other.attempts > 0, at_once)
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
