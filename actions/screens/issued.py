"""Screens of badges that are out, as advisors see them: the list, one badge, a change to it."""

from datetime import datetime
from typing import Self

from actions.screens.badges import BadgeLine
from actions.screens.base import Screen, register
from credentials.issuing import Amendment, IssuedPage


class IssuedLine(BadgeLine):
    """A badge with its holder's name."""

    holder: str | None

    @classmethod
    def held(cls, found: Amendment, now: str) -> Self:
        is_expired = found.badge.is_expired(datetime.fromisoformat(now))
        line = BadgeLine.of(found.badge, is_expired=is_expired)
        return cls(**line.model_dump(), holder=found.holder)


@register
class IssuedList(Screen):
    """The newest badges; `older` begins the next page."""

    lines: tuple[IssuedLine, ...]
    older: str | None
    is_first: bool

    @classmethod
    def of(cls, page: IssuedPage, now: str, *, is_first: bool) -> Self:
        return cls(
            lines=tuple(IssuedLine.held(item, now) for item in page.items),
            older=page.older,
            is_first=is_first,
        )


class _OnBadge(Screen):
    line: IssuedLine
    is_told: bool

    @classmethod
    def of(cls, found: Amendment, now: str) -> Self:
        return cls(line=IssuedLine.held(found, now), is_told=found.is_told)


@register
class IssuedCard(_OnBadge):
    """One badge; `changes` are what may become of it, `reason` why it is as it is."""

    code: str
    changes: tuple[str, ...]
    reason: str | None
    is_own: bool
    is_redrawn: bool = False

    @classmethod
    def of(cls, found: Amendment, now: str, *, is_redrawn: bool = False) -> Self:
        badge = found.badge
        return cls(
            line=IssuedLine.held(found, now),
            is_told=found.is_told,
            code=badge.code,
            changes=tuple(found.changes),
            reason=badge.reason,
            is_own=found.is_own,
            is_redrawn=is_redrawn,
        )


class _OnChange(_OnBadge):
    change: str
    reason: str

    @classmethod
    def of(cls, found: Amendment, now: str) -> Self:
        return cls(
            line=IssuedLine.held(found, now),
            is_told=found.is_told,
            change=found.change or "",
            reason=found.reason or "",
        )


@register
class IssuedReason(_OnChange):
    """The reason is asked for."""


@register
class IssuedConfirm(_OnChange):
    """What will happen, and what the holder will read."""


@register
class IssuedChanged(_OnChange):
    """Done."""
