"""Issued badges as others see them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from credentials.catalogue import Achievement, get_achievement
from credentials.errors import NotFoundError
from credentials.issuing.codes import read_code
from credentials.issuing.models import IssuedBadgeRow
from credentials.unit_of_work import Work


class BadgeState(StrEnum):
    """What the institution says of a badge; running out is not its doing."""

    VALID = "valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"


@dataclass(frozen=True, kw_only=True)
class IssuedBadge:
    """Our record of a credential we signed.

    `credential` is its JSON exactly as signed; `url` its address and id; `code` the short code.
    """

    badge_id: str
    credential_id: str
    url: str
    code: str
    person_id: str | None
    submission_id: str | None
    achievement: Achievement
    credential: str
    state: BadgeState
    state_changed_at: datetime | None
    reason: str | None
    issued_at: datetime
    valid_until: datetime | None

    @property
    def document(self) -> dict[str, Any]:
        """The signed credential."""
        return dict(json.loads(self.credential))

    @property
    def holder_name(self) -> str | None:
        """The name in the signed payload."""
        identifiers = self.document["credentialSubject"].get("identifier", [])
        return next((item["identityHash"] for item in identifiers), None)

    def is_expired(self, now: datetime) -> bool:
        return self.valid_until is not None and self.valid_until <= now


def find_badge(
    work: Work, *, badge_id: str | None = None, credential_id: str | None = None
) -> IssuedBadge:
    """A badge by our id, or by its credential's uuid or address.

    Raises:
        NotFoundError: there is none.
    """
    return badge_view(work, badge_row(work, badge_id=badge_id, credential_id=credential_id))


def find_own_badge(work: Work, *, person_id: str, badge_id: str) -> IssuedBadge:
    """A person's own badge.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    badge = find_badge(work, badge_id=badge_id)
    if badge.person_id != person_id:
        raise NotFoundError("no such badge")
    return badge


def find_badge_by_code(work: Work, *, code: str) -> IssuedBadge | None:
    """The badge with a short code, typed in any way; None when there is none."""
    normal = read_code(code)
    query = select(IssuedBadgeRow).where(IssuedBadgeRow.code == normal)
    row = work.session.scalar(query) if normal else None
    return badge_view(work, row) if row and row.credential else None


def list_badges(work: Work, *, person_id: str) -> list[IssuedBadge]:
    """Every badge of a person, the newest first."""
    rows = work.session.scalars(_of_person(), {"person": person_id})
    return [badge_view(work, row) for row in rows]


@cache
def _of_person() -> Any:
    """Built once: it runs for most updates."""
    return (
        select(IssuedBadgeRow)
        .where(IssuedBadgeRow.person_id == bindparam("person"))
        .order_by(IssuedBadgeRow.issued_at.desc(), IssuedBadgeRow.badge_id)
    )


def published_badges(work: Work) -> list[IssuedBadge]:
    """Every badge whose credential anybody can read, in the order of issuing."""
    query = (
        select(IssuedBadgeRow)
        .where(IssuedBadgeRow.credential != "")
        .order_by(IssuedBadgeRow.issued_at, IssuedBadgeRow.badge_id)
    )
    return [badge_view(work, row) for row in work.session.scalars(query)]


def list_expiring(work: Work, *, after: datetime, before: datetime) -> list[IssuedBadge]:
    """Valid badges of people we know that run out between two instants, the soonest first."""
    query = (
        select(IssuedBadgeRow)
        .where(
            IssuedBadgeRow.state == BadgeState.VALID,
            IssuedBadgeRow.person_id.is_not(None),
            IssuedBadgeRow.valid_until > after,
            IssuedBadgeRow.valid_until <= before,
        )
        .order_by(IssuedBadgeRow.valid_until, IssuedBadgeRow.badge_id)
    )
    return [badge_view(work, row) for row in work.session.scalars(query)]


def badge_row(
    work: Work, *, badge_id: str | None = None, credential_id: str | None = None
) -> IssuedBadgeRow:
    """The row of a badge.

    Raises:
        NotFoundError: there is none.
    """
    if badge_id is not None:
        row = work.session.get(IssuedBadgeRow, badge_id)
    else:
        path = (credential_id or "").rpartition("/")[2]
        row = work.session.scalar(
            select(IssuedBadgeRow).where(IssuedBadgeRow.credential_id == path)
        )
    if row is None:
        raise NotFoundError("no such badge")
    return row


def badge_view(work: Work, row: IssuedBadgeRow) -> IssuedBadge:
    """The row as others see it.

    Raises:
        NotFoundError: its holder had it erased.
    """
    if not row.credential:
        raise NotFoundError("erased at its holder's wish")
    achievement = get_achievement(work, code=row.achievement_code, version=row.achievement_version)
    document: Mapping[str, Any] = json.loads(row.credential)
    return IssuedBadge(
        badge_id=row.badge_id,
        credential_id=row.credential_id,
        url=document["id"],
        code=row.code,
        person_id=row.person_id,
        submission_id=row.submission_id,
        achievement=achievement,
        credential=row.credential,
        state=BadgeState(row.state),
        state_changed_at=row.state_changed_at,
        reason=row.reason,
        issued_at=row.issued_at,
        valid_until=row.valid_until,
    )
