"""Recording a review: accepted, returned or rejected, once."""

from enum import StrEnum

from credentials.audit import record
from credentials.drafts import close_draft
from credentials.errors import CredentialsError
from credentials.evidence.claiming import claim
from credentials.evidence.models import SubmissionRow
from credentials.evidence.reviewing import DRAFT, clean_comment
from credentials.evidence.submissions import Judgement, State, Submission, view
from credentials.outbox import MessageClass, enqueue
from credentials.unit_of_work import Work


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"


class ReviewIncompleteError(CredentialsError):
    """The marks do not allow this outcome."""

    code = "review_incomplete"


def record_review(
    work: Work,
    *,
    advisor_id: str,
    submission_id: str,
    outcome: Outcome,
    comment: str | None = None,
) -> Submission:
    """Keep the decision; what was met stays met. A return or rejection is owed to the learner.

    Raises:
        NotAllowedError: they are no advisor, or it is their own.
        AlreadyDecidedError, TakenError, TakenBackError: it is not theirs to decide any more.
        ReviewIncompleteError: a criterion is not judged, or the outcome does not follow.
    """
    row = claim(work, advisor_id, submission_id)
    submission = view(work, row)
    _refuse_incomplete(submission, outcome)
    row.state, row.decided_by, row.decided_at = outcome, advisor_id, work.now
    row.comment = clean_comment(comment) if comment else None
    row.claimed_by = row.claimed_until = None
    close_draft(work.session, advisor_id, DRAFT)
    record(
        work.session,
        now=work.now,
        actor=advisor_id,
        event="submission_decided",
        subject=submission_id,
        detail={"outcome": outcome, "round": row.round},
    )
    work.session.flush()
    if outcome is not Outcome.ACCEPTED:
        _tell_learner(work, row, submission)
    return view(work, row)


def _refuse_incomplete(submission: Submission, outcome: Outcome) -> None:
    results = {item.result for item in submission.open_criteria}
    all_met = results <= {Judgement.MET}
    is_whole = None not in results
    if not is_whole or all_met != (outcome is Outcome.ACCEPTED):
        raise ReviewIncompleteError


def _tell_learner(work: Work, row: SubmissionRow, judged: Submission) -> None:
    missing = [item for item in judged.open_criteria if item.result is Judgement.NOT_YET]
    enqueue(
        work.session,
        person_id=row.person_id,
        screen="submission_returned" if row.state == State.RETURNED else "submission_rejected",
        args={
            "submission_id": row.submission_id,
            "code": row.achievement_code,
            "title": judged.name,
            "met": len(judged.criteria) - len(missing),
            "total": len(judged.criteria),
            "missing": [
                {"criterion": item.criterion.text, "comment": item.comment} for item in missing
            ],
            "comment": row.comment,
            "round": row.round,
        },
        message_class=MessageClass.RESULT,
        key=f"review:{row.submission_id}:{row.round}",
        now=work.now,
    )
