"""The verbs that serve one part on its own."""

import asyncio
from contextlib import suppress

import typer
from starlette.types import ASGIApp

from actions.server import create_actions
from bot.listening import listen
from bot.logs import configure_logging
from bot.process import serve_app
from bot.secret_files import actions_token, ticket_key
from bot.settings import Settings
from bot.web import create_web
from credentials.bootstrap import open_institution
from credentials.migrations import require_current_schema


def serve_web(settings: Settings, port: int | None) -> None:
    """The web pages."""
    configure_logging(settings)
    institution = open_institution(settings)
    require_current_schema(institution.engine)
    number = settings.web_port if port is None else port
    _serve(create_web(institution, settings), settings.web_host, number, "--port")


def serve_actions(settings: Settings) -> None:
    """Rasa's actions."""
    configure_logging(settings)
    institution = open_institution(settings)
    require_current_schema(institution.engine)
    app = create_actions(
        institution,
        token=actions_token(settings).get_secret_value(),
        ticket_key=ticket_key(settings).get_secret_value(),
    )
    _serve(app, settings.actions_host, settings.actions_port, "SKILLMARK_ACTIONS_PORT")


def _serve(app: ASGIApp, host: str, port: int, option: str) -> None:
    listener = listen(host, port, option)
    typer.echo(f"listening on http://{host}:{listener.getsockname()[1]}", err=True)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve_app(app, listener))
