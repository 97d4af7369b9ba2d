"""What a handler works with: who wrote, what they sent, and one transaction to answer in."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from telegram import Message, Update, User
from telegram.error import BadRequest, TelegramError
from telegram.ext import CallbackContext, ExtBot

from actions.screens import Screen, Shown, before
from actions.screens.general import Problem
from actions.screens.handoff import HandoffHeld
from actions.screens.incoming import StaleButton
from actions.screens.words import Menu
from bot.commands_menu import publish_role
from bot.metrics import Metrics
from bot.settings import Settings
from bot.telegram.callback_data import Press, unpack
from bot.telegram.dialogue import Dialogue
from bot.telegram.incoming import IncomingFile, incoming_file
from bot.telegram.parcels import Letter
from bot.telegram.transport import call
from bot.texts import Say
from bot.threads import GroupCommit, in_thread
from bot.verifier import BadgeDesk
from credentials.drafts import current_draft
from credentials.errors import AlreadyHandledError, CredentialsError, NotFoundError, StaleError
from credentials.fault_points import ACTED, ANSWERED, BEGUN, ENQUEUED, reach
from credentials.handoff import find_active, is_talking
from credentials.inbox import UpdateKey
from credentials.outbox import MessageClass, enqueue, has_due_messages
from credentials.people import Person, register_person
from credentials.unit_of_work import Institution, Work

log = logging.getLogger(__name__)

# What works while somebody talks to an advisor: one's data, one's peace, and an advisor's own work.
COMMANDS_ALWAYS = frozenset(
    ["ask", "cancel", "stop", "resume", "privacy", "export", "delete", "queue", "waiting", "issued"]
)
PRESSES_ALWAYS = frozenset(
    ["ask_person", "stop", "resume", "privacy", "export", "delete", "erase", "keep_data", "people"]
)
ADVISORS_OWN = ("ho_", "rv_", "issued")

T = TypeVar("T")
UseCase = Callable[[Work, Person], T]


class Delivering(Protocol):
    """Delivery, as far as an answer on its way to it is concerned."""

    def places(self, wanted: int) -> AbstractContextManager[int]:
        """Room for so many that are claimed in the transaction that owes them."""

    def claim_answer(self, work: Work, person_id: str) -> Letter | None:
        """What the person is owed first, if it may leave now; in the transaction that owes it."""

    def pack(self, letter: Letter) -> Letter:
        """Drawn, in a thread and after the commit."""

    def begin(self, items: Iterable[Letter]) -> None:
        """Send them."""


@dataclass
class Services:
    """What every handler shares in one process."""

    institution: Institution
    settings: Settings
    dialogue: Dialogue
    threads: ThreadPoolExecutor
    # Files are made one at a time: a picture takes a hundred milliseconds and tens of megabytes.
    drawing: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "draw"))
    inbox_ready: asyncio.Event = field(default_factory=asyncio.Event)
    outbox_ready: asyncio.Event = field(default_factory=asyncio.Event)
    bot_username: str = ""
    resumes: Mapping[str, Callable[[Work, Person], Shown]] = field(default_factory=dict)
    metrics: Metrics = field(default_factory=Metrics)
    delivery: Delivering | None = None
    desk: BadgeDesk = field(init=False)
    writes: GroupCommit = field(init=False)

    def __post_init__(self) -> None:
        self.desk = BadgeDesk(self.institution, metrics=self.metrics)
        self.writes = GroupCommit(self.institution, self.threads)


if TYPE_CHECKING:
    BaseContext = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
else:
    BaseContext = CallbackContext


def open_question_of(services: Services, work: Work, person: Person) -> list[Screen]:
    """The question of what somebody is in the middle of; empty without one."""
    draft = current_draft(work.session, person.person_id)
    resume = services.resumes.get(draft.kind) if draft else None
    shown = resume(work, person) if resume else None
    return [shown] if isinstance(shown, Screen) else shown or []


class Context(BaseContext):
    """The context of one update."""

    incoming: Update
    key: UpdateKey
    is_answered: bool = False  # the update's end is committed

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":  # PTB's signature
        context = super().from_update(update, application)
        assert isinstance(update, Update)
        context.incoming = update
        context.key = UpdateKey(application.bot.id, update.update_id)
        return context

    @property
    def services(self) -> Services:
        services = self.application.bot_data["services"]
        assert isinstance(services, Services)
        return services

    @property
    def press(self) -> Press:
        """The pressed button; only for handlers of presses."""
        query = self.incoming.callback_query
        pressed = self.pressed_instead or unpack(query.data if query else None)
        assert pressed is not None
        return pressed

    @property
    def has_press(self) -> bool:
        """Whether a button of this version was pressed, or typed."""
        query = self.incoming.callback_query
        pressed = self.pressed_instead or unpack(query.data if query else None)
        return pressed is not None

    @property
    def pressed_instead(self) -> Press | None:
        """A button that was pressed by typing its label or number."""
        return getattr(self, "_pressed_instead", None)

    def press_instead(self, press: Press) -> None:
        self._pressed_instead = press

    @property
    def text(self) -> str:
        message = self.incoming.effective_message
        return (message.text or message.caption or "") if message else ""

    @property
    def reply_to(self) -> int | None:
        """The number of the message this one replies to."""
        message = self.incoming.effective_message
        replied = message.reply_to_message if message else None
        return replied.message_id if replied else None

    @property
    def is_forwarded(self) -> bool:
        """Whether the message was written by somebody else and passed on."""
        message = self.incoming.effective_message
        return message is not None and message.forward_origin is not None

    @property
    def argument(self) -> str:
        """What follows a command, such as a deep link's parameter; empty for a press."""
        return self.text.partition(" ")[2].strip() if self.text.startswith("/") else ""

    def find_file(self) -> IncomingFile | None:
        """The file of the message, if it is one and carries one."""
        message = self.incoming.message
        return incoming_file(message, self.bot) if message else None

    def incoming_file(self) -> IncomingFile:
        """The file of the message; only for handlers of files."""
        found = self.find_file()
        assert found is not None
        return found

    async def look(self, use_case: UseCase[T]) -> T:
        """Run a use case in a transaction of its own that does not end the update."""

        def run() -> T:
            with self.services.institution.begin() as work:
                return use_case(work, self._person(work))

        return await self._in_thread(run)

    async def show(self, use_case: UseCase[Shown], *, in_place: bool = True) -> None:
        """Answer the update: use case, its screens and the end of the update in one transaction.

        A refusal of the domain is shown as a problem; after a stale press, or one for something
        that is gone, comes where the person is. The first screen replaces the card whose button
        was pressed.
        """
        try:
            await self._answer(use_case, in_place=in_place)
        except AlreadyHandledError:
            return
        except CredentialsError as error:
            await self.refuse(error)
            return
        await self.acknowledge()

    async def refuse(self, error: CredentialsError) -> None:
        """Answer the update with the problem and end it."""
        log.info("refused", extra={"code": error.code})
        is_stale = isinstance(error, StaleError)
        problem = StaleButton() if error.code == StaleError.code else Problem.of(error)
        is_lost = is_stale or isinstance(error, NotFoundError)

        def screens(work: Work, person: Person) -> list[Screen]:
            where = self.open_question(work, person) or [Menu.of(person)]
            return before(where, problem) if is_lost else [problem]

        with suppress(AlreadyHandledError):
            await self._answer(screens, in_place=False)
        await self.acknowledge("toast-stale" if is_stale else None)

    def open_question(self, work: Work, person: Person) -> list[Screen]:
        """The question of what the person is in the middle of; empty without one."""
        return open_question_of(self.services, work, person)

    async def acknowledge(self, toast: str | None = None) -> None:
        """Stop the button's spinner; `toast` is a text key."""
        query = self.incoming.callback_query
        if query is None:
            return
        try:
            words = Say().plain(toast) if toast else None
            await call(self.bot, "answerCallbackQuery", callback_query_id=query.id, text=words)
        except BadRequest:  # the query is too old to be answered; nobody waits for it
            log.debug("query too old")
        except TelegramError as error:  # the spinner stops by itself; the answer is on its way
            log.warning("query not answered", extra={"error": type(error).__name__})

    async def publish_commands(self) -> None:
        """Show the commands of the person's roles in this chat's menu, which is a convenience."""
        chat, person = self.incoming.effective_chat, await self.look(lambda _, person: person)
        if chat is not None and person.roles:
            with suppress(TelegramError):
                await publish_role(self.bot, chat.id, max(person.roles))

    async def _answer(self, use_case: UseCase[Shown], *, in_place: bool) -> None:
        """Use case, what it owes and the update's end, committed; then the first of it is sent."""
        delivery = self.services.delivery
        try:
            with delivery.places(1) if delivery else nullcontext(0) as room:
                sender = delivery if room else None
                letter, are_waiting = await self._in_thread(
                    lambda: self._commit(use_case, in_place=in_place, sender=sender)
                )
                reach(ANSWERED)
                if sender and letter:
                    sender.begin([letter])
        except AlreadyHandledError:
            self.is_answered = True
            raise
        self.is_answered = True
        if are_waiting:
            self.services.outbox_ready.set()

    def _commit(
        self, use_case: UseCase[Shown], *, in_place: bool, sender: Delivering | None
    ) -> tuple[Letter | None, bool]:
        """What can be sent at once, and whether more is owed."""
        letter, are_waiting = None, True
        with self.services.institution.begin(handling=self.key) as work:
            reach(BEGUN)
            person = self._person(work)
            held = self._held(work, person)
            shown = held or use_case(work, person)
            reach(ACTED)
            screens = [shown] if isinstance(shown, Screen) else shown or []
            target = self._card() if in_place and not held else None
            for screen in screens:
                self._enqueue(work, person, screen, target)
                target = None
            if sender:
                work.session.flush()
                letter = sender.claim_answer(work, person.person_id)
                are_waiting = has_due_messages(work.session, now=work.now)
            reach(ENQUEUED)
        return (sender.pack(letter) if sender and letter else None), are_waiting

    def _held(self, work: Work, person: Person) -> Screen | None:
        """While somebody talks to an advisor the bot keeps quiet, save for what is always theirs."""
        if self.has_press:
            action = self.press.action
            is_free = action in PRESSES_ALWAYS or action.startswith(ADVISORS_OWN)
        else:
            is_free = self._command is None or self._command in COMMANDS_ALWAYS
        if is_free or not is_talking(work, person_id=person.person_id):
            return None
        handoff = find_active(work, person_id=person.person_id)
        return HandoffHeld.of(handoff) if handoff else None

    @property
    def _command(self) -> str | None:
        """The command of the message without slash and bot's name; None for everything else."""
        word = self.text.partition(" ")[0]
        return word[1:].partition("@")[0].lower() if word.startswith("/") else None

    def put(self, work: Work, person: Person, screen: Screen) -> None:
        """Owe the screen ahead of what the use case owes, in place of the pressed card."""
        self._enqueue(work, person, screen, self._card())

    def owe(self, work: Work, screen: Screen) -> None:
        """Owe the person a screen in a transaction that is not the update's own."""
        self._enqueue(work, self._person(work), screen, None)

    def _enqueue(self, work: Work, person: Person, screen: Screen, target: int | None) -> None:
        enqueue(
            work.session,
            person_id=person.person_id,
            screen=screen.name,
            args=screen.args,
            message_class=MessageClass.REPLY,
            edit_target=target,
            now=work.now,
        )

    def _card(self) -> int | None:
        query = self.incoming.callback_query
        return query.message.message_id if query and isinstance(query.message, Message) else None

    def _person(self, work: Work) -> Person:
        user, chat = self.incoming.effective_user, self.incoming.effective_chat
        assert isinstance(user, User)
        assert chat is not None
        return register_person(
            work,
            telegram_user_id=user.id,
            chat_id=chat.id,
            first_name=user.first_name,
            language_code=user.language_code,
        )

    async def _in_thread(self, run: Callable[[], T]) -> T:
        return await in_thread(self.services.threads, run)
