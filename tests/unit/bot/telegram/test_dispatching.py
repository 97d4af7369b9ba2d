"""Every kind of update ends: handled, ignored, or a dead letter the person hears of."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.screens import screen_from
from bot.playground.server import running
from bot.telegram.application import build_application
from bot.telegram.dispatching import Dispatcher
from bot.telegram.receiving import chat_of_update
from credentials.dead_letters import list_dead_updates
from credentials.inbox import (
    InboxUpdate,
    IncomingUpdate,
    UpdateKey,
    claim_updates,
    rescue_updates,
    revive_update,
    store_updates,
)
from credentials.outbox import OutboxMessage
from credentials.people.models import PersonRow
from tests.services import services_of
from tests.worlds import TOKEN

BOT = int(TOKEN.partition(":")[0])
ANA = {"id": 1001, "is_bot": False, "first_name": "Ana"}
ROBOT = {"id": 77, "is_bot": True, "first_name": "Robot"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Ana"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Class"}
CHANNEL = {"id": -100456, "type": "channel", "title": "News"}
ME = {"id": BOT, "is_bot": True, "first_name": "Skillmark", "username": "bot"}
SIZE = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}


def message(chat=PRIVATE, sender=ANA, **content):
    return {"message_id": 3, "date": 1772442000, "chat": chat, "from": sender, **content}


def member(chat, status):
    user = {"user": ME, "status": status}
    old = {"user": ME, "status": "member"}
    return {"chat": chat, "from": ANA, "date": 1, "old_chat_member": old, "new_chat_member": user}


STICKER = {**SIZE, "type": "regular", "is_animated": False, "is_video": False}
POLL = {
    "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
    "allows_revoting": False, "members_only": False,
}  # fmt: skip
PAID = {
    "currency": "XTR", "total_amount": 1, "invoice_payload": "x",
    "telegram_payment_charge_id": "a", "provider_payment_charge_id": "b",
}  # fmt: skip
QUERY = {"id": "5", "from": ANA, "chat_instance": "1", "data": "v1:menu:"}

ANSWERED = {
    "sticker": {"message": message(sticker=STICKER)},
    "contact": {"message": message(contact={"phone_number": "1", "first_name": "B"})},
    "location": {"message": message(location={"latitude": 1.0, "longitude": 1.0})},
    "poll": {"message": message(poll=POLL)},
    "a payment": {"message": message(successful_payment=PAID)},
    "dice": {"message": message(dice={"emoji": "x", "value": 3})},
    "forwarded words": {
        "message": message(
            text="/help", forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "X"}
        )
    },
    "by another bot's inline mode": {"message": message(text="hello", via_bot=ROBOT)},
    "a kind of message Telegram has yet to invent": {"message": message(hologram={"x": 1})},
    "a command nobody knows": {"message": message(text="/frobnicate", entities=[
        {"type": "bot_command", "offset": 0, "length": 11}])},
    "the longest text of marks": {"message": message(text="\u0300" * 4096)},
    "control characters": {"message": message(text="\x01\x02\u202e\u200f")},
    "a forged button": {"callback_query": {**QUERY, "message": message(), "data": "\u0000' OR 1=1"}},
    "a button of nothing": {"callback_query": {**QUERY, "message": message(), "data": "v1::"}},
    "a button under a lost card": {
        "callback_query": {**QUERY, "message": {"chat": PRIVATE, "message_id": 9, "date": 0}}
    },
}  # fmt: skip

IGNORED = {
    "words in a group": {"message": message(GROUP, text="/start")},
    "a button in a group": {"callback_query": {**QUERY, "message": message(GROUP)}},
    "an anonymous admin": {"message": message(GROUP, ROBOT, sender_chat=GROUP, text="/start")},
    "a channel's post": {"channel_post": message(CHANNEL, None, text="/start")},
    "an edited channel's post": {"edited_channel_post": message(CHANNEL, None, text="x")},
    "an edited message": {"edited_message": message(text="changed", edit_date=2)},
    "another bot": {"message": message(sender=ROBOT, text="/start")},
    "added to a group": {"my_chat_member": member(GROUP, "member")},
    "removed from a group": {"my_chat_member": member(GROUP, "left")},
    "an inline query": {"inline_query": {"id": "1", "from": ANA, "query": "x", "offset": ""}},
    "an inline button": {"callback_query": {**QUERY, "inline_message_id": "zz"}},
    "a poll": {"poll": POLL},
    "before a payment": {
        "pre_checkout_query": {
            "id": "1", "from": ANA, "currency": "XTR", "total_amount": 1, "invoice_payload": "x",
        }
    },
    "a pinned message": {"message": message(pinned_message=message(text="x"))},
    "a kind of update Telegram has yet to invent": {"telepathy": {"from": ANA}},
    "nothing at all": {},
}  # fmt: skip


@pytest.fixture
async def bot(institution):
    with running() as server, ThreadPoolExecutor(2) as threads:
        services = services_of(institution, threads)
        application = build_application(services, token=TOKEN, api=server)
        async with application:
            yield Dispatcher(application, services), services, application
        await services.dialogue.close()


def store(institution, *updates):
    known = [{"update_id": number, **update} for number, update in updates]
    incoming = [IncomingUpdate(u["update_id"], chat_of_update(u), u) for u in known]
    with institution.begin() as work:
        store_updates(work.session, bot_id=BOT, updates=incoming, now=work.now)


def states(institution):
    with institution.read() as work:
        rows = work.session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id))
        return [row.state for row in rows]


def owed(institution):
    with institution.read() as work:
        rows = work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.message_id))
        return [screen_from(row.screen, row.args) for row in rows]


def attempts(institution):
    with institution.read() as work:
        return work.session.scalar(select(InboxUpdate.attempts).where(InboxUpdate.update_id == 1))


async def handle_all(bot, institution, until, look=states):
    """Let the dispatcher work until the inbox looks as expected."""
    dispatcher, services, _ = bot
    working = asyncio.create_task(dispatcher.run())
    for _ in range(600):
        if look(institution) == until:
            break
        services.inbox_ready.set()
        await asyncio.sleep(0.01)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert look(institution) == until


@pytest.mark.parametrize("kind", ANSWERED)
async def test_whatever_somebody_sends_is_answered(bot, institution, kind):
    store(institution, (1, ANSWERED[kind]))
    await handle_all(bot, institution, ["done"])
    assert owed(institution)


@pytest.mark.parametrize("kind", IGNORED)
async def test_what_is_not_for_us_leaves_no_trace(bot, institution, kind):
    store(institution, (1, IGNORED[kind]))
    await handle_all(bot, institution, ["done"])
    assert owed(institution) == []
    with institution.read() as work:
        assert [r.chat_id for r in work.session.scalars(select(PersonRow))] in ([], [1001])


class BrokenError(Exception):
    """A bug in a handler."""


async def _break(update, context):
    raise BrokenError


async def test_a_bug_in_a_handler_is_tried_again_then_told_and_listed(bot, institution, clock):
    handler = bot[2].handlers[0][0]
    name = next(iter(handler.commands))
    handler.callback = _break
    entity = {"type": "bot_command", "offset": 0, "length": len(name) + 1}
    command = message(text=f"/{name}", entities=[entity])
    store(institution, (1, {"message": command}), (2, {"message": message(sticker=STICKER)}))
    for attempt in (1, 2):
        await handle_all(bot, institution, attempt, look=attempts)
        assert states(institution) == ["waiting", "waiting"]
        clock.advance(timedelta(seconds=5))
    await handle_all(bot, institution, ["dead", "done"])
    failed = owed(institution)[0]
    with institution.read() as work:
        (letter,) = list_dead_updates(work.session)
    assert (letter.update_id, letter.kind, letter.error) == (1, "message", "BrokenError")
    assert letter.reference == failed.reference
    with institution.begin() as work:
        revive_update(work.session, UpdateKey(BOT, 1))
    handler.callback = _answer_help
    await handle_all(bot, institution, ["done", "done"])


async def _answer_help(update, context):
    await context.show(lambda work, person: None)


async def test_an_update_that_kills_its_process_ends_as_a_dead_letter(bot, institution):
    store(institution, (1, {"message": message(sticker=STICKER)}))
    for _ in range(3):
        with institution.begin() as work:
            assert claim_updates(work.session, bot_id=BOT, now=work.now)
        with institution.begin() as work:
            assert rescue_updates(work.session, bot_id=BOT, now=work.now, alone=True) == 1
    await handle_all(bot, institution, ["dead"])
    assert type(owed(institution)[0]).__name__ == "Failed"
