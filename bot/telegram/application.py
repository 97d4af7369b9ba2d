"""Builds the PTB application: the one ordered list of handlers."""

from collections.abc import Iterable, Mapping
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from actions.screens.incoming import UnknownCommand
from bot.telegram.context import Context, Services
from bot.telegram.handlers import (
    account,
    badges,
    employer,
    evidence,
    handoff,
    intake,
    issued,
    pathways,
    reminders,
    review,
)
from bot.telegram.handlers import help as assistance
from bot.telegram.handlers.files import Files
from bot.telegram.handlers.words import Words
from bot.telegram.routes import Handler, Routes
from bot.telegram.transport import AiohttpRequest
from credentials.errors import StaleError

JOURNEYS: tuple[Routes, ...] = (
    intake.ROUTES,
    pathways.ROUTES,
    evidence.ROUTES,
    review.ROUTES,
    issued.ROUTES,
    badges.ROUTES,
    employer.ROUTES,
    reminders.ROUTES,
    account.ROUTES,
    handoff.ROUTES,
    assistance.ROUTES,
)

FILES = filters.Document.ALL | filters.PHOTO | filters.VOICE | filters.AUDIO | filters.VIDEO

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def build_application(services: Services, *, token: str, api: str) -> AnyApplication:
    """An application without an updater: updates come from the inbox."""
    application: AnyApplication = (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest(connections=1))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.bot_data["services"] = services
    add_handlers(application)
    return application


def add_handlers(application: AnyApplication) -> None:
    """Order matters: the first handler that fits takes the update."""
    commands = merged(routes.commands for routes in JOURNEYS)
    presses = merged(routes.presses for routes in JOURNEYS)
    application.bot_data["commands"] = commands
    application.bot_data["services"].resumes = merged(routes.resumes for routes in JOURNEYS)
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
    words = Words(
        commands=commands,
        presses=presses,
        texts=merged(routes.texts for routes in JOURNEYS),
    )
    files = Files(merged(routes.files for routes in JOURNEYS))
    start = Start(commands["start"], merged(routes.start_links for routes in JOURNEYS))
    for name, handler in {**commands, "start": start.receive}.items():
        application.add_handler(CommandHandler(name, _plain(handler), filters=private))
    application.add_handlers(
        [
            MessageHandler(private & filters.COMMAND, _plain(_unknown_command)),
            CallbackQueryHandler(_plain(Presses(presses).receive)),
            MessageHandler(private & filters.TEXT, _plain(words.receive)),
            MessageHandler(private & FILES, _plain(files.receive)),
            MessageHandler(private & ~filters.StatusUpdate.ALL, _plain(handoff.take_no_media)),
            MessageHandler(edited, _plain(handoff.change)),
            ChatMemberHandler(_plain(account.note_membership), ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )


def merged(tables: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One table of all.

    Raises:
        TypeError: two journeys claim the same key.
    """
    known: dict[str, Any] = {}
    for table in tables:
        twice = known.keys() & table.keys()
        if twice:
            raise TypeError(f"two journeys handle {sorted(twice)}")
        known.update(table)
    return known


class Start:
    """`/start` alone begins or resumes; with a deep link's parameter it goes where that leads."""

    def __init__(self, plain: Handler, links: Mapping[str, Handler]) -> None:
        self._plain, self._links = plain, links

    async def receive(self, context: Context) -> None:
        for prefix, handler in self._links.items():
            if context.argument.startswith(prefix):
                await handler(context)
                return
        await self._plain(context)


class Presses:
    """Buttons by their action; unknown data gets a way back."""

    def __init__(self, presses: Mapping[str, Handler]) -> None:
        self._presses = presses

    async def receive(self, context: Context) -> None:
        handler = self._presses.get(context.press.action) if context.has_press else None
        if handler is None:
            await context.refuse(StaleError())
        else:
            await handler(context)


def _plain(handler: Handler) -> Any:  # PTB's callback type
    async def receive(update: Update, context: Context) -> None:
        await handler(context)

    return receive


async def _unknown_command(context: Context) -> None:
    await context.show(lambda work, person: UnknownCommand())
