"""What a hand-off is, and finding the one somebody is in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, select

from credentials.errors import NotAllowedError, StaleError
from credentials.evidence.models import SubmissionRow
from credentials.handoff.models import HandoffRow
from credentials.people import Role, find_person, staff_with_role
from credentials.unit_of_work import Work

REQUEST, ADVISING = "handoff", "advising"  # kinds of drafts: what the next words are for
SILENCE = timedelta(hours=4)
WAIT_AT_MOST = timedelta(days=14)


class Reason(StrEnum):
    """Why a person is wanted; what is urgent goes first, and says no more than that."""

    ASKED = "asked"
    MISSES = "misses"
    APPEAL = "appeal"
    URGENT = "urgent"


class State(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


class Ending(StrEnum):
    """Who or what ended it."""

    LEARNER = "learner"
    ADVISOR = "advisor"
    SILENCE = "silence"
    GONE = "gone"  # the learner cannot be reached any more
    WITHDRAWN = "withdrawn"  # before anybody came
    NOBODY = "nobody"  # nobody came for too long


class HandoffTakenError(StaleError):
    """A colleague is talking to this person."""

    code = "handoff_taken"


class HandoffOverError(StaleError):
    """The conversation has ended, or was taken back."""

    code = "handoff_over"


class OwnHandoffError(NotAllowedError):
    """Nobody is their own advisor."""

    code = "own_handoff"


class OwnDecisionError(NotAllowedError):
    """An appeal goes to somebody else than whoever decided."""

    code = "own_decision"


@dataclass(frozen=True, kw_only=True)
class Handoff:
    """A hand-off. `learner` is the name advisors know the person by; no account is named."""

    handoff_id: str
    person_id: str
    learner: str | None
    reason: Reason
    subject: str | None
    state: State
    advisor_id: str | None
    last_words: str | None
    asked_at: datetime
    queued_at: datetime


def find_active(work: Work, *, person_id: str) -> Handoff | None:
    """The hand-off a learner waits for or is in."""
    row = active_row(work, person_id)
    return view(work, row) if row else None


def is_talking(work: Work, *, person_id: str) -> bool:
    """Whether a learner is talking to an advisor, and the bot keeps quiet."""
    work.session.flush()
    found = work.session.connection().execute(_talking(), {"person": person_id})
    return found.first() is not None


def open_with(work: Work, *, advisor_id: str) -> list[Handoff]:
    """The conversations an advisor is in, the oldest first."""
    return [view(work, row) for row in open_rows(work, advisor_id)]


def waiting_for(work: Work, *, advisor_id: str) -> list[Handoff]:
    """People this advisor may talk to who wait: the urgent first, then the oldest."""
    query = (
        select(HandoffRow)
        .where(HandoffRow.state == State.WAITING, HandoffRow.person_id != advisor_id)
        .order_by(HandoffRow.reason != Reason.URGENT, HandoffRow.queued_at, HandoffRow.handoff_id)
    )
    rows = [row for row in work.session.scalars(query) if is_for(work, row, advisor_id)]
    return [view(work, row) for row in rows]


def active_row(work: Work, person_id: str, *, lock: bool = False) -> HandoffRow | None:
    query = _active()
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found: HandoffRow | None = work.session.scalar(query, {"person": person_id})
    return found


@cache
def _talking() -> Any:
    """Built once, and without the mapper: it runs for every update."""
    handoffs = cast("Table", HandoffRow.__table__)
    mine = handoffs.c.person_id == bindparam("person")
    return select(handoffs.c.handoff_id).where(mine, handoffs.c.state == State.OPEN).limit(1)


@cache
def _active() -> Any:
    is_active = HandoffRow.state.in_([State.WAITING, State.OPEN])
    return select(HandoffRow).where(HandoffRow.person_id == bindparam("person"), is_active)


def open_rows(work: Work, advisor_id: str) -> list[HandoffRow]:
    query = (
        select(HandoffRow)
        .where(HandoffRow.advisor_id == advisor_id, HandoffRow.state == State.OPEN)
        .order_by(HandoffRow.taken_at, HandoffRow.handoff_id)
    )
    return list(work.session.scalars(query))


def locked_row(work: Work, handoff_id: str) -> HandoffRow:
    """The hand-off, with no other transaction changing it.

    Raises:
        HandoffOverError: there is none.
    """
    row = work.session.get(HandoffRow, handoff_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise HandoffOverError
    return row


def advisors_for(work: Work, row: HandoffRow) -> list[str]:
    """Who may take it, longest serving first."""
    return [one for one in staff_with_role(work, Role.ADVISOR) if is_for(work, row, one)]


def is_for(work: Work, row: HandoffRow, advisor_id: str) -> bool:
    """Not their own; and an appeal not for whoever decided, where there is anybody else."""
    if row.person_id == advisor_id:
        return False
    if row.reason != Reason.APPEAL or _decider(work, row) != advisor_id:
        return True
    staff = staff_with_role(work, Role.ADVISOR)
    return not any(other not in {advisor_id, row.person_id} for other in staff)


def view(work: Work, row: HandoffRow) -> Handoff:
    person = find_person(work, row.person_id)
    return Handoff(
        handoff_id=row.handoff_id,
        person_id=row.person_id,
        learner=person.badge_name or person.first_name,
        reason=Reason(row.reason),
        subject=row.subject,
        state=State(row.state),
        advisor_id=row.advisor_id,
        last_words=row.last_words,
        asked_at=row.asked_at,
        queued_at=row.queued_at,
    )


def _decider(work: Work, row: HandoffRow) -> str | None:
    submission = work.session.get(SubmissionRow, row.subject) if row.subject else None
    return submission.decided_by if submission else None
