"""The artwork of a badge: everything on it is drawn from the signed credential."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import segno
from babel.dates import format_date
from PIL import Image, ImageDraw

from bot.pictures.emblem import Colour, draw_emblem
from bot.pictures.fonts import (
    DISPLAY,
    MEDIUM,
    REGULAR,
    SEMIBOLD,
    TEXT,
    Face,
    Fitted,
    Font,
    face_for,
    fit,
    font,
    width,
)
from bot.texts import Say
from credentials.verification.summary import CredentialSummary, summarise

SIZE = 1080  # pixels
MARGIN = 72
HORIZON = 602  # where the coloured part ends
COLUMN = 520  # pixels left of the code
QR_SIDE = 312  # of the modules alone: 28.9 % of the width
QUIET = 4  # modules around them (ISO/IEC 18004)
HALO = 7  # pixels that keep the emblem off the letters
COLOURS = 160  # of the palette, so that the file stays small

PAPER: Colour = (252, 250, 245)
INK: Colour = (24, 26, 36)
SOFT_INK: Colour = (96, 99, 112)
GOLD: Colour = (240, 196, 100)
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True)
class Palette:
    ground: Colour
    line: Colour


PALETTES = {
    "technology": Palette((30, 33, 94), (146, 156, 255)),
    "healthcare": Palette((5, 70, 72), (116, 219, 199)),
    "finance": Palette((84, 22, 54), (245, 152, 172)),
    "education": Palette((62, 26, 92), (206, 164, 250)),
    "business": Palette((18, 54, 88), (134, 194, 242)),
    "trades": Palette((92, 42, 16), (248, 178, 128)),
}
OTHER = Palette((44, 47, 58), (176, 184, 204))


def draw_badge(document: Mapping[str, Any], *, code: str) -> bytes:
    """The picture as PNG, 1080 pixels square, without the credential inside."""
    said = summarise(document)
    achievement = document["credentialSubject"]["achievement"]
    say = Say(str(achievement.get("inLanguage") or "en"))
    palette = PALETTES.get(str(achievement.get("fieldOfStudy")), OTHER)
    picture = Image.new("RGB", (SIZE, SIZE), PAPER)
    pen = ImageDraw.Draw(picture)
    _draw_ground(picture, pen, palette, seed=said.achievement_id.partition("~")[0])
    _draw_what(pen, said, say, palette)
    _draw_who(pen, said, say)
    _draw_check(picture, pen, said.id, code, say)
    return _png(picture)


def _draw_ground(
    picture: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, seed: str
) -> None:
    pen.rectangle((0, 0, SIZE, HORIZON), fill=palette.ground)
    emblem = draw_emblem(seed, diameter=560, colour=palette.line, accent=GOLD)
    picture.paste(emblem, (SIZE - 560 + 104, -104), emblem)
    pen.rectangle((0, HORIZON, SIZE, HORIZON + 7), fill=GOLD)


def _draw_what(
    pen: ImageDraw.ImageDraw, said: CredentialSummary, say: Say, palette: Palette
) -> None:
    issuer = fit(
        said.issuer_name,
        face_for(said.issuer_name) or TEXT,
        room=500,
        sizes=range(34, 22, -2),
        lines=3,
        weight=SEMIBOLD,
    )
    y = MARGIN - 6
    for line in issuer.lines:
        pen.text((MARGIN, y), line, font=issuer.font, fill=WHITE)
        y += round(issuer.size * 1.3)
    title = fit(
        said.name,
        face_for(said.name, DISPLAY) or TEXT,
        room=SIZE - 2 * MARGIN,
        sizes=range(116, 50, -6),
        lines=2,
        weight=SEMIBOLD,
    )
    step = round(title.size * 1.06)
    foot = HORIZON - 108
    top = foot - step * len(title.lines) - 12
    _spaced(pen, (MARGIN, top - 44), say.plain("picture-kind"), GOLD)
    for place, line in enumerate(title.lines):
        pen.text(
            (MARGIN - 3, top + place * step),
            line,
            font=title.font,
            fill=WHITE,
            stroke_width=HALO,
            stroke_fill=palette.ground,
        )
    for place, line in enumerate(title.lines):
        pen.text((MARGIN - 3, top + place * step), line, font=title.font, fill=WHITE)
    pen.text(
        (MARGIN, foot + 24), _facts(said, say), font=font(TEXT, 30, REGULAR), fill=palette.line
    )


def _facts(said: CredentialSummary, say: Say) -> str:
    parts = []
    if said.level:
        parts.append(say.plain("picture-level", level=said.level))
    if said.hours:
        parts.append(say.plain("picture-hours", hours=said.hours))
    return "  ·  ".join(parts)


def _draw_who(pen: ImageDraw.ImageDraw, said: CredentialSummary, say: Say) -> None:
    y = HORIZON + 54
    name = said.holder_name
    face = face_for(name) if name else None
    if name and face:
        pen.text((MARGIN, y), say.plain("picture-awarded-to"), font=_small(), fill=SOFT_INK)
        drawn = _fit_name(name, face)
        y += 40
    else:
        key = "picture-name-inside" if name else "picture-no-name"
        words = say.plain(key)
        drawn = fit(words, TEXT, room=COLUMN, sizes=range(38, 24, -2), lines=3, weight=MEDIUM)
    for line in drawn.lines:
        pen.text((MARGIN, y), line, font=drawn.font, fill=INK)
        y += round(drawn.size * 1.22)
    y = max(y + 22, HORIZON + 216)
    for line in _dates(said, say):
        pen.text((MARGIN, y), line, font=_small(), fill=SOFT_INK)
        y += 38


def _fit_name(name: str, face: Face) -> Fitted:
    """Two large lines, or three small ones for the longest names."""
    large = fit(name, face, room=COLUMN, sizes=range(60, 38, -2), lines=2, weight=SEMIBOLD)
    if " ".join(large.lines) == " ".join(name.split()):
        return large
    return fit(name, face, room=COLUMN, sizes=range(40, 26, -2), lines=3, weight=SEMIBOLD)


def _dates(said: CredentialSummary, say: Say) -> list[str]:
    lines = [say.plain("picture-awarded-on", date=_day(said.awarded or said.valid_from, say))]
    if said.valid_until:
        lines.append(say.plain("picture-valid-until", date=_day(said.valid_until, say)))
    return lines


def _day(instant: str, say: Say) -> str:
    return format_date(datetime.fromisoformat(instant), "d MMMM y", locale=say.language)


def _draw_check(
    picture: Image.Image, pen: ImageDraw.ImageDraw, url: str, code: str, say: Say
) -> None:
    qr = _qr(url)
    x, y = SIZE - MARGIN - qr.width + 36, HORIZON + 14
    picture.paste(qr, (x, y))
    middle, foot = x + qr.width // 2, y + qr.height - 10
    used = font(TEXT, 34, SEMIBOLD)
    pen.text((middle, foot), code, font=used, fill=INK, anchor="mt", features=["zero", "tnum"])
    words = say.plain("picture-check", host=urlsplit(url).netloc)
    drawn = fit(words, TEXT, room=COLUMN, sizes=range(25, 16, -1), lines=2, weight=REGULAR)
    step = round(drawn.size * 1.36)
    y = foot + 28 - step * len(drawn.lines)
    for line in drawn.lines:
        pen.text((MARGIN, y), line, font=drawn.font, fill=SOFT_INK)
        y += step


def _qr(url: str) -> Image.Image:
    """The code at level M; its modules take at least QR_SIDE pixels."""
    code = segno.make_qr(url, error="m", boost_error=False)
    modules = code.symbol_size(border=0)[0]
    scale = -(-QR_SIDE // modules)
    out = io.BytesIO()
    code.save(out, kind="png", scale=scale, border=QUIET, dark="#181a24", light="#fcfaf5")
    return Image.open(out).convert("RGB")


def _spaced(pen: ImageDraw.ImageDraw, at: tuple[int, int], words: str, colour: Colour) -> None:
    """Small capitals with room between the letters."""
    used, x = font(TEXT, 24, SEMIBOLD), float(at[0])
    for letter in words.upper():
        pen.text((x, at[1]), letter, font=used, fill=colour)
        x += width(letter, used) + 4


def _small() -> Font:
    return font(TEXT, 28, REGULAR)


def _png(picture: Image.Image) -> bytes:
    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()
