"""The journal: everything that happened, numbered, so that the page and scripts can wait for more."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

KEPT_ENTRIES = 5000
#: Kinds a scripted person waits for: what the bot did to the chat.
BOT_KINDS = frozenset({"message", "edit", "delete", "toast"})


class Signal:
    """Wakes everybody who waits for something to become true."""

    def __init__(self) -> None:
        self.closed = False
        self._changed = asyncio.Event()

    def notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def close(self) -> None:
        self.closed = True
        self.notify()

    async def until(self, ready: Callable[[], T], seconds: float) -> T:
        """Return `ready()` as soon as it is truthy, the time is over or the signal is closed."""
        try:
            async with asyncio.timeout(seconds):
                while not (result := ready()) and not self.closed:
                    await self._changed.wait()
                return result
        except TimeoutError:
            return ready()


@dataclass(frozen=True)
class Entry:
    seq: int
    kind: str
    user_id: int | None
    data: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"seq": self.seq, "kind": self.kind, "user": self.user_id, **self.data}


class Journal:
    def __init__(self) -> None:
        self.signal = Signal()
        self.seq = 0
        self._entries: deque[Entry] = deque(maxlen=KEPT_ENTRIES)

    def add(self, kind: str, user_id: int | None, **data: Any) -> int:
        self.seq += 1
        self._entries.append(Entry(self.seq, kind, user_id, data))
        self.signal.notify()
        return self.seq

    def since(
        self, seq: int, user_id: int | None = None, kinds: Collection[str] | None = None
    ) -> list[Entry]:
        """Entries after `seq`, oldest first, of one person and some kinds when asked."""
        found: list[Entry] = []
        for entry in reversed(self._entries):
            if entry.seq <= seq:
                break
            if user_id is not None and entry.user_id != user_id:
                continue
            if kinds is None or entry.kind in kinds:
                found.append(entry)
        return found[::-1]
