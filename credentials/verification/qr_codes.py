"""QR codes in pictures, read within bounded memory.

A picture's own headers say what it would cost to decode it; whatever costs much is not decoded.
"""

import io

import zxingcpp
from PIL import Image, PngImagePlugin
from PIL.JpegImagePlugin import JpegImageFile

KINDS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
MAX_PIXELS = 9_000_000  # of any picture, as it is decoded
MAX_JPEG_PIXELS = 64_000_000  # of a JPEG, which can be decoded at a fraction of its size
MAX_WEBP_PIXELS = 3_500_000  # the decoder holds it several times
MAX_PNG_TEXTS = 4 * 1024 * 1024  # bytes, inflated
MAX_COEFFICIENTS = 36_000_000  # bytes; a JPEG in several scans is kept whole until the last one
_START_OF_SCAN, _FILL = 0xDA, 0xFF
_WITHOUT_LENGTH = frozenset({0x00, 0x01, *range(0xD0, 0xDA)})

# Pillow's own setting, which would be 64 MiB.
PngImagePlugin.MAX_TEXT_MEMORY = MAX_PNG_TEXTS


class PictureError(ValueError):
    """The picture cannot be opened, or costs too much; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def qr_texts(content: bytes) -> list[str]:
    """What the QR codes in a picture say.

    Raises:
        PictureError: too_large, unreadable_picture.
    """
    try:
        gray = _open_gray(content)
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError("too_large") from error
    except Exception as error:
        raise PictureError("unreadable_picture") from error
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [found.text for found in zxingcpp.read_barcodes(gray, formats=formats)]


def _open_gray(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=KINDS) as picture:
        if isinstance(picture, JpegImageFile):
            _draft(picture, content)
        elif _pixels(picture) > (MAX_WEBP_PIXELS if picture.format == "WEBP" else MAX_PIXELS):
            raise PictureError("too_large")
        picture.load()
        return picture if picture.mode == "L" else picture.convert("L")


def _draft(picture: JpegImageFile, content: bytes) -> None:
    """Have a JPEG decoded as small as need be, and in gray where it has no fourth colour."""
    pixels, is_whole = _pixels(picture), _components_of_first_scan(content) == picture.layers
    is_kept = "progressive" in picture.info or not is_whole
    if pixels > MAX_JPEG_PIXELS or (is_kept and _coefficients(picture) > MAX_COEFFICIENTS):
        raise PictureError("too_large")
    scale = next(scale for scale in (1, 2, 4, 8) if pixels <= MAX_PIXELS * scale * scale)
    picture.draft("L", (picture.width // scale, picture.height // scale))


def _pixels(picture: Image.Image) -> int:
    return picture.width * picture.height


def _coefficients(picture: JpegImageFile) -> float:
    """Bytes of all coefficients: two for each sample (ITU-T T.81 §A.1.1)."""
    across = max(layer[1] for layer in picture.layer)
    down = max(layer[2] for layer in picture.layer)
    samples = sum(layer[1] * layer[2] for layer in picture.layer) / (across * down)
    return 2 * samples * _pixels(picture)


def _components_of_first_scan(content: bytes) -> int:
    """How many components the first scan holds (ITU-T T.81 §B.2.3); 0 where that is not plain."""
    place = 2
    while content[place : place + 1] == b"\xff" and place + 4 < len(content):
        kind = content[place + 1]
        if kind == _START_OF_SCAN:
            return content[place + 4]
        if kind in _WITHOUT_LENGTH:
            return 0
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        place += 1 if kind == _FILL else 2 + length
    return 0
