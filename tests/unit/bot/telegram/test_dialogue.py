"""The client of the Rasa channel: what answers, what does not, and when it rests."""

import asyncio

import pytest
from aiohttp import web
from pydantic import SecretStr

from actions.screens.incoming import UnknownCommand
from actions.ticket import check_ticket
from bot.telegram.dialogue import Dialogue, DialogueError, Only, Outage
from tests.worlds import free_port


class Rasa:
    """A server that answers as the test says."""

    def __init__(self):
        self.answer = {"screens": [{"screen": "unknown_command", "args": {}}], "failed": False}
        self.status, self.hold, self.calls = 200, None, []

    async def handle(self, request):
        self.calls.append((request.headers["Authorization"], await request.json()))
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(self.answer, bytes):
            return web.Response(body=self.answer, status=self.status)
        return web.json_response(self.answer, status=self.status)


@pytest.fixture
async def rasa():
    server = Rasa()
    app = web.Application()
    app.router.add_post("/webhooks/skillmark/webhook", server.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    yield server
    if server.hold is not None:
        server.hold.set()
    await runner.cleanup()


@pytest.fixture
async def seconds():
    return {"now": 0.0}


@pytest.fixture
async def dialogue(rasa, clock, seconds):
    client = Dialogue(
        url=rasa.url,
        token=SecretStr("channel-token"),
        ticket_key=SecretStr("ticket-key"),
        timeout_seconds=0.5,
        now=clock.now,
        monotonic=lambda: seconds["now"],
    )
    yield client
    await client.close()


def turn(dialogue, text="hello"):
    return dialogue.turn(person_id="p-1", update_id="7:9", text=text, language="en")


async def test_a_text_travels_with_a_ticket_and_comes_back_as_screens(dialogue, rasa, clock):
    answer = await turn(dialogue, "x" * 5_000)
    assert answer.screens == [UnknownCommand()]
    authorization, body = rasa.calls[0]
    assert authorization == "Bearer channel-token"
    assert len(body["text"]) == 1_000
    assert check_ticket(b"ticket-key", body["ticket"], now=clock.now()).person_id == "p-1"


async def test_what_may_be_acted_upon_is_named_and_silence_is_then_an_answer(dialogue, rasa):
    rasa.answer = {"screens": [], "failed": False, "intent": "set_career_goal", "confidence": 0.9}
    only = Only(frozenset({"ask_time", "ask_cost"}), 0.8)
    answer = await dialogue.turn(
        person_id="p-1", update_id="7:9", text="nurse?", language="en", only=only
    )
    assert (answer.screens, answer.intent) == ([], "set_career_goal")
    assert rasa.calls[0][1]["only"] == ["ask_cost", "ask_time"]
    assert rasa.calls[0][1]["at_least"] == 0.8


@pytest.mark.parametrize(
    ("answer", "status", "outage"),
    [
        ({"screens": [], "failed": False}, 200, Outage.FAILED),
        ({"screens": [{"screen": "unknown_command"}], "failed": True}, 200, Outage.FAILED),
        ({"screens": [{"screen": "no_such_screen"}], "failed": False}, 200, Outage.GARBAGE),
        (
            {"screens": [{"screen": "unknown_command", "args": {"x": 1}}], "failed": False},
            200,
            Outage.GARBAGE,
        ),
        ([], 200, Outage.GARBAGE),
        (b"Traceback (most recent call last)", 200, Outage.GARBAGE),
        ({}, 500, Outage.FAILED),
    ],
)
async def test_an_unusable_answer_is_an_outage(dialogue, rasa, answer, status, outage):
    rasa.answer, rasa.status = answer, status
    with pytest.raises(DialogueError) as refused:
        await turn(dialogue)
    assert refused.value.outage is outage


async def test_a_slow_answer_is_not_waited_for(dialogue, rasa):
    rasa.hold = asyncio.Event()
    with pytest.raises(DialogueError) as refused:
        await turn(dialogue)
    assert refused.value.outage is Outage.SLOW


async def test_after_three_failures_it_rests_and_then_tries_again(dialogue, rasa, seconds):
    rasa.status = 500
    for _ in range(3):
        with pytest.raises(DialogueError):
            await turn(dialogue)
    rasa.status = 200
    with pytest.raises(DialogueError) as refused:
        await turn(dialogue)
    assert refused.value.outage is Outage.RESTING
    assert len(rasa.calls) == 3
    seconds["now"] = 16.0
    assert (await turn(dialogue)).screens == [UnknownCommand()]


async def test_whoever_is_absent_is_heard_as_soon_as_they_come(dialogue, rasa):
    rasa.status = 503
    for _ in range(5):
        with pytest.raises(DialogueError) as refused:
            await turn(dialogue)
        assert refused.value.outage is Outage.ABSENT
    rasa.status = 200
    assert (await turn(dialogue)).screens == [UnknownCommand()]


async def test_a_closed_port_is_an_absent_rasa(clock):
    client = Dialogue(
        url=f"http://127.0.0.1:{free_port()}",
        token=SecretStr("channel-token"),
        ticket_key=SecretStr("ticket-key"),
        timeout_seconds=0.5,
        now=clock.now,
        monotonic=lambda: 0.0,
    )
    for _ in range(4):
        with pytest.raises(DialogueError) as refused:
            await turn(client)
        assert refused.value.outage is Outage.ABSENT
    await client.close()
