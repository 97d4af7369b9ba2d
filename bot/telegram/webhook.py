"""The webhook: Telegram's POST is an inbox row before it is answered with 200.

Whoever does not show the secret token gets 401 before a byte of the body is read. Anything but 200
makes Telegram send the update again (Bot API, setWebhook), so that a failing database loses
nothing.
"""

import hmac
import json
import logging
from typing import Any
from urllib.parse import urlsplit

from starlette.types import Receive, Scope, Send
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.settings import Settings
from bot.telegram.receiving import ALLOWED_UPDATES, Inlet
from credentials.errors import SetupError

log = logging.getLogger(__name__)

BODY_LIMIT = 1024 * 1024  # bytes
LAST_ID = 2**63  # what the database can hold
SECRET_HEADER = b"x-telegram-bot-api-secret-token"


class Webhook:
    """The ASGI app that takes updates at the path of `SKILLMARK_WEBHOOK_URL`."""

    def __init__(self, inlet: Inlet, *, path: str, secret: str) -> None:
        self._inlet, self._path, self._secret = inlet, path or "/", secret.encode()
        self.is_closing = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            status = await self._answer(scope, receive)
            await send(
                {
                    "type": "http.response.start",
                    "status": status,
                    "headers": [(b"content-length", b"0")],
                }
            )
            await send({"type": "http.response.body", "body": b""})

    async def _answer(self, scope: Scope, receive: Receive) -> int:
        headers = dict(scope["headers"])
        refusal = self._refusal(scope, headers.get(SECRET_HEADER, b""))
        if refusal is not None:
            return refusal
        try:
            await self._inlet.store([await _read_update(headers, receive)])
        except TooLargeError:
            return 413
        except NoUpdateError:
            return 400
        except Exception:
            log.exception("update not stored; Telegram will send it again")
            return 503
        return 200

    def _refusal(self, scope: Scope, shown: bytes) -> int | None:
        if scope["path"] != self._path:
            return 404
        if scope["method"] != "POST":
            return 405
        if not hmac.compare_digest(shown, self._secret):
            return 401
        return 503 if self.is_closing else None


async def set_webhook(bot: Bot, settings: Settings, secret: str) -> None:
    """Tell Telegram where updates go. Every replica says the same; what is waiting stays waiting.

    Raises:
        SetupError: Telegram refuses the address; says why.
    """
    try:
        await bot.set_webhook(
            settings.webhook_url,
            allowed_updates=ALLOWED_UPDATES,
            secret_token=secret,
            max_connections=settings.webhook_connections,
            drop_pending_updates=False,
        )
    except InvalidToken:
        raise
    except TelegramError as error:
        raise SetupError(f"Telegram refuses SKILLMARK_WEBHOOK_URL: {error.message}") from error


async def is_webhook_ours(bot: Bot, settings: Settings) -> bool:
    """Whether updates still come to us: who steals the token can send them elsewhere."""
    info = await bot.get_webhook_info()
    return info.url == settings.webhook_url


def webhook_path(settings: Settings) -> str:
    return urlsplit(settings.webhook_url).path


class TooLargeError(Exception):
    """The body is larger than an update can be."""


class NoUpdateError(Exception):
    """The body is no update."""


async def _read_update(headers: dict[bytes, bytes], receive: Receive) -> dict[str, Any]:
    """The update in the body.

    Raises:
        TooLargeError: it has more than 1 MiB.
        NoUpdateError: it is no update.
    """
    claimed = headers.get(b"content-length", b"0")
    if not claimed.isdigit() or int(claimed) > BODY_LIMIT:
        raise TooLargeError
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise NoUpdateError
        body += message.get("body", b"")
        if len(body) > BODY_LIMIT:
            raise TooLargeError
        if not message.get("more_body"):
            return _update(bytes(body))


def _update(body: bytes) -> dict[str, Any]:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoUpdateError from error
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < LAST_ID:
        raise NoUpdateError
    return dict(update)
