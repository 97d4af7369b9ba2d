"""Deciding: a review recorded and, when accepted, the badge signed in the same transaction."""

from dataclasses import dataclass

from credentials.evidence import Outcome, Submission, record_review
from credentials.fault_points import DECIDED, reach
from credentials.issuing.awarding import Basis, award_badge
from credentials.issuing.badges import IssuedBadge
from credentials.issuing.composing import ONE_ADVISOR, evidence_values
from credentials.outbox import MessageClass, enqueue
from credentials.people import find_person
from credentials.unit_of_work import Work


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided; `badge` when it was accepted."""

    submission: Submission
    outcome: Outcome
    badge: IssuedBadge | None = None


def decide_submission(
    work: Work,
    *,
    advisor_id: str,
    submission_id: str,
    outcome: Outcome,
    comment: str | None = None,
) -> Decision:
    """Record the review; accepting signs the badge and owes it to the learner.

    Raises:
        NotAllowedError: they are no advisor, or it is their own.
        AlreadyDecidedError, TakenError, TakenBackError: it is not theirs to decide any more.
        ReviewIncompleteError: a criterion is not judged, or the outcome does not follow.
        SetupError: a key is not in order; nothing is decided then.
    """
    submission = record_review(
        work,
        advisor_id=advisor_id,
        submission_id=submission_id,
        outcome=outcome,
        comment=comment,
    )
    reach(DECIDED)
    if outcome is not Outcome.ACCEPTED:
        return Decision(submission=submission, outcome=outcome)
    badge = award_badge(
        work,
        achievement_code=submission.achievement.code,
        achievement_version=submission.achievement.version,
        person_id=submission.person_id,
        holder_name=_confirmed_name(work, submission),
        basis=Basis(
            evidence=evidence_values(submission),
            judged_by=ONE_ADVISOR,
            submission_id=submission_id,
        ),
        actor=advisor_id,
    )
    praise = [item.comment for item in submission.criteria if item.comment]
    tell_of_badge(work, badge, comment=submission.comment or (praise[-1] if praise else None))
    return Decision(submission=submission, outcome=outcome, badge=badge)


def _confirmed_name(work: Work, submission: Submission) -> str | None:
    if not submission.wants_name:
        return None
    return find_person(work, submission.person_id).badge_name


def tell_of_badge(
    work: Work, badge: IssuedBadge, *, comment: str | None, occasion: str = ""
) -> None:
    """Owe the holder their badge; `comment` is the advisor's word about it.

    It is owed once for each occasion; a newer copy is another one.
    """
    assert badge.person_id is not None
    enqueue(
        work.session,
        person_id=badge.person_id,
        screen="badge_awarded",
        args={
            "badge_id": badge.badge_id,
            "title": badge.achievement.name,
            "comment": comment,
            "valid_until": badge.valid_until.isoformat() if badge.valid_until else None,
            "is_anew": bool(occasion),
        },
        message_class=MessageClass.RESULT,
        key=f"badge:{badge.badge_id}{occasion and f':{occasion}'}",
        now=work.now,
    )
