"""What somebody sent, made into one thing to judge: a credential, a link or a short code."""

import io
import re
from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image, UnidentifiedImageError

from credentials.openbadges.baking import SIGNATURE, BakingError, unbake_png
from credentials.openbadges.reading import ReadingError, read_json

MAX_PICTURE_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_TEXT = 262_144  # characters
CODE = re.compile(
    r"[0-9A-HJKMNP-TV-Z]{4}-?[0-9A-HJKMNP-TV-Z]{4}-?[0-9A-HJKMNP-TV-Z]{4}", re.IGNORECASE
)
LINK = re.compile(r"https?://[^\s<>\"']{4,2000}")
START = re.compile(r"[?&]start=v_([0-9A-Za-z-]{8,20})")
JWT = re.compile(r"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")


class ExtractionError(ValueError):
    """There is nothing to judge in it; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One thing to judge; exactly one field is set."""

    document: dict[str, Any] | None = None
    link: str | None = None
    code: str | None = None


def extract_file(content: bytes) -> Candidate:
    """What a file holds: a baked PNG, a credential as JSON, or a picture with a QR code.

    Raises:
        ExtractionError: nothing to judge.
    """
    if not content:
        raise ExtractionError("empty")
    if len(content) > MAX_PICTURE_BYTES:
        raise ExtractionError("too_large")
    if content.lstrip()[:1] == b"{":
        return Candidate(document=_badge(content))
    if content.startswith(SIGNATURE):
        baked = _unbake(content)
        if baked is not None:
            return extract_text(baked)
    if _is_picture(content):
        return _read_qr(content)
    try:
        return extract_text(content.decode())
    except UnicodeDecodeError as error:
        raise ExtractionError("unknown_file") from error


def extract_text(text: str) -> Candidate:
    """What a text holds: a credential, a link, a short code.

    Raises:
        ExtractionError: nothing to judge.
    """
    said = text.strip()
    if len(said) > MAX_TEXT:
        raise ExtractionError("too_large")
    if said.startswith("{"):
        return Candidate(document=_badge(said.encode("utf-8", "surrogatepass")))
    start = START.search(said)
    if start:
        return Candidate(code=normal_code(start[1]))
    link = LINK.search(said)
    if link:
        return Candidate(link=link[0].rstrip(".,;)"))
    if JWT.fullmatch(said):
        raise ExtractionError("jwt_not_supported")
    code = CODE.search(said)
    if code:
        return Candidate(code=normal_code(code[0]))
    raise ExtractionError("nothing_found")


def normal_code(text: str) -> str:
    """A short code as `XXXX-XXXX-XXXX`, forgiving the letters people confuse (Crockford base32)."""
    plain = text.upper().replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return "-".join(plain[place : place + 4] for place in range(0, len(plain), 4))


def _badge(content: bytes) -> dict[str, Any]:
    try:
        document = read_json(content)
    except ReadingError as error:
        raise ExtractionError(error.code) from error
    contexts = document.get("@context")
    is_old = contexts == "https://w3id.org/openbadges/v2" or document.get("type") == "Assertion"
    if is_old:
        raise ExtractionError("open_badges_2")
    return document


def _unbake(content: bytes) -> str | None:
    try:
        return unbake_png(content)
    except BakingError as error:
        if error.code in {"two_credentials", "too_many_chunks"}:
            raise ExtractionError(error.code) from error
        return None  # the picture's QR code may still be readable


def _is_picture(content: bytes) -> bool:
    return (
        content.startswith((SIGNATURE, b"\xff\xd8\xff", b"GIF8", b"BM")) or content[8:12] == b"WEBP"
    )


def _read_qr(content: bytes) -> Candidate:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ExtractionError("too_large")
            gray = picture.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        if isinstance(error, ExtractionError):
            raise
        raise ExtractionError("unreadable_picture") from error
    for found in zxingcpp.read_barcodes(
        gray, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    ):
        try:
            return extract_text(found.text)
        except ExtractionError:
            continue
    raise ExtractionError("no_code_in_picture")
