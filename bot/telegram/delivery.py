"""Outbox → Telegram: drawn at delivery in the person's language, in order per person.

Telegram knows no idempotency key, so an answer that was lost after sending is the one place where
a message may be doubled (results, deadlines) or stay unsent (nudges); `MessageClass` decides which.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from telegram import Bot
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from actions.screens import screen_from
from actions.screens.handoff import HandoffMessage
from bot.telegram.attachments import MAKERS
from bot.telegram.claiming import Claimer
from bot.telegram.context import Services
from bot.telegram.parcels import Letter, Parcel, send_parcel
from bot.telegram.screens.drawing import Drawn, draw
from bot.telegram.transport import LostAnswerError
from bot.texts import Say
from bot.threads import in_thread
from credentials.correlation import caused_by
from credentials.fault_points import CONFIRMED, DRAWN, LEAVING, OWED_CLAIMED, SENT, reach
from credentials.handoff import is_talking, note_delivered
from credentials.outbox import (
    LEASE,
    LONGEST_WAIT,
    UNASKED,
    MessageClass,
    OwedMessage,
    begin_sending,
    claim_message_of,
    claim_messages,
    give_back,
    has_due_messages,
    hold_message,
    keep_message_leases,
    mark_dead,
    mark_sent,
    mark_uncertain,
    park_messages,
    rescue_messages,
    retry_later,
)
from credentials.people import find_recipient, mark_unreachable
from credentials.people.persons import Recipient, remember_buttons
from credentials.people.talk import note_shown
from credentials.sending_budget import pause_person, slow_group, stop_sending
from credentials.unit_of_work import Work

log = logging.getLogger(__name__)

IN_HAND = 32  # messages one process sends at a time
FRESH = timedelta(seconds=30)  # a reply whose answer was lost is worth repeating for so long
MAX_REPEATS = 3
GONE = ("chat not found", "user is deactivated", "bot was blocked")


class Courier(Claimer[Letter]):
    """Sends what is owed."""

    in_hand = IN_HAND
    renew_every = LEASE / 6

    def __init__(self, bot: Bot, services: Services) -> None:
        super().__init__(services, services.outbox_ready)
        self._bot, self._metrics = bot, services.metrics

    def claim(self, work: Work, room: int) -> tuple[list[Letter], bool]:
        claimed = claim_messages(
            work.session,
            bot_id=self._bot.id,
            now=work.now,
            limit=room,
            per_second=self._services.settings.sends_per_second,
        )
        letters = [Letter(owed) for owed in claimed]
        return letters, has_due_messages(work.session, now=work.now)

    def claim_answer(self, work: Work, person_id: str) -> Letter | None:
        """What the person is owed first, if it may leave now; in the transaction that owes it."""
        owed = claim_message_of(
            work.session,
            person_id,
            bot_id=self._bot.id,
            now=work.now,
            per_second=self._services.settings.sends_per_second,
        )
        return Letter(owed, find_recipient(work, person_id)) if owed else None

    def pack(self, letter: Letter) -> Letter:
        """Drawn already, where that takes no time and nothing stands in its way."""
        if letter.to is None:
            return letter
        try:
            drawn = _draw(letter.owed, letter.to)
        except Exception:  # noqa: BLE001  # it is drawn once more, and said there
            return letter
        if drawn.attachment:
            return letter
        return replace(letter, parcel=Parcel(letter.owed, letter.to.chat_id, drawn, None))

    def keep(self, work: Work, held: Sequence[Letter]) -> int:
        ids = [letter.owed.message_id for letter in held]
        if ids:
            keep_message_leases(work.session, ids, now=work.now)
        return rescue_messages(work.session, now=work.now, in_hand=ids)

    async def handle(self, letter: Letter) -> None:
        began, owed = time.monotonic(), letter.owed
        with caused_by(owed.caused_by):
            reach(OWED_CLAIMED)
            try:
                await self._draw_and_send(owed, letter.parcel)
            except Exception:  # the row could not be written: the lease runs out
                log.exception("message left behind", extra={"message_id": owed.message_id})
        self._metrics.delivery_seconds.observe(time.monotonic() - began)

    async def _draw_and_send(self, owed: OwedMessage, known: Parcel | None) -> None:
        try:
            parcel = known or await self._packed(owed)
        except Exception as error:
            log.exception("cannot draw", extra={"screen": owed.screen})
            await self._note(owed, "undrawable", partial(_give_up, owed, type(error).__name__))
            return
        if isinstance(parcel, str):
            await self._note(owed, parcel, partial(CLOSINGS[parcel], owed))
            return
        reach(DRAWN)
        if owed.message_class is MessageClass.NUDGE:
            await self._services.writes.write(
                lambda work: begin_sending(work.session, owed.message_id)
            )
            reach(LEAVING)
        try:
            number = await send_parcel(self._bot, parcel)
        except TelegramError as error:
            outcome = outcome_of(error)
            log.warning(
                "not delivered",
                extra={
                    "error": type(error).__name__,
                    "outcome": outcome,
                    "message_id": owed.message_id,
                },
            )
            await self._note(owed, outcome, partial(self._settle, owed, error, outcome))
        else:
            reach(SENT)
            # Nobody waits for it but this person's next message.
            await self._services.writes.write_soon(partial(_sent, parcel, number))
            self._count(owed, "sent")
            log.info("delivered", extra={"message_id": owed.message_id, "screen": owed.screen})
            reach(CONFIRMED)

    async def _packed(self, owed: OwedMessage) -> Parcel | str:
        parcel = await in_thread(self._services.threads, lambda: self._pack(owed))
        wanted = parcel.drawn.attachment if isinstance(parcel, Parcel) else None
        if isinstance(parcel, str) or wanted is None:
            return parcel
        make = partial(MAKERS[wanted.source], self._services.institution, wanted.args)
        return replace(parcel, file=await in_thread(self._services.drawing, make))

    def _pack(self, owed: OwedMessage) -> Parcel | str:
        """What it takes to send it, save for its file, or why it is not sent."""
        with self._services.institution.read() as work:
            to = find_recipient(work, owed.person_id)
            if to is None:
                return "parked"
            is_busy = owed.message_class in UNASKED and is_talking(work, person_id=owed.person_id)
        if owed.message_class in UNASKED and not to.proactive:
            return "stopped"
        if is_busy:
            return "held"
        return Parcel(owed, to.chat_id, _draw(owed, to), None)

    def _settle(self, owed: OwedMessage, error: TelegramError, outcome: str, work: Work) -> None:
        """Write down what a failed sending means."""
        name, bot_id = type(error).__name__, self._bot.id
        if isinstance(error, RetryAfter):
            until = work.now + _wait_of(error)
            give_back(work.session, owed.message_id)
            pause_person(work.session, owed.person_id, bot_id=bot_id, now=work.now, until=until)
        elif outcome == "stopped_all":
            give_back(work.session, owed.message_id)
            stop_sending(work.session, bot_id=bot_id, because="bad token", now=work.now)
            log.critical("token refused, sending stopped")
        elif outcome == "parked":
            mark_unreachable(work, owed.person_id)
            park_messages(work.session, owed.person_id, error=name)
        elif outcome == "refused":
            mark_dead(work.session, owed.message_id, error=name)
            log.error("refused for good", extra={"screen": owed.screen})
        elif outcome == "later" or _may_repeat(work, owed):
            retry_later(work.session, owed.message_id, at=work.now + back_off(owed), error=name)
        else:
            mark_uncertain(work.session, owed.message_id, error=name)

    async def _note(self, owed: OwedMessage, outcome: str, write: Callable[[Work], None]) -> None:
        await self._services.writes.write(write)
        self._count(owed, outcome)

    def _count(self, owed: OwedMessage, outcome: str) -> None:
        self._metrics.sends.labels(owed.message_class.value, outcome).inc()


def _draw(owed: OwedMessage, to: Recipient) -> Drawn:
    return draw(screen_from(owed.screen, owed.args), Say(to.language, to.zone))


def outcome_of(error: TelegramError) -> str:
    """What a failed call means: paused, stopped_all, parked, refused, later or lost.

    PTB's classes follow the HTTP status: 400 BadRequest, 401 and 404 InvalidToken, 403 Forbidden,
    429 RetryAfter, everything else NetworkError.
    """
    if isinstance(error, RetryAfter):
        return "paused"
    if isinstance(error, InvalidToken):
        return "stopped_all"
    if isinstance(error, Forbidden) or any(word in error.message.lower() for word in GONE):
        return "parked"
    if isinstance(error, TimedOut | LostAnswerError):
        return "lost"
    if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
        return "refused"
    return "later"  # no connection, or Telegram answered that it failed


def back_off(owed: OwedMessage) -> timedelta:
    """Exponential with full jitter, at most ten minutes (AWS, "Exponential backoff and jitter")."""
    ceiling = min(2.0**owed.attempts, LONGEST_WAIT.total_seconds())
    return timedelta(seconds=random.uniform(0.5, ceiling))  # noqa: S311  # no secret


def _may_repeat(work: Work, owed: OwedMessage) -> bool:
    """Whether a message whose answer was lost is sent again."""
    if owed.attempts > MAX_REPEATS or owed.message_class is MessageClass.NUDGE:
        return False
    if owed.message_class is MessageClass.REPLY and owed.edit_target is None:
        return work.now - owed.created_at < FRESH
    return True


def _give_up(owed: OwedMessage, error: str, work: Work) -> None:
    mark_dead(work.session, owed.message_id, error=error)


def _park(owed: OwedMessage, work: Work) -> None:
    park_messages(work.session, owed.person_id, error="unreachable")


def _stopped(owed: OwedMessage, work: Work) -> None:
    mark_dead(work.session, owed.message_id, error="stopped")


def _hold(owed: OwedMessage, work: Work) -> None:
    """They are talking to a person; this is no moment for it."""
    hold_message(work.session, owed.message_id, until=work.now + LONGEST_WAIT)


CLOSINGS = {"parked": _park, "stopped": _stopped, "held": _hold}


def _sent(parcel: Parcel, number: int, work: Work) -> None:
    mark_sent(work.session, parcel.owed.message_id, now=work.now)
    if parcel.owed.screen == HandoffMessage.name:
        note_delivered(work, message_id=parcel.owed.args["message_id"], number=number)
    if parcel.chat_id < 0:
        slow_group(work.session, parcel.owed.person_id, now=work.now)
    choices = {b.label: b.data for row in parcel.drawn.rows for b in row if b.data}
    if choices:
        remember_buttons(work, parcel.owed.person_id, choices)
    screen = screen_from(parcel.owed.screen, parcel.owed.args)
    topic, about = screen.topic
    note_shown(work, person_id=parcel.owed.person_id, codes=screen.codes, topic=topic, about=about)


def _wait_of(error: RetryAfter) -> timedelta:
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
