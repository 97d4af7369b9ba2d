"""Screens every journey uses."""

from typing import Self

from actions.screens.base import Screen, register
from credentials.errors import CredentialsError


@register
class Problem(Screen):
    """The domain refused; drawn as the text `problem-<code>`."""

    code: str
    values: dict[str, str | int] = {}  # noqa: RUF012  # pydantic copies defaults

    @classmethod
    def of(cls, error: CredentialsError) -> Self:
        return cls(code=error.code, values=error.values)


@register
class Failed(Screen):
    """Something broke; `reference` finds it in the log."""

    reference: str
