"""Bitstring Status Lists (W3C Bitstring Status List v1.0): bits, encoding, the list's credential."""

import base64
import binascii
import gzip
import zlib
from datetime import datetime
from typing import Any

from credentials.openbadges.bundled import CREDENTIALS_V2
from credentials.openbadges.composition import instant

LENGTH = 131_072  # entries, the least §3.2 allows
MAX_BYTES = 16 * 1024 * 1024  # of an inflated list
MIN_BYTES = LENGTH // 8


class StatusListError(ValueError):
    """The list or the index is malformed."""


def new_bits() -> bytes:
    """A list with no bit set."""
    return bytes(MIN_BYTES)


def with_bit(bits: bytes, index: int, *, is_set: bool) -> bytes:
    """The list with one bit changed; index 0 is the left-most bit (§3.3)."""
    changed = bytearray(bits)
    mask = 0x80 >> (index % 8)
    if is_set:
        changed[index // 8] |= mask
    else:
        changed[index // 8] &= ~mask & 0xFF
    return bytes(changed)


def read_bit(bits: bytes, index: int) -> bool:
    """The bit.

    Raises:
        StatusListError: the index is outside the list.
    """
    if not 0 <= index < len(bits) * 8:
        raise StatusListError("index out of range")
    return bool(bits[index // 8] & (0x80 >> (index % 8)))


def encode_bits(bits: bytes) -> str:
    """`u` + base64url of the gzipped list; the same list gives the same text."""
    packed = gzip.compress(bits, compresslevel=9, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode_bits(text: str) -> bytes:
    """The list.

    Raises:
        StatusListError: not an encoded list, too short, or larger than 16 MiB.
    """
    if not text.startswith("u"):
        raise StatusListError("not multibase base64url")
    try:
        packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        inflater = zlib.decompressobj(wbits=31)
        bits = inflater.decompress(packed, MAX_BYTES)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise StatusListError("not an encoded list") from error
    if inflater.unconsumed_tail:
        raise StatusListError("too large")
    if len(bits) < MIN_BYTES:
        raise StatusListError("too short")
    return bits


def compose_status_list(
    *, list_url: str, issuer_id: str, bits: bytes, valid_from: datetime, valid_until: datetime
) -> dict[str, Any]:
    """The unsigned BitstringStatusListCredential (§2.2)."""
    return {
        "@context": [CREDENTIALS_V2],
        "id": list_url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_id,
        "validFrom": instant(valid_from),
        "validUntil": instant(valid_until),
        "credentialSubject": {
            "id": f"{list_url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_bits(bits),
        },
    }
