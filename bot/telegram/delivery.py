"""Outbox → Telegram: drawn at delivery in the person's language, in order per person.

Telegram knows no idempotency key, so an answer that was lost after sending is the one place where
a message may be doubled (results) or stay unsent (nudges); `MessageClass` decides which.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from aiolimiter import AsyncLimiter
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from actions.screens import screen_from
from bot.telegram.attachments import MAKERS, Prepared
from bot.telegram.screens.drawing import Drawn, draw
from bot.telegram.transport import NotSentError
from bot.texts import Say
from credentials.outbox import (
    MessageClass,
    OwedMessage,
    claim_messages,
    mark_dead,
    mark_sent,
    mark_uncertain,
    park_messages,
    retry_later,
)
from credentials.people import chat_of, find_person, mark_unreachable
from credentials.people.persons import remember_buttons
from credentials.unit_of_work import Institution, Work

log = logging.getLogger(__name__)

T = TypeVar("T")

NET_SECONDS = 2.0
OVERALL_PER_SECOND = 30
CAPTION_LIMIT = 1_024  # characters
FRESH = timedelta(seconds=30)
MAX_REPEATS = 3
GONE = ("chat not found", "user is deactivated", "bot was blocked")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Parcel:
    """A message with everything it takes to send it."""

    owed: OwedMessage
    chat_id: int
    drawn: Drawn
    file: Prepared | None


class Courier:
    """Sends what is owed."""

    def __init__(
        self, bot: Bot, institution: Institution, threads: ThreadPoolExecutor, ready: asyncio.Event
    ) -> None:
        self._bot, self._institution, self._threads, self._ready = bot, institution, threads, ready
        self._budget = AsyncLimiter(OVERALL_PER_SECOND, 1)
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        try:
            while True:
                self._ready.clear()
                for owed in await self._in_thread(self._claim):
                    task = asyncio.create_task(self._deliver(owed))
                    self._running.add(task)
                    task.add_done_callback(self._done)
                with suppress(TimeoutError):
                    async with asyncio.timeout(NET_SECONDS):
                        await self._ready.wait()
        finally:
            await asyncio.gather(*self._running, return_exceptions=True)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._ready.set()

    def _claim(self) -> list[OwedMessage]:
        with self._institution.begin() as work:
            return claim_messages(work.session, now=work.now)

    async def _deliver(self, owed: OwedMessage) -> None:
        try:
            parcel = await self._in_thread(lambda: self._pack(owed))
        except Exception as error:
            log.exception("cannot draw", extra={"screen": owed.screen})
            await self._note(partial(_give_up, owed, _name(error)))
            return
        if parcel is None:
            await self._note(partial(_park, owed))
            return
        try:
            async with self._budget:
                await self._send(parcel)
        except TelegramError as error:
            await self._note(partial(_settle, owed, error))
        else:
            await self._note(partial(_sent, parcel))

    def _pack(self, owed: OwedMessage) -> Parcel | None:
        with self._institution.begin() as work:
            chat_id = chat_of(work, owed.person_id)
            if chat_id is None:
                return None
            person = find_person(work, owed.person_id)
        drawn = draw(screen_from(owed.screen, owed.args), Say(person.language, person.zone))
        wanted = drawn.attachment
        file = MAKERS[wanted.source](self._institution, wanted.args) if wanted else None
        return Parcel(owed, chat_id, drawn, file)

    async def _send(self, parcel: Parcel) -> None:
        if parcel.file is not None:
            await self._send_file(parcel, parcel.file)
            return
        if parcel.owed.edit_target is not None and await self._edit(parcel):
            return
        await self._bot.send_message(
            parcel.chat_id,
            str(parcel.drawn.text),
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(parcel.drawn),
            link_preview_options=NO_PREVIEW,
            disable_notification=parcel.owed.message_class is MessageClass.NUDGE,
        )

    async def _edit(self, parcel: Parcel) -> bool:
        """Draw in place; False when that message cannot be edited and a new one is due."""
        try:
            await self._bot.edit_message_text(
                str(parcel.drawn.text),
                chat_id=parcel.chat_id,
                message_id=parcel.owed.edit_target,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(parcel.drawn),
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            reason = error.message.lower()
            if "not modified" in reason:
                return True
            if "no text" in reason and not parcel.drawn.rows:
                return await self._close_caption(parcel)
            if "edit" in reason or "no text" in reason:
                return False
            raise
        return True

    async def _close_caption(self, parcel: Parcel) -> bool:
        """A card with a file that is done with says so in its caption, without its buttons."""
        if len(parcel.drawn.text) > CAPTION_LIMIT:
            return False
        try:
            await self._bot.edit_message_caption(
                parcel.chat_id,
                parcel.owed.edit_target,
                caption=str(parcel.drawn.text),
                parse_mode=ParseMode.HTML,
            )
        except BadRequest:
            return False
        return True

    async def _send_file(self, parcel: Parcel, file: Prepared) -> None:
        wanted = parcel.drawn.attachment
        assert wanted is not None
        fits = len(parcel.drawn.text) <= CAPTION_LIMIT
        caption = str(parcel.drawn.text) if fits else None
        markup = _keyboard(parcel.drawn) if fits else None
        content = InputFile(file.content, filename=file.filename)
        if wanted.form == "photo":
            await self._bot.send_photo(
                parcel.chat_id,
                content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
            )
        elif wanted.form == "voice":
            await self._bot.send_voice(
                parcel.chat_id,
                content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
            )
        else:
            await self._bot.send_document(
                parcel.chat_id,
                content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                disable_content_type_detection=True,
            )
        if not fits:
            await self._bot.send_message(
                parcel.chat_id,
                str(parcel.drawn.text),
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(parcel.drawn),
                link_preview_options=NO_PREVIEW,
            )

    async def _note(self, write: Callable[[Work], None]) -> None:
        def run() -> None:
            with self._institution.begin() as work:
                write(work)

        await self._in_thread(run)

    async def _in_thread(self, run: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, run)


def _give_up(owed: OwedMessage, error: str, work: Work) -> None:
    mark_dead(work.session, owed.message_id, error=error)


def _park(owed: OwedMessage, work: Work) -> None:
    park_messages(work.session, owed.person_id, error="gone")


def _settle(owed: OwedMessage, error: TelegramError, work: Work) -> None:
    """Decide what a failed sending means."""
    name = _name(error)
    log.warning("not delivered", extra={"error": name, "message_id": owed.message_id})
    if isinstance(error, RetryAfter):
        after = error.retry_after
        wait = after if isinstance(after, timedelta) else timedelta(seconds=after)
        retry_later(work.session, owed.message_id, at=work.now + wait, error=name)
    elif isinstance(error, Forbidden) or any(word in error.message.lower() for word in GONE):
        mark_unreachable(work, owed.person_id)
        park_messages(work.session, owed.person_id, error=name)
    elif isinstance(error, BadRequest) or not isinstance(error, NetworkError):
        mark_dead(work.session, owed.message_id, error=name)
    elif isinstance(error, NotSentError) or _may_repeat(work, owed):
        wait = timedelta(seconds=min(2**owed.attempts, 600))
        retry_later(work.session, owed.message_id, at=work.now + wait, error=name)
    else:
        mark_uncertain(work.session, owed.message_id, error=name)


def _may_repeat(work: Work, owed: OwedMessage) -> bool:
    if owed.edit_target is not None:
        return owed.attempts <= MAX_REPEATS
    if owed.message_class is MessageClass.RESULT:
        return owed.attempts <= MAX_REPEATS
    is_fresh = work.now - owed.created_at < FRESH
    return owed.message_class is MessageClass.REPLY and is_fresh and owed.attempts <= MAX_REPEATS


def _sent(parcel: Parcel, work: Work) -> None:
    mark_sent(work.session, parcel.owed.message_id, now=work.now)
    choices = {b.label: b.data for row in parcel.drawn.rows for b in row if b.data}
    if choices:
        remember_buttons(work, parcel.owed.person_id, choices)


def _keyboard(drawn: Drawn) -> InlineKeyboardMarkup | None:
    if not drawn.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b.label, callback_data=b.data, url=b.url) for b in row]
            for row in drawn.rows
        ]
    )


def _name(error: Exception) -> str:
    return type(error).__name__
