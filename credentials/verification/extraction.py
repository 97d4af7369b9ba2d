"""What somebody sent, made into one thing to judge: a credential, a link or a short code."""

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from credentials.openbadges.baking import (
    KEYWORD,
    SIGNATURE,
    BakingError,
    unbake_png,
    unbake_svg,
)
from credentials.openbadges.jwt import MAX_TOKEN, JwtError, read_jwt
from credentials.openbadges.reading import ReadingError, read_json
from credentials.openbadges.vocabulary import VERIFIABLE_CREDENTIAL
from credentials.verification.qr_codes import PictureError, qr_texts

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_TEXT = 262_144  # characters
MAX_TEXT_BYTES = 4 * MAX_TEXT  # in UTF-8
# Crockford base32, with the letters people confuse.
_GROUP = "[0-9A-TV-Z]{4}"
CODE = re.compile(
    rf"(?<![0-9A-Z_-]){_GROUP}(?:-{_GROUP}-{_GROUP}|{_GROUP}{_GROUP})(?![0-9A-Z_-])", re.IGNORECASE
)
SPACED_CODE = re.compile(rf"{_GROUP} {_GROUP} {_GROUP}", re.IGNORECASE)
DASHES = re.compile("[\u2010-\u2015\u2212]")
LINK = re.compile(r"https?://[^\s<>\"']{4,2000}")
START = re.compile(r"[?&]start=v_([0-9A-Za-z-]{8,20})")
JWT = re.compile(r"eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*")
# What was a token before somebody changed it; no host name is that long.
_LIKE_JWT = re.compile(
    r"eyJ[^{}<>]{77,}|(?=.{80})[\sA-Za-z0-9_+/=-]*(?:\.[\sA-Za-z0-9_+/=-]*){1,5}", re.DOTALL
)
# JSON, also where a mark or another encoding stands before it.
_LIKE_JSON = re.compile("[\ufeff\x00\\s]*[{\\[]")
_OTHER_UNICODE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_OLDER = re.compile(r"https://w3id\.org/openbadges/v[12]|https://openbadgespec\.org/v[12].*")
OLDER_KEYWORD = b"openbadges"
_OPEN_BADGES_2 = re.compile(rb"(?:iTXt|tEXt)openbadges\0")
_SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<svg|<!--|<!DOCTYPE(?!\s+html))", re.IGNORECASE)


class Source(StrEnum):
    """Where a candidate was found."""

    JSON = "json"
    JWT = "jwt"
    PNG = "png"
    SVG = "svg"
    PHOTO = "photo"
    TEXT = "text"


class ExtractionError(ValueError):
    """There is nothing to judge in it; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One thing to judge; exactly one of document, jwt, link and code is set."""

    source: Source = Source.TEXT
    document: dict[str, Any] | None = None
    jwt: str | None = None
    link: str | None = None
    code: str | None = None


def extract_file(content: bytes) -> Candidate:
    """What a file holds: a credential, one baked into a picture, or a picture with a QR code.

    Raises:
        ExtractionError: nothing to judge.
    """
    found = _from_picture(content)
    return extract_text(_decode(content)) if found is None else found


def extract_linked(content: bytes) -> Candidate:
    """What lies behind a link: as a file, but a page's text is not searched for more links.

    Raises:
        ExtractionError: nothing to judge.
    """
    found = _from_picture(content)
    if found is not None:
        return found
    said = _decode(content).strip()
    if not _LIKE_JSON.match(said) and not _LIKE_JWT.fullmatch(said):
        raise ExtractionError("nothing_found")
    return extract_text(said)


def extract_text(text: str) -> Candidate:
    """What a text holds: a credential, a link, a short code.

    Raises:
        ExtractionError: nothing to judge.
    """
    said = text.strip()
    if len(said) > MAX_TEXT:
        raise ExtractionError("too_large")
    if _LIKE_JSON.match(said):
        return _credential(said, Source.JSON)
    if _LIKE_JWT.fullmatch(said):
        return _credential(said, Source.JWT)
    return _pointer(said, Source.TEXT)


def normal_code(text: str) -> str:
    """A short code as `XXXX-XXXX-XXXX`, forgiving the letters people confuse (Crockford base32)."""
    plain = re.sub(r"[- ]", "", text.upper())
    plain = plain.replace("O", "0").replace("I", "1").replace("L", "1")
    return "-".join(plain[place : place + 4] for place in range(0, len(plain), 4))


def _from_picture(content: bytes) -> Candidate | None:
    if not content:
        raise ExtractionError("empty")
    if len(content) > MAX_FILE_BYTES:
        raise ExtractionError("too_large")
    if content.startswith(SIGNATURE):
        baked = _unbake_png(content)
        if baked is not None:
            return _credential(baked, Source.PNG)
    if _is_picture(content):
        return _read_qr(content)
    if _SVG.match(content):
        return _credential(_unbake_svg(content), Source.SVG)
    return None


def _decode(content: bytes) -> str:
    """The file as a text, of which no more is decoded than a text may have."""
    said, decoder = content.strip(), codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(said[:MAX_TEXT_BYTES], len(said) <= MAX_TEXT_BYTES)
    except UnicodeDecodeError as error:
        is_other = content.startswith(_OTHER_UNICODE) and b"{" in content[:16]
        is_json = said[:1] in {b"{", b"["} or is_other
        raise ExtractionError("not_utf8" if is_json else "unknown_file") from error
    if len(said) > MAX_TEXT_BYTES:
        raise ExtractionError("too_large")
    return text


def _pointer(said: str, source: Source) -> Candidate:
    start = START.search(said)
    if start:
        return Candidate(source=source, code=normal_code(start[1]))
    link = LINK.search(said)
    if link:
        return Candidate(source=source, link=link[0].rstrip(".,;)"))
    code = _code(DASHES.sub("-", said))
    if code is None:
        raise ExtractionError("nothing_found")
    return Candidate(source=source, code=normal_code(code))


def _code(said: str) -> str | None:
    if SPACED_CODE.fullmatch(said):
        return said
    for found in CODE.finditer(said):
        # A word of twelve letters is no code; one without hyphens has a digit in it.
        if "-" in found[0] or any(character.isdigit() for character in found[0]):
            return found[0]
    return None


def _credential(text: str, source: Source) -> Candidate:
    said = text.strip()
    if len(said) > MAX_TOKEN:
        raise ExtractionError("too_large")
    if _LIKE_JWT.fullmatch(said):
        _refuse_older_token(said)
        return Candidate(source=source, jwt=said)
    try:
        document = read_json(said)
    except ReadingError as error:
        raise ExtractionError(error.code) from error
    _refuse_older(document)
    return Candidate(source=source, document=document)


def _refuse_older(document: dict[str, Any]) -> None:
    contexts, kinds = document.get("@context"), document.get("type")
    known = contexts if isinstance(contexts, list) else [contexts]
    is_old = any(isinstance(url, str) and _OLDER.fullmatch(url) for url in known)
    if is_old or kinds in ("Assertion", ["Assertion"]):
        raise ExtractionError("open_badges_2")
    if "recipient" in document and "badge" in document:
        raise ExtractionError("open_badges_2")


def _refuse_older_token(token: str) -> None:
    try:
        _refuse_older(dict(read_jwt(token).payload))
    except JwtError:
        return  # the verifier says what is wrong with it


def _unbake_png(content: bytes) -> str | None:
    try:
        baked = unbake_png(content)
    except BakingError as error:
        if KEYWORD in content or error.code == "too_many_chunks":
            raise ExtractionError(error.code) from error
        return None  # the picture's QR code may still be readable
    if baked is None and _OPEN_BADGES_2.search(content):
        return _unbake_older(content)
    return baked


def _unbake_older(content: bytes) -> str:
    """A badge of today's kind that was baked under the keyword of Open Badges 2.0."""
    try:
        said = (unbake_png(content, OLDER_KEYWORD) or "").strip()
        document = read_jwt(said).document if _LIKE_JWT.fullmatch(said) else read_json(said)
    except (BakingError, JwtError, ReadingError) as error:
        raise ExtractionError("open_badges_2") from error
    kinds = document.get("type")
    if not isinstance(kinds, list) or VERIFIABLE_CREDENTIAL not in kinds:
        raise ExtractionError("open_badges_2")
    return said


def _unbake_svg(content: bytes) -> str:
    try:
        baked = unbake_svg(content)
    except BakingError as error:
        raise ExtractionError(error.code) from error
    if baked is None:
        raise ExtractionError("no_badge_in_picture")
    return baked


def _is_picture(content: bytes) -> bool:
    return (
        content.startswith((SIGNATURE, b"\xff\xd8\xff", b"GIF8", b"BM")) or content[8:12] == b"WEBP"
    )


def _read_qr(content: bytes) -> Candidate:
    try:
        texts = qr_texts(content)
    except PictureError as error:
        raise ExtractionError(error.code) from error
    for text in texts:
        try:
            return _pointer(text.strip(), Source.PHOTO)
        except ExtractionError:
            continue
    raise ExtractionError("no_code_in_picture")
