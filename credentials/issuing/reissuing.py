"""Issuing a badge anew: the old one is revoked, the new one rests on the same review."""

from credentials.evidence import clean_name, find_submission
from credentials.issuing.awarding import Basis, award_badge
from credentials.issuing.badges import BadgeState, IssuedBadge, find_badge
from credentials.issuing.composing import ONE_ADVISOR, evidence_values
from credentials.issuing.deciding import tell_of_badge
from credentials.issuing.revoking import revoke_badge
from credentials.people import find_person
from credentials.unit_of_work import Work


def reissue_badge(
    work: Work, *, credential_id: str, reason: str, actor: str = "operator"
) -> IssuedBadge:
    """A new badge for the same achievement version, with the name the learner has now.

    Raises:
        NotFoundError: there is no such badge.
        InvalidInputError: no reason is given.
        SetupError: a key is not in order; says what to do.
    """
    old = find_badge(work, credential_id=credential_id)
    if old.state is not BadgeState.REVOKED:
        revoke_badge(work, credential_id=old.credential_id, reason=reason, actor=actor)
    new = award_badge(
        work,
        achievement_code=old.achievement.code,
        achievement_version=old.achievement.version,
        person_id=old.person_id,
        holder_name=_name(work, old),
        basis=_basis(work, old),
        actor=actor,
    )
    if new.person_id is not None:
        tell_of_badge(work, new, comment=None)
    return new


def _name(work: Work, old: IssuedBadge) -> str | None:
    if old.person_id is None or old.holder_name is None:
        return old.holder_name
    name = find_person(work, old.person_id).badge_name
    return clean_name(name) if name else None


def _basis(work: Work, old: IssuedBadge) -> Basis:
    if old.submission_id is None:
        return Basis()
    submission = find_submission(work, submission_id=old.submission_id)
    return Basis(
        evidence=evidence_values(submission),
        judged_by=ONE_ADVISOR,
        submission_id=old.submission_id,
    )
