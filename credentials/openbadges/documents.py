"""The issuer's public documents: did.json, Profile and Achievement (CID 1.0, OB 3.0 §B)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from credentials.openbadges.composition import (
    compose_achievement,
    instant,
    profile_members,
    refuse_unsafe_texts,
)
from credentials.openbadges.keys import parse_multikey, public_jwk
from credentials.openbadges.values import Achievement, Profile
from credentials.openbadges.vocabulary import CREDENTIALS_V2, OPEN_BADGES

DID_CONTEXTS = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
)


@dataclass(frozen=True)
class PublishedKey:
    """A key that must still verify.

    `expires` is when it had signed for the last time (a retired key); `revoked` is when it was
    compromised. Retired keys stay published, or their badges would stop verifying.
    """

    public_key_multibase: str
    expires: datetime | None = None
    revoked: datetime | None = None


def compose_did_document(did: str, keys: Sequence[str | PublishedKey]) -> dict[str, Any]:
    """did.json with every key that must still verify; a plain publicKeyMultibase is a current key.

    `assertionMethod` holds strings, because some resolvers cannot read embedded methods. A
    compromised key is not among them: verifiers that know no `revoked` refuse it too. Ed25519
    keys are Multikeys for embedded proofs, P-256 keys are JsonWebKeys for VC-JWT (CID 1.0 §2.2).
    """
    known = [PublishedKey(key) if isinstance(key, str) else key for key in keys]
    return {
        "@context": list(DID_CONTEXTS),
        "id": did,
        "verificationMethod": [_method(did, key) for key in known],
        "assertionMethod": [
            f"{did}#{key.public_key_multibase}" for key in known if key.revoked is None
        ],
    }


def compose_profile(profile: Profile) -> dict[str, Any]:
    """The issuer's Profile (OB 3.0 §B.1.19) as a document of its own."""
    return _document(profile_members(profile))


def compose_achievement_document(achievement: Achievement) -> dict[str, Any]:
    """The Achievement (OB 3.0 §B.1.2) as a document of its own."""
    return _document(compose_achievement(achievement))


def _document(members: dict[str, Any]) -> dict[str, Any]:
    known = {name: part for name, part in members.items() if part is not None}
    refuse_unsafe_texts(known)
    return {"@context": [CREDENTIALS_V2, OPEN_BADGES], **known}


def _method(did: str, key: PublishedKey) -> dict[str, Any]:
    multibase = key.public_key_multibase
    method: dict[str, Any] = {"id": f"{did}#{multibase}", "controller": did}
    public = parse_multikey(multibase)
    if isinstance(public, Ed25519PublicKey):
        method |= {"type": "Multikey", "publicKeyMultibase": multibase}
    else:
        method |= {"type": "JsonWebKey", "publicKeyJwk": public_jwk(public)}
    for name, moment in (("expires", key.expires), ("revoked", key.revoked)):
        if moment is not None:
            method[name] = instant(moment)
    return method
