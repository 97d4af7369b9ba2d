"""Withdrawing a badge, putting it on hold, letting it stand again; the holder is told."""

from credentials.audit import record
from credentials.errors import CredentialsError, InvalidInputError
from credentials.issuing.badges import BadgeState, IssuedBadge, badge_row, badge_view
from credentials.issuing.statuses import set_status
from credentials.outbox import MessageClass, enqueue
from credentials.unit_of_work import Work

MAX_REASON = 500  # characters
# From which states a badge may change to which (Bitstring: revocation is final).
ALLOWED = {
    BadgeState.REVOKED: frozenset({BadgeState.VALID, BadgeState.SUSPENDED}),
    BadgeState.SUSPENDED: frozenset({BadgeState.VALID}),
    BadgeState.VALID: frozenset({BadgeState.SUSPENDED}),
}
_EVENTS = {
    BadgeState.REVOKED: "badge_revoked",
    BadgeState.SUSPENDED: "badge_suspended",
    BadgeState.VALID: "badge_reinstated",
}


class BadgeStateError(CredentialsError):
    """The badge's state does not allow this change; a revoked badge stays revoked."""

    code = "badge_state"


def revoke_badge(
    work: Work, *, credential_id: str, reason: str, actor: str = "operator"
) -> IssuedBadge:
    """Withdraw a badge for good. `credential_id` is the uuid or the address.

    Raises:
        NotFoundError: there is no such badge.
        BadgeStateError: it is revoked already.
        InvalidInputError: no reason is given.
    """
    return _change(work, credential_id, BadgeState.REVOKED, reason, actor)


def suspend_badge(
    work: Work, *, credential_id: str, reason: str, actor: str = "operator"
) -> IssuedBadge:
    """Put a badge on hold; the reason is told to the holder only."""
    return _change(work, credential_id, BadgeState.SUSPENDED, reason, actor)


def reinstate_badge(
    work: Work, *, credential_id: str, reason: str, actor: str = "operator"
) -> IssuedBadge:
    """Let a badge that was on hold stand again."""
    return _change(work, credential_id, BadgeState.VALID, reason, actor)


def _change(
    work: Work, credential_id: str, state: BadgeState, reason: str, actor: str
) -> IssuedBadge:
    words = " ".join(reason.split())[:MAX_REASON]
    if not words:
        raise InvalidInputError("a reason is needed")
    row = badge_row(work, credential_id=credential_id)
    work.session.refresh(row, with_for_update=True)
    if BadgeState(row.state) not in ALLOWED[state]:
        raise BadgeStateError
    row.state, row.state_changed_at, row.reason = state, work.now, words
    badge = badge_view(work, row)
    _tell_holder(work, badge, words)
    set_status(
        work,
        list_id=row.list_id,
        index=row.status_index,
        is_set=state is not BadgeState.VALID,
    )
    record(work.session, now=work.now, actor=actor, event=_EVENTS[state], subject=row.credential_id)
    return badge


def _tell_holder(work: Work, badge: IssuedBadge, reason: str) -> None:
    if badge.person_id is None:
        return
    enqueue(
        work.session,
        person_id=badge.person_id,
        screen="badge_state_changed",
        args={
            "badge_id": badge.badge_id,
            "title": badge.achievement.name,
            "state": badge.state,
            "reason": reason,
        },
        message_class=MessageClass.RESULT,
        now=work.now,
    )
