"""The bot's side: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

Strict where strictness finds bugs: HTTP statuses, limits and wordings are Telegram's.
"""

import asyncio
import logging
import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.playground import account, sending
from bot.playground.calls import Call, read_call
from bot.playground.errors import BotApiError
from bot.playground.faults import Fault
from bot.playground.records import BotAccount
from bot.playground.world import World

METHODS = {**account.METHODS, **sending.METHODS}
TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")
SHOWN_PARAMS = ("chat_id", "message_id", "text", "caption", "callback_query_id", "action", "url")
SHOWN_LENGTH = 120
NOT_FOUND = BotApiError(404, "Not Found: method not found")

log = logging.getLogger(__name__)


class LostReplyError(Exception):
    """The call took effect; its answer shall not arrive."""


class LostReply(Response):
    """Begins an answer and ends the connection before its body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


def bot_api_routes(world: World) -> list[Route]:
    async def call_method(request: Request) -> Response:
        return await _answer(world, request)

    async def download(request: Request) -> Response:
        return _download(world, request)

    return [
        Route("/bot{token}/{method}", call_method, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
    ]


async def _answer(world: World, request: Request) -> Response:
    name = request.path_params["method"]
    call = Call(name)
    try:
        _check_token(world, request.path_params["token"])
        call = await read_call(request, name)
        result = await _perform(world, call)
    except BotApiError as error:
        _record(world, call, error)
        return JSONResponse(error.as_json(), status_code=error.code)
    except LostReplyError:
        _record(world, call, None)
        return LostReply()
    except Exception:
        log.exception("playground_method_failed method=%s", name.lower())
        failure = BotApiError(500, "Internal Server Error")
        _record(world, call, failure)
        return JSONResponse(failure.as_json(), status_code=500)
    _record(world, call, None)
    return JSONResponse({"ok": True, "result": result})


async def _perform(world: World, call: Call) -> object:
    method = METHODS.get(call.method.lower())
    if method is None:
        raise NOT_FOUND
    fault = world.faults.take(call.method, call.chat_id)
    if fault is None:
        return await method(world, call)
    return await _perform_with_fault(world, call, fault)


async def _perform_with_fault(world: World, call: Call, fault: Fault) -> object:
    world.journal.add("faults", None, faults=[active.as_json() for active in world.faults.active])
    if fault.delay:
        await asyncio.sleep(fault.delay)
    error = fault.error()
    if error is not None:
        raise error
    result = await METHODS[call.method.lower()](world, call)
    if fault.lost_reply:
        raise LostReplyError
    return result


def _check_token(world: World, token: str) -> None:
    if world.token is not None:
        if token != world.token:
            raise BotApiError(401, "Unauthorized")
        return
    if not TOKEN.fullmatch(token):
        raise BotApiError(401, "Unauthorized")
    bot_id = int(token.partition(":")[0])
    if bot_id != world.bot.bot_id:
        world.bot = BotAccount(bot_id, world.bot.username, world.bot.name)


def _download(world: World, request: Request) -> Response:
    try:
        _check_token(world, request.path_params["token"])
    except BotApiError as error:
        return JSONResponse(error.as_json(), status_code=error.code)
    path = request.path_params["path"]
    file = next((file for file in world.files.values() if file.path == path), None)
    if file is None or len(file.content) > account.MAX_DOWNLOAD_BYTES:
        return JSONResponse(BotApiError(404, "Not Found").as_json(), status_code=404)
    return Response(file.content, media_type="application/octet-stream")


def _record(world: World, call: Call, error: BotApiError | None) -> None:
    """Note the call for the log; getUpdates only when it failed."""
    if call.method.lower() == "getupdates" and error is None:
        return
    shown = {name: call.text(name)[:SHOWN_LENGTH] for name in SHOWN_PARAMS if call.params.get(name)}
    entry = {
        "at": world.clock.seconds(),
        "method": call.method,
        "chat_id": call.chat_id,
        "ok": error is None,
        "code": error.code if error else 200,
        "description": error.description if error else "",
        "params": shown,
        "files": sorted(call.files),
    }
    seq = world.journal.add("call", None, call=entry)
    world.calls.append({"seq": seq, **entry})
