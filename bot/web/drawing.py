"""Draws the pages. Every word comes from `bot/texts`; templates hold structure only."""

import hashlib
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.settings import Settings
from bot.texts import Say, languages

FOLDER = Path(__file__).parent / "pages"
STATIC = FOLDER / "static"


class Pages:
    """The templates with what every page needs."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def draw(
        self,
        request: Request,
        template: str,
        status: int = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        say = say_for(request)
        page = self._templates.get_template(f"{template}.html").render(
            t=say.plain,
            say=say,
            institution=self._settings.institution_name,
            origin=self._settings.public_url,
            bot=self._settings.bot_username,
            static=static_url,
            path=request.url.path,
            **values,
        )
        return HTMLResponse(page, status, dict(headers or {}))

    def message(
        self, request: Request, name: str, status: int, **values: str | int
    ) -> HTMLResponse:
        """A page that says one thing: `<name>-title`, `<name>-text`."""
        return self.draw(request, "message", status, name=name, values=values)


def say_for(request: Request) -> Say:
    """The words in the first language the reader's browser asks for that there is."""
    for part in request.headers.get("accept-language", "").split(",")[:10]:
        language = part.partition(";")[0].strip().partition("-")[0].lower()
        if language in languages():
            return Say(language)
    return Say()


@cache
def static_url(name: str) -> str:
    """A static file's address; its content's hash lets browsers keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
