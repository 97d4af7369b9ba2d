"""inbox → handlers: chats side by side, the updates of one chat in order, each handled once.

What fails is tried three times; then the person is told with a reference, and the update becomes
a dead letter that operators see (`skillmark updates dead`) and may retry.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from telegram import Update
from telegram.constants import ChatType

from actions.screens.general import Failed
from bot.telegram.application import AnyApplication
from bot.telegram.context import Context, Services
from bot.threads import in_thread
from credentials.correlation import caused_by
from credentials.errors import AlreadyHandledError, CredentialsError
from credentials.fault_points import CLAIMED, reach
from credentials.inbox import (
    LEASE,
    WAIT_AFTER_FAILURE,
    ClaimedUpdate,
    bury_update,
    claim_updates,
    finish_update,
    has_waiting_updates,
    keep_leases,
    rescue_updates,
    retry_update,
)
from credentials.unit_of_work import Work

log = logging.getLogger(__name__)

T = TypeVar("T")

IN_HAND = 64  # updates one process handles at a time
NET_SECONDS = 2.0  # the inbox is looked at this often even when nobody woke us
BUSY_SECONDS = 0.1  # … and this often while one waits that could not be claimed
PAUSE_SECONDS = 1.0  # after the database failed
GRACE_SECONDS = 10.0  # for what is in hand when the process is told to stop


class Dispatcher:
    """Handles what is in the inbox of one bot."""

    def __init__(self, application: AnyApplication, services: Services) -> None:
        self._application, self._services = application, services
        self._ready = services.inbox_ready
        self._running: dict[asyncio.Task[None], ClaimedUpdate] = {}
        self._is_behind = False  # an update waits that could not be claimed yet

    async def run(self) -> None:
        """Handle updates until cancelled; what is in hand then is finished."""
        keeping = asyncio.create_task(self._keep())
        try:
            while True:
                self._ready.clear()
                await self._begin_handling()
                with suppress(TimeoutError):
                    async with asyncio.timeout(BUSY_SECONDS if self._is_behind else NET_SECONDS):
                        await self._ready.wait()
        finally:
            keeping.cancel()
            if self._running:
                await asyncio.wait(self._running, timeout=GRACE_SECONDS)

    async def _begin_handling(self) -> None:
        claiming = asyncio.create_task(self._claim())
        try:
            await asyncio.shield(claiming)
        finally:  # told to stop meanwhile: what has been claimed is in hand
            for claimed in await claiming:
                task = asyncio.create_task(self._handle(claimed))
                self._running[task] = claimed
                task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        del self._running[task]
        if self._is_behind:
            self._ready.set()

    async def _claim(self) -> list[ClaimedUpdate]:
        room = IN_HAND - len(self._running)
        if room <= 0:
            self._is_behind = True
            return []
        bot_id = self._application.bot.id

        def claim(work: Work) -> tuple[list[ClaimedUpdate], bool]:
            claimed = claim_updates(work.session, bot_id=bot_id, now=work.now, limit=room)
            return claimed, has_waiting_updates(work.session, bot_id=bot_id, now=work.now)

        try:
            claimed, self._is_behind = await self._write(claim)
        except Exception:
            log.exception("cannot claim updates")
            await asyncio.sleep(PAUSE_SECONDS)
            return []
        return claimed

    async def _keep(self) -> None:
        """Renew our leases; take back those of processes that are gone."""
        bot_id = self._application.bot.id
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 4)
            held = [claimed.key for claimed in self._running.values()]

            def keep(work: Work) -> int:
                if held:  # noqa: B023  # called before the loop goes on
                    keep_leases(work.session, held, now=work.now)  # noqa: B023
                return rescue_updates(
                    work.session,
                    bot_id=bot_id,
                    now=work.now,
                    in_hand=held,  # noqa: B023
                )

            try:
                if await self._write(keep):
                    self._ready.set()
            except Exception:
                log.exception("leases not renewed")

    async def _handle(self, claimed: ClaimedUpdate) -> None:
        began = time.monotonic()
        with caused_by(f"u{claimed.key.update_id}"):
            reach(CLAIMED)
            try:
                await self._handle_or_give_back(claimed)
            except Exception:  # not even that could be written: the lease runs out
                log.exception("update left behind")
        self._services.metrics.update_seconds.observe(time.monotonic() - began)

    async def _handle_or_give_back(self, claimed: ClaimedUpdate) -> None:
        context: Context | None = None
        try:
            if not claimed.payload:  # its person has been erased meanwhile
                await self._finish(claimed)
                return
            update = Update.de_json(claimed.payload, self._application.bot)
            context = Context.from_update(update, self._application)
            if claimed.has_killed:
                raise RepeatedCrashError  # noqa: TRY301  # it goes the way of every failure
            if _is_for_us(update):
                await self._route(update, context)
            if not context.is_answered:
                await self._finish(claimed)
            self._count("done" if _is_for_us(update) else "ignored")
            log.info("handled", extra={"attempts": claimed.attempts})
        except Exception as error:  # noqa: BLE001  # whatever a handler raises
            await self._fail(claimed, context, error)

    async def _route(self, update: Update, context: Context) -> None:
        """The first handler that fits takes the update."""
        for handler in self._application.handlers[0]:
            fits = handler.check_update(update)
            if fits is None or fits is False:
                continue
            try:
                await handler.handle_update(update, self._application, fits, context)
            except CredentialsError as error:
                await context.refuse(error)
            return

    async def _finish(self, claimed: ClaimedUpdate) -> None:
        def finish(work: Work) -> None:
            with suppress(AlreadyHandledError):
                finish_update(work.session, claimed.key)

        await self._services.writes.write(finish)

    async def _fail(
        self, claimed: ClaimedUpdate, context: Context | None, error: Exception
    ) -> None:
        name = type(error).__name__
        self._count("dead" if claimed.is_last_attempt else "retried")
        if not claimed.is_last_attempt:
            log.warning("update failed, tried again soon", exc_info=error)
            await self._write(
                lambda work: retry_update(work.session, claimed.key, error=name, now=work.now)
            )
            wait = WAIT_AFTER_FAILURE.total_seconds() * 2 ** (claimed.attempts - 1)
            asyncio.get_running_loop().call_later(wait + 0.01, self._ready.set)
            return
        reference = secrets.token_hex(4).upper()
        log.error("update is a dead letter", exc_info=error, extra={"reference": reference})

        def bury(work: Work) -> None:
            bury_update(work.session, claimed.key, error=name, reference=reference)
            if context is not None and _is_for_us(context.incoming):
                context.owe(work, Failed(reference=reference))

        await self._write(bury)
        self._services.outbox_ready.set()
        if context is not None:
            await context.acknowledge()

    def _count(self, outcome: str) -> None:
        self._services.metrics.updates.labels(outcome).inc()

    async def _write(self, use_case: Callable[[Work], T]) -> T:
        def run() -> T:
            with self._services.institution.begin() as work:
                return use_case(work)

        return await in_thread(self._services.threads, run)


class RepeatedCrashError(Exception):
    """Every attempt at this update ended the process."""


def _is_for_us(update: Update) -> bool:
    """Private chats with people only; groups, channels and other bots get no answer."""
    chat, user = update.effective_chat, update.effective_user
    is_private = chat is not None and chat.type == ChatType.PRIVATE
    return is_private and user is not None and not user.is_bot
