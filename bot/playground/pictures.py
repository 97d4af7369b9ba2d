"""Photos as Telegram keeps them: re-encoded to JPEG, so whatever was baked into the file is gone."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from bot.playground.errors import BotApiError, bad_request

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_SIDES = 10_000  # width + height
MAX_RATIO = 20
SIZES = (320, 800, 1280)
JPEG_QUALITY = 85
READABLE = ("PNG", "JPEG", "WEBP", "GIF", "BMP")


@dataclass(frozen=True)
class Picture:
    content: bytes
    width: int
    height: int


def photo_sizes(content: bytes) -> tuple[Picture, ...]:
    """Re-encode a picture to Telegram's sizes, smallest first, the largest at most 1280 pixels.

    Raises:
        BotApiError: 400, the bytes are no picture, too large or too narrow.
    """
    if len(content) > MAX_PHOTO_BYTES:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO_BYTES} bytes"
        )
    try:
        image = _flat(content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    largest = max(image.size)
    sides = [side for side in SIZES if side < largest] + [min(largest, SIZES[-1])]
    return tuple(_encode(image, side) for side in sorted(set(sides)))


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Width and height when the bytes are a picture a client would preview."""
    try:
        with _open(content) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, BotApiError):
        return None


def _open(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content), formats=READABLE)
    width, height = image.size
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return image


def _flat(content: bytes) -> Image.Image:
    """The upright picture on white, without transparency and metadata."""
    upright = ImageOps.exif_transpose(_open(content)).convert("RGBA")
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright)
    return flat


def _encode(image: Image.Image, side: int) -> Picture:
    sized = image.copy()
    sized.thumbnail((side, side), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    sized.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return Picture(buffer.getvalue(), *sized.size)
