"""The institution's public documents and, for people, a page about each."""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions.screens.verify import VerdictFacts
from bot.pictures.badge import draw_badge
from bot.texts.verdicts import describe
from bot.verifier import BadgeDesk
from bot.web.drawing import Pages, say_for
from bot.web.limits import RateLimiter, client_of
from bot.web.negotiation import HTML, JSON_TYPES, JWT_TYPES, PNG, VARY, wanted_form
from credentials.catalogue import Achievement
from credentials.catalogue.frameworks import attributions
from credentials.enquiries.answers import Answer
from credentials.enquiries.documents import (
    find_own_achievement,
    find_own_badge,
    read_own,
    read_own_jwt,
)
from credentials.openbadges.baking import bake_png
from credentials.unit_of_work import Institution, Work
from credentials.verification.resolution import Fetched, own_path

T = TypeVar("T")

# Verifiers that run in a browser read documents from other origins.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"
FRESH_SECONDS = 300
STATUS_FRESH_SECONDS = 60


class Documents:
    """did.json, issuer, achievements, credentials, status lists."""

    def __init__(
        self, institution: Institution, pages: Pages, desk: BadgeDesk, limiter: RateLimiter
    ) -> None:
        self._institution, self._pages = institution, pages
        self._desk, self._limiter = desk, limiter

    def routes(self) -> list[Route]:
        return [
            Route("/", self.home, name="home"),
            Route("/.well-known/did.json", self.did, name="did"),
            Route("/issuer", self.issuer, name="issuer"),
            Route("/achievements/{id}", self.achievement, name="achievement"),
            Route("/credentials/{id}", self.credential, name="credential"),
            Route("/credentials/{id}/image.png", self.picture, name="picture"),
            Route("/status/{id}", self.status, name="status"),
        ]

    async def home(self, request: Request) -> Response:
        return self._pages.draw(request, "home")

    async def did(self, request: Request) -> Response:
        return _serve(request, await self._read(request))

    async def status(self, request: Request) -> Response:
        return _serve(request, await self._read(request), seconds=STATUS_FRESH_SECONDS)

    async def issuer(self, request: Request) -> Response:
        document = await self._read(request)
        form = _form(request, [*JSON_TYPES[2:], HTML])
        if form != HTML:
            return _serve(request, document, form)
        did = self._institution.settings.issuer_did
        return self._pages.draw(request, "issuer", headers={"Vary": VARY}, did=did)

    async def achievement(self, request: Request) -> Response:
        document = await self._read(request)
        form = _form(request, [*JSON_TYPES[2:], HTML])
        if form != HTML:
            return _serve(request, document, form)
        entry = await run_in_threadpool(self._look, find_own_achievement, request.url.path)
        sources = await run_in_threadpool(self._attributions)
        return self._pages.draw(
            request,
            "achievement",
            headers={"Vary": VARY},
            sources=sources,
            **_achievement(document, entry),
        )

    async def credential(self, request: Request) -> Response:
        """The badge: signed JSON for programs, a page for people."""
        document = await self._read(request)
        form = _form(request, [*JSON_TYPES, HTML, *JWT_TYPES, PNG])
        if form == PNG:
            return await self.picture(request)
        if form in JWT_TYPES:
            return _serve(request, await self._token(request), form, name="badge.jwt")
        if form != HTML:
            return _serve(request, document, form, name="badge.json")
        answer = await self._desk.judge_text(document.content.decode())
        return self._badge_page(request, answer, await run_in_threadpool(self._attributions))

    async def picture(self, request: Request) -> Response:
        """The badge's picture with the credential baked in."""
        self._limiter.check(client_of(request))
        path = request.url.path.removesuffix("/image.png")
        badge = await run_in_threadpool(self._look, find_own_badge, path)
        if badge is None:
            raise HTTPException(404)
        picture = await run_in_threadpool(_baked_picture, badge.credential, badge.code)
        return _serve(request, Fetched(picture, PNG), name="badge.png")

    async def _read(self, request: Request) -> Fetched:
        self._limiter.check(client_of(request))
        found = await run_in_threadpool(self._look, read_own, request.url.path)
        if found is None:
            raise HTTPException(404)
        return found

    async def _token(self, request: Request) -> Fetched:
        token = await run_in_threadpool(self._look, read_own_jwt, request.url.path)
        if token is None:
            raise HTTPException(406)
        return Fetched(token.encode(), JWT_TYPES[0])

    def _attributions(self) -> tuple[str, ...]:
        with self._institution.read() as work:
            return attributions(work)

    def _look(self, use: Callable[[Work, str], T], path: str) -> T:
        with self._institution.read() as work:
            return use(work, path)

    def _badge_page(self, request: Request, answer: Answer, sources: Sequence[str]) -> Response:
        facts = VerdictFacts.of(answer)
        credential = answer.verdict.credential
        picture = f"{request.url.path}/image.png"
        return self._pages.draw(
            request,
            "badge",
            headers={"Vary": VARY},
            sources=sources,
            facts=facts,
            words=describe(facts, say_for(request)),
            address=f"{self._institution.settings.public_url}{request.url.path}",
            picture=f"{self._institution.settings.public_url}{picture}" if credential else None,
            picture_path=picture,
            achievement_path=self._own_path(credential.achievement_id) if credential else None,
        )

    def _own_path(self, url: str) -> str | None:
        return own_path(url, self._institution.settings.public_url)


@lru_cache(maxsize=64)
def _baked_picture(credential: str, code: str) -> bytes:
    return bake_png(draw_badge(json.loads(credential), code=code), credential)


def _form(request: Request, offered: Sequence[str]) -> str:
    form = wanted_form(request, offered)
    if form is None:
        raise HTTPException(406)
    return form


def _serve(
    request: Request,
    document: Fetched,
    media_type: str | None = None,
    *,
    name: str | None = None,
    seconds: int = FRESH_SECONDS,
) -> Response:
    """A document's bytes with an ETag; with `?download`, to be saved under a name."""
    etag = f'"{hashlib.sha256(document.content).hexdigest()[:32]}"'
    headers = {
        **OPEN,
        "ETag": etag,
        "Cache-Control": f"public, max-age={seconds}",
        "Content-Security-Policy": SEALED,
        "Vary": VARY,
    }
    if name is not None:
        form = "attachment" if "download" in request.query_params else "inline"
        headers["Content-Disposition"] = f'{form}; filename="{name}"'
    known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
    if etag in known or f"W/{etag}" in known:
        return Response(status_code=304, headers=headers)
    return Response(document.content, headers=headers, media_type=media_type or document.media_type)


def _achievement(document: Fetched, entry: Achievement) -> dict[str, Any]:
    """What the page about a micro-credential shows: the catalogue's words, the signed codes."""
    return {
        "entry": entry,
        "skills": [
            {
                "name": item["targetName"],
                "code": f"{item.get('targetFramework', '')} {item.get('targetCode', '')}".strip(),
                "url": item.get("targetUrl"),
            }
            for item in json.loads(document.content).get("alignment", [])
        ],
    }
