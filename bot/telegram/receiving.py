"""Updates made durable before they are acknowledged, then handled in order per chat."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from telegram import Bot, Update
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application

from credentials.errors import AlreadyHandledError
from credentials.inbox import (
    ClaimedUpdate,
    IncomingUpdate,
    claim_updates,
    finish_update,
    release_update,
    store_updates,
)
from credentials.unit_of_work import Institution

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
LONG_POLL_SECONDS = 25
PAUSE_SECONDS = 3.0  # after an error
NET_SECONDS = 2.0  # the inbox is looked at this often even when nobody woke us


class Receiver:
    """getUpdates → inbox. The offset moves on only after the commit."""

    def __init__(
        self, bot: Bot, institution: Institution, threads: ThreadPoolExecutor, ready: asyncio.Event
    ) -> None:
        self._bot, self._institution, self._threads, self._ready = bot, institution, threads, ready

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            InvalidToken: Telegram does not know the token.
        """
        offset: int | None = None
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=offset,
                    timeout=LONG_POLL_SECONDS,
                    read_timeout=LONG_POLL_SECONDS + 10,
                    allowed_updates=ALLOWED_UPDATES,
                )
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
                continue
            except (NetworkError, TelegramError) as error:
                log.warning("no updates", extra={"error": type(error).__name__})
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if updates:
                await asyncio.get_running_loop().run_in_executor(
                    self._threads, self._store, updates
                )
                offset = updates[-1].update_id + 1
                self._ready.set()

    def _store(self, updates: tuple[Update, ...]) -> None:
        incoming = [
            IncomingUpdate(update.update_id, _chat(update), update.to_dict()) for update in updates
        ]
        with self._institution.begin() as work:
            store_updates(work.session, bot_id=self._bot.id, updates=incoming, now=work.now)


class Dispatcher:
    """inbox → PTB application: chats side by side, the updates of one chat in order."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        institution: Institution,
        threads: ThreadPoolExecutor,
        ready: asyncio.Event,
    ) -> None:
        self._application, self._institution = application, institution
        self._threads, self._ready = threads, ready
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Handle updates until cancelled."""
        try:
            while True:
                self._ready.clear()
                for claimed in await self._in_thread(self._claim):
                    task = asyncio.create_task(self._handle(claimed))
                    self._running.add(task)
                    task.add_done_callback(self._done)
                with suppress(TimeoutError):
                    async with asyncio.timeout(NET_SECONDS):
                        await self._ready.wait()
        finally:
            await asyncio.gather(*self._running, return_exceptions=True)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._ready.set()

    def _claim(self) -> list[ClaimedUpdate]:
        with self._institution.begin() as work:
            return claim_updates(
                work.session, bot_id=self._application.bot.id, now=self._institution.clock.now()
            )

    async def _handle(self, claimed: ClaimedUpdate) -> None:
        try:
            update = Update.de_json(claimed.payload, self._application.bot)
            await self._application.process_update(update)
        except Exception as error:
            log.exception("update failed", extra={"update_id": claimed.key.update_id})
            await self._in_thread(partial(self._release, claimed, type(error).__name__))
        else:
            await self._in_thread(partial(self._finish, claimed))

    def _finish(self, claimed: ClaimedUpdate) -> None:
        with suppress(AlreadyHandledError), self._institution.begin() as work:
            finish_update(work.session, claimed.key)

    def _release(self, claimed: ClaimedUpdate, error: str) -> None:
        with self._institution.begin() as work:
            release_update(work.session, claimed.key, error=error)

    async def _in_thread(self, run: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, run)


def _chat(update: Update) -> int:
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else user.id if user else 0


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after if isinstance(after, int) else after.total_seconds()
