"""Change one letter of a file so that it still parses: what a forger would do first.

Knows JSON, a JSON Web Token, and either inside the text chunks of a PNG; anything else is
treated as plain text. In JSON the letter is taken from a value people read, and never from a
`proof`, because a changed signature proves less than changed content under the old signature.
"""

import base64
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
TEXT_CHUNKS = frozenset({b"iTXt", b"tEXt"})
TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
#: Members whose values are names for machines; changing one may break parsing instead of trust.
MACHINE_MEMBERS = frozenset({"@context", "proof", "type", "id", "@type", "@id"})
MAX_TEXT_BYTES = 16 * 1024 * 1024
CONTEXT = 24


class NothingToAlterError(ValueError):
    """The file has no letter that could be changed."""


@dataclass(frozen=True)
class Altered:
    """The changed file and the words around the letter, before and after."""

    content: bytes
    before: str
    after: str


@dataclass(frozen=True)
class _Change:
    text: str
    before: str
    after: str


def alter(content: bytes) -> Altered:
    """Change one letter.

    Raises:
        NothingToAlterError: No letter can be changed.
    """
    if content.startswith(PNG_SIGNATURE):
        return _alter_png(content)
    try:
        change = _alter_text(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _alter_bytes(content)
    return Altered(change.text.encode(), change.before, change.after)


def _alter_png(content: bytes) -> Altered:
    for start, kind, data in _chunks(content):
        if kind in TEXT_CHUNKS:
            try:
                new, change = _alter_text_chunk(kind, data)
            except (NothingToAlterError, UnicodeDecodeError, zlib.error, ValueError):
                continue
            chunk = len(new).to_bytes(4, "big") + kind + new
            chunk += zlib.crc32(kind + new).to_bytes(4, "big")
            whole = content[:start] + chunk + content[start + 12 + len(data) :]
            return Altered(whole, change.before, change.after)
    raise NothingToAlterError("the picture carries no text")


def _chunks(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    at = len(PNG_SIGNATURE)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        yield at, content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += 12 + length


def _alter_text_chunk(kind: bytes, data: bytes) -> tuple[bytes, _Change]:
    """PNG §11.3.3: tEXt is keyword, NUL, text; iTXt has flags and two more NULs before the text."""
    keyword, _, rest = data.partition(b"\0")
    if kind == b"tEXt":
        change = _alter_text(rest.decode("latin-1"))
        return keyword + b"\0" + change.text.encode("latin-1"), change
    flags, (language, _, tail) = rest[:2], rest[2:].partition(b"\0")
    translated, _, text = tail.partition(b"\0")
    is_compressed = flags[:1] == b"\x01"
    if is_compressed:
        text = zlib.decompressobj().decompress(text, MAX_TEXT_BYTES)
    change = _alter_text(text.decode("utf-8"))
    new = zlib.compress(change.text.encode()) if is_compressed else change.text.encode()
    return b"\0".join((keyword, flags + language, translated, new)), change


def _alter_text(text: str) -> _Change:
    stripped = text.strip()
    if TOKEN.fullmatch(stripped):
        return _alter_token(stripped)
    try:
        document = json.loads(text)
    except ValueError:
        return _alter_letters(text)
    return _alter_json(text, document)


def _alter_token(token: str) -> _Change:
    header, payload, signature = token.split(".")
    decoded = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode("utf-8")
    change = _alter_text(decoded)
    encoded = base64.urlsafe_b64encode(change.text.encode()).rstrip(b"=").decode()
    return _Change(f"{header}.{encoded}.{signature}", change.before, change.after)


def _alter_json(text: str, document: Any) -> _Change:
    values = list(_readable_values(document))
    places = sorted(place for value in values if (place := _letter_in_value(text, value)))
    late = [place for place in places if place >= 2 * len(text) // 3]
    for place in late[:1] + places[::-1]:
        change = _swap(text, place)
        if _parses_differently(change.text, document):
            return change
    raise NothingToAlterError("no value in the JSON holds a word")


def _readable_values(node: Any) -> Iterator[str]:
    """Texts that people read: no identifiers, addresses, dates or signatures."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in MACHINE_MEMBERS:
                yield from _readable_values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _readable_values(value)
    elif isinstance(node, str) and ":" not in node and re.search(r"[A-Za-z]{3}", node):
        yield node


def _letter_in_value(text: str, value: str) -> int | None:
    """Where a letter in the middle of a word of this value stands in the JSON text."""
    for ensure_ascii in (False, True):
        at = text.find(json.dumps(value, ensure_ascii=ensure_ascii))
        if at >= 0:
            word = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}").search(text, at)
            return word.start() + 1 if word else None
    return None


def _parses_differently(text: str, document: Any) -> bool:
    try:
        return bool(json.loads(text) != document)
    except ValueError:
        return False


def _alter_letters(text: str) -> _Change:
    word = re.compile(r"[A-Za-z]{3,}").search(text, 2 * len(text) // 3)
    word = word or re.search(r"[A-Za-z]", text)
    if word is None:
        raise NothingToAlterError("the file holds no letter")
    return _swap(text, word.start() + (1 if len(word[0]) > 1 else 0))


def _alter_bytes(content: bytes) -> Altered:
    words = list(re.finditer(rb"[A-Za-z]{6,}", content))
    late = [word for word in words if word.start() >= 2 * len(content) // 3]
    if not words:
        raise NothingToAlterError("the file holds no letter")
    at = (late or words)[0].start() + 1
    change = _swap(content.decode("latin-1"), at)
    return Altered(change.text.encode("latin-1"), change.before, change.after)


def _swap(text: str, at: int) -> _Change:
    """Replace the letter at a place by its neighbour in the alphabet, keeping its case."""
    letter = text[at]
    new = {"z": "a", "Z": "A"}.get(letter) or chr(ord(letter) + 1)
    changed = text[:at] + new + text[at + 1 :]
    return _Change(changed, _around(text, at), _around(changed, at))


def _around(text: str, at: int) -> str:
    """The value the letter stands in, shortened, for people to read."""
    left = text[max(0, at - CONTEXT) : at].rpartition('"')[2].lstrip()
    right = text[at : at + CONTEXT].partition('"')[0].rstrip()
    return left + right
