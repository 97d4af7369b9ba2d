"""Screens that answer words: the menu, questions people often ask, what was not understood."""

from typing import Self

from actions.screens.base import Screen, register
from credentials.people import Person


class _ByRole(Screen):
    """A screen whose buttons depend on the person's roles."""

    roles: tuple[str, ...] = ()

    @classmethod
    def of(cls, person: Person, **values: int) -> Self:
        return cls(roles=tuple(sorted(person.roles)), **values)


@register
class Menu(_ByRole):
    """Every journey, as buttons."""


@register
class Help(_ByRole):
    """What the bot can do."""


@register
class WhatIsMicrocredential(Screen):
    """What a micro-credential is."""


@register
class EmployerValue(Screen):
    """How employers see a badge."""


@register
class TimeNeeded(Screen):
    """How long it takes."""


@register
class Privacy(Screen):
    """What is kept, for how long, who sees it."""


@register
class Goodbye(Screen):
    """Until next time."""


@register
class Distress(Screen):
    """Fixed words for somebody who is not well."""

    hotline: str | None = None

    @property
    def topic(self) -> tuple[str, str]:
        return "distress", ""


@register
class OutOfScope(_ByRole):
    """Nothing the bot can help with; `times` something like it came just before."""

    times: int = 0


@register
class Clarify(Screen):
    """The likeliest meanings, as intents."""

    options: tuple[str, ...]


@register
class SomethingElse(_ByRole):
    """None of the meanings was right."""


@register
class NotUnderstood(_ByRole):
    """Not understood several `times` in a row: the menu and a person."""

    times: int = 1


@register
class WordsUnavailable(_ByRole):
    """Free text cannot be read now; said once an outage."""


@register
class NothingToUndo(_ByRole):
    """Nothing was done that could be taken back."""


@register
class PressChoice(Screen):
    """The person agreed to a choice of the last card: its label and callback data."""

    label: str
    data: str
