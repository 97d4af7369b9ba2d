"""Domain work off the event loop, and many small writes in one commit."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from credentials.unit_of_work import Institution, Work

T = TypeVar("T")

SOON_SECONDS = 0.025


async def in_thread(threads: ThreadPoolExecutor, run: Callable[[], T]) -> T:
    """Run in a thread, with the caller's context (see `credentials.correlation`)."""
    return await asyncio.get_running_loop().run_in_executor(threads, copy_context().run, run)


class GroupCommit:
    """Writes that arrive while a commit is under way share the next one: one fsync for many."""

    def __init__(self, institution: Institution, threads: ThreadPoolExecutor) -> None:
        self._institution, self._threads = institution, threads
        self._waiting: list[tuple[Callable[[Work], Any], asyncio.Future[Any]]] = []
        self._committing: asyncio.Task[None] | None = None

    async def write(self, write: Callable[[Work], T]) -> T:
        """Return what it returned once it is committed; raise what it raised.

        When a write of the group fails, each is tried again on its own, so `write` may run twice
        but is committed at most once.
        """
        done = self._put(write)
        self._start()
        return await asyncio.shield(done)

    async def write_soon(self, write: Callable[[Work], T]) -> T:
        """As `write`, but with a moment's patience for a commit that comes by anyway."""
        done = self._put(write)
        asyncio.get_running_loop().call_later(SOON_SECONDS, self._start)
        return await asyncio.shield(done)

    def _put(self, write: Callable[[Work], T]) -> "asyncio.Future[T]":
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((write, done))
        return done

    def _start(self) -> None:
        if self._waiting and (self._committing is None or self._committing.done()):
            self._committing = asyncio.create_task(self._commit())

    async def _commit(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            try:
                ended = await in_thread(
                    self._threads,
                    lambda: self._together([w for w, _ in group]),  # noqa: B023
                )
            except Exception as error:  # noqa: BLE001  # it goes to whoever waits for it
                await self._one_by_one(group, error)
            else:
                for (_, done), value in zip(group, ended, strict=True):
                    _settle(done, value)

    async def _one_by_one(self, group: list[Any], error: Exception) -> None:
        for write, done in group:
            if len(group) > 1:
                try:
                    (value,) = await in_thread(self._threads, lambda: self._together([write]))  # noqa: B023
                except Exception as own:  # noqa: BLE001  # as above
                    _fail(done, own)
                else:
                    _settle(done, value)
            else:
                _fail(done, error)

    def _together(self, writes: list[Callable[[Work], Any]]) -> list[Any]:
        with self._institution.begin() as work:
            return [write(work) for write in writes]


def _settle(done: "asyncio.Future[Any]", value: object) -> None:
    if not done.done():
        done.set_result(value)


def _fail(done: "asyncio.Future[Any]", error: Exception) -> None:
    if not done.done():
        done.set_exception(error)
