"""Learners and advisors talk to each other through the bot, as their phones show it."""

import asyncio
import io
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from bot.playground.server import running
from bot.telegram.handing_back import settle
from credentials.catalogue import load_folder
from credentials.outbox import MessageClass, enqueue
from credentials.people import Role, invite_staff, register_person
from tests.submissions import small_catalogue
from tests.whole_bot import PassingClock, whole_bot
from tests.worlds import Phone

ANA, TIA, BEN, GRACE = 1001, 1002, 2001, 2002
VOICE = b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead\x01\x01" + b"\x00" * 600


@pytest.fixture
def clock():
    return PassingClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))  # a Monday, within the hours


class Chat:
    """A phone whose every act leaves the bot's loop free."""

    def __init__(self, phone):
        self.phone = phone

    def __getattr__(self, name):
        act = getattr(self.phone, name)
        return lambda *args, **kwargs: asyncio.to_thread(act, *args, **kwargs)


@pytest.fixture
async def chats(institution):
    """Makes chats on the playground beside a running bot."""
    with institution.begin() as work:
        load_folder(work, small_catalogue(institution.settings.data_dir / "catalogue"))
    phones = []
    with running() as server:
        async with whole_bot(institution, server) as services:

            async def chat(user, name, *, is_advisor=False):
                phone = Chat(await asyncio.to_thread(Phone, server, user, name))
                phones.append(phone)
                if is_advisor:
                    with institution.begin() as work:
                        token = invite_staff(work, role=Role.ADVISOR).token
                    await phone.say(f"/start s_{token}")
                    await phone.tap("Yes, accept")
                    await phone.wait("you are now an advisor")
                return phone

            chat.services = services
            yield chat
            for phone in phones:
                phone.phone.close()


@asynccontextmanager
async def talking(chats, user=ANA, name="Ana", advisor=None):
    """A learner and an advisor in a conversation."""
    ben = advisor or await chats(BEN, "Ben", is_advisor=True)
    ana = await chats(user, name)
    await ana.say("/ask")
    await ben.wait(f"{name} would like to talk")
    await ben.tap("Talk to them")
    await ana.wait("An advisor is here now")
    yield ana, ben


def photo():
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(out, "JPEG")
    return out.getvalue()


async def test_both_write_and_the_bot_keeps_quiet_until_one_ends_it(chats):
    async with talking(chats) as (ana, ben):
        await ana.tell("Is SQL worth it for hospital work?")
        asked = await ben.wait("worth it for hospital")
        assert asked.text == "Ana\nIs SQL worth it for hospital work?"
        await ben.tell("Yes, <most> of it.\nWhat would you like to do?")
        answered = await ana.wait("most")
        assert answered.text == "Your advisor\nYes, <most> of it.\nWhat would you like to do?"
        before = len(await ana.messages())
        for words in ("menu", "2", "help", "cancel", "what is a micro-credential?"):
            await ana.tell(words)
            await ben.wait(lambda m, words=words: m.text == f"Ana\n{words}")
        assert len(await ana.messages()) == before + 5
        ended = await ben.tap("End the conversation")
        assert "You have ended the conversation with Ana" in ended.text
        await ana.wait("ended the conversation. I'm back")
        assert "What would you like to do" in (await ana.say("menu")).text


async def test_photos_files_and_voice_notes_go_both_ways(chats):
    async with talking(chats) as (ana, ben):
        for sender, reader in ((ana, ben), (ben, ana)):
            for name, content, how in (
                ("picture.jpg", photo(), "photo"),
                ("../joins.sql", b"SELECT 1", "document"),
                ("note.ogg", VOICE, "voice"),
            ):
                await asyncio.to_thread(
                    sender.phone.http.post,
                    f"/sim/{how}",
                    data={"user": str(sender.phone.user), "caption": f"my {how}"},
                    files={"file": (name, content)},
                )
                came = await reader.wait(lambda m, how=how: m.text.endswith(f"my {how}"))
                assert [file["kind"] for file in came.files] == [how]
        sent = await ana.wait("my document")
        assert [file["name"] for file in sent.files] == ["joins.sql"]


async def test_what_is_written_before_anybody_comes_is_kept_in_its_order(chats):
    ana, ben = await chats(ANA, "Ana"), await chats(BEN, "Ben", is_advisor=True)
    told = await ana.say("/ask")
    assert "told an advisor" in told.text
    assert "not your Telegram account" in told.text
    for words in ("first", "second", "third"):
        assert "Kept" in (await ana.say(words)).text
    card = await ben.tap("Talk to them")
    assert "talking to Ana" in card.text
    await ben.wait("third")
    said = [m.text for m in await ben.messages() if m.text.startswith("Ana\n")]
    assert said == ["Ana\nfirst", "Ana\nsecond", "Ana\nthird"]


async def test_the_bot_goes_back_to_the_question_it_was_at(chats):
    ben = await chats(BEN, "Ben", is_advisor=True)
    ana = await chats(ANA, "Ana")
    await ana.say("/remind")
    days = await ana.tap("Other times")
    await ana.say("/ask")
    await ben.wait("Ana would like to talk")
    card = await ben.tap("Talk to them")
    assert "setting a reminder" in card.text
    await ana.wait("An advisor is here")
    await ana.tap("End the conversation")
    assert (await ana.wait(lambda m: m.text == days.text and bool(m.labels))).labels == days.labels
    assert any("I'm back" in m.text and not m.labels for m in await ana.messages())
    await ben.wait("Ana has ended the conversation")


async def test_it_works_a_second_and_a_third_time(chats):
    ben = await chats(BEN, "Ben", is_advisor=True)
    for turn in ("one", "two", "three"):
        async with talking(chats, advisor=ben) as (ana, _):
            await ana.tell(f"turn {turn}")
            await ben.wait(f"turn {turn}")
            await ben.tell(f"answer {turn}")
            await ana.wait(f"answer {turn}")
            await ana.tap("End the conversation")
            await ben.wait("Ana has ended")
            await ben.post("message", {"user": BEN, "text": "/menu"})
            seen = (await ben.last()).id
            menu = await ben.wait(lambda m, seen=seen: m.id >= seen and "would you like" in m.text)
            assert menu.labels


async def test_two_advisors_at_once_and_one_has_them(chats):
    ben, grace = [await chats(u, n, is_advisor=True) for u, n in ((BEN, "Ben"), (GRACE, "Grace"))]
    ana = await chats(ANA, "Ana")
    assert "2 advisors" in (await ana.say("/ask")).text
    for phone in (ben, grace):
        await phone.wait("Ana would like to talk")
    await asyncio.gather(ben.tap("Talk to them"), grace.tap("Talk to them"))
    cards = [(await phone.wait("talking to")).text for phone in (ben, grace)]
    assert sorted("colleague" in text for text in cards) == [False, True]


async def test_with_several_people_a_reply_says_whom_it_is_for(chats):
    async with talking(chats) as (ana, ben), talking(chats, TIA, "Tia", ben) as (tia, _):
        await ana.tell("I am Ana")
        await tia.tell("I am Tia")
        from_tia, from_ana = await ben.wait("I am Tia"), await ben.wait("I am Ana")
        await ben.reply(from_ana, "for Ana")
        await ben.reply(from_tia, "for Tia")
        await ana.wait("for Ana")
        await tia.wait("for Tia")
        whom = await ben.say("and this one?")
        assert whom.labels == ["Ana", "Tia", "Nobody"]
        await ben.tap("Tia")
        await tia.wait("and this one")
        assert not any("and this one" in m.text for m in await ana.messages())
        await ben.say("a slip")
        assert "nobody" in (await ben.tap("Nobody")).text
        people = await ben.say("/waiting")
        assert people.labels == ["With Ana now", "With Tia now"]


async def test_a_changed_message_changes_where_it_was_passed_on(chats):
    async with talking(chats) as (ana, ben):
        number = await ana.tell("at hafl past six")
        await ben.wait("hafl")
        await ana.post("edit", {"user": ANA, "message_id": number, "text": "at half past six"})
        changed = await ben.wait("half past six")
        assert changed.text == "Ana (changed)\nat half past six"
        assert not any("hafl" in m.text for m in await ben.messages())


async def test_buttons_and_commands_wait_but_ones_rights_do_not(chats):
    async with talking(chats) as (ana, ben):
        assert "keep quiet" in (await ana.say("/progress")).text
        assert "keep quiet" in (await ana.press("v1:evidence:")).text
        assert "keep about you" in (await ana.say("/export")).text
        assert "won't write to you unasked" in (await ana.say("/stop")).text
        assert "keep quiet" in (await ana.say("/ask")).text
        assert "I'm back" in (await ana.say("/cancel")).text
        await ben.wait("Ana has ended")


async def test_long_words_arrive_whole(chats):
    async with talking(chats) as (ana, ben):
        words = " ".join(str(number) for number in range(900))[:4096]
        await ana.tell(words)
        await ben.wait(lambda m: m.text.startswith("Ana\n") and words[-20:] in m.text)
        parts = [
            m.text.removeprefix("Ana\n") for m in await ben.messages() if m.text[:4] == "Ana\n"
        ]
        assert " ".join(parts) == words


async def test_last_words_go_only_if_the_person_agrees(chats):
    ben, ana = await chats(BEN, "Ben", is_advisor=True), await chats(ANA, "Ana")
    await ana.say("my clinic wants a paper that I do not have")
    asked = await ana.say("/ask")
    assert "my clinic wants a paper" in asked.text
    await ana.tap("Pass that on")
    await ben.tap("Talk to them")
    await ben.wait("my clinic wants a paper")


async def test_in_distress_nothing_is_quoted_and_the_advisors_hear_at_once(chats, clock):
    clock.advance(timedelta(hours=12))
    ben, ana = await chats(BEN, "Ben", is_advisor=True), await chats(ANA, "Ana")
    await ana.say("I do not want to go on like this any more")
    asked = await ana.press("v1:ask_person:urgent")
    assert "go on like this" not in asked.text
    assert "outside their hours" in asked.text
    wanted = await ben.wait("Ana would like to talk")
    assert "as soon as you can" in wanted.text


async def test_out_of_hours_it_says_when_and_the_bot_carries_on(chats, clock):
    clock.advance(timedelta(hours=10))
    ben, ana = await chats(BEN, "Ben", is_advisor=True), await chats(ANA, "Ana")
    asked = await ana.say("/ask")
    assert "Tue 3 March 2026, 09:00" in asked.text
    assert "Tue 3 March 2026, 09:00" in (await ana.say("about my badge")).text
    assert "carry on" in (await ana.tap("Carry on here")).text
    assert "I help you find a path" in (await ana.say("/help")).text
    assert not any("Ana would like" in m.text for m in await ben.messages())
    clock.advance(timedelta(hours=14))
    await ben.wait("Ana would like to talk")
    await ben.tap("Talk to them")
    await ana.wait("An advisor is here")
    await ben.wait("about my badge")


async def test_thinking_better_of_it(chats):
    ben, ana = await chats(BEN, "Ben", is_advisor=True), await chats(ANA, "Ana")
    await ana.say("/ask")
    await ben.wait("Ana would like to talk")
    assert "nobody is asked" in (await ana.tap("Never mind")).text
    assert "is over" in (await ben.tap("Talk to them")).text


async def test_after_four_silent_hours_the_bot_is_back(chats, clock, institution):
    async with talking(chats) as (ana, ben):
        clock.advance(timedelta(hours=4, minutes=1))
        with institution.begin() as work:
            assert settle(chats.services, work) == 1
        await ana.wait("four hours")
        await ben.wait("four hours")


async def test_a_learner_who_leaves_ends_it(chats, institution):
    async with talking(chats) as (ana, ben):
        await ana.post("block", {"user": ANA})
        await ben.tell("are you there?")
        for _ in range(200):
            with institution.begin() as work:
                if settle(chats.services, work):
                    break
            await asyncio.sleep(0.05)
        assert "left the chat" in (await ben.wait("left the chat")).text


async def test_when_an_advisor_deletes_their_data_the_learner_waits_for_another(chats):
    async with talking(chats) as (ana, ben):
        grace = await chats(GRACE, "Grace", is_advisor=True)
        await ben.say("/delete")
        await ben.tap("Delete my data")
        await grace.wait("Ana would like to talk")
        await ana.wait("had to leave")
        assert "Kept" in (await ana.say("I would still like to talk")).text
        await grace.tap("Talk to them")
        await grace.wait("I would still")
        await grace.tell("Here I am.")
        await ana.wait("Here I am")


async def test_an_advisor_who_asks_is_answered_by_a_colleague(chats):
    ben = await chats(BEN, "Ben", is_advisor=True)
    assert "no advisor yet" in (await ben.say("/ask")).text
    assert "Nobody waits" in (await ben.say("/waiting")).text


async def test_what_cannot_be_passed_on_is_said_to_the_sender(chats):
    async with talking(chats) as (ana, ben):
        refused = await ana.send("tool.exe", b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 400)
        assert "can't" in refused.text or "don't" in refused.text
        assert not any("tool" in m.text for m in await ben.messages())


async def test_an_update_that_comes_twice_is_passed_on_once(chats):
    async with talking(chats) as (ana, ben):
        sent = (await ana.post("message", {"user": ANA, "text": "only once"})).json()
        await ben.wait("only once")
        await ana.post("redeliver", {"update_id": sent["update_id"]})
        await ana.tell("and then this")
        await ben.wait("and then this")
        said = [m.text for m in await ben.messages() if m.text.startswith("Ana\n")]
        assert said == ["Ana\nonly once", "Ana\nand then this"]


async def test_what_the_bot_would_say_unasked_waits_for_the_end(chats, clock, institution):
    async with talking(chats) as (ana, ben):
        with institution.begin() as work:
            person = register_person(
                work, telegram_user_id=ANA, chat_id=ANA, first_name="Ana", language_code="en"
            )
            args = {"reminder_id": "r", "kind": "once", "told": 0}
            enqueue(
                work.session, person_id=person.person_id, screen="study_nudge", args=args,
                message_class=MessageClass.NUDGE, now=work.now,
            )  # fmt: skip
        chats.services.outbox_ready.set()
        await ben.tell("still with you")
        await ana.wait("still with you")
        assert not any("asked me to remind" in m.text for m in await ana.messages())
        await ana.tap("End the conversation")
        clock.advance(timedelta(minutes=11))
        await ana.wait("asked me to remind")


async def test_a_reply_after_the_end_goes_to_nobody(chats):
    async with talking(chats) as (ana, ben):
        await ana.tell("Is there a fee?")
        asked = await ben.wait("a fee")
        await ben.tell("No.")
        answered = await ana.wait("No\\.")
        await ana.tap("End the conversation")
        await ben.wait("Ana has ended")
        await ben.reply(asked, "One more thing.")
        await ben.wait("conversation is over")
        await ana.reply(answered, "Thank you!")
        await ana.wait("conversation is over")
        assert not any("One more" in m.text for m in await ana.messages())


async def test_buttons_of_the_wish_are_out_of_date_once_somebody_is_there(chats):
    async with talking(chats) as (ana, ben):
        for card, data in ((2, "v1:ho_withdraw:"), (3, "v1:ho_carry_on:")):
            assert "keep quiet" in (await ana.press(data, card)).text
        await ana.tell("still here")
        await ben.wait("still here")


async def test_a_code_in_a_sentence_is_for_the_person_and_alone_it_is_checked(chats):
    async with talking(chats) as (ana, ben):
        await ben.tell("your badge has the code SM-HH2C-6PLN-T9EA on its picture")
        assert "SM-HH2C" in (await ana.wait("on its picture")).text


async def test_a_code_is_checked_while_somebody_is_waited_for(chats):
    ben, ana = await chats(BEN, "Ben", is_advisor=True), await chats(ANA, "Ana")
    await ana.say("/ask")
    await ben.wait("Ana would like to talk")
    checked = await ana.say("SM-HH2C-6PLN-T9EA")
    assert "Kept" not in checked.text
    assert "Kept" in (await ana.say("my badge SM-HH2C-6PLN-T9EA has the wrong name on it")).text
