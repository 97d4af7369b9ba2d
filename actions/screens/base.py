"""The screen, its registry and its wire form."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

LanguageMap = dict[str, str]
S = TypeVar("S", bound="Screen")
_REGISTRY: dict[str, type["Screen"]] = {}


class Screen(BaseModel):
    """Something to show. Frozen and JSON-safe.

    `is_aside`: the open question follows in a message of its own, so this one has no buttons.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: ClassVar[str]
    is_aside: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The micro-credentials it shows, in their order; what "the second one" refers to."""
        return ()

    @property
    def topic(self) -> tuple[str, str]:
        """What it is about and the id of that, where "for how long?" may be asked of it."""
        return "", ""

    @property
    def args(self) -> dict[str, Any]:
        """The JSON-safe values, as they stand in the outbox and on the wire."""
        return self.model_dump(mode="json", exclude=None if self.is_aside else {"is_aside"})


Shown = Screen | list[Screen] | None


def before(question: list[Screen], *screens: Screen) -> list[Screen]:
    """Screens that lead over to the open question, which alone keeps its buttons."""
    if not question:
        return list(screens)
    return [*(one.model_copy(update={"is_aside": True}) for one in screens), *question]


def register(screen: type[S]) -> type[S]:
    """Class decorator: give the screen its name and put it into the registry."""
    screen.name = re.sub(r"(?<!^)(?=[A-Z])", "_", screen.__name__).lower()
    if screen.name in _REGISTRY:
        raise TypeError(f"two screens are called {screen.name}")
    _REGISTRY[screen.name] = screen
    return screen


def screen_from(name: str, args: Mapping[str, Any]) -> Screen:
    """The screen of this name.

    Raises:
        KeyError: there is no such screen.
        pydantic.ValidationError: the values do not fit it.
    """
    return _REGISTRY[name].model_validate(args)


def registered() -> dict[str, type[Screen]]:
    """Every screen by its name."""
    return dict(_REGISTRY)
