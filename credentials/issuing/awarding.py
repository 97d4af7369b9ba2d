"""Awarding: compose, sign, give an index and a code, keep; all in the caller's transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

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


def award_badge(
    work: Work,
    *,
    achievement_code: str,
    achievement_version: str | None = None,
    person_id: str | None = None,
    holder_name: str | None = None,
    basis: Basis | None = None,
    actor: str = "operator",
) -> IssuedBadge:
    """A signed badge. The name is in it only when it is given; an e-mail address never is.

    Raises:
        NotFoundError: there is no such achievement.
        BadgeNameError: the name has no letters or is too long.
        SetupError: a key is not in order; says what to do.
    """
    achievement = get_achievement(work, code=achievement_code, version=achievement_version)
    name = clean_name(holder_name) if holder_name is not None else None
    row = _sign(work, achievement, name, basis or Basis())
    row.person_id = person_id
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


def _sign(work: Work, achievement: Achievement, name: str | None, basis: Basis) -> IssuedBadgeRow:
    ensure_keys(work)
    statuses, index = allocate_index(work)
    reach(STATUS_TAKEN)
    credential_id = new_uuid()
    renewal = achievement.renewal
    until = work.now + relativedelta(months=renewal.months) if renewal else None
    until = until.replace(microsecond=0) if until else None
    values = credential_values(
        work,
        achievement=achievement,
        credential_url=f"{work.settings.public_url}/credentials/{credential_id}",
        subject_id=f"urn:uuid:{new_uuid()}",
        status=StatusEntry(list_url=list_url(work, statuses.list_id), index=index),
        valid_until=until,
        holder_name=name,
        evidence=basis.evidence,
        judged_by=basis.judged_by,
    )
    signed = sign_document(compose_credential(values), signer(work), created=instant(work.now))
    reach(SIGNED)
    return IssuedBadgeRow(
        badge_id=new_short_id(),
        credential_id=credential_id,
        code=new_code(),
        submission_id=basis.submission_id,
        achievement_code=achievement.code,
        achievement_version=achievement.version,
        credential=json.dumps(signed, ensure_ascii=False, separators=(",", ":")),
        form="json",
        list_id=statuses.list_id,
        status_index=index,
        state=BadgeState.VALID,
        issued_at=work.now,
        valid_until=until,
    )
