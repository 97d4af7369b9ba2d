"""The world's clock: real time plus an offset in whole seconds, shared with the product by a file."""

import math
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path


def real_now() -> datetime:
    return datetime.now(UTC)


class WorldClock:
    """Time in the playground; it starts where the clock file left it.

    Args:
        file: Where the offset is written, as plain text in whole seconds; None keeps it in memory.
        now: Real time, aware.
    """

    def __init__(self, file: Path | None = None, now: Callable[[], datetime] = real_now) -> None:
        self._file = file
        self._now = now
        self._offset = _read_offset(file)

    @property
    def offset(self) -> int:
        """Seconds the world is ahead of real time."""
        return self._offset

    def now(self) -> datetime:
        return self._now() + timedelta(seconds=self._offset)

    def seconds(self) -> int:
        """The moment as the Bot API writes it: whole seconds since 1970."""
        return int(self.now().timestamp())

    def advance(self, seconds: int) -> None:
        self.set_offset(self._offset + seconds)

    def move_to(self, moment: datetime) -> None:
        """Move to an aware moment, or up to a second after it."""
        self.advance(math.ceil((moment - self.now()).total_seconds()))

    def set_offset(self, seconds: int) -> None:
        """Set the offset and publish it.

        Raises:
            OverflowError: The world would leave the years that dates can hold.
        """
        _ = self._now() + timedelta(seconds=seconds)
        self._offset = seconds
        if self._file is not None:
            _write_whole(self._file, str(seconds))


def _read_offset(file: Path | None) -> int:
    if file is None:
        return 0
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _write_whole(file: Path, text: str) -> None:
    """Replace the file in one step, so that a reader never sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "w", encoding="ascii") as temporary:
        temporary.write(text)
    Path(name).replace(file)
