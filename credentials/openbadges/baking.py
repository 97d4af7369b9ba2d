"""Baking: a credential inside a PNG (OB 3.0 §5.3.1), byte-exact and without touching the picture."""

import struct
import zlib
from collections.abc import Iterator

KEYWORD = b"openbadgecredential"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_CHUNKS = 4_096
MAX_TEXT_BYTES = 256 * 1024


class BakingError(ValueError):
    """The picture cannot be baked or read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def bake_png(picture: bytes, credential: str) -> bytes:
    """The picture with the credential in one uncompressed iTXt chunk before IDAT.

    Raises:
        BakingError: not a PNG, or the credential is too large.
    """
    text = credential.encode()
    if len(text) > MAX_TEXT_BYTES:
        raise BakingError("too_large")
    data = KEYWORD + b"\0\0\0\0\0" + text
    baked, is_in = [SIGNATURE], False
    for kind, content in _chunks(picture):
        if kind == b"iTXt" and content.startswith(KEYWORD + b"\0"):
            continue
        if kind == b"IDAT" and not is_in:
            baked.append(_chunk(b"iTXt", data))
            is_in = True
        baked.append(_chunk(kind, content))
    return b"".join(baked)


def unbake_png(picture: bytes) -> str | None:
    """The credential in the picture; None when there is none.

    Raises:
        BakingError: a malformed PNG, two credentials, a compressed one that is too large.
    """
    found = [
        content[len(KEYWORD) + 1 :]
        for kind, content in _chunks(picture)
        if kind == b"iTXt" and content.startswith(KEYWORD + b"\0")
    ]
    if len(found) > 1:
        raise BakingError("two_credentials")
    return _text(found[0]) if found else None


def _text(content: bytes) -> str:
    if len(content) < 2:
        raise BakingError("malformed_png")
    is_compressed = content[0] == 1
    parts = content[2:].split(b"\0", 2)
    if len(parts) != 3:
        raise BakingError("malformed_png")
    raw = parts[2]
    if is_compressed:
        inflater = zlib.decompressobj()
        try:
            raw = inflater.decompress(raw, MAX_TEXT_BYTES)
        except zlib.error as error:
            raise BakingError("malformed_png") from error
        if inflater.unconsumed_tail:
            raise BakingError("too_large")
    if len(raw) > MAX_TEXT_BYTES:
        raise BakingError("too_large")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise BakingError("malformed_png") from error


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    if len(picture) > MAX_FILE_BYTES:
        raise BakingError("too_large")
    if not picture.startswith(SIGNATURE):
        raise BakingError("not_png")
    place = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        if place + 12 > len(picture):
            raise BakingError("malformed_png")
        (length,) = struct.unpack_from(">I", picture, place)
        kind = picture[place + 4 : place + 8]
        end = place + 8 + length
        if end + 4 > len(picture):
            raise BakingError("malformed_png")
        content = picture[place + 8 : end]
        (checksum,) = struct.unpack_from(">I", picture, end)
        if checksum != zlib.crc32(kind + content):
            raise BakingError("malformed_png")
        yield kind, content
        place = end + 4
        if kind == b"IEND":
            if place != len(picture):
                raise BakingError("malformed_png")
            return
    raise BakingError("too_many_chunks")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
