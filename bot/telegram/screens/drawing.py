"""`draw(screen, say)`: the only way to pixels and words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from markupsafe import Markup

from actions.screens import Screen
from bot.telegram.callback_data import pack
from bot.texts import Say

MAX_LABEL = 60  # characters; longer ones are cut off by phones
CARD = 680  # characters that a card is to have at the most, tags and empty lines apart

S = TypeVar("S", bound=Screen)
Artist = Callable[[S, Say], "Drawn"]
_ARTISTS: dict[type[Screen], Artist[Any]] = {}


@dataclass(frozen=True)
class Button:
    """A button with callback data or, with `url`, a link."""

    label: str
    data: str | None = None
    url: str | None = None


def button(label: str, action: str, short_id: str = "") -> Button:
    """A button that presses `action` about `short_id`."""
    text = label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1].rstrip() + "…"
    return Button(text, data=pack(action, short_id))


def link(label: str, url: str) -> Button:
    """A button that opens a page."""
    return Button(label, url=url)


@dataclass(frozen=True)
class Attachment:
    """A file made at delivery: `source` names who makes it (bot/telegram/attachments.py)."""

    source: str
    args: Mapping[str, str | int | bool | None]
    form: Literal["document", "photo", "voice"] = "document"


@dataclass(frozen=True)
class Drawn:
    """A message: Telegram HTML, rows of buttons, at most one attachment."""

    text: Markup
    rows: tuple[tuple[Button, ...], ...] = field(default=())
    attachment: Attachment | None = None


def draws(screen: type[S]) -> Callable[[Artist[S]], Artist[S]]:
    """Decorator: this function draws that screen."""

    def add(artist: Artist[S]) -> Artist[S]:
        if screen in _ARTISTS:
            raise TypeError(f"two functions draw {screen.name}")
        _ARTISTS[screen] = artist
        return artist

    return add


def draw(screen: Screen, say: Say) -> Drawn:
    """The message that shows this screen."""
    drawn: Drawn = _ARTISTS[type(screen)](screen, say)
    return replace(drawn, rows=()) if screen.is_aside else drawn


def drawn_screens() -> frozenset[type[Screen]]:
    """Every screen that has somebody to draw it."""
    return frozenset(_ARTISTS)


def paragraphs(*parts: str | None) -> Markup:
    """Paragraphs with an empty line between; empty ones are left out."""
    return Markup("\n\n").join(part for part in parts if part)


def lines(*parts: str | None) -> Markup:
    """Lines, one below the other; empty ones are left out."""
    return Markup("\n").join(part for part in parts if part)


def fits(text: Markup) -> bool:
    """Whether a text is short enough for a card."""
    return len(text.striptags()) <= CARD


def first_that_fits(drafts: Iterable[Markup]) -> Markup:
    """The first draft that fits a card, else the last: they come the longest first."""
    text = Markup()
    for text in drafts:
        if fits(text):
            break
    return text
