"""Roles, granted by single-use invitations."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select

from credentials.audit import record
from credentials.drafts import find_draft, keep_note
from credentials.errors import CredentialsError, NotAllowedError, NotFoundError
from credentials.people.models import InvitationRow, PersonRow, RoleRow
from credentials.people.persons import Person, find_person
from credentials.unit_of_work import Work

INVITATION_LIFE = timedelta(hours=24)
MISSES = 5  # invitations that lead nowhere, before somebody has to wait
MISSES_KEPT_FOR = timedelta(hours=1)
MISSES_KIND = "invitation_misses"


class Role(StrEnum):
    ADVISOR = "advisor"
    ADMIN = "admin"


class InvitationError(CredentialsError):
    """The invitation is unknown, used or out of date."""

    code = "invitation"


class TooManyInvitationsError(CredentialsError):
    """This person has tried so many that led nowhere that no more are looked at for now."""

    code = "too_many_invitations"


@dataclass(frozen=True)
class Invitation:
    """`token` holds 128 random bits and is shown once."""

    token: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody who has a role."""

    person_id: str
    first_name: str | None
    role: Role
    granted_at: datetime


def invite_staff(work: Work, *, role: Role) -> Invitation:
    """An invitation for one person and 24 hours."""
    token = secrets.token_urlsafe(16)
    expires_at = work.now + INVITATION_LIFE
    work.session.add(InvitationRow(token_hash=_hash(token), role=role, expires_at=expires_at))
    record(work.session, now=work.now, actor="operator", event="staff_invited", subject=role)
    return Invitation(token=token, role=role, expires_at=expires_at)


def try_invitation(work: Work, *, person_id: str, token: str) -> Role | None:
    """The role an invitation offers, before it is accepted; None, and counted, when it leads nowhere.

    Raises:
        TooManyInvitationsError: five led nowhere within the last hour.
    """
    note = find_draft(work.session, person_id, MISSES_KIND)
    known = note.fields["at"] if note else []
    recent = [at for at in known if datetime.fromisoformat(at) > work.now - MISSES_KEPT_FOR]
    if len(recent) >= MISSES:
        raise TooManyInvitationsError
    try:
        return Role(_open_invitation(work, token).role)
    except InvitationError:
        misses = {"at": [*recent, work.now.isoformat()]}
        keep_note(work.session, person_id=person_id, kind=MISSES_KIND, fields=misses, now=work.now)
        return None


def accept_invitation(work: Work, *, person_id: str, token: str) -> Role:
    """Give the person the role.

    Raises:
        InvitationError: the invitation is unknown, used or out of date.
    """
    row = _open_invitation(work, token)
    row.used_by = person_id
    if work.session.get(RoleRow, (person_id, row.role)) is None:
        work.session.add(RoleRow(person_id=person_id, role=row.role, granted_at=work.now))
    record(work.session, now=work.now, actor=person_id, event="role_granted", subject=row.role)
    work.session.flush()
    return Role(row.role)


def revoke_role(work: Work, *, person_id: str, role: Role) -> None:
    """Take the role away, on an operator's word: from now on nothing is allowed by it.

    Work they had taken goes back to the others by itself, as when they stay away.

    Raises:
        NotFoundError: they do not have it.
    """
    held = (RoleRow.person_id == person_id, RoleRow.role == role)
    taken = work.session.scalars(delete(RoleRow).where(*held).returning(RoleRow.role)).all()
    if not taken:
        raise NotFoundError(f"{person_id} is no {role}")
    record(
        work.session,
        now=work.now,
        actor="operator",
        event="role_revoked",
        subject=person_id,
        detail={"role": role},
    )


def list_holders(work: Work) -> list[Holder]:
    """Everyone with a role, longest serving first."""
    query = (
        select(RoleRow.person_id, PersonRow.first_name, RoleRow.role, RoleRow.granted_at)
        .join(PersonRow, PersonRow.person_id == RoleRow.person_id)
        .order_by(RoleRow.granted_at, RoleRow.person_id)
    )
    return [
        Holder(person_id=person_id, first_name=name, role=Role(role), granted_at=granted_at)
        for person_id, name, role, granted_at in work.session.execute(query)
    ]


def require_role(work: Work, person_id: str, *roles: Role) -> Person:
    """The person, who has one of the roles.

    Raises:
        NotAllowedError: they have none of them.
    """
    person = find_person(work, person_id)
    if not person.roles.intersection(roles):
        raise NotAllowedError
    return person


def staff_with_role(work: Work, *roles: Role) -> list[str]:
    """The person_ids of everyone with one of the roles, longest serving first."""
    query = select(RoleRow).where(RoleRow.role.in_(roles)).order_by(RoleRow.granted_at)
    return list(dict.fromkeys(row.person_id for row in work.session.scalars(query)))


def _open_invitation(work: Work, token: str) -> InvitationRow:
    row = work.session.scalar(
        select(InvitationRow).where(InvitationRow.token_hash == _hash(token)).with_for_update()
    )
    if row is None or row.used_by is not None or row.expires_at < work.now:
        raise InvitationError
    return row


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
