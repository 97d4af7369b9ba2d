"""The one clock: ticks, proofs, tickets and texts all read it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import available_timezones


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class ShiftedClock:
    """The machine's clock, moved by the whole seconds a file holds.

    Every process of one installation that reads the same file agrees on the time, which is how a
    playground lets a year pass. A missing or unreadable file means no shift.
    """

    file: Path

    def now(self) -> datetime:
        try:
            seconds = int(self.file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            seconds = 0
        return datetime.now(UTC) + timedelta(seconds=seconds)


@dataclass
class FixedClock:
    """A clock that stands still until it is moved."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    def advance(self, duration: timedelta) -> None:
        self.instant += duration


@cache
def known_zones() -> frozenset[str]:
    """The IANA zones this machine knows; finding them reads hundreds of files, so once a process."""
    return frozenset(available_timezones())
