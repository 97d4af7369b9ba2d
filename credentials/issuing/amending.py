"""An advisor changes what is said of a badge that is out: which change, why, then it is done.

The reason is content of a draft until it is confirmed, so that nothing happens by one touch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from credentials.drafts import close_draft, find_draft, save_draft
from credentials.errors import NotAllowedError, NotFoundError, StaleError
from credentials.evidence.reviewing import clean_comment
from credentials.issuing.badges import BadgeState, IssuedBadge, badge_view, find_badge
from credentials.issuing.models import IssuedBadgeRow
from credentials.issuing.reissuing import reissue_badge
from credentials.issuing.revoking import reinstate_badge, revoke_badge, suspend_badge
from credentials.people import Role, find_person, require_role
from credentials.unit_of_work import Work

DRAFT = "amendment"
PAGE = 8  # badges of one list


class Change(StrEnum):
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REVOKE = "revoke"
    REISSUE = "reissue"


ALLOWED = {
    BadgeState.VALID: (Change.SUSPEND, Change.REVOKE, Change.REISSUE),
    BadgeState.SUSPENDED: (Change.REINSTATE, Change.REVOKE, Change.REISSUE),
    BadgeState.REVOKED: (),
}
_MADE: dict[Change, Callable[..., IssuedBadge]] = {
    Change.SUSPEND: suspend_badge,
    Change.REINSTATE: reinstate_badge,
    Change.REVOKE: revoke_badge,
    Change.REISSUE: reissue_badge,
}


class OwnBadgeError(NotAllowedError):
    """It is the advisor's own badge, about which somebody else decides."""

    code = "own_badge"


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """A badge before an advisor. `holder` is their name; `is_told` says that we can write to them.

    `change` and `reason` are what the advisor has chosen so far.
    """

    badge: IssuedBadge
    holder: str | None
    is_told: bool
    is_own: bool = False
    change: Change | None = None
    reason: str | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What may become of the badge."""
        return () if self.is_own else ALLOWED[self.badge.state]


@dataclass(frozen=True, kw_only=True)
class IssuedPage:
    """Badges that are out, the newest first; `older` begins the next page."""

    items: tuple[Amendment, ...]
    older: str | None


def list_issued(work: Work, *, advisor_id: str, older: str | None = None) -> IssuedPage:
    """A page of badges, from the newest or from the badge `older` on.

    Raises:
        NotAllowedError: they are no advisor.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    order = (IssuedBadgeRow.issued_at.desc(), IssuedBadgeRow.badge_id.desc())
    query = select(IssuedBadgeRow).where(IssuedBadgeRow.credential != "").order_by(*order)
    first = work.session.get(IssuedBadgeRow, older) if older else None
    if first is not None:
        query = query.where(
            (IssuedBadgeRow.issued_at < first.issued_at)
            | (
                (IssuedBadgeRow.issued_at == first.issued_at)
                & (IssuedBadgeRow.badge_id <= first.badge_id)
            )
        )
    rows = list(work.session.scalars(query.limit(PAGE + 1)))
    return IssuedPage(
        items=tuple(_amendment(work, badge_view(work, row), advisor_id) for row in rows[:PAGE]),
        older=rows[PAGE].badge_id if len(rows) > PAGE else None,
    )


def find_issued(work: Work, *, advisor_id: str, badge_id: str) -> Amendment:
    """A badge and what may become of it; a change that was begun is dropped.

    Raises:
        NotAllowedError: they are no advisor.
        NotFoundError: there is no such badge.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    close_draft(work.session, advisor_id, DRAFT)
    return _amendment(work, find_badge(work, badge_id=badge_id), advisor_id)


def badge_to_amend(work: Work, *, person_id: str, url: str) -> str | None:
    """The id of the badge at an address of ours, when the person may change it."""
    if Role.ADVISOR not in find_person(work, person_id).roles:
        return None
    try:
        badge = find_badge(work, credential_id=url)
    except NotFoundError:
        return None
    return badge.badge_id if badge.person_id != person_id else None


def begin_change(work: Work, *, advisor_id: str, badge_id: str, change: Change) -> Amendment:
    """Take the advisor's next words as the reason for a change.

    Raises:
        NotAllowedError: they are no advisor.
        OwnBadgeError: it is their own.
        StaleError: the badge's state does not allow it any more.
    """
    found = _open(work, advisor_id, badge_id, change)
    save_draft(
        work.session,
        person_id=advisor_id,
        kind=DRAFT,
        now=work.now,
        subject=badge_id,
        fields={"change": change},
        asking="reason",
        verbatim=True,
    )
    return found


def give_reason(work: Work, *, advisor_id: str, text: str) -> Amendment:
    """Keep the reason that was asked for; nothing is done yet.

    Raises:
        StaleError: none was asked for, or the badge's state does not allow the change any more.
        CommentNeededError, CommentTooLongError: it cannot be kept.
    """
    found = resume_change(work, advisor_id=advisor_id)
    if found is None or found.change is None:
        raise StaleError
    reason = clean_comment(text)
    save_draft(
        work.session,
        person_id=advisor_id,
        kind=DRAFT,
        now=work.now,
        subject=found.badge.badge_id,
        fields={"change": found.change, "reason": reason},
        asking="confirmation",
    )
    return _amendment(work, found.badge, advisor_id, found.change, reason)


def resume_change(work: Work, *, advisor_id: str) -> Amendment | None:
    """The change that the advisor is in the middle of.

    Raises:
        NotAllowedError, OwnBadgeError, StaleError: it is not theirs to make any more.
    """
    draft = find_draft(work.session, advisor_id, DRAFT)
    if draft is None or draft.subject is None:
        return None
    change, reason = Change(draft.fields["change"]), draft.fields.get("reason")
    found = _open(work, advisor_id, draft.subject, change)
    return _amendment(work, found.badge, advisor_id, change, reason)


def make_change(work: Work, *, advisor_id: str, badge_id: str, change: Change) -> Amendment:
    """Do what was confirmed; the holder is told with the reason.

    Raises:
        NotAllowedError: they are no advisor.
        OwnBadgeError: it is their own.
        StaleError: it was not this that they were asked to confirm, or it is done already.
        SetupError: a key is not in order; nothing is done then.
    """
    found = resume_change(work, advisor_id=advisor_id)
    chosen = (found.badge.badge_id, found.change) if found and found.reason else None
    if found is None or chosen != (badge_id, change):
        raise StaleError
    badge = _MADE[change](
        work, credential_id=found.badge.credential_id, reason=found.reason, actor=advisor_id
    )
    close_draft(work.session, advisor_id, DRAFT)
    return _amendment(work, badge, advisor_id, change, found.reason)


def _open(work: Work, advisor_id: str, badge_id: str, change: Change) -> Amendment:
    require_role(work, advisor_id, Role.ADVISOR)
    found = _amendment(work, find_badge(work, badge_id=badge_id), advisor_id, change)
    if found.is_own:
        raise OwnBadgeError
    if change not in found.changes:
        close_draft(work.session, advisor_id, DRAFT)
        raise StaleError
    return found


def _amendment(
    work: Work,
    badge: IssuedBadge,
    advisor_id: str,
    change: Change | None = None,
    reason: str | None = None,
) -> Amendment:
    person = find_person(work, badge.person_id) if badge.person_id else None
    known = (person.badge_name or person.first_name) if person else None
    return Amendment(
        badge=badge,
        holder=badge.holder_name or known,
        is_told=person is not None,
        is_own=badge.person_id == advisor_id,
        change=change,
        reason=reason,
    )
