"""How much work waits for an advisor, since when, and how much of it is late."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from credentials.evidence.models import PassedOnRow, SubmissionRow
from credentials.evidence.submissions import State
from credentials.unit_of_work import Work


@dataclass(frozen=True)
class Backlog:
    """`late` counts what has passed the day its learner was promised an answer for."""

    count: int
    oldest: datetime | None
    late: int


def find_backlog(work: Work, *, advisor_id: str) -> Backlog:
    """What waits that this person may judge."""
    passed = select(PassedOnRow.submission_id).where(PassedOnRow.advisor_id == advisor_id)
    waiting = (
        SubmissionRow.state == State.WAITING,
        SubmissionRow.person_id != advisor_id,
        SubmissionRow.submission_id.not_in(passed),
    )
    count, oldest = work.session.execute(
        select(func.count(), func.min(SubmissionRow.sent_at)).where(*waiting)
    ).one()
    late = work.session.scalar(
        select(func.count()).where(
            *waiting, SubmissionRow.told_of_delay | (SubmissionRow.promised_by < work.now)
        )
    )
    return Backlog(count, oldest, late or 0)
