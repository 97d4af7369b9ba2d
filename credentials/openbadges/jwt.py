"""VC-JWT as Open Badges 3.0 wants it (OB 3.0 §8.2): signed with ES256, verified with more.

The payload is the credential itself plus the registered claims, which must repeat its members:
`iss` the issuer's id, `jti` the credential's id, `sub` the subject's id, `nbf` validFrom and `exp`
validUntil. The older form has the credential under `vc` (VCDM 1.1 §6.3.1), where the claims stand
for members that are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from credentials.openbadges.algorithms import ALGORITHMS, OTHER_ALGORITHMS
from credentials.openbadges.composition import CompositionError, refuse_unsafe_texts
from credentials.openbadges.keys import (
    KeyFormatError,
    PublicKey,
    Signer,
    base64url_decode,
    base64url_encode,
    parse_multikey,
    public_jwk,
)
from credentials.openbadges.reading import ReadingError, read_json, write_json
from credentials.openbadges.vocabulary import CREDENTIALS_V1

MAX_TOKEN = 256 * 1024  # characters
REGISTERED = ("iss", "jti", "sub", "nbf", "exp", "iat", "aud")
# OB 3.0 allows the first four; `cty` and `iss` come with the W3C's profile (VC-JOSE-COSE §3.1).
_HEADER: Final = frozenset({"alg", "kid", "jwk", "typ", "cty", "iss"})
_TYPES: Final = frozenset({"jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vc-ld+jwt"})
# No ASCII text in compact JSON is blank or holds a control character without one of these.
_PERHAPS_UNSAFE: Final = ('""', '" ', '"\\', "\\b", "\\f", "\\r", "\\t", "\\u", "\x7f")


class JwtError(ValueError):
    """Not a VC-JWT to rely on; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


@dataclass(frozen=True)
class VcJwt:
    """A token taken apart; nothing of it is verified."""

    token: str
    header: Mapping[str, Any]
    payload: Mapping[str, Any]

    @property
    def document(self) -> dict[str, Any]:
        """The credential without the registered claims."""
        if "vc" in self.payload and "credentialSubject" not in self.payload:
            return _older_credential(self.payload)
        return {name: part for name, part in self.payload.items() if name not in REGISTERED}

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over (RFC 7515 §5.2)."""
        return self.token.rpartition(".")[0].encode()

    @property
    def signature(self) -> bytes:
        return base64url_decode(self.token.rpartition(".")[2])


def sign_jwt(document: Mapping[str, Any], signer: Signer) -> str:
    """The credential as a compact JWS signed with ES256.

    Raises:
        JwtError: it lacks an id, an issuer or validFrom, or the key is no P-256.
    """
    header = _es256_header(signer.verification_method, signer.public_key_multibase)
    payload = write_json({**document, **_claims(document)})
    if not payload.isascii() or any(mark in payload for mark in _PERHAPS_UNSAFE):
        try:
            refuse_unsafe_texts(document)
        except CompositionError as error:
            raise JwtError("unsafe_text", str(error)) from error
    signed = f"{header}.{base64url_encode(payload.encode())}"
    return f"{signed}.{base64url_encode(signer.sign(signed.encode()))}"


@lru_cache(maxsize=16)
def _es256_header(method: str, public_key_multibase: str) -> str:
    key = parse_multikey(public_key_multibase)
    if not ALGORITHMS["ES256"].fits(key):
        raise JwtError("key_type_mismatch")
    header = {"alg": "ES256", "typ": "JWT", "kid": method, "jwk": public_jwk(key)}
    return base64url_encode(write_json(header).encode())


def read_jwt(token: str) -> VcJwt:
    """A compact JWS taken apart strictly.

    Raises:
        JwtError: not three canonical base64url parts of strict JSON, a forbidden algorithm, or
            header members that are not allowed.
    """
    parts = token.split(".")
    if len(token) > MAX_TOKEN or len(parts) != 3:
        raise JwtError("malformed_jwt")
    try:
        header_bytes, payload_bytes, _ = (base64url_decode(part) for part in parts)
        header, payload = read_json(header_bytes), read_json(payload_bytes)
    except KeyFormatError as error:
        raise JwtError("malformed_jwt", str(error)) from error
    except ReadingError as error:
        raise JwtError(error.code) from error
    _check_header(header)
    return VcJwt(token, header, payload)


def verify_jwt(jwt: VcJwt, key: PublicKey) -> bool:
    """Whether the token was signed with the key, by the algorithm its header names.

    Raises:
        JwtError: the key is not of the algorithm's kind, or the algorithm is not verified here.
    """
    algorithm = ALGORITHMS.get(jwt.header["alg"])
    if algorithm is None:
        # Keys of the kinds known here belong to none of the other algorithms.
        raise JwtError("key_type_mismatch")
    if not algorithm.fits(key):
        raise JwtError("key_type_mismatch")
    return algorithm.holds(key, jwt.signature, jwt.signed)


def check_claims(payload: Mapping[str, Any], *, must_be_there: bool = True) -> None:
    """Whether the registered claims repeat the credential's members (OB 3.0 §8.2.1).

    Open Badges 3.0 wants them there; VC-JOSE-COSE §3.1.3 only wants no contradiction.

    Raises:
        JwtError: `claim_mismatch` for a difference.
    """
    if "vc" in payload:
        _check_older_claims(payload)
        return
    expected = _claims(payload) if must_be_there else _members(payload)
    for name in ("iss", "jti", "sub", "nbf", "exp"):
        is_silent = not must_be_there and name not in payload
        if not is_silent and not _repeats(payload.get(name), expected.get(name)):
            raise JwtError("claim_mismatch", name)


def _repeats(claimed: Any, member: Any) -> bool:
    # Booleans are integers to Python: `true` must not pass for 1.
    if isinstance(claimed, bool):
        return False
    if isinstance(claimed, int | float) and isinstance(member, int | float):
        return int(claimed) == int(member)  # NumericDate (RFC 7519 §2) need not keep fractions
    return bool(claimed == member)


def _claims(document: Mapping[str, Any]) -> dict[str, Any]:
    claims = _members(document)
    for name in ("iss", "jti", "nbf"):
        if claims[name] is None:
            raise JwtError("claim_mismatch", f"no member for {name}")
    return {name: value for name, value in claims.items() if value is not None}


def _members(document: Mapping[str, Any]) -> dict[str, Any]:
    """What each claim has to repeat; None where the document is silent."""
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    if isinstance(subject, list) and len(subject) == 1:
        subject = subject[0]
    begins = document.get("validFrom", document.get("issuanceDate"))
    ends = document.get("validUntil", document.get("expirationDate"))
    return {
        "iss": issuer.get("id") if isinstance(issuer, Mapping) else issuer,
        "jti": document.get("id"),
        "sub": subject.get("id") if isinstance(subject, Mapping) else None,
        "nbf": _seconds(begins),
        "exp": _seconds(ends),
    }


def _seconds(value: Any) -> int | float | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        return None
    return moment.timestamp() if moment.microsecond else int(moment.timestamp())


def _check_older_claims(payload: Mapping[str, Any]) -> None:
    vc = payload["vc"]
    if not isinstance(vc, Mapping) or payload.keys() & {"credentialSubject", "issuer", "type"}:
        raise JwtError("claim_mismatch", "vc")
    if not isinstance(payload.get("iss"), str):
        raise JwtError("claim_mismatch", "iss")
    for name, member in _members(vc).items():
        # `nbf` may be the time of signing; the credential's own dates are judged on their own.
        if name == "nbf" or member is None or name not in payload:
            continue
        if not _repeats(payload[name], member):
            raise JwtError("claim_mismatch", name)


def _older_credential(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The credential under `vc`, with the members that only the claims hold (VCDM 1.1 §6.3.1)."""
    vc = payload["vc"]
    if not isinstance(vc, Mapping):
        return {}
    document = dict(vc)
    is_first = CREDENTIALS_V1 in _list(document.get("@context"))
    begins, ends = ("issuanceDate", "expirationDate") if is_first else ("validFrom", "validUntil")
    known = {
        "issuer": payload.get("iss"),
        "id": payload.get("jti"),
        begins: _instant(payload.get("nbf", payload.get("iat"))),
        ends: _instant(payload.get("exp")),
    }
    for name, value in known.items():
        if value is not None:
            document.setdefault(name, value)
    if isinstance(document["issuer"], Mapping):
        document["issuer"] = {"id": payload.get("iss"), **document["issuer"]}
    subject = document.get("credentialSubject")
    if isinstance(subject, Mapping) and isinstance(payload.get("sub"), str):
        document["credentialSubject"] = {"id": payload["sub"], **subject}
    return document


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _instant(seconds: Any) -> str | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _check_header(header: Mapping[str, Any]) -> None:
    algorithm = header.get("alg")
    known = ALGORITHMS.keys() | OTHER_ALGORITHMS
    if not isinstance(algorithm, str) or algorithm not in known:
        raise JwtError("alg_not_allowed")
    # `jku`, `x5u` and `x5c` bring keys from elsewhere, `crit`, `b64` and `zip` another meaning.
    if not _HEADER.issuperset(header):
        raise JwtError("header_not_allowed")
    kind = header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") not in _TYPES:
        raise JwtError("header_not_allowed", "typ")
    kid, jwk = header.get("kid"), header.get("jwk")
    if not isinstance(kid, str | None) or not isinstance(jwk, dict | None):
        raise JwtError("header_not_allowed")
    if kid is None and jwk is None:
        raise JwtError("header_not_allowed", "neither kid nor jwk")
