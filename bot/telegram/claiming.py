"""The loop both queues share: claim what waits, take care of it side by side, renew the leases."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import ClassVar, Generic, TypeVar

from bot.telegram.context import Services
from bot.threads import in_thread
from credentials.unit_of_work import Work

log = logging.getLogger(__name__)

T = TypeVar("T")
Item = TypeVar("Item")

NET_SECONDS = 2.0  # the queue is looked at this often even when nobody woke us
BUSY_SECONDS = 0.1  # … and this often while something waits that could not be claimed
PAUSE_SECONDS = 1.0  # after the database failed
GRACE_SECONDS = 10.0  # for what is in hand when the process is told to stop


class Claimer(ABC, Generic[Item]):
    """Takes care of what is in a queue."""

    in_hand: ClassVar[int]  # how many one process has at a time
    renew_every: ClassVar[timedelta]

    def __init__(self, services: Services, ready: asyncio.Event) -> None:
        self._services, self._ready = services, ready
        self._running: dict[asyncio.Task[None], Item] = {}
        self._is_behind = False  # something waits that could not be claimed yet
        self._promised = 0  # places for what others are claiming
        self._is_running = False
        self._ended = asyncio.Event()  # one in hand, or promised, is no more

    @abstractmethod
    def claim(self, work: Work, room: int) -> tuple[list[Item], bool]:
        """At most `room` of what waits, and whether more does."""

    @abstractmethod
    def keep(self, work: Work, held: Sequence[Item]) -> int:
        """Renew the leases of what is in hand; take back, and count, what a dead process held."""

    @abstractmethod
    async def handle(self, item: Item) -> None:
        """Take care of one. Nothing is raised: what could not be written down runs out of its lease."""

    async def run(self) -> None:
        """Go on until cancelled; what is in hand then is finished."""
        keeping = asyncio.create_task(self._keep())
        self._is_running = True
        try:
            while True:
                self._ready.clear()
                await self._begin()
                with suppress(TimeoutError):
                    async with asyncio.timeout(BUSY_SECONDS if self._is_behind else NET_SECONDS):
                        await self._ready.wait()
        finally:
            self._is_running = False
            keeping.cancel()
            with suppress(TimeoutError):
                async with asyncio.timeout(GRACE_SECONDS):
                    while self._running or self._promised:
                        self._ended.clear()
                        await self._ended.wait()

    @contextmanager
    def places(self, wanted: int) -> Iterator[int]:
        """How many may be claimed for this queue in the transaction that fills it.

        They are begun before the block ends. Such a short way saves a transaction of our own.
        """
        room = max(0, min(wanted, self._room)) if self._is_running else 0
        self._promised += room
        try:
            yield room
        finally:
            self._promised -= room
            self._ended.set()

    def begin(self, items: Iterable[Item]) -> None:
        """Take care of what has been claimed."""
        for item in items:
            task = asyncio.create_task(self.handle(item))
            self._running[task] = item
            task.add_done_callback(self._done)

    @property
    def _room(self) -> int:
        return self.in_hand - len(self._running) - self._promised

    async def write(self, use_case: Callable[[Work], T]) -> T:
        """Run a use case in a transaction of its own."""

        def run() -> T:
            with self._services.institution.begin() as work:
                return use_case(work)

        return await in_thread(self._services.threads, run)

    async def _begin(self) -> None:
        claiming = asyncio.create_task(self._claim())
        try:
            await asyncio.shield(claiming)
        finally:  # told to stop meanwhile: what has been claimed is in hand
            self.begin(await claiming)

    def _done(self, task: "asyncio.Task[None]") -> None:
        del self._running[task]
        self._ended.set()
        if self._is_behind:
            self._ready.set()

    async def _claim(self) -> list[Item]:
        room = self._room
        if room <= 0:
            self._is_behind = True
            return []
        try:
            claimed, self._is_behind = await self.write(lambda work: self.claim(work, room))
        except Exception:
            log.exception("nothing claimed", extra={"queue": type(self).__name__})
            await asyncio.sleep(PAUSE_SECONDS)
            return []
        return claimed

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self.renew_every.total_seconds())
            held = list(self._running.values())
            try:
                if await self.write(lambda work: self.keep(work, held)):  # noqa: B023  # awaited
                    self._ready.set()
            except Exception:
                log.exception("leases not renewed", extra={"queue": type(self).__name__})
