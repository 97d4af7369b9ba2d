"""Updates sent to the bot's webhook the way Telegram does.

In order per chat, several chats at once, again and again until the answer is 2xx.
"""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

import aiohttp

from bot.playground.guard import is_loopback
from bot.playground.records import Json
from bot.playground.updates import UpdateQueue, chat_of

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a name
ANSWER_SECONDS = 60
FIRST_WAIT_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 2.0  # a playground's patience; Telegram waits longer
IDLE_SECONDS = 1.0


class WebhookSender:
    """Sends what is waiting while a webhook is set. `now`: seconds since 1970, for errors."""

    def __init__(self, updates: UpdateQueue, now: Callable[[], int]) -> None:
        self._updates, self._now = updates, now
        self._busy: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Send until cancelled."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                while True:
                    await self._updates.signal.until(self._next, IDLE_SECONDS)
                    if self._updates.signal.closed:
                        return
                    for update in self._next():
                        chat = chat_of(update)
                        task = asyncio.create_task(self._deliver(session, update))
                        self._busy[chat] = task
                        task.add_done_callback(lambda _, chat=chat: self._done(chat))  # type: ignore[misc]
            finally:
                for task in self._busy.values():
                    task.cancel()

    def _next(self) -> list[Json]:
        if not self._updates.webhook_url:
            return []
        room = self._updates.webhook_connections - len(self._busy)
        return self._updates.waiting(self._busy)[:room] if room > 0 else []

    def _done(self, chat: int) -> None:
        del self._busy[chat]
        self._updates.signal.notify()

    async def _deliver(self, session: aiohttp.ClientSession, update: Json) -> None:
        wait = FIRST_WAIT_SECONDS
        while url := self._updates.webhook_url:
            problem = await self._post(session, url, update)
            if problem is None:
                self._updates.confirm(update)
                return
            self._updates.last_error = (self._now(), problem)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)

    async def _post(self, session: aiohttp.ClientSession, url: str, update: Json) -> str | None:
        """None when the bot took it, else what went wrong in Telegram's words."""
        if not is_loopback(urlsplit(url).hostname or ""):
            return "Failed to resolve host: the playground speaks to this computer only"
        secret = self._updates.webhook_secret
        headers = {SECRET_HEADER: secret} if secret else {}
        try:
            async with session.post(url, json=update, headers=headers) as answer:
                if answer.ok:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError as error:
            return f"Connection failed: {type(error).__name__}"
