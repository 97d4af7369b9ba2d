"""Updates on their way to the bot: the queue behind getUpdates."""

import asyncio
import math
import random
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from bot.playground.errors import BotApiError
from bot.playground.journal import Signal
from bot.playground.records import Json

MAX_BATCH = 100
MAX_WAIT_SECONDS = 50
KEPT_UPDATES = 2000
FIRST_UPDATE_ID = 100_000_001
SILENT_SECONDS = 5
#: Kinds Telegram sends only when the bot asks for them by name.
ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TERMINATED = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
HAS_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


def chat_of(update: Json) -> int:
    """The chat an update belongs to; 0 when to none."""
    for content in update.values():
        if isinstance(content, dict):
            holder = content.get("message", content)
            chat = holder.get("chat") or content.get("from") or {}
            return int(chat.get("id", 0))
    return 0


@dataclass(frozen=True)
class Poll:
    """What getUpdates was asked.

    Args:
        offset: Updates before it are confirmed; negative counts from the end of the queue.
        seconds: How long to wait for a first update.
        allowed: Kinds from now on; None keeps the last list, an empty one means the default.
    """

    offset: int = 0
    limit: int = MAX_BATCH
    seconds: int = 0
    allowed: Collection[str] | None = None


class UpdateQueue:
    def __init__(self) -> None:
        self.signal = Signal()
        self.webhook_url = ""
        self.webhook_secret = ""
        self.webhook_connections = 0
        #: When a webhook failed last, in seconds since 1970, and how.
        self.last_error: tuple[int, str] | None = None
        #: Mischief: every update comes so many times more, and in any order.
        self.repeat = 0
        self.shuffle = False
        self.allowed: tuple[str, ...] = ()
        self._next_id = FIRST_UPDATE_ID
        self._pending: deque[Json] = deque()
        self._again: list[Json] = []
        self._history: deque[Json] = deque(maxlen=KEPT_UPDATES)
        self._turn = 0
        self._open_polls = 0
        self._last_poll = -math.inf

    @property
    def pending_count(self) -> int:
        return len(self._pending)

    @property
    def last_id(self) -> int:
        return self._next_id - 1

    def add(self, kind: str, content: Json) -> int | None:
        """Queue an update; None when the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in ASKED_FOR:
            return None
        update: Json = {"update_id": self._next_id, kind: content}
        self._next_id += 1
        self._pending.append(update)
        self._history.append(update)
        self._again += [update] * self.repeat
        self.signal.notify()
        return self.last_id

    def redeliver(self, update_id: int) -> bool:
        """Deliver an update once more under its old id, confirmed or not."""
        known = next((u for u in self._history if u["update_id"] == update_id), None)
        if known is None:
            return False
        self._again.append(known)
        self.signal.notify()
        return True

    def has_listener(self, now: float) -> bool:
        """Whether a bot polls or polled within 5 seconds, on the event loop's clock."""
        is_recent = now - self._last_poll < SILENT_SECONDS
        return bool(self._open_polls or self.webhook_url) or is_recent

    def drop_pending(self) -> None:
        self._pending.clear()
        self._again.clear()

    def set_webhook(self, url: str, *, secret: str = "", connections: int = 0) -> None:
        self.webhook_url, self.webhook_secret = url, secret
        self.webhook_connections, self.last_error = connections, None
        self._turn += 1
        self.signal.notify()

    def allow(self, kinds: Collection[str] | None) -> None:
        if kinds is not None:
            self.allowed = tuple(kinds)

    async def poll(self, poll: Poll) -> list[Json]:
        """Updates for one getUpdates call.

        Raises:
            BotApiError: 409, a webhook is set or a later poll took over.
        """
        if self.webhook_url:
            raise BotApiError(409, HAS_WEBHOOK)
        self.allow(poll.allowed)
        self._confirm(poll.offset)
        self._turn += 1
        self.signal.notify()
        turn = self._turn
        await self._wait(turn, min(poll.seconds, MAX_WAIT_SECONDS))
        if self._turn != turn:
            raise BotApiError(409, TERMINATED)
        again, self._again = self._again, []
        batch = (again + list(self._pending))[: min(max(poll.limit, 1), MAX_BATCH) + len(again)]
        if self.shuffle:
            random.shuffle(batch)
        return batch

    def waiting(self, busy_chats: Collection[int]) -> list[Json]:
        """What a webhook may be sent now: in order per chat, unless order is shuffled."""
        found: list[Json] = []
        seen = set(busy_chats)
        waiting = [*self._again, *self._pending]
        if self.shuffle:
            random.shuffle(waiting)
        for update in waiting:
            chat = chat_of(update)
            if chat not in seen:
                seen.add(chat)
                found.append(update)
        return found

    def confirm(self, update: Json) -> None:
        """A webhook took this update: once, should it be due several times."""
        for queue in (self._again, self._pending):
            if update in queue:
                queue.remove(update)
                return

    async def _wait(self, turn: int, seconds: float) -> None:
        self._open_polls += 1
        try:
            await self.signal.until(
                lambda: self._turn != turn or self._pending or self._again, seconds
            )
        finally:
            self._open_polls -= 1
            self._last_poll = asyncio.get_running_loop().time()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
            return
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
