"""What an operator has to look at: updates nobody could handle, messages nobody could deliver.

What people wrote and what they would be told is not shown: ids, times, kinds and errors are.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from credentials.inbox import IS_OPEN as IS_OPEN_UPDATE
from credentials.inbox import InboxUpdate
from credentials.outbox import IS_OPEN as IS_OPEN_MESSAGE
from credentials.outbox import OutboxMessage
from credentials.sending_budget import SendingBudget

IS_STUCK = text("outbox_messages.state IN ('dead', 'parked', 'uncertain')")
NOT_IN_LIST = ("stopped", "unreachable")  # ends that are as they should be


@dataclass(frozen=True, kw_only=True)
class DeadUpdate:
    """An update that failed three times. `reference` is what the person was told."""

    bot_id: int
    update_id: int
    kind: str
    received_at: datetime
    attempts: int
    error: str | None
    reference: str | None


@dataclass(frozen=True, kw_only=True)
class StuckMessage:
    """A message that is dead, parked or uncertain."""

    message_id: int
    state: str
    screen: str
    message_class: str
    due_at: datetime
    attempts: int
    error: str | None
    caused_by: str | None


@dataclass(frozen=True, kw_only=True)
class Queues:
    """How the queues stand: counts, and since when the oldest open row waits."""

    updates_waiting: int
    updates_oldest: datetime | None
    updates_dead: int
    messages_waiting: int
    messages_oldest: datetime | None
    messages_dead: int
    messages_parked: int
    messages_uncertain: int
    sending_stopped: str | None


def list_dead_updates(session: Session) -> list[DeadUpdate]:
    """Dead letters of the last seven days, oldest first."""
    rows = session.scalars(
        select(InboxUpdate).where(InboxUpdate.state == "dead").order_by(InboxUpdate.received_at)
    )
    return [
        DeadUpdate(
            bot_id=row.bot_id,
            update_id=row.update_id,
            kind=next((name for name in row.payload if name != "update_id"), "erased"),
            received_at=row.received_at,
            attempts=row.attempts,
            error=row.error,
            reference=row.reference,
        )
        for row in rows
    ]


def list_stuck_messages(session: Session) -> list[StuckMessage]:
    """Messages that did not arrive, or may not have, oldest first."""
    rows = session.scalars(
        select(OutboxMessage)
        .where(
            IS_STUCK,
            func.coalesce(OutboxMessage.error, "").not_in(NOT_IN_LIST),
        )
        .order_by(OutboxMessage.message_id)
    )
    return [
        StuckMessage(
            message_id=row.message_id,
            state=row.state,
            screen=row.screen,
            message_class=row.message_class,
            due_at=row.due_at,
            attempts=row.attempts,
            error=row.error,
            caused_by=row.caused_by,
        )
        for row in rows
    ]


def look_at_queues(session: Session, *, now: datetime) -> Queues:
    """How many wait and since when; messages for a later hour do not count as waiting."""
    waiting, oldest = session.execute(
        select(func.count(), func.min(InboxUpdate.received_at)).where(IS_OPEN_UPDATE)
    ).one()
    owed, owed_oldest = session.execute(
        select(func.count(), func.min(OutboxMessage.due_at)).where(
            IS_OPEN_MESSAGE, OutboxMessage.due_at <= now
        )
    ).one()
    counted = select(OutboxMessage.state, func.count()).where(IS_STUCK)
    stuck = {str(state): n for state, n in session.execute(counted.group_by(OutboxMessage.state))}
    dead = session.scalar(select(func.count()).where(InboxUpdate.state == "dead"))
    stopped = session.scalar(
        select(SendingBudget.stopped_because).where(SendingBudget.stopped_because.is_not(None))
    )
    return Queues(
        updates_waiting=waiting,
        updates_oldest=oldest,
        updates_dead=dead or 0,
        messages_waiting=owed,
        messages_oldest=owed_oldest,
        messages_dead=stuck.get("dead", 0),
        messages_parked=stuck.get("parked", 0),
        messages_uncertain=stuck.get("uncertain", 0),
        sending_stopped=stopped,
    )
