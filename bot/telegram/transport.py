"""PTB's requests over aiohttp, which costs a fraction of the CPU of its default transport."""

import json
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
UPLOAD_SECONDS = 60.0
WHOLE_BODY = "{}"  # the name of what is no field of a form but the whole body, as JSON
JSON = {"content-type": "application/json"}
ANSWER_LIMIT = 32 * 1024 * 1024  # bytes; Telegram serves files of at most 20 MB


class NotSentError(NetworkError):
    """No connection was made: the request cannot have had an effect."""


async def call(bot: Bot, method: str, **parameters: Any) -> Any:
    """Call a method of the Bot API; its result as it is, a message's among them.

    For what is said again and again: PTB's own methods make objects of everything, which costs as
    much as all the rest. Raises Telegram's errors.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    body = RequestParameter(WHOLE_BODY, json.dumps(given), None)
    url = f"{bot.base_url}/{method}"
    return await bot.request.post(url, request_data=RequestData([body]))


class AiohttpRequest(BaseRequest):
    """One pooled aiohttp session."""

    def __init__(self, *, connections: int = 256) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        assert self._session is not None
        uploads = request_data is not None and request_data.contains_files
        read = _seconds(read_timeout, UPLOAD_SECONDS if uploads else READ_SECONDS)
        body = _body(request_data)
        headers = JSON if isinstance(body, bytes) else None
        timeout = aiohttp.ClientTimeout(
            total=read + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=read
        )
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=timeout,
            ) as response:
                return response.status, await _bounded(response)
        except aiohttp.ClientConnectorError as error:
            raise NotSentError("no connection") from error
        except aiohttp.ConnectionTimeoutError as error:
            raise NotSentError("no connection in time") from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # The error's text holds the URL, and the URL holds the token.
            raise LostAnswerError(type(error).__name__) from None


class LostAnswerError(NetworkError):
    """The request may have had its effect; the answer did not arrive."""


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > ANSWER_LIMIT:
            raise NetworkError("answer too large")
    return bytes(content)


def _body(request_data: RequestData | None) -> aiohttp.FormData | dict[str, str] | bytes | None:
    if request_data is None:
        return None
    fields = request_data.json_parameters
    if WHOLE_BODY in fields:
        return fields[WHOLE_BODY].encode()
    if not request_data.contains_files:
        return dict(fields)
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form


def _seconds(value: Any, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default
