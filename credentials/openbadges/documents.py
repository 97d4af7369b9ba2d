"""The issuer's public documents: did.json and Profile (did:web method, CID 1.0)."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from credentials.openbadges.bundled import CREDENTIALS_V2, OPEN_BADGES
from credentials.openbadges.composition import Profile


def compose_did_document(did: str, public_keys: Sequence[str]) -> dict[str, Any]:
    """did.json with every key (publicKeyMultibase) that must still verify.

    `assertionMethod` holds strings, because some resolvers cannot read embedded methods.
    """
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {"id": f"{did}#{key}", "type": "Multikey", "controller": did, "publicKeyMultibase": key}
            for key in public_keys
        ],
        "assertionMethod": [f"{did}#{key}" for key in public_keys],
    }


def compose_profile(profile: Profile) -> dict[str, Any]:
    """The issuer's Profile (OB 3.0 §B.1.19)."""
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": profile.id,
        "type": ["Profile"],
        "name": profile.name,
        "url": profile.url,
    }


def did_web_url(did: str) -> str:
    """Where a did:web's document lies (did:web method §3.2).

    Raises:
        ValueError: not a did:web this library reads.
    """
    parts = did.split(":")
    if parts[:2] != ["did", "web"] or len(parts) < 3 or not all(parts):
        raise ValueError("not a did:web")
    host, path = unquote(parts[2]), parts[3:]
    if any(mark in host for mark in "/@?#\\") or any("%" in part or "/" in part for part in path):
        raise ValueError("not a did:web")
    where = "/".join(path) if path else ".well-known"
    return f"https://{host}/{where}/did.json"
