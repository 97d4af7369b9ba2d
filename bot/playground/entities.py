"""HTML parse mode: Telegram's tags → text and entities, counted in UTF-16 code units.

Rules and wordings: https://core.telegram.org/bots/api#html-style
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import BotApiError, bad_request

Entity = dict[str, Any]

MAX_ENTITIES = 100
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_TOKEN = re.compile(
    r"(?P<text>[^<&]+)"
    r"|&(?:(?P<named>lt|gt|amp|quot)(?![A-Za-z]);?|#(?P<decimal>[0-9]{1,8});?|#[xX](?P<hex>[0-9a-fA-F]{1,6});?)"
    r"|(?P<amp>&)"
    r"|</(?P<close>[A-Za-z0-9-]*)\s*>"
    r"|<(?P<open>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_REFERENCE = re.compile(
    r"&(?:(lt|gt|amp|quot)(?![A-Za-z]);?|#([0-9]{1,8});?|#[xX]([0-9a-fA-F]{1,6});?)"
)
_AUTOMATIC = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,!?:;')\]])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/<>.@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z]\w{3,31})"
)


@dataclass(frozen=True)
class Text:
    """What a message says; entity offsets and lengths are UTF-16 code units."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass
class _OpenTag:
    name: str
    offset: int
    extra: Entity


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def read_text(source: str, parse_mode: str, entities: list[Entity] | None = None) -> Text:
    """Read a text parameter as the Bot API does: parse, trim, find links and commands.

    Raises:
        BotApiError: 400, the text cannot be parsed or encoded.
    """
    _refuse_lone_surrogates(source)
    if parse_mode.lower() == "html":
        parsed = parse_html(source)
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        parsed = Text(source, tuple(entities or ()))
    trimmed = _trim(parsed)
    return Text(trimmed.text, with_automatic(trimmed)[:MAX_ENTITIES])


def parse_html(source: str) -> Text:
    """Parse Telegram's HTML.

    Raises:
        BotApiError: 400 "can't parse entities: …".
    """
    parser = _Parser(source)
    at = 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None:
            raise _broken_tag(source, at)
        parser.take(token)
        at = token.end()
    return parser.finish()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def take(self, token: re.Match[str]) -> None:
        if token["open"] is not None:
            self._start(token)
        elif token["close"] is not None:
            self._end(token)
        elif token["text"] is not None:
            self._add(token["text"])
        else:
            self._add(_referenced(token[0]))

    def finish(self) -> Text:
        if self._open:
            raise _unparsable(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"'
            )
        ordered = sorted(self._entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return Text("".join(self._parts), tuple(ordered))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += units(text)

    def _start(self, token: re.Match[str]) -> None:
        name = token["open"].lower()
        where = _byte_offset(self._source, token.start())
        if name not in TAGS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {where}')
        given = _attributes(token["attributes"])
        if name == "span" and given.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self._open.append(_OpenTag(name, self._length, given))

    def _end(self, token: re.Match[str]) -> None:
        where = _byte_offset(self._source, token.start())
        found = token["close"].lower()
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {where}")
        tag = self._open.pop()
        if found not in ("", tag.name):
            raise _unparsable(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{tag.name}>", found "</{found}>"'
            )
        length = self._length - tag.offset
        if length and not self._language_of_pre(tag):
            self._entities += self._entity(tag, length)

    def _language_of_pre(self, tag: _OpenTag) -> bool:
        """`<pre><code class="language-x">` is one entity; the class belongs to the `pre`."""
        language = tag.extra.get("class", "")
        outer = self._open[-1] if self._open else None
        if tag.name != "code" or outer is None or outer.name != "pre":
            return False
        outer.extra = {"language": language.removeprefix("language-")} if language else outer.extra
        return True

    def _entity(self, tag: _OpenTag, length: int) -> list[Entity]:
        entity: Entity = {"type": TAGS[tag.name], "offset": tag.offset, "length": length}
        if tag.name == "a":
            url = tag.extra.get("href") or _slice("".join(self._parts), tag.offset, length)
            if not re.match(r"(https?|tg|mailto|tel):", url):
                return []
            entity["url"] = url
        elif tag.name == "pre" and tag.extra.get("language"):
            entity["language"] = tag.extra["language"]
        elif tag.name == "blockquote" and "expandable" in tag.extra:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.extra.get("emoji-id", "")
        return [entity]


def with_automatic(text: Text) -> tuple[Entity, ...]:
    """Add the entities every client finds by itself: links, addresses, commands, mentions."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in text.entities
        if entity["type"] in {"code", "pre", "text_link"}
    ]
    found = list(text.entities)
    for match in _AUTOMATIC.finditer(text.text):
        start = units(text.text[: match.start()])
        end = start + units(match[0])
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": end - start})
    return tuple(sorted(found, key=lambda entity: (entity["offset"], -entity["length"])))


def _trim(text: Text) -> Text:
    """Drop white space at both ends, as Telegram does, and move the entities along."""
    stripped = text.text.strip()
    shift = units(text.text[: len(text.text) - len(text.text.lstrip())])
    limit = units(stripped)
    entities = []
    for entity in text.entities:
        start = max(0, entity["offset"] - shift)
        end = min(limit, entity["offset"] + entity["length"] - shift)
        if end > start:
            entities.append({**entity, "offset": start, "length": end - start})
    return Text(stripped, tuple(entities))


def _slice(text: str, offset: int, length: int) -> str:
    encoded = text.encode("utf-16-le")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def _referenced(reference: str) -> str:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return reference
    if match[1]:
        return NAMED[match[1]]
    code = int(match[2]) if match[2] else int(match[3], 16)
    is_character = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else reference


def _attributes(source: str) -> Entity:
    return {
        match[1].lower(): _REFERENCE.sub(
            lambda reference: _referenced(reference[0]), match[2] or match[3] or match[4] or ""
        )
        for match in _ATTRIBUTE.finditer(source)
    }


def _broken_tag(source: str, at: int) -> BotApiError:
    where = _byte_offset(source, at)
    name = re.compile(r"</?([^\s<>/=]*)").match(source, at)
    found = name[1].lower() if name else ""
    if found in TAGS:
        return _unparsable(f"Unclosed start tag at byte offset {where}")
    return _unparsable(f'Unsupported start tag "{found}" at byte offset {where}')


def _unparsable(detail: str) -> BotApiError:
    return bad_request(f"can't parse entities: {detail}")


def _byte_offset(source: str, at: int) -> int:
    return len(source[:at].encode())


def _refuse_lone_surrogates(source: str) -> None:
    try:
        source.encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
