"""The playground as one web application on loopback: the Bot API, `/sim/*` and the page."""

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.bot_api import bot_api_routes
from bot.playground.clock import WorldClock
from bot.playground.guard import LoopbackGuard, is_loopback
from bot.playground.sim import sim_routes
from bot.playground.story import StoryFolder
from bot.playground.watching import apply_story, watching_routes
from bot.playground.webhook import WebhookSender
from bot.playground.world import World

PAGE = Path(__file__).parent / "page"
WATCH_SECONDS = 0.5
SHUTDOWN_SECONDS = 1

log = logging.getLogger(__name__)


def create_app(story_folder: Path | None = None, clock_file: Path | None = None) -> Starlette:
    """Build the playground.

    Args:
        story_folder: Holds `story.json` (see `story`); it may appear or change later.
        clock_file: Where the clock's offset is kept, whole seconds as text.
    """
    world = World(WorldClock(clock_file))
    folder = StoryFolder(story_folder)
    folder.refresh()
    apply_story(world, folder.story)

    async def show_page(request: Request) -> FileResponse:
        return FileResponse(PAGE / "index.html")

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(_watch(world, folder)),
            asyncio.create_task(WebhookSender(world.updates, world.clock.seconds).run()),
        ]
        yield
        for task in tasks:
            task.cancel()
        world.close()

    app = Starlette(
        routes=[
            *bot_api_routes(world),
            *sim_routes(world, folder),
            *watching_routes(world, folder),
            Route("/", show_page),
            Mount("/page", StaticFiles(directory=PAGE)),
        ],
        middleware=[Middleware(LoopbackGuard)],
        lifespan=lifespan,
    )
    app.state.world = world
    return app


class PlaygroundServer(uvicorn.Server):
    """Lets long polls and event streams go before it waits for connections to close."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.config.app.state.world.close()  # type: ignore[union-attr]
        await super().shutdown(sockets)


def build_server(app: Starlette, port: int, host: str = "127.0.0.1") -> PlaygroundServer:
    """A server for loopback.

    Raises:
        ValueError: The host is not this computer.
    """
    if not is_loopback(host):
        raise ValueError(f"the playground binds to loopback only, not to {host!r}")
    return PlaygroundServer(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
    )


def serve(
    port: int,
    host: str = "127.0.0.1",
    story_folder: Path | None = None,
    clock_file: Path | None = None,
) -> None:
    """Run the playground until SIGINT or SIGTERM.

    Raises:
        ValueError: The host is not this computer.
    """
    build_server(create_app(story_folder, clock_file), port, host).run()


@contextlib.contextmanager
def running(story_folder: Path | None = None, clock_file: Path | None = None) -> Iterator[str]:
    """A playground in a thread of this process; gives its address, `http://127.0.0.1:<free port>`.

    Told to end, it ends a moment later, and nobody waits for that.
    """
    server = build_server(create_app(story_folder, clock_file), 0)
    listener = socket.create_server(("127.0.0.1", 0))
    started = threading.Event()
    thread = threading.Thread(target=_run, args=(server, listener, started), daemon=True)
    thread.start()
    started.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True


def _run(server: PlaygroundServer, listener: socket.socket, started: threading.Event) -> None:
    started.set()  # the socket listens already, so a first request waits instead of failing
    server.run(sockets=[listener])


async def _watch(world: World, folder: StoryFolder) -> None:
    """Notice a changed story and a bot that comes or goes."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        if folder.refresh():
            apply_story(world, folder.story)
        is_listening = world.updates.has_listener(asyncio.get_running_loop().time())
        if is_listening != world.is_bot_listening:
            world.is_bot_listening = is_listening
            world.journal.add("bot", None, listening=is_listening)
