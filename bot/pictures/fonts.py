"""Fonts for names in many scripts, and text that fits its place."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import fontpkg_fraunces
import fontpkg_heebo
import fontpkg_inter
import fontpkg_noto_sans_arabic
import fontpkg_noto_sans_devanagari
import fontpkg_noto_sans_thai
import noto_cjk_sans_jp_regular
from PIL import ImageFont

Font = ImageFont.FreeTypeFont

REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
DISPLAY_OPTICAL_SIZE = 48  # hairlines that survive a thumbnail
NEVER_ASSIGNED = "\U0010ffff"


@dataclass(frozen=True)
class Face:
    """A font file and its weight; fixed ones have one weight only."""

    path: Path
    axes: tuple[str, ...] = ()


def _face(package: Path, *axes: str) -> Face:
    return Face(min((package / "files").glob("*.ttf"), key=lambda file: len(file.name)), axes)


DISPLAY = _face(fontpkg_fraunces.ROOT, "opsz", "wght", "soft", "wonky")
TEXT = _face(fontpkg_inter.ROOT, "opsz", "wght")
# The first word of a character's Unicode name → the face that draws it.
SCRIPTS = {
    "LATIN": TEXT,
    "CYRILLIC": TEXT,
    "GREEK": TEXT,
    "ARABIC": _face(fontpkg_noto_sans_arabic.ROOT, "wght", "wdth"),
    "DEVANAGARI": _face(fontpkg_noto_sans_devanagari.ROOT, "wght", "wdth"),
    "HEBREW": _face(fontpkg_heebo.ROOT, "wght"),
    "THAI": _face(fontpkg_noto_sans_thai.ROOT, "wght", "wdth"),
    "CJK": Face(Path(noto_cjk_sans_jp_regular.__file__).parent / "NotoSansCJKjp-Regular.otf"),
}
SCRIPTS |= dict.fromkeys(("HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"), SCRIPTS["CJK"])


@lru_cache(maxsize=64)  # up to half a megabyte each
def font(face: Face, size: int, weight: int = REGULAR) -> Font:
    """The face at a size in pixels."""
    found = ImageFont.truetype(str(face.path), size, layout_engine=ImageFont.Layout.RAQM)
    if face.axes:
        optical_size = DISPLAY_OPTICAL_SIZE if face is DISPLAY else min(size, 32)
        values = {"opsz": optical_size, "wght": weight, "wdth": 100, "soft": 0, "wonky": 0}
        found.set_variation_by_axes([values[axis] for axis in face.axes])
    return found


def face_for(text: str, preferred: Face = TEXT) -> Face | None:
    """A face that has every character of the text; None when there is none."""
    scripts = dict.fromkeys(_script(mark) for mark in text if mark.isalpha())
    faces = [preferred, *(SCRIPTS[script] for script in scripts if script in SCRIPTS)]
    return next((face for face in faces if _covers(face, text)), None)


def width(text: str, used: Font) -> float:
    return used.getlength(text)


def fit(text: str, face: Face, *, room: int, sizes: range, lines: int, weight: int) -> "Fitted":
    """The text in the largest size in which it fits the room, over a few lines.

    In the smallest size what does not fit is cut off, with an ellipsis.
    """
    for size in sizes:
        used = font(face, size, weight)
        wrapped = wrap(text, used, room)
        if len(wrapped) <= lines and all(width(line, used) <= room for line in wrapped):
            return Fitted(tuple(wrapped), used)
    used = font(face, sizes[-1], weight)
    wrapped = wrap(text, used, room)
    kept = [*wrapped[: lines - 1], " ".join(wrapped[lines - 1 :])]
    return Fitted(tuple(_cut(line, used, room) for line in kept), used)


@dataclass(frozen=True)
class Fitted:
    """Lines of text in the font they fit in."""

    lines: tuple[str, ...]
    font: Font

    @property
    def size(self) -> int:
        return int(self.font.size)


def wrap(text: str, used: Font, room: int) -> list[str]:
    """Lines no wider than the room, broken at spaces; long words keep a line of their own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, used) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line: str, used: Font, room: int) -> str:
    if width(line, used) <= room:
        return line
    while line and width(line + "…", used) > room:
        line = line[:-1]
    return line.rstrip() + "…"


def _script(mark: str) -> str:
    return unicodedata.name(mark, "UNKNOWN").split(" ")[0]


@lru_cache(maxsize=512)
def _covers(face: Face, text: str) -> bool:
    """Whether no character is drawn as the box that stands for missing ones."""
    used = font(face, 32)
    missing = _drawn(used, NEVER_ASSIGNED)
    visible = (mark for mark in text if not unicodedata.category(mark).startswith(("C", "Z", "M")))
    return all(_drawn(used, mark) != missing for mark in visible)


def _drawn(used: Font, mark: str) -> bytes:
    mask = used.getmask(mark)
    return bytes(mask) + repr(mask.size).encode()
