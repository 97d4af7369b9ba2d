"""Whatever Rasa does, the person gets the menu and nothing they sent is lost.

A real bot between a playground and a server that misbehaves; people write with phones.
"""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from bot.playground.server import running
from bot.playground.updates import FIRST_UPDATE_ID
from bot.settings import Settings
from bot.telegram.dialogue import FAILURES_TO_OPEN
from credentials.catalogue import load_folder, load_starter
from credentials.evidence import list_submissions
from credentials.people import register_person
from credentials.turns import keep_answer
from tests.submissions import small_catalogue
from tests.whole_bot import PassingClock, whole_bot
from tests.worlds import TOKEN, Phone

ANA = 1001
SECOND_UPDATE = FIRST_UPDATE_ID + 1
UNREADABLE = "can't read free text"
MENU = "What would you like to do?"
GOOD = {"screens": [{"screen": "goodbye", "args": {}}], "failed": False}
TRACEBACK = (
    b"Traceback (most recent call last):\n  File \"server.py\", line 1\nKeyError: 'intent'\n"
)


def answered(body, status="200 OK", more=()):
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *more, "", ""]
    return "\r\n".join(head).encode() + body


class Rasa:
    """A server that speaks as much HTTP as the test wants."""

    def __init__(self):
        self.behave, self.calls, self.over = self.well, 0, asyncio.Event()

    async def serve(self, reader, writer):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            size = next(
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length")
            )
            await reader.readexactly(size)
            self.calls += 1
            await self.behave(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def go_down(self):
        self.over.set()
        self.listening.close()
        await asyncio.sleep(0)  # what still hangs lets go

    async def well(self, writer):
        await self.say(writer, answered(json.dumps(GOOD).encode()))

    async def say(self, writer, raw):
        writer.write(raw)
        await writer.drain()

    async def never(self, writer):
        await self.over.wait()

    async def drop_by_drop(self, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            await self.say(writer, b" ")
            await asyncio.sleep(0.05)

    async def without_end(self, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await self.say(writer, b"8000\r\n" + b"[" * 0x8000 + b"\r\n")

    async def dies(self, writer):
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"screens": [')
        writer.transport.abort()


def saying(body, status="200 OK", more=()):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda rasa: lambda writer: rasa.say(writer, answered(raw, status, more))


MISBEHAVIOURS = {
    "slow": lambda rasa: rasa.never,
    "drop by drop": lambda rasa: rasa.drop_by_drop,
    "without end": lambda rasa: rasa.without_end,
    "dies in mid-answer": lambda rasa: rasa.dies,
    "an empty list": saying([]),
    "no screens": saying({"screens": [], "failed": False}),
    "an action that failed": saying({**GOOD, "failed": True}),
    "a stack trace": saying(TRACEBACK, "500 Internal Server Error"),
    "a stack trace that says 200": saying(TRACEBACK),
    "bytes": saying(bytes(range(256))),
    "nested without end": saying(b"[" * 100_000),
    "a page": saying(b"<html><body>Bad gateway</body></html>", "502 Bad Gateway"),
    "somewhere else": saying(b"", "307 Temporary Redirect", ["Location: /elsewhere"]),
    "no model": saying({"error": "no model"}, "503 Service Unavailable"),
    "a screen nobody knows": saying({"screens": [{"screen": "x", "args": {}}], "failed": False}),
    "too many screens": saying({"screens": [{"screen": "goodbye"}] * 11, "failed": False}),
    "not HTTP": lambda rasa: lambda writer: rasa.say(writer, b"SSH-2.0-OpenSSH_9.9\r\n"),
}


@pytest.fixture
async def rasa():
    server = Rasa()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    server.listening = listening
    yield server
    await server.go_down()


@pytest.fixture
async def bot(institution, rasa):
    with running() as server:
        async with whole_bot(institution, server, rasa.url) as services:
            services.server = server
            yield services


@pytest.fixture
def clock():
    return PassingClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
async def ana(bot):
    phone = await asyncio.to_thread(Phone, bot.server, ANA)
    await asyncio.to_thread(phone.say, "/menu")
    yield phone
    phone.close()


def say(phone, text):
    return asyncio.to_thread(phone.say, text)


def turns(services):
    """How many turns ended in each way."""
    return {
        sample.labels["outcome"]: int(sample.value)
        for metric in services.metrics.turns.collect()
        for sample in metric.samples
        if sample.name.endswith("_count")
    }


def is_up(services):
    return bool(services.metrics.dialogue_up._value.get())


@pytest.mark.parametrize("misbehaviour", MISBEHAVIOURS)
async def test_the_person_gets_the_menu(bot, rasa, ana, misbehaviour):
    rasa.behave = MISBEHAVIOURS[misbehaviour](rasa)
    shown = await say(ana, "what would you do in my place?")
    assert UNREADABLE in shown.text
    assert "My progress" in shown.labels
    assert sum(turns(bot).values()) == 1
    assert "answered" not in turns(bot)
    rasa.behave = rasa.well
    assert "Any time" in (await say(ana, "goodbye then")).text


async def test_the_way_is_heard_without_the_dialogue(institution, bot, rasa, ana):
    with institution.begin() as work:
        load_starter(work)
    await asyncio.to_thread(ana.say, "/start")
    await rasa.go_down()
    await say(ana, "web developer, I know html, 5 hours a week")
    told = await asyncio.to_thread(ana.wait, "Start here")
    assert "Web developer" in told.text


async def test_a_server_that_is_down_is_an_outage(bot, rasa, ana):
    await rasa.go_down()
    assert UNREADABLE in (await say(ana, "is anybody there?")).text
    assert turns(bot) == {"absent": 1}


async def test_it_is_said_once_an_outage_and_the_menu_comes_every_time(bot, rasa, ana):
    rasa.behave = saying([])(rasa)
    assert UNREADABLE in (await say(ana, "what would you do in my place?")).text
    again = await say(ana, "and tomorrow, perhaps?")
    assert again.text == MENU
    assert "My progress" in again.labels
    rasa.behave = rasa.well
    assert "Any time" in (await say(ana, "goodbye then")).text
    rasa.behave = saying([])(rasa)
    assert UNREADABLE in (await say(ana, "what would you do in my place?")).text


async def test_after_failures_in_a_row_nobody_waits_and_one_text_finds_the_way_back(bot, rasa, ana):
    rasa.behave = saying([])(rasa)
    for number in range(FAILURES_TO_OPEN):
        await say(ana, f"what would you do in my place, number {number}?")
    assert not is_up(bot)
    assert (await say(ana, "does this go anywhere?")).text == MENU
    assert rasa.calls == FAILURES_TO_OPEN
    assert turns(bot)["resting"] == 1
    rasa.behave = rasa.well
    bot.dialogue._breaker._closed_until = 0.0  # a quarter of a minute passes
    assert "Any time" in (await say(ana, "goodbye then")).text
    assert is_up(bot)


async def test_a_file_is_kept_while_words_cannot_be_read(bot, rasa, ana, institution):
    with institution.begin() as work:
        load_folder(work, small_catalogue(institution.settings.data_dir / "catalogue"))
    rasa.behave = rasa.never
    await say(ana, "/evidence")
    await asyncio.to_thread(ana.tap, "Technology")
    await asyncio.to_thread(ana.tap, "SQL Foundations")
    kept = await asyncio.to_thread(ana.send, "joins.sql", b"SELECT 1 FROM a JOIN b USING (id)")
    assert "joins.sql" in kept.text
    with institution.begin() as work:
        person = register_person(
            work, telegram_user_id=ANA, chat_id=ANA, first_name="Ana", language_code="en"
        )
        (mine,) = list_submissions(work, person_id=person.person_id)
    assert [item.file_name for c in mine.criteria for item in c.items] == ["joins.sql"]
    assert rasa.calls == 0


async def test_what_an_action_did_before_the_answer_was_lost_is_shown(bot, rasa, ana, institution):
    async def act_and_die(writer):
        with institution.begin() as work:
            said = {"screen": "reminder_list", "args": {"reminders": [], "is_on": True}}
            update_id = f"{TOKEN.partition(':')[0]}:{SECOND_UPDATE}"
            keep_answer(work.session, update_id, "action_show", [said], now=work.now)
        await rasa.dies(writer)

    rasa.behave = act_and_die
    shown = await say(ana, "remind me of what I set")
    assert UNREADABLE not in shown.text
    assert "reminder" in shown.text


def test_a_slow_answer_is_waited_for_three_seconds_at_most():
    assert Settings().rasa_timeout_seconds <= 3
