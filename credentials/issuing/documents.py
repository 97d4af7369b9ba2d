"""The institution's public documents."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from credentials.catalogue import get_achievement
from credentials.errors import NotFoundError
from credentials.issuing.badges import find_badge
from credentials.issuing.composing import VERSION_MARK, achievement_values, issuer_values
from credentials.issuing.keys import IssuerKey, KeyKind, KeyState, find_signer, list_keys
from credentials.openbadges.documents import (
    PublishedKey,
    compose_achievement_document,
    compose_did_document,
    compose_profile,
)
from credentials.openbadges.jwt import sign_jwt
from credentials.unit_of_work import Work

ONE_SECOND = timedelta(seconds=1)


def read_did_document(work: Work) -> Mapping[str, Any]:
    """did.json: every key whose badges must still verify.

    Raises:
        NotFoundError: there is no key yet.
    """
    keys = list_keys(work)
    if not keys:
        raise NotFoundError("no keys yet")
    return compose_did_document(work.settings.issuer_did, [_published(key) for key in keys])


def _published(key: IssuerKey) -> PublishedKey:
    """A key with its limits (CID 1.0 §2.2).

    Proofs made at or after `expires` do not verify, and instants have whole seconds: a key expires
    a second after its last signature, which may carry the second in which it was retired.
    """
    ended = key.retired_at
    if key.state is KeyState.COMPROMISED:
        return PublishedKey(key.key_id, revoked=ended)
    return PublishedKey(key.key_id, expires=ended + ONE_SECOND if ended else None)


def read_issuer_profile(work: Work) -> Mapping[str, Any]:
    """The institution's Profile."""
    return compose_profile(issuer_values(work))


def read_achievement_document(work: Work, path: str) -> Mapping[str, Any]:
    """The achievement at `CODE~VERSION`, or the current one at `CODE`.

    Raises:
        NotFoundError: there is none.
    """
    code, _, version = path.partition(VERSION_MARK)
    achievement = get_achievement(work, code=code, version=version or None)
    return compose_achievement_document(achievement_values(work, achievement))


def read_credential(work: Work, credential_id: str) -> Mapping[str, Any]:
    """The signed credential, by its uuid or address.

    Raises:
        NotFoundError: there is none.
    """
    return find_badge(work, credential_id=credential_id).document


def read_credential_jwt(work: Work, credential_id: str) -> str:
    """The same credential as a VC-JWT (ES256), signed for this answer.

    Raises:
        NotFoundError: there is no such credential or no P-256 key.
        SetupError: a key is not in order; says what to do.
    """
    document = find_badge(work, credential_id=credential_id).document
    unsigned = {name: part for name, part in document.items() if name != "proof"}
    return sign_jwt(unsigned, find_signer(work, KeyKind.P256))
