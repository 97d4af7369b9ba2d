"""Client of our authenticated Rasa channel: one turn, a time limit, a breaker."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any

import aiohttp
from pydantic import BaseModel, Field, SecretStr, ValidationError

from actions.screens import Screen, screen_from
from actions.ticket import mint_ticket
from bot.metrics import Metrics
from bot.telegram.breaker import Breaker

log = logging.getLogger(__name__)

TEXT_LIMIT = 1_000  # characters
ANSWER_LIMIT = 256 * 1024  # bytes
FAILURES_TO_OPEN = 3
OPEN_SECONDS = 15


class Outage(StrEnum):
    """Why a turn has no answer; ABSENT: nobody listens or no model is loaded, which is told at once."""

    ABSENT = "absent"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    GARBAGE = "garbage"
    FAILED = "failed"
    RESTING = "resting"


class DialogueError(Exception):
    """Rasa gave no usable answer; the person gets buttons."""

    def __init__(self, outage: Outage) -> None:
        super().__init__(outage.value)
        self.outage = outage


@dataclass(frozen=True)
class Turn:
    """Rasa's answer to one text."""

    screens: list[Screen]
    intent: str | None
    confidence: float


@dataclass(frozen=True)
class Only:
    """What a text may be acted upon for: one of these intents, at least that surely."""

    intents: frozenset[str]
    at_least: float


class _Said(BaseModel):
    screen: str
    args: dict[str, Any] = Field(default_factory=dict)


class _Answer(BaseModel):
    screens: list[_Said] = Field(max_length=10)
    failed: bool
    intent: str | None = None
    confidence: float = 0.0


class Dialogue:
    """Speaks to Rasa over HTTP; after three failures in a row it rests for 15 seconds.

    Then one text tries again, and the others go on without Rasa until that one is answered. A Rasa
    that isn't there costs nobody any time: every text tries it, and the first after it came is read.
    """

    def __init__(
        self,
        *,
        url: str,
        token: SecretStr,
        ticket_key: SecretStr,
        timeout_seconds: float,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        metrics: Metrics | None = None,
    ) -> None:
        self._endpoint = f"{url}/webhooks/skillmark/webhook"
        self._headers = {"Authorization": f"Bearer {token.get_secret_value()}"}
        self._ticket_key = ticket_key.get_secret_value().encode()
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds, connect=1)
        self._wait_seconds = timeout_seconds
        self._metrics = metrics or Metrics()
        self._now = now
        self._monotonic = monotonic
        self._breaker = Breaker(
            failures=FAILURES_TO_OPEN, seconds=OPEN_SECONDS, monotonic=monotonic
        )
        self._metrics.dialogue_up.set(1)
        self._session: aiohttp.ClientSession | None = None

    async def turn(
        self,
        *,
        person_id: str,
        update_id: str,
        text: str,
        language: str,
        only: Only | None = None,
    ) -> Turn:
        """One text, answered. With `only`, what means something else is not acted upon: no screens.

        Raises:
            DialogueError: there is no usable answer.
        """
        began = self._monotonic()
        if not self._breaker.lets_through():
            self._measure(Outage.RESTING.value, began)
            raise DialogueError(Outage.RESTING)
        ticket = mint_ticket(
            self._ticket_key, person_id=person_id, update_id=update_id, now=self._now()
        )
        body: dict[str, Any] = {
            "person_id": person_id,
            "text": text[:TEXT_LIMIT],
            "ticket": ticket,
            "language": language,
            "wait_seconds": self._wait_seconds,
        }
        if only is not None:
            body |= {"only": sorted(only.intents), "at_least": only.at_least}
        try:
            turn = await self._ask(body, may_be_silent=only is not None)
        except DialogueError as error:
            self._count_failure(error.outage)
            self._measure(error.outage.value, began)
            raise
        self._breaker.succeed()
        self._metrics.dialogue_up.set(1)
        self._measure("answered", began)
        return turn

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _measure(self, outcome: str, began: float) -> None:
        self._metrics.turns.labels(outcome).observe(self._monotonic() - began)

    def _count_failure(self, outage: Outage) -> None:
        if outage is not Outage.ABSENT:
            self._breaker.fail()
        self._metrics.dialogue_up.set(outage is not Outage.ABSENT and not self._breaker.is_open)
        log.warning("no answer from the dialogue", extra={"outage": outage.value})

    async def _ask(self, body: Mapping[str, Any], *, may_be_silent: bool) -> Turn:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        try:
            async with self._session.post(
                self._endpoint, json=body, headers=self._headers, allow_redirects=False
            ) as response:
                if response.status != HTTPStatus.OK:
                    is_absent = response.status == HTTPStatus.SERVICE_UNAVAILABLE
                    raise DialogueError(Outage.ABSENT if is_absent else Outage.FAILED)
                raw = await _whole(response.content)
        except TimeoutError as error:
            raise DialogueError(Outage.SLOW) from error
        except aiohttp.ClientError as error:
            is_refused = isinstance(error, aiohttp.ClientConnectorError) and isinstance(
                error.os_error, ConnectionRefusedError
            )
            raise DialogueError(Outage.ABSENT if is_refused else Outage.UNREACHABLE) from error
        return self._read(raw, may_be_silent=may_be_silent)

    def _read(self, raw: bytes, *, may_be_silent: bool) -> Turn:
        try:
            answer = _Answer.model_validate_json(raw)
            screens = [screen_from(said.screen, said.args) for said in answer.screens]
        except (ValidationError, KeyError) as error:
            raise DialogueError(Outage.GARBAGE) from error
        if answer.failed or not (screens or may_be_silent):
            raise DialogueError(Outage.FAILED)
        return Turn(_each_once(screens), answer.intent, answer.confidence)


async def _whole(content: aiohttp.StreamReader) -> bytes:
    """The answer to its end; one larger than any of ours is garbage, and not read on."""
    raw = bytearray()
    async for chunk in content.iter_any():
        raw += chunk
        if len(raw) > ANSWER_LIMIT:
            raise DialogueError(Outage.GARBAGE)
    return bytes(raw)


def _each_once(screens: list[Screen]) -> list[Screen]:
    """Without what two wishes of one message both lead to."""
    known: list[Screen] = []
    for screen in screens:
        if screen not in known:
            known.append(screen)
    return known
