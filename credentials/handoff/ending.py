"""How a conversation ends: by either, by silence, or because somebody is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select

from credentials.audit import record
from credentials.drafts import close_draft
from credentials.files import delete_unused_files
from credentials.handoff.asking import close_row
from credentials.handoff.handoffs import (
    ADVISING,
    REQUEST,
    SILENCE,
    WAIT_AT_MOST,
    Ending,
    Handoff,
    HandoffOverError,
    State,
    active_row,
    locked_row,
    open_rows,
    view,
    waiting_for,
)
from credentials.handoff.messages import give_back
from credentials.handoff.models import HandoffMessageRow, HandoffRow
from credentials.outbox import MessageClass, enqueue
from credentials.people import Role
from credentials.people.models import PersonRow, RoleRow
from credentials.unit_of_work import Work

KEEP = timedelta(days=30)  # what was said, after the end
BATCH = 200


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A conversation that is over: who ended it; how many people wait for, and talk to, its advisor."""

    handoff: Handoff
    ending: Ending
    waiting: int = 0
    talking: int = 0


def end_handoff(work: Work, *, person_id: str, handoff_id: str | None = None) -> Ended:
    """End the conversation, as its learner or as its advisor; the other one is told.

    Without `handoff_id` the learner's own, or the only one of an advisor.

    Raises:
        HandoffOverError: it is over, or not theirs.
    """
    row = _meant(work, person_id, handoff_id)
    if row.state != State.OPEN or person_id not in {row.person_id, row.advisor_id}:
        raise HandoffOverError
    is_learner = person_id == row.person_id
    return _end(work, row, Ending.LEARNER if is_learner else Ending.ADVISOR)


def leave_handoffs(work: Work, *, person_id: str) -> None:
    """Somebody is going for good: their own conversation ends, their learners wait for another."""
    own = active_row(work, person_id, lock=True)
    if own is not None and own.state == State.OPEN:
        _end(work, own, Ending.LEARNER, is_named=False)
    elif own is not None:
        close_row(work, own, Ending.WITHDRAWN)
    for row in open_rows(work, person_id):
        give_back(work, row)


def settle_handoffs(work: Work) -> list[Ended]:
    """End what silence or absence has ended; give back what an advisor has left behind."""
    is_open, is_waiting = HandoffRow.state == State.OPEN, HandoffRow.state == State.WAITING
    for row in _batch(work, is_open, ~_advisor_is_there()):
        give_back(work, row)
    silent = HandoffRow.touched_at < work.now - SILENCE
    over = [_end(work, row, Ending.SILENCE) for row in _batch(work, is_open, silent)]
    over += [_end(work, row, Ending.GONE) for row in _batch(work, is_open, ~_learner_is_there())]
    late = HandoffRow.queued_at < work.now - WAIT_AT_MOST
    over += [_give_up(work, row) for row in _batch(work, is_waiting, late)]
    return over


def forget_old_handoffs(work: Work) -> None:
    """Delete conversations a month after their end, words and files."""
    old = select(HandoffRow.handoff_id).where(HandoffRow.closed_at < work.now - KEEP)
    unsent = and_(
        HandoffMessageRow.handoff_id.is_(None), HandoffMessageRow.written_at < work.now - KEEP
    )
    gone = or_(HandoffMessageRow.handoff_id.in_(old), unsent)
    files = work.session.scalars(select(HandoffMessageRow.sha256).where(gone)).all()
    work.session.execute(delete(HandoffMessageRow).where(gone))
    work.session.execute(delete(HandoffRow).where(HandoffRow.handoff_id.in_(old)))
    delete_unused_files(work.session, [name for name in files if name])


def _meant(work: Work, person_id: str, handoff_id: str | None) -> HandoffRow:
    if handoff_id is not None:
        return locked_row(work, handoff_id)
    own, advising = active_row(work, person_id, lock=True), open_rows(work, person_id)
    if own is not None and own.state == State.OPEN:
        return own
    if len(advising) != 1:
        raise HandoffOverError
    return locked_row(work, advising[0].handoff_id)


def _end(work: Work, row: HandoffRow, ending: Ending, *, is_named: bool = True) -> Ended:
    advisor_id = row.advisor_id
    assert advisor_id is not None
    close_row(work, row, ending)
    talking = len(open_rows(work, advisor_id))
    if not talking:
        close_draft(work.session, advisor_id, ADVISING)
    handoff, waiting = view(work, row), len(waiting_for(work, advisor_id=advisor_id))
    if ending is not Ending.ADVISOR:
        enqueue(
            work.session,
            person_id=advisor_id,
            screen="handoff_closed",
            args={
                "ending": ending.value,
                "learner": handoff.learner if is_named else None,
                "waiting": waiting,
                "talking": talking,
            },
            message_class=MessageClass.RESULT,
            key=f"handoff:{row.handoff_id}:closed",
            now=work.now,
        )
    record(
        work.session,
        now=work.now,
        actor={Ending.LEARNER: row.person_id, Ending.ADVISOR: advisor_id}.get(ending, "system"),
        event="handoff_ended",
        subject=row.handoff_id,
        detail={"by": ending.value},
    )
    return Ended(handoff=handoff, ending=ending, waiting=waiting, talking=talking)


def _give_up(work: Work, row: HandoffRow) -> Ended:
    """Nobody has come."""
    close_row(work, row, Ending.NOBODY)
    close_draft(work.session, row.person_id, REQUEST)
    return Ended(handoff=view(work, row), ending=Ending.NOBODY)


def _batch(work: Work, *conditions: ColumnElement[bool]) -> Sequence[HandoffRow]:
    query = (
        select(HandoffRow)
        .where(*conditions)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return work.session.scalars(query).all()


def _advisor_is_there() -> ColumnElement[bool]:
    return exists().where(
        RoleRow.person_id == HandoffRow.advisor_id,
        RoleRow.role == Role.ADVISOR,
        PersonRow.person_id == HandoffRow.advisor_id,
        PersonRow.reachable,
    )


def _learner_is_there() -> ColumnElement[bool]:
    return exists().where(PersonRow.person_id == HandoffRow.person_id, PersonRow.reachable)
