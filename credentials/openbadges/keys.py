"""Keys: Multikey and JWK encodings, signers.

Sources: CID 1.0 §2.2.2 (Multikey), multicodec table, RFC 8032 (Ed25519), RFC 7518 (JWA).
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PAIRS = [high + low for high in ALPHABET for low in ALPHABET]
# One object each, so that points read once are found again.
_CURVE_256, _CURVE_384 = ec.SECP256R1(), ec.SECP384R1()
_ES256 = ec.ECDSA(SHA256())
ED25519 = bytes.fromhex("ed01")
P256 = bytes.fromhex("8024")
P384 = bytes.fromhex("8124")
#: Kinds that are not known here, as (codec, length): secp256k1, P-521, BLS12-381 G2, Ed448.
OTHER_CODECS = frozenset({("e701", 35), ("8224", 69), ("eb01", 98), ("8324", 59)})
FIELD = 2**255 - 19
MAX_BASE58 = 140  # characters: a 96-byte signature takes 132
RSA_BITS = range(2048, 8193)

MultikeyPublic = Ed25519PublicKey | ec.EllipticCurvePublicKey
PublicKey = MultikeyPublic | RSAPublicKey


class KeyFormatError(ValueError):
    """The key is not one this library accepts."""


class OtherKeyTypeError(KeyFormatError):
    """A key of a kind that exists and is not known here."""


class Signer(Protocol):
    """Something that signs and says under which verificationMethod.

    Ed25519 signatures are 64 bytes (RFC 8032), P-256 ones 64 bytes `r || s` (RFC 7518 §3.4).
    """

    @property
    def public_key_multibase(self) -> str: ...

    @property
    def verification_method(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class Ed25519Signer:
    """Signs embedded proofs. `controller` is the issuer's DID."""

    controller: str
    _key: Ed25519PrivateKey = field(repr=False)

    @cached_property
    def public_key_multibase(self) -> str:
        return multikey(self._key.public_key())

    @cached_property
    def verification_method(self) -> str:
        return f"{self.controller}#{self.public_key_multibase}"

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


@dataclass(frozen=True)
class P256Signer:
    """Signs VC-JWTs with ES256. `controller` is the issuer's DID."""

    controller: str
    _key: ec.EllipticCurvePrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self._key.curve, ec.SECP256R1):
            raise KeyFormatError("not a P-256 key")

    @cached_property
    def public_key_multibase(self) -> str:
        return multikey(self._key.public_key())

    @cached_property
    def verification_method(self) -> str:
        return f"{self.controller}#{self.public_key_multibase}"

    def sign(self, message: bytes) -> bytes:
        r, s = decode_dss_signature(self._key.sign(message, _ES256))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def multikey(key: MultikeyPublic) -> str:
    """The key as publicKeyMultibase: `z` + base58btc(multicodec prefix, key)."""
    if isinstance(key, Ed25519PublicKey):
        return "z" + base58_encode(ED25519 + key.public_bytes(Encoding.Raw, PublicFormat.Raw))
    compressed = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    codec = P384 if isinstance(key.curve, ec.SECP384R1) else P256
    return "z" + base58_encode(codec + compressed)


@lru_cache(maxsize=256)
def parse_multikey(text: str) -> MultikeyPublic:
    """The key of a publicKeyMultibase.

    Raises:
        KeyFormatError: another base, codec or length; a small-order or non-canonical key.
    """
    if not text.startswith("z"):
        raise KeyFormatError("not base58btc")
    raw = base58_decode(text[1:])
    if raw.startswith(ED25519) and len(raw) == 34:
        return _ed25519(raw[2:])
    for curve, codec, length in ((_CURVE_256, P256, 35), (_CURVE_384, P384, 51)):
        if raw.startswith(codec) and len(raw) == length:
            return _point(curve, raw[2:])
    if (raw[:2].hex(), len(raw)) in OTHER_CODECS:
        raise OtherKeyTypeError("a key of another kind")
    raise KeyFormatError("unknown key type")


def parse_base58_ed25519(text: str) -> Ed25519PublicKey:
    """The key of a publicKeyBase58, as methods of type Ed25519VerificationKey2018 have it.

    Raises:
        KeyFormatError: not 32 bytes, or a small-order or non-canonical key.
    """
    return _ed25519(base58_decode(text))


def public_jwk(key: MultikeyPublic) -> dict[str, str]:
    """The key as a public JWK (RFC 7517, RFC 8037)."""
    if isinstance(key, Ed25519PublicKey):
        raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(raw)}
    numbers, size = key.public_numbers(), (key.key_size + 7) // 8
    x, y = (base64url_encode(part.to_bytes(size, "big")) for part in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": f"P-{key.key_size}", "x": x, "y": y}


def parse_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """The key of a public JWK: Ed25519, P-256, P-384, or RSA of 2048 to 8192 bits.

    Raises:
        KeyFormatError: anything else, private members above all.
    """
    if any(name in jwk for name in ("d", "p", "q", "dp", "dq", "qi", "oth", "k")):
        raise KeyFormatError("a JWK with private members")
    match jwk.get("kty"), jwk.get("crv"):
        case "OKP", "Ed25519":
            return _ed25519(_member(jwk, "x", 32))
        case "EC", "P-256":
            return _point(_CURVE_256, b"\x04" + _member(jwk, "x", 32) + _member(jwk, "y", 32))
        case "EC", "P-384":
            return _point(_CURVE_384, b"\x04" + _member(jwk, "x", 48) + _member(jwk, "y", 48))
        case "RSA", _:
            return _rsa(_member(jwk, "n"), _member(jwk, "e"))
        case "EC", "P-521" | "secp256k1":
            raise OtherKeyTypeError("a key of another kind")
        case "OKP", "Ed448":
            raise OtherKeyTypeError("a key of another kind")
    raise KeyFormatError("unknown key type")


@lru_cache(maxsize=256)
def _point(curve: ec.EllipticCurve, encoded: bytes) -> ec.EllipticCurvePublicKey:
    try:
        # Refuses points that are not on the curve, and the one at infinity.
        return ec.EllipticCurvePublicKey.from_encoded_point(curve, encoded)
    except ValueError as error:
        raise KeyFormatError(f"not a point of {curve.name}") from error


def _member(jwk: Mapping[str, Any], name: str, length: int | None = None) -> bytes:
    raw = base64url_decode(jwk[name]) if isinstance(jwk.get(name), str) else b""
    if not raw or (length is not None and len(raw) != length):
        raise KeyFormatError(f"malformed member {name}")
    return raw


def _rsa(modulus: bytes, exponent: bytes) -> RSAPublicKey:
    n, e = int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")
    if n.bit_length() not in RSA_BITS or e.bit_length() > 32:
        raise KeyFormatError("an RSA key of an odd size")
    try:
        return RSAPublicNumbers(e, n).public_key()
    except ValueError as error:
        raise KeyFormatError("not an RSA key") from error


@lru_cache(maxsize=256)
def _ed25519(raw: bytes) -> Ed25519PublicKey:
    # A point of small order lets one signature verify for any message.
    if len(raw) != 32:
        raise KeyFormatError("not 32 bytes")
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y >= FIELD:
        raise KeyFormatError("non-canonical point")
    if y in SMALL_ORDER:
        raise KeyFormatError("small-order point")
    return Ed25519PublicKey.from_public_bytes(raw)


#: The y of the points of order 1, 2, 4 and 8, whatever the sign of x.
SMALL_ORDER = frozenset(
    {
        0,
        1,
        FIELD - 1,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    }
)


def base58_encode(raw: bytes) -> str:
    number, parts = int.from_bytes(raw, "big"), []
    while number:
        # Ten digits at a time: long division is slow, short division is not.
        number, rest = divmod(number, 58**10)
        for _ in range(5):
            rest, pair = divmod(rest, 58**2)
            parts.append(_PAIRS[pair])
    digits = "".join(reversed(parts)).lstrip("1")
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + digits


def base58_decode(text: str) -> bytes:
    """The bytes.

    Raises:
        KeyFormatError: a character outside the alphabet, or more than 140 characters.
    """
    if len(text) > MAX_BASE58:
        raise KeyFormatError("too long")
    number = 0
    for character in text:
        place = ALPHABET.find(character)
        if place < 0:
            raise KeyFormatError("not base58")
        number = number * 58 + place
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def base64url_decode(text: str) -> bytes:
    """The bytes of unpadded base64url (RFC 7515 §2), in its one canonical spelling.

    Raises:
        KeyFormatError: anything that would not be encoded to the same text again.
    """
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (UnicodeEncodeError, binascii.Error) as error:
        raise KeyFormatError("not base64url") from error
    if base64url_encode(raw) != text:
        raise KeyFormatError("not canonical base64url")
    return raw
