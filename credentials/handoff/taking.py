"""An advisor takes somebody who waits, and is told where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from credentials.audit import record
from credentials.catalogue import current_catalogue
from credentials.drafts import close_draft, current_draft, save_draft
from credentials.errors import NotFoundError
from credentials.evidence import State as SubmissionState
from credentials.evidence import find_submission, list_submissions
from credentials.handoff.asking import hush_wanted
from credentials.handoff.handoffs import (
    ADVISING,
    REQUEST,
    Handoff,
    HandoffOverError,
    HandoffTakenError,
    OwnDecisionError,
    OwnHandoffError,
    State,
    is_for,
    locked_row,
    open_with,
    view,
    waiting_for,
)
from credentials.handoff.messages import kept_messages, pass_on
from credentials.handoff.models import HandoffRow
from credentials.issuing import list_badges
from credentials.outbox import MessageClass, enqueue
from credentials.pathways import goal_of
from credentials.people import Role, require_role
from credentials.unit_of_work import Work


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a learner stands, for the advisor who takes over; the bot's own record, no words.

    Attributes:
        goal: the occupation they aim at.
        doing: what they are in the middle of: the kind of their draft.
        title: the micro-credential they are showing work for, or whose decision they appeal.
        waiting, returned, badges: how much work is under review, came back, was approved.
    """

    goal: Mapping[str, str] | None
    doing: str | None
    title: Mapping[str, str] | None
    waiting: int
    returned: int
    badges: int


@dataclass(frozen=True, kw_only=True)
class People:
    """Who waits for an advisor, and whom they are talking to."""

    waiting: tuple[Handoff, ...]
    talking: tuple[Handoff, ...]
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A conversation in an advisor's hands."""

    handoff: Handoff
    standing: Standing


def find_people(work: Work, *, advisor_id: str) -> People:
    """The advisor's queue of people.

    Raises:
        NotAllowedError: they are no advisor.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    return People(
        waiting=tuple(waiting_for(work, advisor_id=advisor_id)),
        talking=tuple(open_with(work, advisor_id=advisor_id)),
        now=work.now,
    )


def take_handoff(work: Work, *, advisor_id: str, handoff_id: str) -> Taken:
    """Join the learner's chat: the first to take it has it. `pass_on_kept` comes next.

    Raises:
        NotAllowedError: they are no advisor, it is their own, or an appeal against their decision.
        HandoffTakenError, HandoffOverError: it is not to be had any more.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    row = locked_row(work, handoff_id)
    if row.state == State.WAITING:
        _join(work, row, advisor_id)
    elif row.state == State.CLOSED:
        raise HandoffOverError
    elif row.advisor_id != advisor_id:
        raise HandoffTakenError
    return Taken(handoff=view(work, row), standing=find_standing(work, row))


def pass_on_kept(work: Work, *, handoff_id: str) -> None:
    """Owe the advisor what the learner wrote while nobody was there, in its order."""
    row = locked_row(work, handoff_id)
    for message in kept_messages(work, row):
        pass_on(work, row, message)


def find_standing(work: Work, row: HandoffRow) -> Standing:
    """Where the learner stands."""
    code = goal_of(work, person_id=row.person_id)
    job = current_catalogue(work).occupations.get(code or "")
    draft = current_draft(work.session, row.person_id)
    mine = list_submissions(work, person_id=row.person_id)
    subject = row.subject or (draft.subject if draft and draft.kind == "evidence" else None)
    return Standing(
        goal=dict(job.plain_title) if job else None,
        doing=draft.kind if draft else None,
        title=_title(work, row.person_id, subject),
        waiting=sum(1 for one in mine if one.state is SubmissionState.WAITING),
        returned=sum(1 for one in mine if one.state is SubmissionState.RETURNED),
        badges=len(list_badges(work, person_id=row.person_id)),
    )


def _title(work: Work, person_id: str, submission_id: str | None) -> Mapping[str, str] | None:
    if submission_id is None:
        return None
    try:
        return find_submission(work, submission_id=submission_id, person_id=person_id).name
    except NotFoundError:
        return None


def _join(work: Work, row: HandoffRow, advisor_id: str) -> None:
    if row.person_id == advisor_id:
        raise OwnHandoffError
    if not is_for(work, row, advisor_id):
        raise OwnDecisionError
    hush_wanted(work, row)
    row.state, row.advisor_id = State.OPEN, advisor_id
    row.taken_at = row.touched_at = work.now
    close_draft(work.session, row.person_id, REQUEST)
    save_draft(
        work.session,
        person_id=advisor_id,
        kind=ADVISING,
        fields={},
        asking="words",
        verbatim=True,
        now=work.now,
    )
    enqueue(
        work.session,
        person_id=row.person_id,
        screen="handoff_joined",
        args={"handoff_id": row.handoff_id},
        message_class=MessageClass.RESULT,
        key=f"handoff:{row.handoff_id}:joined:{work.now.isoformat()}",
        now=work.now,
    )
    record(
        work.session,
        now=work.now,
        actor=advisor_id,
        event="handoff_taken",
        subject=row.handoff_id,
    )
