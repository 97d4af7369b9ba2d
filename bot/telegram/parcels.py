"""A drawn message on its way to Telegram: sent, or put in the place of a card.

Words go out as HTML; should Telegram not understand it, once more as plain text.
"""

import html
import re
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.attachments import Prepared
from bot.telegram.screens.drawing import Button, Drawn
from bot.telegram.transport import call
from credentials.outbox import MessageClass, OwedMessage
from credentials.people.persons import Recipient

CAPTION_LIMIT = 1_024  # characters
TEXT_LIMIT = 4_096  # UTF-16 units without markup, as Telegram counts
TAG = re.compile(r"<[^>]*>")
BAD_MARKUP = "can't parse entities"


@dataclass(frozen=True)
class Parcel:
    """A message with everything it takes to send it."""

    owed: OwedMessage
    chat_id: int
    drawn: Drawn
    file: Prepared | None
    parse_mode: str | None = ParseMode.HTML


@dataclass(frozen=True)
class Letter:
    """A claimed message. `to` and `parcel` are known when it comes straight from its answer."""

    owed: OwedMessage
    to: Recipient | None = None
    parcel: Parcel | None = None


async def send_parcel(bot: Bot, parcel: Parcel) -> int:
    """Send it, as plain text if its markup is refused; its number in the chat.

    Raises Telegram's errors.
    """
    parcel = _fitted(parcel)
    try:
        return await _send(bot, parcel)
    except BadRequest as error:
        if BAD_MARKUP not in error.message.lower():
            raise
        return await _send(bot, _plain(parcel))


def _fitted(parcel: Parcel) -> Parcel:
    """Cut off where Telegram would refuse it; what somebody wrote may be as long as a message."""
    units = _words(parcel).encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * TEXT_LIMIT:
        return parcel
    kept = units[: 2 * (TEXT_LIMIT - 1)].decode("utf-16-le", "ignore")  # no half of a pair
    return _with_words(parcel, kept + "…")


def _plain(parcel: Parcel) -> Parcel:
    return _with_words(parcel, _words(parcel))


def _words(parcel: Parcel) -> str:
    return html.unescape(TAG.sub("", str(parcel.drawn.text)))


def _with_words(parcel: Parcel, words: str) -> Parcel:
    return replace(parcel, drawn=replace(parcel.drawn, text=Markup(words)), parse_mode=None)  # noqa: S704


async def _send(bot: Bot, parcel: Parcel) -> int:
    if parcel.file is not None:
        return await _send_file(bot, parcel, parcel.file)
    if parcel.owed.edit_target is not None and await _edit(bot, parcel):
        return parcel.owed.edit_target
    return await _send_words(bot, parcel)


async def _send_words(bot: Bot, parcel: Parcel) -> int:
    sent = await call(
        bot,
        "sendMessage",
        chat_id=parcel.chat_id,
        disable_notification=parcel.owed.message_class is MessageClass.NUDGE or None,
        **_card(parcel),
    )
    return int(sent["message_id"])


def _card(parcel: Parcel) -> dict[str, Any]:
    """Words, buttons and how they are shown, as the Bot API takes them."""
    markup = _keyboard(parcel.drawn)
    return {
        "text": str(parcel.drawn.text),
        "parse_mode": parcel.parse_mode,
        "reply_markup": {"inline_keyboard": markup} if markup else None,
        "link_preview_options": {"is_disabled": True},
    }


async def _edit(bot: Bot, parcel: Parcel) -> bool:
    """Draw in place; False when that message cannot be edited and a new one is due."""
    try:
        await call(
            bot,
            "editMessageText",
            chat_id=parcel.chat_id,
            message_id=parcel.owed.edit_target,
            **_card(parcel),
        )
    except BadRequest as error:
        reason = error.message.lower()
        if "not modified" in reason:
            return True
        if "no text" in reason and not parcel.drawn.rows:
            return await _close_caption(bot, parcel)
        if "edit" in reason or "no text" in reason:
            return False
        raise
    return True


async def _close_caption(bot: Bot, parcel: Parcel) -> bool:
    """A card with a file that is done with says so in its caption, without its buttons."""
    if len(parcel.drawn.text) > CAPTION_LIMIT:
        return False
    try:
        await bot.edit_message_caption(
            parcel.chat_id,
            parcel.owed.edit_target,
            caption=str(parcel.drawn.text),
            parse_mode=parcel.parse_mode,
        )
    except BadRequest:
        return False
    return True


async def _send_file(bot: Bot, parcel: Parcel, file: Prepared) -> int:
    wanted = parcel.drawn.attachment
    assert wanted is not None
    fits = len(parcel.drawn.text) <= CAPTION_LIMIT
    caption = str(parcel.drawn.text) if fits else None
    buttons = _keyboard(parcel.drawn) if fits else []
    markup = InlineKeyboardMarkup.de_json({"inline_keyboard": buttons}) if buttons else None
    content = InputFile(file.content, filename=file.filename)
    if wanted.form == "photo":
        sent = await bot.send_photo(
            parcel.chat_id,
            content,
            caption=caption,
            parse_mode=parcel.parse_mode,
            reply_markup=markup,
        )
    elif wanted.form == "voice":
        sent = await bot.send_voice(
            parcel.chat_id,
            content,
            caption=caption,
            parse_mode=parcel.parse_mode,
            reply_markup=markup,
        )
    else:
        sent = await bot.send_document(
            parcel.chat_id,
            content,
            caption=caption,
            parse_mode=parcel.parse_mode,
            reply_markup=markup,
            disable_content_type_detection=True,
        )
    if not fits:
        await _send_words(bot, parcel)
    return sent.message_id


def _keyboard(drawn: Drawn) -> list[list[dict[str, str]]]:
    return [[_button(button) for button in row] for row in drawn.rows]


def _button(button: Button) -> dict[str, str]:
    leads_to = {"url": button.url} if button.url else {"callback_data": button.data or ""}
    return {"text": button.label, **leads_to}
