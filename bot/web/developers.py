"""The description of the interface, for programs and for people."""

import copy
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.settings import Settings
from bot.web.drawing import Pages

DOCUMENT = Path(__file__).parent / "openapi.yaml"


class Developers:
    """`/docs` and `/openapi.json`."""

    def __init__(self, pages: Pages, settings: Settings) -> None:
        self._pages, self._settings = pages, settings

    def routes(self) -> list[Route]:
        return [
            Route("/docs", self.page, name="docs"),
            Route("/openapi.json", self.openapi, name="openapi"),
        ]

    async def page(self, request: Request) -> Response:
        return self._pages.draw(request, "api", document=_document())

    async def openapi(self, request: Request) -> Response:
        document = copy.copy(_document())
        document["servers"] = [{"url": self._settings.public_url}]
        return JSONResponse(document, headers={"Access-Control-Allow-Origin": "*"})


@cache
def _document() -> dict[str, Any]:
    document = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document
