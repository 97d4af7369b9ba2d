"""Issuing a badge anew under its own id: the newer copy replaces the older one (OB 3.0 §4.6).

The id, the code, the subject and the day of the award stay; validFrom is newer. The older copy's
place in the status list is revoked, so that it fails wherever it lies; the newer one gets a place
of its own.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from credentials.audit import record
from credentials.catalogue import get_achievement
from credentials.errors import InvalidInputError
from credentials.evidence import clean_name, find_submission
from credentials.issuing.awarding import Basis, Copy, sign_copy
from credentials.issuing.badges import BadgeState, IssuedBadge, badge_row, badge_view
from credentials.issuing.composing import ONE_ADVISOR, evidence_values
from credentials.issuing.deciding import tell_of_badge
from credentials.issuing.models import IssuedBadgeRow
from credentials.issuing.revoking import MAX_REASON, BadgeStateError
from credentials.issuing.statuses import set_status
from credentials.people import find_person
from credentials.unit_of_work import Work
from credentials.verification.dates import parse_instant


def reissue_badge(
    work: Work, *, credential_id: str, reason: str, actor: str = "operator"
) -> IssuedBadge:
    """A newer copy of a badge, signed with today's key, with the name the learner has now.

    The holder is told before the older copy is revoked. A badge on hold stays on hold.

    Raises:
        NotFoundError: there is no such badge.
        BadgeStateError: it is revoked, and stays so.
        InvalidInputError: no reason is given.
        SetupError: a key is not in order; says what to do.
    """
    words = " ".join(reason.split())[:MAX_REASON]
    if not words:
        raise InvalidInputError("a reason is needed")
    row = badge_row(work, credential_id=credential_id)
    work.session.refresh(row, with_for_update=True)
    old = badge_view(work, row)
    if old.state is BadgeState.REVOKED:
        raise BadgeStateError("a revoked badge stays revoked")
    older_place = row.list_id, row.status_index
    row.credential, row.list_id, row.status_index = sign_copy(work, _copy(work, old))
    work.session.flush()
    new = badge_view(work, row)
    if new.person_id is not None:
        tell_of_badge(work, new, comment=words, occasion=new.document["validFrom"])
    set_status(work, list_id=older_place[0], index=older_place[1], is_set=True)
    if old.state is BadgeState.SUSPENDED:
        set_status(work, list_id=row.list_id, index=row.status_index, is_set=True)
    record(
        work.session, now=work.now, actor=actor, event="badge_reissued", subject=row.credential_id
    )
    return new


def list_signed_by(work: Work, *, key_id: str) -> list[str]:
    """The credential ids of badges that stand and whose newest copy a key signed, oldest first."""
    query = (
        select(IssuedBadgeRow.credential_id)
        .where(
            IssuedBadgeRow.state != BadgeState.REVOKED,
            IssuedBadgeRow.credential.contains(f'#{key_id}"', autoescape=True),
        )
        .order_by(IssuedBadgeRow.issued_at, IssuedBadgeRow.badge_id)
    )
    return list(work.session.scalars(query))


def _copy(work: Work, old: IssuedBadge) -> Copy:
    document = old.document
    older = parse_instant(document["validFrom"])
    assert older is not None
    return Copy(
        achievement=get_achievement(
            work, code=old.achievement.code, version=old.achievement.version
        ),
        ids=(old.credential_id, document["credentialSubject"]["id"]),
        holder_name=_name(work, old),
        basis=_basis(work, old),
        valid_from=_newer(work, older, old),
        awarded=old.issued_at,
        valid_until=old.valid_until,
    )


def _newer(work: Work, older: datetime, old: IssuedBadge) -> datetime:
    """A newer start, which is how verifiers see which copy replaces which; before the end, if any.

    A badge that ran out is still told from one that was never issued.
    """
    least = older + timedelta(seconds=1)
    return least if old.is_expired(work.now) else max(work.now, least)


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
