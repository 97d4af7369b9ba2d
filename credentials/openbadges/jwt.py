"""VC-JWT as Open Badges 3.0 wants it (OB 3.0 §8.2): ES256 signed, ES256 and RS256 verified.

The payload is the credential itself plus the registered claims, which must repeat its members:
`iss` the issuer's id, `jti` the credential's id, `sub` the subject's id, `nbf` validFrom and `exp`
validUntil. The header holds `alg`, `typ`, `kid` and `jwk` only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

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

MAX_TOKEN = 256 * 1024  # characters
REGISTERED = ("iss", "jti", "sub", "nbf", "exp", "iat", "aud")
_HEADER = frozenset({"alg", "kid", "jwk", "typ"})
_FORBIDDEN_ALGORITHMS = ("none", "hs256", "hs384", "hs512")


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
        return {name: part for name, part in self.payload.items() if name not in REGISTERED}


def sign_jwt(document: Mapping[str, Any], signer: Signer) -> str:
    """The credential as a compact JWS signed with ES256.

    Raises:
        JwtError: it lacks an id, an issuer or validFrom, or the key is no P-256.
    """
    key = parse_multikey(signer.public_key_multibase)
    if not isinstance(key, EllipticCurvePublicKey):
        raise JwtError("key_type_mismatch")
    try:
        refuse_unsafe_texts(document)
    except CompositionError as error:
        raise JwtError("unsafe_text", str(error)) from error
    header = {
        "alg": "ES256",
        "typ": "JWT",
        "kid": signer.verification_method,
        "jwk": public_jwk(key),
    }
    payload = {**document, **_claims(document)}
    signed = ".".join(base64url_encode(write_json(part).encode()) for part in (header, payload))
    return f"{signed}.{base64url_encode(signer.sign(signed.encode()))}"


def read_jwt(token: str) -> VcJwt:
    """A compact JWS taken apart strictly.

    Raises:
        JwtError: not three canonical base64url parts of strict JSON, a forbidden or unsupported
            algorithm, or header members that OB 3.0 does not allow.
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
        JwtError: the key is not of the algorithm's kind.
    """
    algorithm = jwt.header["alg"]
    if algorithm == "ES256" and isinstance(key, EllipticCurvePublicKey):
        known: ECKey | RSAKey = ECKey.import_key(_pem(key))
    elif algorithm == "RS256" and isinstance(key, RSAPublicKey):
        known = RSAKey.import_key(_pem(key))
    else:
        raise JwtError("key_type_mismatch")
    try:
        jws.deserialize_compact(jwt.token, known, algorithms=[algorithm])
    except (JoseError, ValueError):
        return False
    return True


def check_claims(payload: Mapping[str, Any]) -> None:
    """Whether the registered claims repeat the credential's members (OB 3.0 §8.2.1).

    Raises:
        JwtError: `form_not_supported` for the VCDM 1.1 form, `claim_mismatch` for a difference.
    """
    if "vc" in payload:
        is_old = "credentialSubject" not in payload
        raise JwtError("form_not_supported" if is_old else "claim_mismatch", "vc")
    expected = _claims(payload)
    for name in ("iss", "jti", "sub", "nbf", "exp"):
        claimed, member = payload.get(name), expected.get(name)
        # Booleans are integers to Python: `true` must not pass for 1.
        if isinstance(claimed, bool) or claimed != member:
            raise JwtError("claim_mismatch", name)


def _claims(document: Mapping[str, Any]) -> dict[str, Any]:
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    claims = {
        "iss": issuer.get("id") if isinstance(issuer, Mapping) else issuer,
        "jti": document.get("id"),
        "sub": subject.get("id") if isinstance(subject, Mapping) else None,
        "nbf": _seconds(document.get("validFrom")),
        "exp": _seconds(document.get("validUntil")),
    }
    for name in ("iss", "jti", "nbf"):
        if claims[name] is None:
            raise JwtError("claim_mismatch", f"no member for {name}")
    return {name: value for name, value in claims.items() if value is not None}


def _seconds(value: Any) -> int | float | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        return None
    return moment.timestamp() if moment.microsecond else int(moment.timestamp())


def _check_header(header: Mapping[str, Any]) -> None:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm.lower() in _FORBIDDEN_ALGORITHMS:
        raise JwtError("alg_not_allowed")
    if not _HEADER.issuperset(header):
        raise JwtError("header_not_allowed")
    if header.get("typ", "JWT") not in ("JWT", "vc+jwt"):
        raise JwtError("header_not_allowed")
    kid, jwk = header.get("kid"), header.get("jwk")
    if not isinstance(kid, str | None) or not isinstance(jwk, dict | None):
        raise JwtError("header_not_allowed")
    if kid is None and jwk is None:
        raise JwtError("header_not_allowed", "neither kid nor jwk")
    if algorithm not in {"ES256", "RS256"}:
        raise JwtError("alg_not_supported")


def _pem(key: PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
