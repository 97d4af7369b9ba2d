"""The one door into Rasa: authenticated, measured, and answering with screens instead of sentences.

`POST /webhooks/skillmark/webhook`, `Authorization: Bearer TOKEN`:

    {"person_id", "text", "ticket", "language", "wait_seconds"?: above 0 to 60,
     "only"?: [intent], "at_least"?: confidence}
    → 200 {"screens": [{"screen", "args"}], "failed": bool, "intent", "confidence"}

With `only`, nothing is done unless one of these intents is meant, at least that surely: there are no
screens then, and that is no failure.

400 for a body that isn't that, 401 without the token, 413 for a body over 32 KiB, 503 while no
model is loaded. Rasa's own REST channel has no authentication and reports failures as `[]`.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from wishes import Wish, wishes_in

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 32 * 1024
MAX_TEXT_CHARACTERS = 1_000
MAX_TICKET_CHARACTERS = 4_096
MAX_ONLY = 100  # intents
WAIT_SECONDS = 3.0  # how long the bot waits, unless it says so
LONGEST_WAIT_SECONDS = 60.0
IN_TIME = 0.9  # of it: an answer has to travel, too
RANKED_INTENTS = 3
FALLBACK_INTENT = "nlu_fallback"
WARM_UP = "hello, I would like to become a data analyst"

_PERSON_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[0-9A-Za-z]{2,8}){0,3}")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
_PAYLOAD_MARKS = re.compile(r"^[\s/]+")


@dataclass(frozen=True)
class Turn:
    """What one person said, as the bot hands it over."""

    person_id: str
    text: str
    ticket: str
    language: str
    wait_seconds: float
    only: frozenset[str] | None = None
    at_least: float = 0.0

    @classmethod
    def from_body(cls, body: bytes) -> Turn:
        """Raises: ValueError for anything but the members named above, each in its form."""
        try:
            content = json.loads(body)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        if not isinstance(content, dict):
            raise ValueError("not an object")  # noqa: TRY004 - one kind of error for a bad body
        return cls(
            person_id=_string(content, "person_id", _PERSON_ID.fullmatch),
            text=escaped(_string(content, "text", str.strip)),
            ticket=_string(content, "ticket", lambda value: len(value) <= MAX_TICKET_CHARACTERS),
            language=_string(content, "language", _LANGUAGE.fullmatch),
            wait_seconds=_seconds(content.get("wait_seconds", WAIT_SECONDS)),
            only=_only(content.get("only")),
            at_least=_share(content.get("at_least", 0.0)),
        )

    def accepts(self, wish: Wish) -> bool:
        """Whether this wish may be done."""
        return self.only is None or (wish.intent in self.only and wish.confidence >= self.at_least)


def _seconds(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 < value <= LONGEST_WAIT_SECONDS:
        raise ValueError("wait_seconds is malformed")
    return float(value)


def _string(content: dict[str, Any], name: str, accepts: Callable[[str], Any]) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not accepts(value):
        raise ValueError(f"{name} is missing or malformed")
    return value


def _only(value: Any) -> frozenset[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > MAX_ONLY:
        raise ValueError("only is malformed")
    return frozenset(str(intent) for intent in value)


def _share(value: Any) -> float:
    if not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError("at_least is malformed")
    return float(value)


def escaped(text: str) -> str:
    """The text capped and without a leading `/`, which Rasa would obey as an intent payload."""
    printable = text.encode("utf-8", "replace").decode("utf-8")
    printable = _CONTROL_CHARACTERS.sub(" ", printable)
    return _PAYLOAD_MARKS.sub("", printable)[:MAX_TEXT_CHARACTERS].strip() or "?"


class ScreenCollector(CollectingOutputChannel):
    """Collects the screens of one turn; a text has no place to go."""

    def __init__(self) -> None:
        super().__init__()
        self.screens: list[dict[str, Any]] = []

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        logger.warning("channel.text_dropped")

    async def send_custom_json(
        self, recipient_id: str, json_message: dict[str, Any], **kwargs: Any
    ) -> None:
        if isinstance(json_message.get("screen"), str):
            args = json_message.get("args") or {}
            self.screens.append({"screen": json_message["screen"], "args": args})
        else:
            logger.warning("channel.message_without_screen")


class SkillmarkInput(InputChannel):
    """Rasa makes it from channels.yml; `token` is the secret shared with the bot."""

    @classmethod
    def name(cls) -> str:
        return "skillmark"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SkillmarkInput:
        return cls(str((credentials or {}).get("token") or ""))

    def __init__(self, token: str) -> None:
        if not token:
            raise RasaException("channels.yml: the skillmark channel needs a token")
        self._expected = f"Bearer {token}".encode()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes under /webhooks/skillmark; GET / tells whether a model answers at once."""
        routes = Blueprint("skillmark_channel")

        @routes.listener("before_server_start")
        async def limit_bodies(app: Sanic, loop: Any) -> None:
            app.config.REQUEST_MAX_SIZE = 2 * MAX_BODY_BYTES

        @routes.listener("after_server_start")
        async def warm_up(app: Sanic, loop: Any) -> None:
            """TensorFlow compiles at the first text, which nobody shall wait for."""
            agent = _agent_of(app)
            if agent is not None:
                await agent.parse_message(WARM_UP)
            app.ctx.is_warm = True

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            ready = _agent(request) is not None and getattr(request.app.ctx, "is_warm", False)
            return response.json({"ready": ready}, status=200 if ready else 503)

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_authorised(request):
                return _refusal(401, "unauthorized")
            if len(request.body) > MAX_BODY_BYTES:
                return _refusal(413, "body too large")
            agent = _agent(request)
            if agent is None:
                return _refusal(503, "no model")
            try:
                turn = Turn.from_body(request.body)
            except ValueError as error:
                return _refusal(400, str(error))
            return response.json(await answer(turn, agent, on_new_message))

        return routes

    def _is_authorised(self, request: Request) -> bool:
        given = str(request.headers.get("authorization", ""))
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._expected)


async def answer(
    turn: Turn, agent: Agent, on_new_message: Callable[[UserMessage], Awaitable[Any]]
) -> dict[str, Any]:
    """Run one turn while the bot waits; whatever goes wrong in it is `failed`, never an error.

    Two wishes are done one after the other; `intent` is the last one's. Actions find `{"ticket",
    "language", "intent_ranking"}` in `latest_message["metadata"]`; the ranking holds the three
    likeliest real intents as `{"name", "confidence"}`.
    """
    wishes = await wishes_in(turn.text, agent.parse_message)
    told = [wish for wish in wishes if turn.accepts(wish)]
    collector = ScreenCollector()
    finished = await _in_time(
        _do_all(told, turn, collector, on_new_message), turn.wait_seconds * IN_TIME
    )
    last = (told or wishes)[-1]
    return {
        "screens": collector.screens,
        "failed": not finished,
        "intent": last.intent,
        "confidence": round(last.confidence, 4),
    }


async def _do_all(
    wishes: Iterable[Wish],
    turn: Turn,
    collector: ScreenCollector,
    on_new_message: Callable[[UserMessage], Awaitable[Any]],
) -> None:
    """Raises: RasaException when a wish was answered with nothing, which is how a failed action looks."""
    for wish in wishes:
        answered = len(collector.screens)
        metadata = {
            "ticket": turn.ticket,
            "language": turn.language,
            "intent_ranking": likeliest_intents(wish.parsed),
        }
        await on_new_message(
            UserMessage(
                wish.text,
                collector,
                turn.person_id,
                parse_data=wish.parsed,
                input_channel=SkillmarkInput.name(),
                metadata=metadata,
            )
        )
        if len(collector.screens) == answered:
            raise RasaException("an action failed")


def likeliest_intents(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    """The first intents of the ranking that are ones, the fallback left out."""
    ranking = [i for i in parsed.get("intent_ranking", []) if i["name"] != FALLBACK_INTENT]
    return [
        {"name": intent["name"], "confidence": round(float(intent["confidence"]), 4)}
        for intent in ranking[:RANKED_INTENTS]
    ]


async def _in_time(turn: Awaitable[Any], seconds: float) -> bool:
    try:
        await asyncio.wait_for(turn, seconds)
    except TimeoutError:
        logger.warning("channel.turn_timed_out")
    except Exception as error:  # noqa: BLE001 - the bot falls back to buttons on any failure
        logger.error("channel.turn_failed error=%s", type(error).__name__)
    else:
        return True
    return False


def _agent(request: Request) -> Agent | None:
    return _agent_of(request.app)


def _agent_of(app: Sanic) -> Agent | None:
    agent = getattr(app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


def _refusal(status: int, reason: str) -> HTTPResponse:
    return response.json({"error": reason}, status=status)
