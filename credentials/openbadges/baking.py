"""Baking: a credential inside a PNG or an SVG (OB 3.0 §5.3), without touching the picture.

Pictures are never decoded: a file is cut at its own seams, and every byte outside the credential
stays as it was.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

KEYWORD = b"openbadgecredential"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_CHUNKS = 4_096
MAX_TEXT_BYTES = 256 * 1024
MAX_NAMES = 10_000  # of elements, attributes and namespaces in an SVG
MAX_LEVELS = 256  # of elements in an SVG

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
OPEN_BADGES_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
# A tag of thousands of attributes, which the parser would hold in memory all at once.
_ENDLESS_TAG = re.compile(rb"<(?:[^<=]*+=){5000}+")
_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class BakingError(ValueError):
    """The picture cannot be baked or read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def bake_png(picture: bytes, credential: str) -> bytes:
    """The picture with the credential in one uncompressed iTXt chunk before IDAT.

    Raises:
        BakingError: not a PNG, the credential is too large, or cannot be read back.
    """
    text = credential.encode()
    if len(text) > MAX_TEXT_BYTES:
        raise BakingError("too_large")
    data = KEYWORD + b"\0\0\0\0\0" + text
    baked, is_in = [SIGNATURE], False
    for kind, content in _chunks(picture):
        if _is_credential(kind, content):
            continue
        if kind == b"IDAT" and not is_in:
            baked.append(_chunk(b"iTXt", data))
            is_in = True
        baked.append(_chunk(kind, content))
    return _read_back(b"".join(baked), unbake_png, credential)


def _read_back(baked: bytes, unbake: Callable[[bytes], str | None], credential: str) -> bytes:
    # A picture that lost its badge on the way would be found out by a stranger.
    if unbake(baked) != credential:
        raise BakingError("not_read_back")
    return baked


def unbake_png(picture: bytes, keyword: bytes = KEYWORD) -> str | None:
    """The credential in the picture; None when there is none. Open Badges 2.0 has another keyword.

    Raises:
        BakingError: a malformed PNG, two credentials, a compressed one that is too large.
    """
    found = [chunk for chunk in _chunks(picture) if _is_credential(*chunk, keyword)]
    if len(found) > 1:
        raise BakingError("two_credentials")
    if not found:
        return None
    kind, content = found[0]
    if kind != b"iTXt":
        raise BakingError("wrong_chunk")
    return _text(content[len(keyword) + 1 :])


def _is_credential(kind: bytes, content: bytes, keyword: bytes = KEYWORD) -> bool:
    # Other readers might look into tEXt and zTXt, and find another credential there.
    return kind in {b"iTXt", b"tEXt", b"zTXt"} and content.startswith(keyword + b"\0")


def _text(content: bytes) -> str:
    # PNG §11.3.3.4: flag 0 or 1, and one method of compression.
    if content[:1] not in {b"\0", b"\1"} or content[1:2] != b"\0":
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
    if picture[place + 4 : place + 8] != b"IHDR":
        raise BakingError("malformed_png")
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


def bake_svg(picture: bytes, credential: str) -> bytes:
    r"""The SVG with the credential as the first child of its root, one CDATA section or a JWS.

    `]]>` inside a JSON text is written `]]\u003e`, which means the same to every JSON reader.

    Raises:
        BakingError: not a UTF-8 SVG, one with a DTD, or the credential is too large, no text that
            XML can hold, or cannot be read back.
    """
    seams = _read_svg(picture)
    if len(credential.encode()) > MAX_TEXT_BYTES:
        raise BakingError("too_large")
    if _NOT_XML.search(credential):
        raise BakingError("not_xml_text")
    text = credential.replace("]]>", "]]\\u003e")
    if _JWS.fullmatch(credential):
        element = f'<openbadges:credential verify="{credential}"/>'
    else:
        element = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    namespace = f' xmlns:openbadges="{OPEN_BADGES_NAMESPACE}"' if not seams.is_declared else ""
    kept = [picture[: seams.name_end], namespace.encode()]
    kept += [picture[seams.name_end : seams.root_end], element.encode()]
    place = seams.root_end
    for begin, end in seams.elements:
        kept.append(picture[place:begin])
        place = end
    baked = b"".join([*kept, picture[place:]])
    written = credential if _JWS.fullmatch(credential) else text.strip()
    return _read_back(baked, unbake_svg, written)


def unbake_svg(picture: bytes) -> str | None:
    """The credential in the SVG; None when there is none.

    Raises:
        BakingError: a malformed SVG, one with a DTD, two credentials.
    """
    found = _read_svg(picture).credentials
    if len(found) > 1:
        raise BakingError("two_credentials")
    if found and len(found[0].encode()) > MAX_TEXT_BYTES:
        raise BakingError("too_large")
    return found[0] if found else None


def _read_svg(picture: bytes) -> "_Seams":
    if len(picture) > MAX_FILE_BYTES:
        raise BakingError("too_large")
    try:
        picture.decode("utf-8")
        if _ENDLESS_TAG.search(picture):
            raise BakingError("malformed_svg")
        seams = _Seams(picture)
    except (UnicodeDecodeError, expat.ExpatError) as error:
        raise BakingError("malformed_svg") from error
    if seams.root_end == 0 or picture[seams.root_end - 2 : seams.root_end] == b"/>":
        raise BakingError("malformed_svg")
    return seams


class _Seams:
    """Where an SVG can be cut, in bytes: after its root's name and tag, around its credentials."""

    def __init__(self, picture: bytes) -> None:
        self.name_end = self.root_end = 0
        self.is_declared = False
        self.elements: list[tuple[int, int]] = []
        self.credentials: list[str] = []
        self._picture = picture
        self._depth = 0
        self._begin = self._closed = -1
        self._text: list[str] | None = None
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartNamespaceDeclHandler = self._declare
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._collect
        self._parser.DefaultHandler = self._pass
        self._parser.Parse(picture, True)  # noqa: FBT003 - expat takes it by position

    def _refuse(self, *parts: object) -> None:
        raise BakingError("dtd_not_allowed")

    def _declare(self, prefix: str | None, uri: str) -> None:
        if prefix == "openbadges" and self._depth == 0:
            if uri != OPEN_BADGES_NAMESPACE:
                is_older = uri.rstrip("/") == "http://openbadges.org"
                raise BakingError("open_badges_2" if is_older else "other_namespace")
            self.is_declared = True

    def _pass(self, data: str = "") -> None:
        place = self._parser.CurrentByteIndex
        if self._depth == 1 and self.root_end == 0:
            self.root_end = place
        if self._closed >= 0:
            self.elements.append((self._begin, place))
            self._begin = self._closed = -1

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._pass()
        place = self._parser.CurrentByteIndex
        if self._depth > MAX_LEVELS or len(self._parser.intern) > MAX_NAMES:
            raise BakingError("malformed_svg")
        if self._depth == 0:
            if name != f"{SVG_NAMESPACE} svg":
                raise BakingError("not_svg")
            tag = re.compile(rb"<[^\s/>]+").match(self._picture, place)
            self.name_end = tag.end() if tag else 0
        elif self._text is not None:
            raise BakingError("malformed_svg")
        elif name == f"{OPEN_BADGES_NAMESPACE} credential":
            if self._depth != 1:
                raise BakingError("malformed_svg")
            self._begin = place
            self._text = [attributes.get("verify", "")]
        self._depth += 1

    def _collect(self, data: str) -> None:
        self._pass()
        if self._text is not None:
            self._text.append(data)

    def _close(self, name: str) -> None:
        self._pass()
        self._depth -= 1
        if self._text is not None:
            token, body = self._text[0], "".join(self._text[1:])
            if bool(token) is bool(body.strip()):
                raise BakingError("malformed_svg")
            self.credentials.append(token or body.strip())
            self._closed, self._text = 0, None
