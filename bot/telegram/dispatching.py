"""inbox → handlers: chats side by side, the updates of one chat in order, each handled once.

What fails is tried three times; then the person is told with a reference, and the update becomes
a dead letter that operators see (`skillmark updates dead`) and may retry. Who sends more than a
person can gets no answers but one that says so.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from telegram import Update
from telegram.constants import ChatType

from actions.screens.general import Failed, Problem
from bot.buckets import Buckets
from bot.telegram.application import AnyApplication
from bot.telegram.claiming import Claimer
from bot.telegram.context import Context, Services
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

IN_HAND = 64  # updates one process handles at a time
# Far above what a person does, after a day without a network, too: honest words are never dropped.
AT_ONCE = 240  # updates of one person
PER_SECOND = 2.0
TELL_AGAIN = 10 * 60.0  # seconds


class Dispatcher(Claimer[ClaimedUpdate]):
    """Handles what is in the inbox of one bot."""

    in_hand = IN_HAND
    renew_every = LEASE / 4

    def __init__(
        self,
        application: AnyApplication,
        services: Services,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(services, services.inbox_ready)
        self._application = application
        self._allowed: Buckets[int] = Buckets(
            size=AT_ONCE, per_second=PER_SECOND, monotonic=monotonic
        )
        self._tellings: Buckets[int] = Buckets(
            size=1, per_second=1 / TELL_AGAIN, monotonic=monotonic
        )

    def claim(self, work: Work, room: int) -> tuple[list[ClaimedUpdate], bool]:
        bot_id = self._application.bot.id
        claimed = claim_updates(work.session, bot_id=bot_id, now=work.now, limit=room)
        return claimed, has_waiting_updates(work.session, bot_id=bot_id, now=work.now)

    def keep(self, work: Work, held: Sequence[ClaimedUpdate]) -> int:
        bot_id, keys = self._application.bot.id, [claimed.key for claimed in held]
        if keys:
            keep_leases(work.session, keys, now=work.now)
        return rescue_updates(work.session, bot_id=bot_id, now=work.now, in_hand=keys)

    async def handle(self, claimed: ClaimedUpdate) -> None:
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
            outcome = "done" if _is_for_us(update) else "ignored"
            if outcome == "done" and not self._has_room(update, claimed):
                outcome = "dropped"
                await self._drop(update, context)
            elif outcome == "done":
                await self._route(update, context)
            if not context.is_answered:
                await self._finish(claimed)
            self._count(outcome)
            log.info("handled", extra={"attempts": claimed.attempts, "outcome": outcome})
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

    def _has_room(self, update: Update, claimed: ClaimedUpdate) -> bool:
        """Whether the person has sent no more than a person can; what was begun goes on."""
        user = update.effective_user
        is_new = claimed.attempts == 1 and update.my_chat_member is None
        return not is_new or user is None or self._allowed.take(user.id)

    async def _drop(self, update: Update, context: Context) -> None:
        user = update.effective_user
        if user is not None and self._tellings.take(user.id):
            await context.show(lambda work, person: Problem.of(TooFastError()), in_place=False)

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
            await self.write(
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

        await self.write(bury)
        self._services.outbox_ready.set()
        if context is not None:
            await context.acknowledge()

    def _count(self, outcome: str) -> None:
        self._services.metrics.updates.labels(outcome).inc()


class TooFastError(CredentialsError):
    """More at once than a person sends."""

    code = "too_fast"


class RepeatedCrashError(Exception):
    """Every attempt at this update ended the process."""


def _is_for_us(update: Update) -> bool:
    """Private chats with people only; groups, channels and other bots get no answer."""
    chat, user = update.effective_chat, update.effective_user
    is_private = chat is not None and chat.type == ChatType.PRIVATE
    return is_private and user is not None and not user.is_bot
