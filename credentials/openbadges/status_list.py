"""Bitstring Status Lists (W3C Bitstring Status List v1.0): bits, encoding, the list's credential."""

import gzip
import re
import zlib
from datetime import datetime
from typing import Any

from credentials.openbadges.composition import instant
from credentials.openbadges.keys import KeyFormatError, base64url_decode, base64url_encode
from credentials.openbadges.vocabulary import (
    CREDENTIALS_V2,
    STATUS_LIST_CREDENTIAL,
    VERIFIABLE_CREDENTIAL,
)

LENGTH = 131_072  # entries, the least §3.2 allows
MIN_BYTES = LENGTH // 8
MAX_BYTES = 16 * 1024 * 1024  # of an inflated list
MAX_SIZE = 8  # bits of one entry
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


class StatusListError(ValueError):
    """The list or the index is malformed; the message is the standard's error name (§3.5)."""


def new_bits(length: int = LENGTH) -> bytes:
    """A list with no bit set.

    Raises:
        StatusListError: fewer entries than the standard allows, or not a multiple of 8.
    """
    if length < LENGTH or length % 8:
        raise StatusListError("STATUS_LIST_LENGTH_ERROR")
    return bytes(length // 8)


def with_bit(bits: bytes, index: int, *, is_set: bool) -> bytes:
    """The list with one bit changed; index 0 is the left-most bit (§3.3).

    Raises:
        StatusListError: the index is outside the list.
    """
    is_known = read_bit(bits, index)
    if is_known == is_set:
        return bits
    changed = bytearray(bits)
    changed[index // 8] ^= 0x80 >> (index % 8)
    return bytes(changed)


def read_bit(bits: bytes, index: int) -> bool:
    """The bit.

    Raises:
        StatusListError: the index is outside the list.
    """
    if not 0 <= index < len(bits) * 8:
        raise StatusListError("RANGE_ERROR")
    return bool(bits[index // 8] & (0x80 >> (index % 8)))


def read_value(bits: bytes, index: int, *, size: int = 1) -> int:
    """The entry's value; with more than one bit the left-most counts most (§3.2 step 12).

    Raises:
        StatusListError: the index is outside the list.
    """
    value = 0
    for place in range(index * size, (index + 1) * size):
        value = value * 2 + read_bit(bits, place)
    return value


def parse_index(text: Any) -> int:
    """A statusListIndex: a base-10 string without sign or leading zeros (§2.1).

    Raises:
        StatusListError: anything else.
    """
    if not isinstance(text, str) or not _INDEX.fullmatch(text):
        raise StatusListError("MALFORMED_VALUE_ERROR")
    return int(text)


def encode_bits(bits: bytes) -> str:
    """`u` + base64url of the gzipped list; the same list gives the same text."""
    return "u" + base64url_encode(gzip.compress(bits, compresslevel=9, mtime=0))


def decode_bits(text: Any, *, prefix: str = "u") -> bytes:
    """The list. Its drafts wrote it without the multibase prefix, padded at times.

    Raises:
        StatusListError: not an encoded list, too short, or larger than 16 MiB.
    """
    if not isinstance(text, str) or not text.startswith(prefix):
        raise StatusListError("MALFORMED_VALUE_ERROR")
    encoded = text[1:] if prefix else text.rstrip("=")
    inflater = zlib.decompressobj(wbits=31)
    try:
        bits = inflater.decompress(base64url_decode(encoded), MAX_BYTES + 1)
    except (KeyFormatError, zlib.error) as error:
        raise StatusListError("MALFORMED_VALUE_ERROR") from error
    # Not at its end: a truncated list, or one that would go on beyond the limit.
    if len(bits) > MAX_BYTES or not inflater.eof or inflater.unused_data:
        raise StatusListError("MALFORMED_VALUE_ERROR")
    if len(bits) < MIN_BYTES:
        raise StatusListError("STATUS_LIST_LENGTH_ERROR")
    return bits


def compose_status_list(
    *, list_url: str, issuer_id: str, bits: bytes, valid_from: datetime, valid_until: datetime
) -> dict[str, Any]:
    """The unsigned BitstringStatusListCredential (§2.2) with purpose `revocation`."""
    return {
        "@context": [CREDENTIALS_V2],
        "id": list_url,
        "type": [VERIFIABLE_CREDENTIAL, STATUS_LIST_CREDENTIAL],
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
