"""The peer: the least a python-telegram-bot application can be, on the transport ours uses.

Updates come by webhook through uvicorn, as in PTB's own `examples/customwebhookbot`, chats side by
side; a text is answered with itself, a press is acknowledged and its message edited.
`python -m tests.bench.loading.echo PORT API`.
"""

import asyncio
import json
import sys

import uvicorn
from starlette.types import Receive, Scope, Send
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.telegram.transport import AiohttpRequest

TOKEN = "43:bench"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="v1:again:")]])


async def reply(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    await message.reply_text(message.text or "", reply_markup=KEYBOARD)


async def edit(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(query.data or "", reply_markup=KEYBOARD)


async def main(port: int, api: str) -> None:
    application = (
        Application.builder().token(TOKEN).base_url(f"{api}/bot").request(AiohttpRequest())
        .get_updates_request(AiohttpRequest(connections=1)).updater(None).concurrent_updates(True)
        .build()
    )  # fmt: skip
    application.add_handlers([MessageHandler(filters.TEXT, reply), CallbackQueryHandler(edit)])

    async def webhook(scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        more = True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        await application.update_queue.put(Update.de_json(json.loads(body), application.bot))
        headers = [(b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    config = uvicorn.Config(webhook, port=port, log_config=None, lifespan="off")
    async with application:
        await application.start()
        await uvicorn.Server(config).serve()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
