"""An unmodified python-telegram-bot application lives on the playground."""

import asyncio
import io

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

ANA = 1001


async def greet(update, context):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go on", callback_data="go")]])
    await update.message.reply_html(
        f"<b>Hello 👋 {update.effective_user.first_name}</b> {context.args}", reply_markup=keyboard
    )


async def go_on(update, context):
    await update.callback_query.answer("Done", show_alert=True)
    await update.callback_query.edit_message_text("<i>Edited</i>", parse_mode="HTML")


async def send_back(update, context):
    file = await update.message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(content, filename="back.bin", caption="as it was")


@pytest.fixture
async def application(driver):
    application = (
        Application.builder()
        .token("42:test")
        .base_url(f"{driver.base}/bot")
        .base_file_url(f"{driver.base}/file/bot")
        .build()
    )
    application.bot_data["seen"] = []
    application.add_handlers(
        [
            CommandHandler("start", greet),
            CallbackQueryHandler(go_on),
            MessageHandler(filters.Document.ALL, send_back),
            ChatMemberHandler(note_member),
        ]
    )
    async with application:
        await application.updater.start_polling()
        await application.start()
        yield application
        await application.updater.stop()
        await application.stop()


async def note_member(update, context):
    context.bot_data["seen"].append(update.my_chat_member.new_chat_member.status)


class Person:
    """Ana's phone, driven over HTTP without blocking the bot's event loop."""

    def __init__(self, http):
        self.http = http

    async def act(self, path, **body):
        answer = (await self.http.post(f"/sim/{path}", json={"user": ANA, **body})).json()
        return answer, await self.wait(answer["seq"])

    async def wait(self, since, kinds="message,edit"):
        query = {"user": ANA, "since": since, "timeout": 20, "kinds": kinds}
        answer = (await self.http.get("/sim/wait", params=query)).json()
        assert not answer["timed_out"]
        return answer["events"][-1]


@pytest.fixture
async def ana(driver):
    async with httpx.AsyncClient(base_url=driver.base, timeout=30) as http:
        yield Person(http)


@pytest.fixture
async def bot(started):
    async with Bot("42:test", f"{started.base}/bot", f"{started.base}/file/bot") as bot:
        yield bot


async def test_a_deep_link_a_tap_and_an_edit(application, ana):
    _, shown = await ana.act("command", command="start", args="invite_1")
    message = shown["message"]
    assert message["text"] == "Hello 👋 Ana ['invite_1']"
    # the waving hand is two UTF-16 units
    assert message["entities"][0] == {"type": "bold", "offset": 0, "length": 12}

    tapped, _ = await ana.act("tap", label="go on")
    edited = await ana.wait(tapped["seq"], "edit")
    toast = await ana.wait(tapped["seq"], "toast")
    assert edited["message"]["text"] == "Edited"
    assert edited["message"]["edited"] is True
    assert edited["message"]["buttons"] == []
    assert (toast["text"], toast["alert"]) == ("Done", True)


async def test_a_document_comes_back_byte_for_byte(application, ana):
    content = bytes(range(256)) * 40
    sent = await ana.http.post(
        "/sim/document", data={"user": str(ANA)}, files={"file": ("a.bin", content)}
    )
    shown = await ana.wait(sent.json()["seq"])
    file = shown["message"]["files"][0]
    assert (file["name"], shown["message"]["text"]) == ("back.bin", "as it was")
    assert (await ana.http.get(file["url"])).content == content


async def test_a_block_reaches_the_bot_and_stops_it(application, ana):
    await ana.act("command", command="start")
    await ana.http.post("/sim/block", json={"user": ANA})
    with pytest.raises(Forbidden, match="blocked by the user"):
        await application.bot.send_message(ANA, "still there?")
    await ana.http.post("/sim/unblock", json={"user": ANA})
    await ana.act("command", command="start")
    assert [str(status) for status in application.bot_data["seen"]] == ["kicked", "member"]


async def test_a_redelivered_update_comes_again_under_its_id(application, ana):
    sent, _ = await ana.act("command", command="start")
    _, again = await ana.act("redeliver", update_id=sent["update_id"])
    assert again["message"]["text"].startswith("Hello")


async def test_faults_become_the_errors_the_library_knows(bot, started, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    started.sim("fault", method="sendMessage", code=429, retry_after=2)
    with pytest.raises(RetryAfter, match="Retry in 0:00:02"):
        await bot.send_message(ANA, "too fast")
    started.sim("fault", method="sendMessage", code=403, chat_id=ANA)
    with pytest.raises(Forbidden):
        await bot.send_message(ANA, "blocked")
    started.sim("fault", method="*", code=500, times=0)
    with pytest.raises(NetworkError):
        await bot.get_me()
    started.http.delete("/sim/fault")
    await bot.send_message(ANA, "through")
    assert [message["text"] for message in started.chat() if message["from"] == "bot"] == [
        "through"
    ]


async def test_a_lost_reply_has_taken_effect(bot, started):
    started.sim("fault", method="sendMessage", lost_reply=True)
    with pytest.raises(NetworkError):
        await bot.send_message(ANA, "once")
    assert started.chat()[-1]["text"] == "once"


async def test_a_delayed_call_is_late_but_done(bot, started):
    started.sim("fault", method="sendMessage", delay=0.01)
    assert (await bot.send_message(ANA, "late")).text == "late"


async def test_a_second_poll_takes_over(driver):
    async with (
        Bot("42:test", f"{driver.base}/bot") as one,
        Bot("42:test", f"{driver.base}/bot") as two,
    ):
        first = asyncio.create_task(one.get_updates(timeout=20))
        await asyncio.to_thread(driver.see, "wait", since=0, kinds="bot", timeout=20)
        assert await two.get_updates(timeout=0) == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await first


async def test_a_webhook_and_polling_exclude_each_other(bot):
    await bot.set_webhook("https://example.org/hook", secret_token="s3cret")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_sent_photo_loses_what_was_baked_into_it(bot, bake, started):
    message = await bot.send_photo(ANA, bake("signed", (1600, 900)))
    assert [max(size.width, size.height) for size in message.photo] == [320, 800, 1280]
    content = bytes(await (await message.photo[-1].get_file()).download_as_bytearray())
    assert content.startswith(b"\xff\xd8")
    assert b"signed" not in content


async def test_media_is_replaced_in_place_and_reused_by_id(bot, bake):
    document = await bot.send_document(ANA, bake("signed"), filename="badge.png", caption="One")
    again = await bot.send_document(ANA, document.document.file_id)
    assert again.document.file_unique_id == document.document.file_unique_id
    await bot.edit_message_caption(ANA, document.message_id, caption="Two")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("Three", ANA, document.message_id)
    with pytest.raises(BadRequest, match="use file of type document as photo"):
        await bot.send_photo(ANA, document.document.file_id)


async def test_a_voice_note_travels(bot):
    message = await bot.send_voice(ANA, io.BytesIO(b"OggS" + bytes(60)))
    assert message.voice.mime_type == "audio/ogg"


async def test_a_malformed_token_is_unauthorized(driver):
    with pytest.raises(InvalidToken):
        async with Bot("no token", f"{driver.base}/bot"):
            pass
