"""Issuing: from a decision to a signed badge, and what becomes of it."""

from credentials.issuing.awarding import AlreadyEarnedError, Basis, award_badge, begin_submission
from credentials.issuing.badges import (
    BadgeState,
    IssuedBadge,
    find_badge,
    find_badge_by_code,
    find_own_badge,
    list_badges,
    list_expiring,
    published_badges,
)
from credentials.issuing.codes import new_code, read_code
from credentials.issuing.deciding import Decision, decide_submission
from credentials.issuing.documents import (
    read_achievement_document,
    read_credential,
    read_credential_jwt,
    read_did_document,
    read_issuer_profile,
)
from credentials.issuing.keys import (
    IssuerKey,
    KeyKind,
    KeyState,
    KeyStateError,
    check_keys,
    compromise_key,
    create_key,
    ensure_keys,
    list_keys,
    retire_key,
    rewrap_keys,
)
from credentials.issuing.reissuing import list_signed_by, reissue_badge
from credentials.issuing.revoking import (
    BadgeStateError,
    reinstate_badge,
    revoke_badge,
    suspend_badge,
)
from credentials.issuing.statuses import read_status_list, refresh_status_lists

__all__ = [
    "AlreadyEarnedError",
    "BadgeState",
    "BadgeStateError",
    "Basis",
    "Decision",
    "IssuedBadge",
    "IssuerKey",
    "KeyKind",
    "KeyState",
    "KeyStateError",
    "award_badge",
    "begin_submission",
    "check_keys",
    "compromise_key",
    "create_key",
    "decide_submission",
    "ensure_keys",
    "find_badge",
    "find_badge_by_code",
    "find_own_badge",
    "list_badges",
    "list_expiring",
    "list_keys",
    "list_signed_by",
    "new_code",
    "published_badges",
    "read_achievement_document",
    "read_code",
    "read_credential",
    "read_credential_jwt",
    "read_did_document",
    "read_issuer_profile",
    "read_status_list",
    "refresh_status_lists",
    "reinstate_badge",
    "reissue_badge",
    "retire_key",
    "revoke_badge",
    "rewrap_keys",
    "suspend_badge",
]
