"""People with phones: what they do next, how long the answer took.

Each has one thing under way at a time and acts on what the bot last offered; how often somebody
acts is the crowd's pace, not the bot's (an open loop), so that a slow answer is not forgiven.
"""

import asyncio
import contextlib
import itertools
import json
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.bench.loading.sink import Said, Sink

TO_A_PATHWAY = (
    "/start", "press:field", "press:job", "press:have_skill", "press:have_skill", "press:have_nothing",
    "press:hours", "press:why", "press:way", "press:credential",
)  # fmt: skip
TO_A_BADGE = (
    "press:prove",
    "I gathered the counts of all wards in one sheet and cleaned the rows that were broken.",
    "I compared Mondays with Fridays and found that ten percent more people wait on Mondays.",
    "Most people waited on Mondays; the numbers cover March only, so I would not plan with them.",
    "press:ev_no_name", "press:ev_send", "press:ev_origin",
)  # fmt: skip
LOOKING_AROUND = ("/progress", "/badges", "/reminders", "press:remind_at", "/settings", "/help")
PRESSES = ("settings", "reminders", "progress", "badges", "way", "change", "why", "remind_kinds")
JUDGING = ("rv_approve", "rv_met", "rv_oldest")
REPEATS = 3
PATIENCE = 30.0  # seconds until an answer counts as lost


@dataclass
class Actor:
    """One person. `plan` gives `/command`, words or `press:ACTION`."""

    chat_id: int
    plan: Iterator[str]
    is_staff: bool = False  # acts before learners while there is something to judge
    offers: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # action → data, message
    acting: str = ""
    asked_at: float | None = None

    def see(self, said: Said) -> None:
        for data in said.offers:
            self.offers.setdefault(data.split(":")[1], []).append((data, said.message_id))

    def choose(self, action: str) -> tuple[str, int] | None:
        """One of the buttons of an action; people aim at different jobs and can different things."""
        offered = self.offers.get(action)
        return offered[self.chat_id % len(offered)] if offered else None


@dataclass
class Answers:
    """What came back: milliseconds by what was done; `lost` were never answered."""

    took: dict[str, list[float]] = field(default_factory=dict)
    lost: int = 0

    def all(self) -> list[float]:
        return sorted(itertools.chain.from_iterable(self.took.values()))


class Crowd:
    """Everybody who talks to one bot."""

    def __init__(self, sink_session: aiohttp.ClientSession) -> None:
        self.sink = Sink(self._hear)
        self._session = sink_session
        self._actors: dict[int, Actor] = {}
        self._idle: deque[Actor] = deque()
        self._numbers = itertools.count(1)
        self._sending: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self.answers = Answers()

    def join(self, actors: list[Actor]) -> None:
        """These people, and nobody else, act from now on."""
        self._actors |= {actor.chat_id: actor for actor in actors}
        self._idle = deque(actors)

    async def act(self, seconds: float, per_second: float) -> tuple[Answers, int]:
        """Let people act at this pace; what came back, and how many updates were sent.

        Ends early when no learner has anything left to do.
        """
        self.answers = Answers()
        begin, sent = time.perf_counter(), 0
        while (passed := time.perf_counter() - begin) < seconds:
            while sent < passed * per_second and self._send_one():
                sent += 1
            if self._is_over():
                break
            await asyncio.sleep(0.002)
        await self._until_answered()
        return self.answers, sent

    def _send_one(self) -> bool:
        """Whether somebody was free and had something to do."""
        while self._idle:
            actor = self._idle.popleft()
            wish = next(actor.plan, None)
            if wish is None:
                continue
            update = self._update(actor, wish)
            if update is None:  # not offered to this person: on to what comes next
                self._idle.appendleft(actor)
                continue
            actor.acting, actor.asked_at = _kind(wish), time.perf_counter()
            task = asyncio.create_task(self._post(update))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
            return True
        return False

    def _update(self, actor: Actor, wish: str) -> dict[str, Any] | None:
        person = {"id": actor.chat_id, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        chat = {"id": actor.chat_id, "type": "private", "first_name": "Ana"}
        number = next(self._numbers)
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": person}
        if wish.startswith("press:"):
            offer = actor.choose(wish[6:]) or self._known(wish[6:])
            if offer is None:
                return None
            shown = {**message, "message_id": offer[1], "text": "x"}
            query = {"id": str(number), "from": person, "chat_instance": "1", "data": offer[0]}
            return {"update_id": number, "callback_query": {**query, "message": shown}}
        if wish.startswith("/"):
            mark = {"type": "bot_command", "offset": 0, "length": len(wish)}
            message["entities"] = [mark]
        return {"update_id": number, "message": {**message, "text": wish}}

    def _known(self, action: str) -> tuple[str, int] | None:
        """Buttons that need no number stand under some earlier message."""
        return (f"v1:{action}:", 1) if action in PRESSES else None

    async def _post(self, update: dict[str, Any]) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.sink.secret}
        data = json.dumps(update).encode()
        for _ in range(REPEATS):  # as Telegram does
            with contextlib.suppress(aiohttp.ClientError):
                async with self._session.post(self.sink.webhook, data=data, headers=headers) as end:
                    if end.ok:
                        return

    def _hear(self, said: Said) -> None:
        self._news.set()
        actor = self._actors.get(said.chat_id)
        if actor is None:
            return
        if actor.asked_at is not None:
            took = (said.at - actor.asked_at) * 1e3
            self.answers.took.setdefault(actor.acting, []).append(took)
            actor.asked_at = None
            actor.offers.clear()
            actor.see(said)
            has_work = actor.is_staff and not actor.offers.keys().isdisjoint(JUDGING)
            (self._idle.appendleft if has_work else self._idle.append)(actor)
        else:
            actor.see(said)

    def _is_over(self) -> bool:
        people = self._actors.values()
        under_way = (actor for actor in people if actor.asked_at is not None)
        return all(actor.is_staff for actor in (*self._idle, *under_way))

    def _waiting(self) -> int:
        return sum(actor.asked_at is not None for actor in self._actors.values())

    async def _until_answered(self) -> None:
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self._waiting():
                    await self._news.wait()
                    self._news.clear()
        self.answers.lost = self._waiting()
        for actor in self._actors.values():
            actor.asked_at = None


def learner(chat_id: int, *, shows_work: bool) -> Actor:
    """Somebody on the way from /start to a pathway and, who shows work, to a badge."""
    steps = TO_A_PATHWAY + (TO_A_BADGE if shows_work else ()) + LOOKING_AROUND
    return Actor(chat_id, iter(steps))


def judge(chat_id: int) -> Actor:
    """An advisor: looks at the queue, marks what is asked as met, approves."""
    actor = Actor(chat_id, iter(()), is_staff=True)
    actor.plan = _judging(actor)
    return actor


def _judging(actor: Actor) -> Iterator[str]:
    while True:
        yield next((f"press:{action}" for action in JUDGING if action in actor.offers), "/queue")


def presser(chat_id: int) -> Actor:
    """Somebody who presses one button after the other, without end."""
    plan = itertools.cycle(f"press:{action}" for action in PRESSES)
    return Actor(chat_id, itertools.islice(plan, chat_id % len(PRESSES), None))


def echoed(chat_id: int, *, presses: bool) -> Actor:
    """Somebody who talks to the peer: texts, or presses of what it offered."""
    return Actor(chat_id, itertools.repeat("press:settings" if presses else "/start"))


def _kind(wish: str) -> str:
    return wish if wish.startswith(("/", "press:")) else "words"
