"""Awarding: compose, sign, give an index and a code, keep; all in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta

from credentials.audit import record
from credentials.catalogue import Achievement, get_achievement
from credentials.database import new_short_id, new_uuid
from credentials.errors import CredentialsError
from credentials.evidence import Step, clean_name, start_submission
from credentials.fault_points import AWARDED, SIGNED, STATUS_TAKEN, reach
from credentials.issuing.badges import BadgeState, IssuedBadge, badge_view, list_badges
from credentials.issuing.codes import new_code
from credentials.issuing.composing import credential_values
from credentials.issuing.keys import ensure_keys, signer
from credentials.issuing.models import IssuedBadgeRow
from credentials.issuing.statuses import allocate_index, list_url
from credentials.openbadges.composition import compose_credential, instant
from credentials.openbadges.proofs import sign_document
from credentials.openbadges.reading import write_json
from credentials.openbadges.values import Evidence, StatusEntry
from credentials.unit_of_work import Work

RENEW_WITHIN = relativedelta(months=3)


class AlreadyEarnedError(CredentialsError):
    """The person holds this badge, and it is not near its end."""

    code = "already_earned"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a badge rests on.

    `judged_by` is a role such as "one advisor"; None when the institution awards it by list.
    """

    evidence: Sequence[Evidence] = ()
    judged_by: str | None = None
    submission_id: str | None = None


def begin_submission(work: Work, *, person_id: str, achievement_code: str) -> Step:
    """Begin or carry on with showing an achievement.

    Raises:
        AlreadyEarnedError: the person holds a valid badge for it that lasts three months or more.
        NotFoundError: there is no such achievement.
    """
    soon = work.now + RENEW_WITHIN
    for badge in list_badges(work, person_id=person_id):
        is_same = badge.achievement.code == achievement_code
        if is_same and badge.state is not BadgeState.REVOKED and not badge.is_expired(soon):
            raise AlreadyEarnedError
    return start_submission(work, person_id=person_id, achievement_code=achievement_code)


def award_badge(  # noqa: PLR0913
    work: Work,
    *,
    achievement_code: str,
    achievement_version: str | None = None,
    person_id: str | None = None,
    holder_name: str | None = None,
    basis: Basis | None = None,
    badge_id: str | None = None,
    actor: str = "operator",
) -> IssuedBadge:
    """A signed badge. The name is in it only when it is given; an e-mail address never is.

    `badge_id` is our id of it, where the caller must find it again; random otherwise.

    Raises:
        NotFoundError: there is no such achievement.
        BadgeNameError: the name has no letters or is too long.
        SetupError: a key is not in order; says what to do.
    """
    achievement = get_achievement(work, code=achievement_code, version=achievement_version)
    name = clean_name(holder_name) if holder_name is not None else None
    row = _sign(work, achievement, name, basis or Basis())
    row.person_id = person_id
    row.badge_id = badge_id or row.badge_id
    work.session.add(row)
    work.session.flush()
    record(
        work.session,
        now=work.now,
        actor=actor,
        event="badge_issued",
        subject=row.credential_id,
        detail={"achievement": achievement.code, "version": achievement.version},
    )
    reach(AWARDED)
    return badge_view(work, row)


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What one signed copy of a badge is made from; `ids` are the credential's and the subject's."""

    achievement: Achievement
    ids: tuple[str, str]
    holder_name: str | None
    basis: Basis
    valid_from: datetime
    awarded: datetime
    valid_until: datetime | None


def sign_copy(work: Work, copy: Copy) -> tuple[str, str, int]:
    """A signed copy with a status entry of its own: its JSON, the list and the index.

    Raises:
        SetupError: a key is not in order; says what to do.
    """
    ensure_keys(work)
    statuses, index = allocate_index(work)
    reach(STATUS_TAKEN)
    credential_id, subject_id = copy.ids
    values = credential_values(
        work,
        achievement=copy.achievement,
        credential_url=f"{work.settings.public_url}/credentials/{credential_id}",
        subject_id=subject_id,
        status=StatusEntry(list_url=list_url(work, statuses.list_id), index=index),
        valid_until=copy.valid_until,
        holder_name=copy.holder_name,
        evidence=copy.basis.evidence,
        judged_by=copy.basis.judged_by,
        valid_from=copy.valid_from,
        awarded=copy.awarded,
    )
    signed = sign_document(compose_credential(values), signer(work), created=instant(work.now))
    reach(SIGNED)
    return write_json(signed), statuses.list_id, index


def _sign(work: Work, achievement: Achievement, name: str | None, basis: Basis) -> IssuedBadgeRow:
    credential_id = new_uuid()
    renewal = achievement.renewal
    until = work.now + relativedelta(months=renewal.months) if renewal else None
    until = until.replace(microsecond=0) if until else None
    copy = Copy(
        achievement=achievement,
        ids=(credential_id, f"urn:uuid:{new_uuid()}"),
        holder_name=name,
        basis=basis,
        valid_from=work.now,
        awarded=work.now,
        valid_until=until,
    )
    signed, list_id, index = sign_copy(work, copy)
    return IssuedBadgeRow(
        badge_id=new_short_id(),
        credential_id=credential_id,
        code=new_code(),
        submission_id=basis.submission_id,
        achievement_code=achievement.code,
        achievement_version=achievement.version,
        credential=signed,
        form="json",
        list_id=list_id,
        status_index=index,
        state=BadgeState.VALID,
        issued_at=work.now,
        valid_until=until,
    )
