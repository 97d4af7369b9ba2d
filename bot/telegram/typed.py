"""Buttons answer to typed words: a label, its first word, its number, or a control word."""

import re
from collections.abc import Container, Mapping, Sequence

from bot.telegram.callback_data import Press, unpack
from bot.texts import Say

CONTROLS = ("cancel", "back", "skip", "help", "greeting")
SHORTEST = 3  # letters of a name
LONGEST = 60  # characters; longer texts are never a button


def control_word(text: str, say: Say) -> str | None:
    """What a text asks for when it says just that: one of `CONTROLS`."""
    said = _normal(text)
    for control in CONTROLS:
        if said in {_normal(word) for word in say.plain(f"typed-{control}").split(",")}:
            return control
    return None


def filler_words(say: Say) -> frozenset[str]:
    """Words that mean nothing on a button, such as articles."""
    return frozenset(_normal(word) for word in say.plain("typed-fillers").split(","))


def opening_words(say: Say) -> tuple[str, ...]:
    """What people write before the name of what they would like to see, the longest first."""
    words = [_normal(word) for word in say.plain("typed-openers").split(",")]
    return tuple(sorted(words, key=len, reverse=True))


def typed_button(
    text: str,
    buttons: Mapping[str, str],
    *,
    control: str | None = None,
    numbers: bool = True,
    fillers: Container[str] = (),
    openers: Sequence[str] = (),
) -> Press | None:
    """The button that the text means, or None.

    `buttons`: label → callback data, in the order shown. A number means the label that holds it
    or, where no label holds any number, the position.
    """
    said = _normal(text)
    if not said or len(text) > LONGEST:
        return None
    labels = {_normal(label): data for label, data in buttons.items()}
    if said in labels:
        return unpack(labels[said])
    if control is not None:
        return _only([data for label, data in labels.items() if label.split(" ")[0] == control])
    if numbers and said.isdecimal():
        return _numbered(said, labels)
    by_first_word = [data for label, data in labels.items() if label.split(" ")[0] == said]
    return (
        _only(by_first_word)
        or _only(_holding(said, labels, fillers))
        or _only(_opened(said, labels, fillers, openers))
    )


def _holding(said: str, labels: Mapping[str, str], fillers: Container[str]) -> list[str]:
    """Buttons that say the same words and more: "send it" of "Yes, send it"."""
    words = [word for word in said.split(" ") if word not in fillers]
    if len(words) < 2:
        return []
    phrase = f" {' '.join(words)} "
    return [data for label, data in labels.items() if phrase in f" {label} "]


def _opened(
    said: str, labels: Mapping[str, str], fillers: Container[str], openers: Sequence[str]
) -> list[str]:
    """Buttons that name what somebody would like to see: "open amina", "show me tom's"."""
    opener = next((one for one in openers if said.startswith(f"{one} ")), None)
    if opener is None:
        return []
    words = [word for word in said.removeprefix(opener).split() if word not in fillers]
    names = {word.removesuffix("'s") for word in words}
    if not names or not any(len(name) >= SHORTEST for name in names):
        return []
    return [data for label, data in labels.items() if names <= set(label.split(" "))]


def _numbered(said: str, labels: Mapping[str, str]) -> Press | None:
    with_numbers = [label for label in labels if re.search(r"\d", label)]
    if with_numbers:
        return _only([labels[label] for label in with_numbers if said in re.findall(r"\d+", label)])
    position = int(said)
    return unpack(list(labels.values())[position - 1]) if 1 <= position <= len(labels) else None


def _only(found: list[str]) -> Press | None:
    return unpack(found[0]) if len(found) == 1 else None


def _normal(text: str) -> str:
    return " ".join(re.findall(r"[\w']+|\?", text.casefold()))
