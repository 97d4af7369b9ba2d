"""The action server Rasa calls: rasa-sdk's executor behind a bearer token and our tickets."""

import hmac
import json
import logging
import zlib
from importlib import import_module
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.base import DomainAction
from actions.lookup import LookupAnswer
from actions.ticket import TicketError
from credentials.unit_of_work import Institution

log = logging.getLogger(__name__)

BODY_LIMIT = 4 * 1024 * 1024  # bytes, inflated: a call carries the whole tracker
ROOMS = (
    "account",
    "details",
    "evidence",
    "options",
    "pathways",
    "progress",
    "questions",
    "reminders",
    "review",
    "verification",
    "words",
)


def all_actions() -> list[type[DomainAction]]:
    """Every action of every room."""
    for room in ROOMS:
        import_module(f"actions.{room}")
    found: list[type[DomainAction]] = []
    waiting = DomainAction.__subclasses__()
    while waiting:
        action = waiting.pop()
        waiting += action.__subclasses__()
        if not action.__name__.startswith("_"):
            found.append(action)
    return sorted(found, key=lambda action: action.__name__)


def create_actions(institution: Institution, *, token: str, ticket_key: str) -> Starlette:
    """The ASGI app of the action server: `POST /webhook`, `GET /lookup`, `GET /health`."""
    executor = ActionExecutor()
    for action in all_actions():
        executor.register_action(action(institution, ticket_key.encode()))

    async def webhook(request: Request) -> JSONResponse:
        if not _is_authorised(request, token):
            return JSONResponse({"error": "unauthorised"}, 401)
        try:
            call = await _read_call(request)
        except ValueError:
            return JSONResponse({"error": "not a call"}, 400)
        return await _run(executor, call)

    tell = LookupAnswer(institution)

    async def lookup(request: Request) -> Response:
        if not _is_authorised(request, token):
            return JSONResponse({"error": "unauthorised"}, 401)
        return await tell(request)

    async def health(request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route("/webhook", webhook, methods=["POST"]),
            Route("/lookup", lookup),
            Route("/health", health),
        ]
    )


async def _run(executor: ActionExecutor, call: dict[str, Any]) -> JSONResponse:
    """Run the call. Rasa takes 400 as a rejection, 404 as unknown, anything else as a failure."""
    name = str(call.get("next_action"))
    try:
        result = await executor.run(call)
    except ActionExecutionRejection:
        return JSONResponse({"action_name": name, "error": "rejected"}, 400)
    except ActionNotFoundException:
        return JSONResponse({"action_name": name, "error": "unknown"}, 404)
    except TicketError:
        log.warning("ticket refused", extra={"action": name})
        return JSONResponse({"action_name": name, "error": "no ticket"}, 403)
    except Exception:
        log.exception("action failed", extra={"action": name})
        return JSONResponse({"action_name": name, "error": "failed"}, 500)
    return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})


def _is_authorised(request: Request, token: str) -> bool:
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


async def _read_call(request: Request) -> dict[str, Any]:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > BODY_LIMIT:
            raise ValueError("too large")
    body = bytes(raw)
    if request.headers.get("content-encoding") == "deflate":
        inflater = zlib.decompressobj()
        try:
            body = inflater.decompress(body, BODY_LIMIT)
        except zlib.error as error:
            raise ValueError("not deflate") from error
        if inflater.unconsumed_tail:
            raise ValueError("too large")
    call = json.loads(body)
    if not isinstance(call, dict):
        raise ValueError("not an object")  # noqa: TRY004  # bad input, not a bug
    return call
