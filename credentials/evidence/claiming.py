"""One advisor at a time on a submission; a claim ends by itself after half an hour."""

from datetime import timedelta

from sqlalchemy import delete

from credentials.errors import NotAllowedError, NotFoundError, StaleError
from credentials.evidence.models import JudgementRow, SubmissionRow
from credentials.evidence.submissions import State
from credentials.people import Role, require_role
from credentials.unit_of_work import Work

CLAIM_FOR = timedelta(minutes=30)
DECIDED = frozenset({State.ACCEPTED, State.RETURNED, State.REJECTED})


class AlreadyDecidedError(StaleError):
    """Somebody has decided this submission."""

    code = "already_decided"


class OwnSubmissionError(NotAllowedError):
    """Nobody judges their own work."""

    code = "own_submission"


class TakenError(StaleError):
    """Another advisor has this submission open."""

    code = "taken"


class TakenBackError(StaleError):
    """The learner took the submission back."""

    code = "taken_back"


def claim(
    work: Work, advisor_id: str, submission_id: str, round_: int | None = None
) -> SubmissionRow:
    """Hold the submission for this advisor; marks another one made in this round are dropped.

    Raises:
        NotAllowedError: they are no advisor.
        OwnSubmissionError: it is their own work.
        AlreadyDecidedError, TakenError, TakenBackError: it is not open to them.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    row = work.session.get(
        SubmissionRow, submission_id, with_for_update=True, populate_existing=True
    )
    if row is None:
        raise NotFoundError("no such submission")
    if row.person_id == advisor_id:
        raise OwnSubmissionError
    if row.state in DECIDED or (row.state == State.COLLECTING and row.decided_at is not None):
        raise AlreadyDecidedError
    if row.state != State.WAITING or round_ not in {None, row.round}:
        raise TakenBackError
    is_held = row.claimed_until is not None and row.claimed_until > work.now
    if is_held and row.claimed_by != advisor_id:
        raise TakenError
    if row.claimed_by != advisor_id:
        forget_marks(work, row, but=advisor_id)
    row.claimed_by, row.claimed_until = advisor_id, work.now + CLAIM_FOR
    work.session.flush()
    return row


def release(work: Work, row: SubmissionRow) -> None:
    row.claimed_by = row.claimed_until = None
    work.session.flush()


def forget_marks(work: Work, row: SubmissionRow, *, but: str | None = None) -> None:
    """Drop the marks of this round, but for one advisor's."""
    work.session.execute(
        delete(JudgementRow).where(
            JudgementRow.submission_id == row.submission_id,
            JudgementRow.round == row.round,
            JudgementRow.judged_by != (but or ""),
        )
    )
