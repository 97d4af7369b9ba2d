"""What Verifiable Credentials 2.0 asks of any credential and presentation, whatever they are about.

https://www.w3.org/TR/vc-data-model-2.0/ §4, §5. Open Badges ask for more (`model`).
"""

import hashlib
import re
from base64 import b64decode, urlsafe_b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from credentials.openbadges.bundled import PINNED, document_bytes
from credentials.openbadges.keys import KeyFormatError, base58_decode
from credentials.openbadges.vocabulary import (
    ABSOLUTE_IRI,
    CREDENTIALS_V2,
    STATUS_ENTRY,
    VERIFIABLE_CREDENTIAL,
)

PRESENTATION: Final = "VerifiablePresentation"
ENVELOPED: Final = "EnvelopedVerifiableCredential"
_INSTANT = re.compile(
    r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_TYPE = re.compile(r"[^\s:]+")
_DIGESTS = {"sha256": (hashlib.sha256, 32), "sha384": (hashlib.sha384, 48)}
_DIGESTS |= {"sha512": (hashlib.sha512, 64)}
_MULTIHASHES = {b"\x12\x20": "sha256", b"\x20\x30": "sha384", b"\x13\x40": "sha512"}
#: The base context was another one until February 2025, and credentials of then pin that.
_EARLIER = {
    (CREDENTIALS_V2, "sha256"): bytes.fromhex(
        "24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9"
    ),
    (CREDENTIALS_V2, "sha384"): b64decode(
        "NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg"
    ),
}
# Members whose objects must say what they are, and whether they need an id (§4.10, §4.11, §5).
_TYPED = {
    "credentialStatus": False,
    "credentialSchema": True,
    "refreshService": False,
    "termsOfUse": False,
    "evidence": False,
}


class DataModelError(ValueError):
    """The document breaks a rule of the data model; the message says which."""


def check_credential(document: Any) -> None:
    """Check an unsecured or secured credential.

    Raises:
        DataModelError: it breaks a rule.
    """
    node = _object(document, "credential")
    check_contexts(node)
    _check_types(node, "type", VERIFIABLE_CREDENTIAL)
    _check_id(node, "id")
    _check_reference(node.get("issuer"), "issuer")
    _check_words(node, "")
    if isinstance(node["issuer"], Mapping):
        _check_words(node["issuer"], "issuer.")
    subjects = _objects(node, "credentialSubject")
    if not subjects or not all(subjects):
        raise DataModelError("credentialSubject says nothing")
    for subject in subjects:
        _check_id(subject, "credentialSubject.id")
    _check_validity(node)
    for name, needs_id in _TYPED.items():
        for part in _objects(node, name) if name in node else []:
            _check_types(part, f"{name}.type")
            _check_id(part, f"{name}.id", is_needed=needs_id)
    for entry in _objects(node, "credentialStatus") if "credentialStatus" in node else []:
        if entry["type"] in (STATUS_ENTRY, [STATUS_ENTRY]):
            _check_status_entry(entry)
    _check_related(node)


def check_presentation(document: Any) -> None:
    """Check an unsecured or secured presentation; its credentials are checked on their own.

    Raises:
        DataModelError: it breaks a rule.
    """
    node = _object(document, "presentation")
    check_contexts(node)
    _check_types(node, "type", PRESENTATION)
    _check_id(node, "id")
    if "holder" in node:
        _check_reference(node["holder"], "holder")
    if "verifiableCredential" in node:
        _objects(node, "verifiableCredential")
    for part in _objects(node, "termsOfUse") if "termsOfUse" in node else []:
        _check_types(part, "termsOfUse.type")


def check_envelope(node: Mapping[str, Any], kind: str) -> str:
    """The token in an Enveloped… object (§4.12.1), whose id is a `data:` URL.

    Raises:
        DataModelError: it breaks a rule.
    """
    contexts = node.get("@context")
    known = contexts if isinstance(contexts, list) else [contexts]
    if CREDENTIALS_V2 not in known:
        raise DataModelError("@context: an envelope needs the base context")
    if node.get("type") not in (kind, [kind]):
        raise DataModelError(f"type: must be {kind}")
    media, comma, token = str(node.get("id")).partition(",")
    if not media.startswith("data:application/") or not comma or not token:
        raise DataModelError("id: must be a data: URL that holds a secured document")
    return token


def check_contexts(node: Mapping[str, Any]) -> None:
    """An ordered set that begins with the base context (§4.3).

    Raises:
        DataModelError: it does not, or holds something that is no URL and no object.
    """
    contexts = node.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [CREDENTIALS_V2]:
        raise DataModelError(f"@context: must be a list that begins with {CREDENTIALS_V2}")
    for context in contexts:
        if not isinstance(context, Mapping) and not _is_url(context):
            raise DataModelError("@context: must hold URLs and objects only")


def moment(text: Any) -> datetime | None:
    """An XML Schema dateTimeStamp; None for anything else."""
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _check_types(node: Mapping[str, Any], where: str, needed: str | None = None) -> None:
    types = node.get("type")
    known = types if isinstance(types, list) else [types]
    is_known = known and all(
        isinstance(kind, str) and (_TYPE.fullmatch(kind) or _is_url(kind)) for kind in known
    )
    if not is_known or (needed is not None and needed not in known):
        raise DataModelError(f"{where}: must be terms or URLs{f' with {needed}' if needed else ''}")


def _check_id(node: Mapping[str, Any], where: str, *, is_needed: bool = False) -> None:
    if ("id" in node or is_needed) and not _is_url(node.get("id")):
        raise DataModelError(f"{where}: must be one URL")


def _check_reference(value: Any, where: str) -> None:
    found = value.get("id") if isinstance(value, Mapping) else value
    if not _is_url(found):
        raise DataModelError(f"{where}: must be a URL or an object with one as its id")


def _check_words(node: Mapping[str, Any], where: str) -> None:
    """Names and descriptions are texts, with a language and direction or without (§4.6, §11.1)."""
    for name in ("name", "description"):
        value = node.get(name, "")
        for part in value if isinstance(value, list) else [value]:
            is_tagged = isinstance(part, Mapping) and "@value" in part
            if not isinstance(part, str) and not is_tagged:
                raise DataModelError(f"{where}{name}: must be a text or a language value object")


def _check_validity(node: Mapping[str, Any]) -> None:
    begins, ends = (moment(node.get(name)) for name in ("validFrom", "validUntil"))
    for name, found in (("validFrom", begins), ("validUntil", ends)):
        if name in node and found is None:
            raise DataModelError(f"{name}: must be a dateTimeStamp")
    if begins is not None and ends is not None and ends < begins:
        raise DataModelError("validUntil: must not be before validFrom")


def _check_status_entry(entry: Mapping[str, Any]) -> None:
    """A BitstringStatusListEntry (Bitstring Status List v1.0 §2.1)."""
    index, size = entry.get("statusListIndex"), entry.get("statusSize", 1)
    if not isinstance(index, str) or not re.fullmatch("0|[1-9][0-9]*", index):
        raise DataModelError("statusListIndex: must be an integer as a text")
    if not isinstance(entry.get("statusPurpose"), str):
        raise DataModelError("statusPurpose: must be a text")
    if not _is_url(entry.get("statusListCredential")):
        raise DataModelError("statusListCredential: must be a URL")
    if entry.get("id") == entry["statusListCredential"]:
        raise DataModelError("credentialStatus.id: must not be the list's own URL")
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise DataModelError("statusSize: must be an integer greater than zero")
    if (size > 1 or "statusMessage" in entry) and len(entry.get("statusMessage", [])) != 2**size:
        raise DataModelError("statusMessage: must have one message for each value")


def _check_related(node: Mapping[str, Any]) -> None:
    """Related resources: who they are, and a digest of each (§5.3)."""
    if "relatedResource" not in node:
        return
    resources = _objects(node, "relatedResource")
    for resource in resources:
        _check_id(resource, "relatedResource.id", is_needed=True)
        if not {"digestSRI", "digestMultibase"} & resource.keys():
            raise DataModelError("relatedResource: must have a digest")
        for name, read in (("digestSRI", _sri), ("digestMultibase", _multibase)):
            found = read(resource[name]) if name in resource else None
            if name in resource and (found is None or not _is_digest_of(resource["id"], *found)):
                raise DataModelError(f"relatedResource.{name}: is no digest of it")
    if len({resource["id"] for resource in resources}) != len(resources):
        raise DataModelError("relatedResource.id: must be unique")


def _is_digest_of(url: str, name: str, found: bytes) -> bool:
    """Whether a digest is one of a bundled document; of others nothing is known here."""
    if url not in PINNED:
        return True
    present = _DIGESTS[name][0](document_bytes(url)).digest()
    return found in (present, _EARLIER.get((url, name)))


def _sri(text: Any) -> tuple[str, bytes] | None:
    """The hash and the digest of a digestSRI (SRI §3.5), whose digest some write in hexadecimal."""
    name, dash, written = text.partition("-") if isinstance(text, str) else ("", "", "")
    if name not in _DIGESTS or not dash:
        return None
    length = _DIGESTS[name][1]
    try:
        found = bytes.fromhex(written) if len(written) == 2 * length else b64decode(written, None)
    except (ValueError, Base64Error):
        return None
    return (name, found) if len(found) == length else None


def _multibase(text: Any) -> tuple[str, bytes] | None:
    """The hash and the digest of a digestMultibase: a multihash, or the digest alone."""
    try:
        found = _decoded(text)
    except (ValueError, Base64Error, KeyFormatError):
        return None
    name = _MULTIHASHES.get(found[:2])
    if name is not None and len(found) == _DIGESTS[name][1] + 2:
        return name, found[2:]
    name = next((known for known, (_, length) in _DIGESTS.items() if length == len(found)), None)
    return None if name is None else (name, found)


def _decoded(text: Any) -> bytes:
    if not isinstance(text, str):
        raise KeyFormatError("no text")
    if text.startswith("u"):
        return urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    if text.startswith("z"):
        return base58_decode(text[1:])
    raise KeyFormatError("another base")


def _objects(node: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = node.get(name)
    known = value if isinstance(value, list) else [value]
    found = [part for part in known if isinstance(part, Mapping)]
    if len(found) != len(known):
        raise DataModelError(f"{name}: must be an object or a list of objects")
    return found


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise DataModelError(f"the {name} must be an object")
    return value


def _is_url(text: Any) -> bool:
    return isinstance(text, str) and ABSOLUTE_IRI.fullmatch(text) is not None
