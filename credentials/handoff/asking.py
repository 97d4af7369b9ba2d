"""Asking for a person, and thinking better of it."""

from dataclasses import dataclass
from datetime import datetime

from credentials.audit import record
from credentials.database import new_short_id
from credentials.drafts import cancel_current, close_draft, current_draft, save_draft
from credentials.handoff.handoffs import (
    REQUEST,
    Ending,
    Handoff,
    HandoffOverError,
    Reason,
    State,
    active_row,
    advisors_for,
    find_active,
    view,
)
from credentials.handoff.hours import opens_at
from credentials.handoff.models import HandoffRow
from credentials.outbox import MessageClass, enqueue, withdraw_messages
from credentials.people import find_person, may_be_written_to
from credentials.unit_of_work import Work

LAST_WORDS = 1_000  # characters
WEIGHTY = frozenset({Reason.URGENT, Reason.APPEAL})  # advisors hear of these again


@dataclass(frozen=True, kw_only=True)
class Request:
    """A wish to talk to a person.

    Attributes:
        advisors: how many may take it.
        opens_at: when they are there next; None when nobody can say.
        is_open: whether they are there now.
    """

    handoff: Handoff
    advisors: int
    opens_at: datetime | None
    is_open: bool


def ask_for_person(
    work: Work,
    *,
    person_id: str,
    reason: Reason = Reason.ASKED,
    subject: str | None = None,
    last_words: str | None = None,
) -> Request:
    """Put the person into the advisors' queue, once, and take their next words for them.

    `last_words` are kept aside until the person agrees to pass them on; of somebody in distress
    none are kept.
    """
    row = active_row(work, person_id, lock=True)
    if row is None:
        row = _new_row(work, person_id, reason, subject)
        tell_advisors(work, row)
        record(
            work.session,
            now=work.now,
            actor=person_id,
            event="handoff_asked",
            subject=row.handoff_id,
        )
    elif row.state == State.WAITING and reason in WEIGHTY and reason != row.reason:
        row.reason, row.subject = reason, subject
        hush_wanted(work, row)
        tell_advisors(work, row)
    words = (last_words or "").strip()[:LAST_WORDS]
    row.last_words = words if words and row.reason != Reason.URGENT else None
    if row.state == State.WAITING:
        expect_words(work, row)
    return describe_request(work, view(work, row))


def find_request(work: Work, *, person_id: str) -> Request | None:
    """The wish that waits, described; None when there is none."""
    found = find_active(work, person_id=person_id)
    return describe_request(work, found) if found else None


def carry_on(work: Work, *, person_id: str) -> Request:
    """Go on with the bot while the wish waits.

    Raises:
        HandoffOverError: nothing waits.
    """
    close_draft(work.session, person_id, REQUEST)
    found = find_request(work, person_id=person_id)
    if found is None:
        raise HandoffOverError
    return found


def withdraw_request(work: Work, *, person_id: str) -> None:
    """Take the wish back.

    Raises:
        HandoffOverError: nothing waits, or somebody has come.
    """
    row = active_row(work, person_id, lock=True)
    close_draft(work.session, person_id, REQUEST)
    if row is None or row.state != State.WAITING:
        raise HandoffOverError
    close_row(work, row, Ending.WITHDRAWN)


def cancel(work: Work, *, person_id: str) -> str | None:
    """End what the person is in the middle of, a wish to talk to a person with it; its kind."""
    draft = current_draft(work.session, person_id)
    row = active_row(work, person_id, lock=True)
    if draft is not None and draft.kind == REQUEST and row and row.state == State.WAITING:
        close_row(work, row, Ending.WITHDRAWN)
    return cancel_current(work.session, person_id)


def close_row(work: Work, row: HandoffRow, ending: Ending) -> None:
    """End it; what advisors have yet to hear of it is not said any more."""
    row.state, row.closed_at, row.ended_by, row.last_words = State.CLOSED, work.now, ending, None
    withdraw_messages(work.session, _wanted(row))
    work.session.flush()


def tell_advisors(work: Work, row: HandoffRow) -> None:
    """Owe everybody who may take it a word: at once when they are there, or when it is urgent."""
    opening = opens_at(work)
    is_urgent = row.reason == Reason.URGENT
    person = find_person(work, row.person_id)
    able = advisors_for(work, row)
    there = [advisor_id for advisor_id in able if may_be_written_to(work, advisor_id)]
    for advisor_id in there or able:
        enqueue(
            work.session,
            person_id=advisor_id,
            screen="handoff_wanted",
            args={
                "handoff_id": row.handoff_id,
                "learner": person.badge_name or person.first_name,
                "reason": row.reason,
            },
            message_class=MessageClass.RESULT,
            key=f"{_wanted(row)}{work.now.isoformat()}:{advisor_id}",
            not_before=None if is_urgent else opening,
            now=work.now,
        )


def expect_words(work: Work, row: HandoffRow) -> None:
    """The learner's next words are for the advisor who comes."""
    save_draft(
        work.session,
        person_id=row.person_id,
        kind=REQUEST,
        subject=row.handoff_id,
        fields={},
        asking="words",
        verbatim=True,
        now=work.now,
    )


def hush_wanted(work: Work, row: HandoffRow) -> None:
    """Somebody has taken it: those who have not heard of it need not."""
    withdraw_messages(work.session, _wanted(row))


def _wanted(row: HandoffRow) -> str:
    """How the keys of messages about this wish begin."""
    return f"handoff:{row.handoff_id}:wanted:"


def _new_row(work: Work, person_id: str, reason: Reason, subject: str | None) -> HandoffRow:
    row = HandoffRow(
        handoff_id=new_short_id(),
        person_id=person_id,
        reason=reason,
        subject=subject,
        state=State.WAITING,
        asked_at=work.now,
        queued_at=work.now,
        touched_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row


def describe_request(work: Work, handoff: Handoff) -> Request:
    row = work.session.get_one(HandoffRow, handoff.handoff_id)
    opening = opens_at(work)
    return Request(
        handoff=handoff,
        advisors=len(advisors_for(work, row)),
        opens_at=opening,
        is_open=opening == work.now,
    )
