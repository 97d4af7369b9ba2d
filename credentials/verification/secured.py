"""A credential in the form it was secured in: JSON with embedded proofs, or a VC-JWT.

A VC-JWT may stand in an EnvelopedVerifiableCredential (VCDM 2.0 §4.13), and a credential alone in
a presentation, whose own proof says who presents and is not judged here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials.openbadges.jwt import JwtError, VcJwt, read_jwt
from credentials.openbadges.reading import ReadingError, read_json
from credentials.verification.signatures import Signatures
from credentials.verification.verdict import Check

_ENVELOPES = frozenset(
    f"data:application/{kind}" for kind in ("vc+jwt", "vc-ld+jwt", "vc+ld+jwt", "jwt")
)


@dataclass(frozen=True)
class Secured:
    document: Mapping[str, Any]
    jwt: VcJwt | None = None

    def check_signature(self, signatures: Signatures, now: datetime) -> Check:
        if self.jwt is not None:
            return signatures.check_token(self.jwt, now)
        return signatures.check_proofs(self.document, now)


def open_document(document: Mapping[str, Any]) -> Secured:
    """A secured credential from a JSON document, out of its envelope if it is in one.

    Raises:
        JwtError: the envelope holds no VC-JWT to rely on.
    """
    inner = _presented(document)
    if "EnvelopedVerifiableCredential" not in _strings(inner.get("type")):
        return Secured(inner)
    url = inner.get("id")
    media_type, _, token = (url if isinstance(url, str) else "").partition(",")
    if media_type.partition(";")[0].lower() not in _ENVELOPES:
        raise JwtError("malformed_jwt", "no VC-JWT in the envelope")
    jwt = read_jwt(token)
    return Secured(jwt.document, jwt)


def _presented(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The one credential of a presentation; anything else as it is."""
    if "VerifiablePresentation" not in _strings(document.get("type")):
        return document
    shown = document.get("verifiableCredential")
    if isinstance(shown, list) and len(shown) == 1:
        shown = shown[0]
    return shown if isinstance(shown, Mapping) else document


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def open_secured(content: bytes | str) -> Secured:
    """A secured credential from its bytes.

    Raises:
        ReadingError: no strict JSON.
        JwtError: no VC-JWT to rely on.
    """
    try:
        text = content if isinstance(content, str) else content.decode()
    except UnicodeDecodeError as error:
        raise ReadingError("not_utf8") from error
    said = text.strip()
    if said.startswith("{") or said.count(".") != 2:
        return open_document(read_json(said))
    jwt = read_jwt(said)
    return Secured(jwt.document, jwt)
