"""The institution's public documents by their path: the same bytes for the web and the verifier."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from credentials.catalogue import Achievement, LanguageMap, get_achievement
from credentials.errors import NotFoundError
from credentials.issuing import (
    BadgeState,
    IssuedBadge,
    find_badge,
    find_badge_by_code,
    read_achievement_document,
    read_credential,
    read_credential_jwt,
    read_did_document,
    read_issuer_profile,
    read_status_list,
)
from credentials.unit_of_work import Work
from credentials.verification.resolution import Fetched
from credentials.verification.summary import CredentialSummary

DID_JSON = "application/json"
JSON_LD = "application/ld+json"
CREDENTIAL = "application/vc+ld+json"

Document = Mapping[str, Any]

_ID = "([A-Za-z0-9._~-]{1,80})"
_DOCUMENTS: tuple[tuple[re.Pattern[str], str, Callable[[Work, str], Document]], ...] = (
    (re.compile(r"/\.well-known/did\.json()"), DID_JSON, lambda work, _: read_did_document(work)),
    (re.compile(r"/issuer()"), JSON_LD, lambda work, _: read_issuer_profile(work)),
    (re.compile(rf"/achievements/{_ID}"), JSON_LD, read_achievement_document),
    (re.compile(rf"/credentials/{_ID}"), CREDENTIAL, read_credential),
    (re.compile(rf"/status/{_ID}"), CREDENTIAL, read_status_list),
)


def read_own(work: Work, path: str) -> Fetched | None:
    """The document at a path of our public origin; None when there is none."""
    for pattern, media_type, read in _DOCUMENTS:
        found = pattern.fullmatch(path)
        if found is not None:
            try:
                return Fetched(_to_bytes(read(work, found[1])), media_type)
            except NotFoundError:
                return None
    return None


def _to_bytes(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def read_own_jwt(work: Work, path: str) -> str | None:
    """The credential at a path of our public origin as a VC-JWT; None when there is none."""
    try:
        return read_credential_jwt(work, path.rpartition("/")[2])
    except NotFoundError:
        return None


def find_own_badge(work: Work, path: str) -> IssuedBadge | None:
    """The badge whose credential lies at a path of our public origin."""
    try:
        return find_badge(work, credential_id=path.rpartition("/")[2])
    except NotFoundError:
        return None


def find_own_achievement(work: Work, path: str) -> Achievement:
    """What an address of an achievement of ours is about.

    Raises:
        NotFoundError: there is none.
    """
    code, _, version = path.rpartition("/")[2].partition("~")
    return get_achievement(work, code=code, version=version or None)


def find_own_credential(work: Work, code: str) -> bytes | None:
    """The signed credential of a short code; a code that was never given is like a mistyped one."""
    badge = find_badge_by_code(work, code=code)
    return badge.credential.encode() if badge else None


def find_as_issued(work: Work, credential_id: str) -> Document | None:
    """The credential of ours with an id, as it was signed; None when we have none."""
    badge = _own_badge(work, credential_id)
    return badge.document if badge else None


def own_standing(work: Work, credential_id: str) -> tuple[str | None, datetime | None]:
    """`revoked` or `suspended` and since when, of a credential of ours that does not stand."""
    badge = _own_badge(work, credential_id)
    if badge is None or badge.state is BadgeState.VALID:
        return None, None
    return badge.state.value, badge.state_changed_at


def _own_badge(work: Work, credential_id: str) -> IssuedBadge | None:
    badge = find_own_badge(work, credential_id)
    return badge if badge and badge.url == credential_id else None


def interview_questions(work: Work, credential: CredentialSummary) -> tuple[LanguageMap, ...]:
    """For each criterion met, the question an employer could ask its holder."""
    try:
        achievement = find_own_achievement(work, credential.achievement_id)
    except NotFoundError:
        return ()
    met = set(credential.can)
    return tuple(
        criterion.ask for criterion in achievement.criteria if met & set(criterion.can.values())
    )
