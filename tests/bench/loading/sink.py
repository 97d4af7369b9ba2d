"""Telegram's end of the line, as cheap as can be: it takes every call and says yes.

A raw asyncio protocol, so that next to nothing of what is measured is spent here.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

HEAD_END = b"\r\n\r\n"
SAID = {b"sendMessage", b"editMessageText", b"sendDocument", b"editMessageReplyMarkup"}


@dataclass(frozen=True)
class Said:
    """One message of the bot: whose chat, its number, the callback data it offers, when it came."""

    chat_id: int
    message_id: int
    offers: tuple[str, ...]
    at: float


@dataclass
class Sink:
    """A Bot API server. `on_said` hears of every message; `webhook` is where updates go."""

    on_said: Callable[[Said], None]
    webhook: str = ""
    secret: str = ""
    url: str = ""
    calls: int = 0
    _last_message: int = 0
    _server: asyncio.Server | None = field(default=None, repr=False)

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    def answer(self, path: bytes, body: bytes) -> Any:
        """The result of one call."""
        method = path.rpartition(b"/")[2]
        self.calls += 1
        if method in SAID:
            return self._note(body)
        if method == b"getMe":
            return {"id": 42, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
        if method == b"setWebhook":
            given = parse_qs(body.decode())
            self.webhook, self.secret = given["url"][0], given.get("secret_token", [""])[0]
        if method == b"getWebhookInfo":
            return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
        return True

    def _note(self, body: bytes) -> dict[str, Any]:
        given = _fields(body)
        chat_id = int(given["chat_id"])
        if "message_id" not in given:
            self._last_message += 1
        message_id = int(given.get("message_id", self._last_message))
        markup = given.get("reply_markup") or {}
        shown = json.loads(markup) if isinstance(markup, str) else markup
        keyboard = shown.get("inline_keyboard", [])
        offers = tuple(b["callback_data"] for row in keyboard for b in row if "callback_data" in b)
        self.on_said(Said(chat_id, message_id, offers, time.perf_counter()))
        chat = {"id": chat_id, "type": "private"}
        return {"message_id": message_id, "date": int(time.time()), "chat": chat, "text": "x"}


def _fields(body: bytes) -> dict[str, Any]:
    """The fields of JSON or of a form; of a multipart one only those that are no file."""
    if body.startswith(b"{"):
        return dict(json.loads(body))
    if not body.startswith(b"--"):
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    found = {}
    for part in body.split(body.partition(b"\r\n")[0]):
        head, _, value = part.partition(HEAD_END)
        if b"filename=" not in head and b'name="' in head:
            found[head.partition(b'name="')[2].partition(b'"')[0].decode()] = value[:-2].decode()
    return found


class _Connection(asyncio.Protocol):
    def __init__(self, sink: Sink) -> None:
        self._sink, self._buffer = sink, bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(HEAD_END)) >= 0:
            head, start = bytes(self._buffer[:end]), end + len(HEAD_END)
            length = _content_length(head)
            if len(self._buffer) < start + length:
                return
            body = bytes(self._buffer[start : start + length])
            del self._buffer[: start + length]
            self._transport.write(_http(self._sink.answer(head.split(b" ", 2)[1], body)))


def _content_length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0


def _http(result: Any) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )
