"""What is owed is sent once, in order, and what Telegram answers is understood."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from markupsafe import Markup
from sqlalchemy import select
from telegram.ext import ExtBot

from actions.screens.account import DataExport
from actions.screens.general import Failed
from actions.screens.incoming import UnknownCommand
from bot.playground.server import running
from bot.telegram.delivery import Courier
from bot.telegram.dispatching import Dispatcher
from bot.telegram.parcels import Parcel, send_parcel
from bot.telegram.screens import general, incoming
from bot.telegram.screens.drawing import Drawn
from bot.telegram.transport import AiohttpRequest
from credentials.outbox import MessageClass, OutboxMessage, OwedMessage, enqueue
from credentials.people import chat_of, register_person, set_proactive
from credentials.sending_budget import SendingBudget, SendingPace, resume_sending
from tests.services import services_of
from tests.whole_bot import whole_bot
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
            yield Courier(bot, services_of(institution, threads))


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
    for _ in range(3_000):
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
        both = select(SendingPace, OutboxMessage).join(
            OutboxMessage, OutboxMessage.person_id == SendingPace.person_id
        )
        rows = work.session.execute(both)
        return [
            ((pace.paused_until - message.created_at).total_seconds(), message.attempts)
            for pace, message in rows
            if pace.paused_until
        ]


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


async def test_update_and_answer_are_claimed_where_they_are_written(
    server, institution, ana, monkeypatch
):
    def claim_nothing(*_, **__):
        return []

    monkeypatch.setattr("bot.telegram.delivery.claim_messages", claim_nothing)
    async with whole_bot(institution, server):
        monkeypatch.setattr(Dispatcher, "_claim", no_items)
        answer = await asyncio.to_thread(ana.say, "/privacy")
        again = await asyncio.to_thread(ana.say, "/help")
    assert answer.text != again.text
    with institution.read() as work:
        sent = work.session.scalars(select(OutboxMessage.state)).all()
    assert sent.count("sent") >= 2


async def no_items(_):
    return []


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
    await deliver(courier, institution, ["parked", "parked"])
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
    await deliver(courier, institution, [(7, 0)], look=waits)
    clock.advance(timedelta(seconds=6.9))
    await deliver(courier, institution, [(7, 0)], look=waits)
    assert not [message for message in ana.messages() if message.is_from_bot]
    clock.advance(timedelta(seconds=0.1))
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


def errors(institution):
    with institution.read() as work:
        rows = work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.message_id))
        return [(row.state, row.error, row.attempts) for row in rows]


def stopped(institution):
    with institution.read() as work:
        return work.session.scalar(select(SendingBudget.stopped_because))


def said(phone):
    return [message for message in phone.messages() if message.is_from_bot]


async def test_results_wait_for_who_blocked_the_bot_and_nudges_do_not_pile_up(
    courier, institution, clock, ana, person_id
):
    ana.post("block", {"user": 1001})
    owe(institution, person_id, Failed(reference="BADGE"), message_class=MessageClass.RESULT)
    owe(institution, person_id, Failed(reference="NUDGE"), message_class=MessageClass.NUDGE)
    await deliver(courier, institution, ["parked", "parked"])
    clock.advance(timedelta(days=20))
    ana.post("unblock", {"user": 1001})
    with institution.begin() as work:
        register_person(
            work, telegram_user_id=1001, chat_id=1001, first_name="Ana", language_code=None
        )
    await deliver(courier, institution, ["sent", "dead"])
    assert ["BADGE" in message.text for message in said(ana)] == [True]


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_a_failing_telegram_is_asked_again_later_and_later(
    courier, institution, clock, ana, person_id, code
):
    ana.post("fault", {"method": "sendMessage", "code": code, "times": 2})
    owe(institution, person_id, Failed(reference="A1"), message_class=MessageClass.NUDGE)
    await deliver(courier, institution, [("waiting", "NetworkError", 1)], look=errors)
    clock.advance(timedelta(seconds=2))
    await deliver(courier, institution, [("waiting", "NetworkError", 2)], look=errors)
    clock.advance(timedelta(seconds=4))
    await deliver(courier, institution, ["sent"])
    assert len(said(ana)) == 1


async def test_after_a_day_of_failures_it_is_given_up(courier, institution, clock, ana, person_id):
    ana.post("fault", {"method": "sendMessage", "code": 500, "times": 0})
    owe(institution, person_id, Failed(reference="A1"), message_class=MessageClass.RESULT)
    await deliver(courier, institution, [("waiting", "NetworkError", 1)], look=errors)
    clock.advance(timedelta(hours=25))
    await deliver(courier, institution, ["dead"])
    assert said(ana) == []


async def test_a_lost_answer_doubles_a_result_rather_than_losing_it(
    courier, institution, clock, ana, person_id
):
    ana.post("fault", {"method": "sendMessage", "lost_reply": True, "times": 1})
    owe(institution, person_id, Failed(reference="A1"), message_class=MessageClass.RESULT)
    await deliver(courier, institution, [("waiting", "LostAnswerError", 1)], look=errors)
    clock.advance(timedelta(seconds=2))
    await deliver(courier, institution, ["sent"])
    assert len(said(ana)) == 2


async def test_a_refused_message_is_a_dead_letter_and_the_next_one_goes(
    courier, institution, ana, person_id, caplog
):
    wording = "Bad Request: message is too long"
    ana.post("fault", {"method": "sendMessage", "code": 400, "description": wording, "times": 1})
    owe(institution, person_id, Failed(reference="A1"))
    owe(institution, person_id, Failed(reference="B2"))
    await deliver(courier, institution, ["dead", "sent"])
    assert "B2" in ana.last().text
    assert "refused for good" in caplog.text


async def test_two_chats_told_to_wait_stop_the_whole_bot(
    courier, institution, clock, ana, person_id
):
    with institution.begin() as work:
        others = [
            register_person(
                work, telegram_user_id=number, chat_id=number, first_name="B", language_code=None
            ).person_id
            for number in (1002, 1003)
        ]
    for number in (1002, 1003):
        ana.post("message", {"user": number, "text": "/start"})
    ana.post("fault", {"method": "sendMessage", "code": 429, "retry_after": 9, "times": 2})
    owe(institution, person_id, Failed(reference="A1"))
    owe(institution, others[0], Failed(reference="B2"))
    both = [(9, 0), (9, 0)]
    await deliver(courier, institution, both, look=waits)
    owe(institution, others[1], Failed(reference="C3"))
    clock.advance(timedelta(seconds=8.9))
    await deliver(courier, institution, ["waiting"] * 3)
    clock.advance(timedelta(seconds=0.2))
    await deliver(courier, institution, ["sent"] * 3)
    assert "A1" in ana.last().text


async def test_a_refused_token_stops_all_sending_until_it_works_again(
    courier, institution, clock, ana, person_id
):
    ana.post("fault", {"method": "sendMessage", "code": 401, "times": 1})
    owe(institution, person_id, Failed(reference="A1"))
    await deliver(courier, institution, "bad token", look=stopped)
    clock.advance(timedelta(hours=1))
    owe(institution, person_id, Failed(reference="B2"))
    await deliver(courier, institution, ["waiting", "waiting"])
    assert errors(institution)[0] == ("waiting", None, 0)
    with institution.begin() as work:
        resume_sending(work.session, bot_id=int(TOKEN.partition(":")[0]), now=work.now)
    await deliver(courier, institution, ["sent", "sent"])


async def test_after_stop_nothing_unasked_is_sent(courier, institution, clock, ana, person_id):
    owe(institution, person_id, Failed(reference="NUDGE"), message_class=MessageClass.NUDGE)
    owe(institution, person_id, Failed(reference="DAY"), message_class=MessageClass.DEADLINE)
    owe(institution, person_id, Failed(reference="BADGE"), message_class=MessageClass.RESULT)
    with institution.begin() as work:
        set_proactive(work, person_id, proactive=False)
    await deliver(courier, institution, ["waiting", "waiting", "sent"])
    for stopped_so_far in (["dead", "waiting", "sent"], ["dead", "dead", "sent"]):
        clock.advance(timedelta(seconds=2))
        await deliver(courier, institution, stopped_so_far)
    assert ["BADGE" in message.text for message in said(ana)] == [True]


async def test_words_telegram_cannot_parse_go_out_plain(ana):
    request = AiohttpRequest()
    base = str(ana.http.base_url).rstrip("/")
    bot = ExtBot(TOKEN, base_url=f"{base}/bot", request=request)
    owed = OwedMessage(
        message_id=1, person_id="p", screen="s", args={}, message_class=MessageClass.REPLY,
        edit_target=None, caused_by=None, attempts=1, created_at=None,
    )  # fmt: skip
    async with bot:
        drawn = Drawn(Markup("Fish &amp; <b>chips</b> <madeup>x"))
        await send_parcel(bot, Parcel(owed, 1001, drawn, None))
    assert ana.last().text == "Fish & chips x"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (Markup("<b>a</b>") + "x" * 4095, "a" + "x" * 4095),
        (Markup("<b>a</b>") + "x" * 4096, "a" + "x" * 4094 + "…"),
        (Markup("a") + "🎓" * 2048, "a" + "🎓" * 2047 + "…"),
        (Markup("aa") + "🎓" * 2048, "aa" + "🎓" * 2046 + "…"),
        (Markup("&lt;") * 4097, "<" * 4095 + "…"),
        (Markup("z") + "\u0300" * 5000, "z" + "\u0300" * 4094 + "…"),
    ],
)
async def test_what_is_longer_than_a_message_is_cut_at_a_whole_character(ana, text, shown):
    request = AiohttpRequest()
    base = str(ana.http.base_url).rstrip("/")
    owed = OwedMessage(
        message_id=1, person_id="p", screen="s", args={}, message_class=MessageClass.REPLY,
        edit_target=None, caused_by=None, attempts=1, created_at=None,
    )  # fmt: skip
    async with ExtBot(TOKEN, base_url=f"{base}/bot", request=request) as bot:
        await send_parcel(bot, Parcel(owed, 1001, Drawn(text), None))
    assert ana.last().text == shown
