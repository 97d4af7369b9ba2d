"""What becomes of a message: sent, tried again, laid aside, ended, forgotten."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, update
from sqlalchemy.orm import Session

from credentials.errors import NotFoundError
from credentials.outbox.models import IS_OPEN, MESSAGES, OPEN, STUCK, MessageClass, OutboxMessage

KEEP = timedelta(days=7)
KEEP_PARKED = timedelta(days=90)
GIVE_UP_AFTER = timedelta(hours=24)
PARKED_STAYS_FRESH = timedelta(hours=24)


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


def hold_message(session: Session, message_id: int, *, until: datetime) -> None:
    """It was not tried: this is no moment for it. It comes later; the attempt does not count."""
    give_back(session, message_id)
    session.get_one(OutboxMessage, message_id).not_before = until


@cache
def _closing() -> Any:
    names = ("state", "sent_at", "error")
    return (
        update(MESSAGES)
        .where(MESSAGES.c.message_id == bindparam("number"))
        .values(leased_until=None, **{name: bindparam(f"new_{name}") for name in names})
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
