"""Keys: Multikey encodings, did:key and did:web names, signers.

Sources: CID 1.0 §2.2.2 (Multikey), did:key method, did:web method §3.2, RFC 8032.
"""

from dataclasses import dataclass, field
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = bytes.fromhex("ed01")
P256 = bytes.fromhex("8024")
FIELD = 2**255 - 19


class KeyFormatError(ValueError):
    """The key is not one this library accepts."""


class Signer(Protocol):
    """Something that signs and says under which verificationMethod."""

    @property
    def public_key_multibase(self) -> str: ...

    @property
    def verification_method(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class Ed25519Signer:
    """Signs with Ed25519 (RFC 8032); 64-byte signatures."""

    controller: str
    _key: Ed25519PrivateKey = field(repr=False)

    @property
    def public_key_multibase(self) -> str:
        return multikey(self._key.public_key())

    @property
    def verification_method(self) -> str:
        return f"{self.controller}#{self.public_key_multibase}"

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def multikey(key: Ed25519PublicKey | ec.EllipticCurvePublicKey) -> str:
    """The key as publicKeyMultibase: `z` + base58btc(multicodec prefix, key)."""
    if isinstance(key, Ed25519PublicKey):
        return "z" + base58_encode(ED25519 + key.public_bytes(Encoding.Raw, PublicFormat.Raw))
    compressed = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return "z" + base58_encode(P256 + compressed)


def parse_multikey(text: str) -> Ed25519PublicKey | ec.EllipticCurvePublicKey:
    """The key of a publicKeyMultibase.

    Raises:
        KeyFormatError: another base, codec or length; a small-order or non-canonical key.
    """
    if not text.startswith("z") or len(text) > 128:
        raise KeyFormatError("not base58btc")
    raw = base58_decode(text[1:])
    if raw.startswith(ED25519) and len(raw) == 34:
        return _ed25519(raw[2:])
    if raw.startswith(P256) and len(raw) == 35:
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[2:])
        except ValueError as error:
            raise KeyFormatError("not a point of P-256") from error
    raise KeyFormatError("unknown key type")


def _ed25519(raw: bytes) -> Ed25519PublicKey:
    # A point of small order lets one signature verify for any message.
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y >= FIELD:
        raise KeyFormatError("non-canonical point")
    if raw in SMALL_ORDER or y in {0, 1, FIELD - 1}:
        raise KeyFormatError("small-order point")
    return Ed25519PublicKey.from_public_bytes(raw)


SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    )
)


def base58_encode(raw: bytes) -> str:
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def base58_decode(text: str) -> bytes:
    """The bytes.

    Raises:
        KeyFormatError: a character outside the alphabet.
    """
    number = 0
    for character in text:
        place = ALPHABET.find(character)
        if place < 0:
            raise KeyFormatError("not base58")
        number = number * 58 + place
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
