"""What is owed is sent once, in order, and what Telegram answers is understood."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from telegram.ext import ExtBot

from actions.screens.account import DataExport
from actions.screens.general import Failed
from actions.screens.incoming import UnknownCommand
from bot.playground.server import running
from bot.telegram.delivery import Courier
from bot.telegram.screens import general, incoming
from bot.telegram.transport import AiohttpRequest
from credentials.outbox import MessageClass, OutboxMessage, enqueue
from credentials.people import chat_of, register_person
from tests.worlds import Phone

TOKEN = "4200000001:AAtest-only-not-a-real-bot-000000000"
DRAWN_BY = (general, incoming)


@pytest.fixture
def server():
    with running() as url:
        yield url


@pytest.fixture
def ana(server):
    phone = Phone(server, 1001)
    phone.post("message", {"user": 1001, "text": "/start"})
    yield phone
    phone.close()


@pytest.fixture
def person_id(institution):
    with institution.begin() as work:
        return register_person(
            work, telegram_user_id=1001, chat_id=1001, first_name="Ana", language_code=None
        ).person_id


@pytest.fixture
async def courier(server, institution):
    request = AiohttpRequest()
    bot = ExtBot(
        TOKEN, base_url=f"{server}/bot", request=request, get_updates_request=AiohttpRequest()
    )
    with ThreadPoolExecutor(2) as threads:
        async with bot:
            yield Courier(bot, institution, threads, asyncio.Event())


def owe(institution, person_id, screen, **more):
    with institution.begin() as work:
        options = {"message_class": MessageClass.REPLY, **more}
        enqueue(
            work.session,
            person_id=person_id,
            screen=screen.name,
            args=screen.args,
            now=work.now,
            **options,
        )


def states(institution):
    with institution.read() as work:
        return list(
            work.session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.message_id))
        )


async def deliver(courier, institution, until, look=None):
    """Let the courier work until the outbox looks as expected."""
    look = look or states
    working = asyncio.create_task(courier.run())
    for _ in range(400):
        if look(institution) == until:
            break
        courier._ready.set()
        await asyncio.sleep(0.01)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert look(institution) == until


def waits(institution):
    with institution.read() as work:
        rows = work.session.scalars(select(OutboxMessage))
        return [(row.not_before - row.created_at).total_seconds() for row in rows]


async def test_messages_arrive_in_order_with_their_buttons(courier, institution, ana, person_id):
    for reference in ("A1", "B2", "C3"):
        owe(institution, person_id, Failed(reference=reference))
    owe(institution, person_id, UnknownCommand())
    await deliver(courier, institution, ["sent"] * 4)
    shown = [message for message in ana.messages() if message.is_from_bot]
    assert [
        word in message.text for word, message in zip(("A1", "B2", "C3"), shown, strict=False)
    ] == [True] * 3
    assert shown[3].labels == ["Menu"]


async def test_a_card_is_edited_in_place(courier, institution, ana, person_id):
    owe(institution, person_id, Failed(reference="OLD"))
    await deliver(courier, institution, ["sent"])
    card = ana.last()
    owe(institution, person_id, Failed(reference="NEW"), edit_target=card.id)
    owe(institution, person_id, Failed(reference="NEW"), edit_target=card.id)
    await deliver(courier, institution, ["sent"] * 3)
    assert ana.last().id == card.id
    assert "NEW" in ana.last().text


async def test_a_card_that_is_gone_is_sent_anew(courier, institution, ana, person_id):
    owe(institution, person_id, Failed(reference="AGAIN"), edit_target=424242)
    await deliver(courier, institution, ["sent"])
    assert "AGAIN" in ana.last().text


async def test_a_card_with_a_file_is_closed_in_its_caption(courier, institution, ana, person_id):
    owe(institution, person_id, DataExport(person_id=person_id))
    await deliver(courier, institution, ["sent"])
    card = ana.last()
    owe(institution, person_id, Failed(reference="CLOSED"), edit_target=card.id)
    await deliver(courier, institution, ["sent", "sent"])
    assert ana.last().id == card.id
    assert "CLOSED" in ana.last().text
    assert ana.last().files == card.files


async def test_somebody_who_blocked_the_bot_is_left_alone(courier, institution, ana, person_id):
    ana.post("block", {"user": 1001})
    owe(institution, person_id, Failed(reference="A1"))
    owe(institution, person_id, Failed(reference="B2"))
    await deliver(courier, institution, ["dead", "dead"])
    with institution.begin() as work:
        assert chat_of(work, person_id) is None


async def test_a_lost_answer_does_not_double_a_nudge(courier, institution, ana, person_id):
    ana.post("fault", {"method": "sendMessage", "lost_reply": True, "times": 1})
    owe(institution, person_id, Failed(reference="A1"), message_class=MessageClass.NUDGE)
    await deliver(courier, institution, ["uncertain"])
    assert len([message for message in ana.messages() if message.is_from_bot]) == 1


async def test_telegrams_wait_is_obeyed(courier, institution, clock, ana, person_id):
    ana.post("fault", {"method": "sendMessage", "code": 429, "retry_after": 7, "times": 1})
    owe(institution, person_id, Failed(reference="A1"))
    await deliver(courier, institution, [7], look=waits)
    assert not [message for message in ana.messages() if message.is_from_bot]
    clock.advance(timedelta(seconds=8))
    await deliver(courier, institution, ["sent"])


async def test_what_cannot_be_drawn_does_not_hold_up_the_rest(courier, institution, ana, person_id):
    with institution.begin() as work:
        enqueue(
            work.session,
            person_id=person_id,
            screen="no_such_screen",
            args={},
            message_class=MessageClass.REPLY,
            now=work.now,
        )
    owe(institution, person_id, Failed(reference="A1"))
    await deliver(courier, institution, ["dead", "sent"])
    assert "A1" in ana.last().text
