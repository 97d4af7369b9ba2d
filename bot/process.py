"""The composition root: settings → institution → Telegram, web, actions and ticks in one loop."""

import asyncio
import gc
import logging
import signal
import socket
import time
from collections.abc import Awaitable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from typing import Any

import uvicorn
from pydantic import SecretStr
from starlette.types import ASGIApp
from telegram import Bot
from telegram.error import InvalidToken, NetworkError

from bot.commands.migrate import migrate_database
from bot.commands_menu import publish_commands
from bot.listening import listen
from bot.memory import keep_little
from bot.metrics import Metrics
from bot.secret_files import actions_token, channel_token, ticket_key, webhook_secret
from bot.settings import Settings
from bot.telegram.application import AnyApplication, build_application
from bot.telegram.context import Services
from bot.telegram.delivery import Courier
from bot.telegram.dialogue import Dialogue
from bot.telegram.dispatching import Dispatcher
from bot.telegram.receiving import Inlet, Receiver
from bot.telegram.webhook import Webhook, is_webhook_ours, set_webhook, webhook_path
from bot.ticks import create_scheduler
from credentials.bootstrap import open_institution
from credentials.catalogue import current_catalogue
from credentials.catalogue.matching.vectors import refresh_index
from credentials.catalogue.occupation_match import match_occupations
from credentials.errors import SetupError
from credentials.issuing import check_keys, ensure_keys
from credentials.migrations import require_current_schema
from credentials.pathways.solving import load_solver
from credentials.sending_budget import resume_sending
from credentials.unit_of_work import Institution

log = logging.getLogger(__name__)

THREADS = 8
GARBAGE = 10_000  # objects more, before the collector looks
WAIT_FOR_TELEGRAM_SECONDS = 1.0
WARM_UP_AFTER_SECONDS = 3.0
WATCH_WEBHOOK_SECONDS = 60.0


async def run(settings: Settings, *, migrate_first: bool = False) -> None:
    """Serve until a signal comes; with `migrate_first`, bring the database up to date before.

    Raises:
        SetupError: the token, the schema or a key is not in order; says what to do.
    """
    keep_little()
    token = _token(settings)
    if migrate_first:
        migrate_database(settings, "head")
    institution = open_institution(settings)
    require_current_schema(institution.engine)
    with institution.begin() as work:
        check_keys(work)
        ensure_keys(work)
    threads = ThreadPoolExecutor(THREADS, thread_name_prefix="work")
    metrics = Metrics()
    dialogue = create_dialogue(settings, institution, metrics)
    services = Services(institution, settings, dialogue, threads, metrics=metrics)
    application = build_application(
        services, token=token.get_secret_value(), api=settings.telegram_api
    )
    try:
        await _serve(settings, institution, services, application)
    finally:
        await dialogue.close()
        threads.shutdown(wait=True)
        services.drawing.shutdown(wait=True)
        institution.engine.dispose()


def create_dialogue(
    settings: Settings, institution: Institution, metrics: Metrics | None = None
) -> Dialogue:
    """The client of the Rasa channel."""
    return Dialogue(
        url=settings.rasa_url,
        token=channel_token(settings),
        ticket_key=ticket_key(settings),
        timeout_seconds=settings.rasa_timeout_seconds,
        now=institution.clock.now,
        monotonic=time.monotonic,
        metrics=metrics,
    )


async def serve_app(app: ASGIApp, listener: socket.socket) -> None:
    """Serve an ASGI app until cancelled."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, timeout_graceful_shutdown=1, lifespan="off"
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve([listener]))  # noqa: SLF001  # `serve` takes our signals
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


async def _serve(
    settings: Settings, institution: Institution, services: Services, application: AnyApplication
) -> None:
    """Telegram first: the pages and the actions are loaded beside it."""
    web = listen(settings.web_host, settings.web_port, "SKILLMARK_WEB_PORT")
    jobs: list[Coroutine[Any, Any, None]] = [
        _telegram(institution, services, application),
        _pages(settings, institution, web, services.metrics),
    ]
    if settings.actions == "embedded":
        place = listen(settings.actions_host, settings.actions_port, "SKILLMARK_ACTIONS_PORT")
        jobs.append(_actions(settings, institution, place))
    scheduler = create_scheduler(institution, services)
    scheduler.start()
    try:
        await _until_stopped(jobs)
    finally:
        scheduler.shutdown(wait=False)


async def _pages(
    settings: Settings, institution: Institution, listener: socket.socket, metrics: Metrics
) -> None:
    web = await asyncio.to_thread(import_module, "bot.web")
    await serve_app(web.create_web(institution, settings, metrics=metrics), listener)


async def _actions(settings: Settings, institution: Institution, listener: socket.socket) -> None:
    server = await asyncio.to_thread(import_module, "actions.server")
    actions = server.create_actions(
        institution,
        token=actions_token(settings).get_secret_value(),
        ticket_key=ticket_key(settings).get_secret_value(),
    )
    await serve_app(actions, listener)


async def _telegram(
    institution: Institution, services: Services, application: AnyApplication
) -> None:
    await _until_telegram_answers(application)
    services.bot_username = services.settings.bot_username or application.bot.username
    bot = application.bot
    await publish_commands(bot, institution)
    await services.writes.write(
        lambda work: resume_sending(work.session, bot_id=bot.id, now=work.now)
    )
    dispatcher, courier = Dispatcher(application, services), Courier(bot, services)
    services.delivery = courier
    inlet = Inlet(bot.id, services.writes, services.inbox_ready, dispatcher)
    by_webhook = bool(services.settings.webhook_url)
    if by_webhook:
        source = receive_by_webhook(bot, inlet, services.settings)
        inlet.is_open.set()
    else:
        source = Receiver(bot, inlet).run()
    log.info("ready", extra={"bot": services.bot_username})
    asyncio.get_running_loop().call_later(
        WARM_UP_AFTER_SECONDS, services.threads.submit, _warm_up, institution
    )
    try:
        await _first_to_end([source, _work(inlet, dispatcher, courier)])
    finally:
        await application.shutdown()


async def _work(inlet: Inlet, dispatcher: Dispatcher, courier: Courier) -> None:
    """Handle and deliver, once what a process that is gone left behind has been taken up."""
    await inlet.is_open.wait()
    await _first_to_end([dispatcher.run(), courier.run()])


async def receive_by_webhook(bot: Bot, inlet: Inlet, settings: Settings) -> None:
    """Take updates by webhook until cancelled.

    The webhook stays set when this process ends: another replica may be taking updates, and for
    the last one Telegram keeps them for a day.
    """
    secret = webhook_secret(settings).get_secret_value()
    listener = listen(settings.webhook_host, settings.webhook_port, "SKILLMARK_WEBHOOK_PORT")
    webhook = Webhook(inlet, path=webhook_path(settings), secret=secret)
    serving = asyncio.create_task(serve_app(webhook, listener))
    try:
        await set_webhook(bot, settings, secret)
        while True:
            await asyncio.sleep(WATCH_WEBHOOK_SECONDS)
            await _watch_webhook(bot, settings, secret)
    finally:
        webhook.is_closing = True
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def _watch_webhook(bot: Bot, settings: Settings, secret: str) -> None:
    with suppress(NetworkError):
        if not await is_webhook_ours(bot, settings):
            log.error("the webhook was changed; who has the bot's token? Setting it again")
            await set_webhook(bot, settings, secret)


def _warm_up(institution: Institution) -> None:
    """Read and load what the first pathway needs, so that nobody waits for it."""
    with institution.read() as work:
        current_catalogue(work).warm_up()
        match_occupations(work, "data analyst")
    load_solver()
    refresh_index(institution)
    # What has been loaded stays: the collector need not walk through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 20)


async def _until_telegram_answers(application: AnyApplication) -> None:
    while True:
        try:
            await application.initialize()
        except InvalidToken as error:
            raise SetupError("Telegram does not know this bot token; see BotFather") from error
        except NetworkError as error:
            log.warning("Telegram does not answer", extra={"error": type(error).__name__})
            await asyncio.sleep(WAIT_FOR_TELEGRAM_SECONDS)
        else:
            return


async def _until_stopped(jobs: list[Coroutine[Any, Any, None]]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    await _first_to_end([stopped.wait(), *jobs])


async def _first_to_end(jobs: list[Awaitable[Any]] | list[Coroutine[Any, Any, Any]]) -> None:
    """Run side by side until one ends, then end the others; an error of one is raised."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


def _token(settings: Settings) -> SecretStr:
    if settings.telegram_bot_token is None:
        raise SetupError("set TELEGRAM_BOT_TOKEN to the token BotFather gave you")
    return settings.telegram_bot_token
