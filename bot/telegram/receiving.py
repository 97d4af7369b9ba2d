"""Updates made durable before they are acknowledged: our getUpdates loop.

The offset moves on only after the commit. Whoever gets updates is the only one to get them
(Telegram answers 409 to a second poller), so that it may take over what a dead process left.
"""

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.dispatching import Dispatcher
from bot.threads import GroupCommit
from credentials.fault_points import RECEIVED, STORED, reach
from credentials.inbox import ClaimedUpdate, IncomingUpdate, rescue_updates, store_updates
from credentials.outbox import rescue_messages
from credentials.unit_of_work import Work

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
LONG_POLL_SECONDS = 25
PAUSE_SECONDS = 3.0  # after an error
NOWHERE = 0  # the chat of updates that belong to none


class Inlet:
    """Stores updates of one bot; the dispatcher, if it is idle, gets them from the same transaction."""

    def __init__(
        self,
        bot_id: int,
        writes: GroupCommit,
        ready: asyncio.Event,
        dispatcher: Dispatcher | None = None,
    ) -> None:
        self._bot_id, self._writes, self._ready = bot_id, writes, ready
        self._dispatcher = dispatcher
        self.is_open = asyncio.Event()  # from now on updates may be handled and messages sent

    async def store(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Return once they are durable. Raises whatever the database raises."""
        reach(RECEIVED)
        known = list(updates)
        try:
            await self._store(known)
        except Exception:
            log.exception("updates not stored as they are; trying without what no text may hold")
            await self._store([_cleaned(update) for update in known])
        reach(STORED)

    async def _store(self, updates: list[Mapping[str, Any]]) -> None:
        incoming = [
            IncomingUpdate(update["update_id"], chat_of_update(update), dict(update))
            for update in updates
        ]

        def store(work: Work) -> None:
            store_updates(work.session, bot_id=self._bot_id, updates=incoming, now=work.now)

        dispatcher = self._dispatcher
        if dispatcher is None:
            await self._writes.write(store)
            self._ready.set()
            return

        def store_and_claim(work: Work, room: int) -> tuple[list[ClaimedUpdate], bool]:
            store(work)
            return dispatcher.claim(work, room) if room else ([], True)

        with dispatcher.places(len(incoming)) as room:
            claimed, are_waiting = await self._writes.write(partial(store_and_claim, room=room))
            dispatcher.begin(claimed)
        if are_waiting:
            self._ready.set()

    async def take_over(self) -> None:
        """Take up what a process that is gone had in hand; only when no other process runs.

        It has to be done before this process takes anything in hand itself.
        """

        def take(work: Work) -> None:
            rescue_updates(work.session, bot_id=self._bot_id, now=work.now, alone=True)
            rescue_messages(work.session, now=work.now, alone=True)

        await self._writes.write(take)
        self.is_open.set()
        self._ready.set()


class Receiver:
    """getUpdates → inbox."""

    def __init__(self, bot: Bot, inlet: Inlet) -> None:
        self._bot, self._inlet = bot, inlet

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            InvalidToken: Telegram does not know the token.
        """
        await self._leave_webhook()
        offset: int | None = None
        is_alone = False
        while True:
            try:
                updates = await self._poll(offset, 0 if not is_alone else LONG_POLL_SECONDS)
                if not is_alone:
                    await self._inlet.take_over()
                    is_alone = True
                if updates:
                    await self._inlet.store(updates)
                    offset = max(update["update_id"] for update in updates) + 1
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(seconds_to_wait(error))
            except Conflict as error:
                await self._yield_to(error)
            except TelegramError as error:
                log.warning("no updates", extra={"error": type(error).__name__})
                await asyncio.sleep(PAUSE_SECONDS)
            except Exception:
                log.exception("updates not stored; Telegram keeps them")
                await asyncio.sleep(PAUSE_SECONDS)

    async def _yield_to(self, error: Conflict) -> None:
        """Somebody else gets our updates: another process, or whoever set a webhook."""
        if "webhook" in error.message.lower():
            log.error("a webhook was set while we poll; who has the bot's token?")
            await self._leave_webhook()
        else:
            log.warning("another process gets this bot's updates; waiting for it to end")
        await asyncio.sleep(PAUSE_SECONDS)

    async def _leave_webhook(self) -> None:
        """Polling and a webhook exclude each other; what is waiting stays waiting."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise
        except TelegramError as error:  # getUpdates will say what is wrong
            log.warning("webhook not deleted", extra={"error": type(error).__name__})

    async def _poll(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """Updates as they are; objects are made of them when they are handled."""
        asked = {"timeout": seconds, "allowed_updates": ALLOWED_UPDATES, "offset": offset or 0}
        parameters = [RequestParameter.from_input(name, value) for name, value in asked.items()]
        found = await self._bot.request.post(
            f"{self._bot.base_url}/getUpdates",
            request_data=RequestData(parameters),
            read_timeout=seconds + 10,
        )
        return found if isinstance(found, list) else []


def chat_of_update(update: Mapping[str, Any]) -> int:
    """The chat whose order the update belongs to; else the person's; else `NOWHERE`."""
    for kind, content in update.items():
        if kind == "update_id" or not isinstance(content, Mapping):
            continue
        message = content.get("message")
        holder = message if isinstance(message, Mapping) else content
        for part in (holder.get("chat"), content.get("from"), content.get("user")):
            if isinstance(part, Mapping) and isinstance(part.get("id"), int):
                return int(part["id"])
    return NOWHERE


def _cleaned(update: Mapping[str, Any]) -> dict[str, Any]:
    """Without NUL and lone surrogates, which PostgreSQL has no place for."""
    plain = json.dumps(update, ensure_ascii=False).encode("utf-8", "replace").decode()
    return dict(json.loads(plain.replace("\\u0000", "")))


def seconds_to_wait(error: RetryAfter) -> float:
    after = error.retry_after
    return after if isinstance(after, int) else after.total_seconds()
