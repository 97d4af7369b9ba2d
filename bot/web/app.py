"""Composes the web side: routes, headers, limits, errors."""

import logging
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from bot.metrics import Metrics
from bot.settings import Settings
from bot.verifier import BadgeDesk
from bot.web.developers import Developers
from bot.web.documents import Documents
from bot.web.drawing import STATIC, Pages
from bot.web.guard import Headers, guard
from bot.web.health import Health
from bot.web.limits import MAX_UPLOAD_BYTES, RateLimiter
from bot.web.negotiation import HTML, preferred
from bot.web.vc_api import VcApi
from bot.web.verifying import Verifying
from credentials.unit_of_work import Institution
from credentials.verification.fetching import GuardedFetcher
from credentials.verification.resolution import Resolver

log = logging.getLogger(__name__)

READS_PER_MINUTE = 240
CHECKS_PER_MINUTE = 30
ERROR_PAGES = {400: "not-allowed", 404: "missing", 405: "not-allowed", 406: "not-allowed"}
ERROR_PAGES |= {413: "too-large", 429: "too-many"}


def create_web(
    institution: Institution,
    settings: Settings,
    *,
    metrics: Metrics | None = None,
    network: Resolver | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> Starlette:
    """The ASGI app of the pages and the public documents."""
    pages = Pages(settings)
    metrics = metrics or Metrics()
    desk = BadgeDesk(institution, network=network, metrics=metrics)
    health = Health(institution, metrics)
    documents = Documents(institution, pages, desk, RateLimiter(READS_PER_MINUTE, monotonic))
    verifying = Verifying(pages, desk, RateLimiter(CHECKS_PER_MINUTE, monotonic))
    developers = Developers(pages, settings)
    errors = Errors(pages)
    conformance = VcApi(institution, network or GuardedFetcher()) if settings.vc_api else None
    routes: list[BaseRoute] = [
        *(conformance.routes() if conformance else ()),
        *documents.routes(),
        *verifying.routes(),
        *health.routes(),
        *developers.routes(),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(Headers, https=settings.public_url.startswith("https://")),
            Middleware(health.measuring),
        ],
        exception_handlers={HTTPException: errors.refuse, Exception: errors.fail},
    )


class Errors:
    """Says what went wrong, as a page or as JSON; never how."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def refuse(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        name = ERROR_PAGES.get(error.status_code, "missing")
        answer: Response
        if _wants_page(request):
            answer = self._pages.message(
                request, name, error.status_code, limit=MAX_UPLOAD_BYTES // 2**20
            )
        else:
            phrase = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
            answer = JSONResponse({"error": phrase}, error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    def fail(self, request: Request, error: Exception) -> Response:
        reference = secrets.token_hex(4).upper()
        log.error("page failed", exc_info=error, extra={"reference": reference})
        answer: Response
        if _wants_page(request):
            answer = self._pages.message(request, "broken", 500, reference=reference)
        else:
            answer = JSONResponse({"error": "broken", "reference": reference}, 500)
        guard(answer.headers)  # this answer is given outside of every middleware
        return answer


def _wants_page(request: Request) -> bool:
    if request.url.path.startswith("/api/"):
        return False
    return preferred(request.headers.get("accept", ""), ["application/json", HTML]) == HTML
