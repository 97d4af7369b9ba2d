"""The page on which anybody checks a badge, and the same for programs."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.screens.verify import VerdictFacts
from bot.texts.verdicts import describe
from bot.verifier import BadgeDesk
from bot.web.drawing import Pages, say_for
from bot.web.limits import MAX_UPLOAD_BYTES, RateLimiter, client_of, limited
from credentials.enquiries.answers import Answer
from credentials.openbadges.reading import ReadingError, read_json
from credentials.verification.extraction import MAX_TEXT, MAX_TEXT_BYTES
from credentials.verification.verdict import as_json

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


@dataclass(frozen=True)
class Given:
    """What somebody gave: bytes of a file, or a text."""

    content: bytes = b""
    text: str = ""


class Verifying:
    """`/verify` and `POST /api/verify`."""

    def __init__(self, pages: Pages, desk: BadgeDesk, limiter: RateLimiter) -> None:
        self._pages, self._desk, self._limiter = pages, desk, limiter

    def routes(self) -> list[Route]:
        return [
            Route("/verify", self.show_form, name="verify"),
            Route("/verify", self.check, methods=["POST"], name="check"),
            Route("/api/verify", self.check_for_programs, methods=["POST"], name="api-verify"),
        ]

    async def show_form(self, request: Request) -> Response:
        """The empty form; with `?code=`, the answer on that code."""
        code = request.query_params.get("code", "")[:100]
        if not code:
            return self._page(request)
        return self._answer(request, await self._judge(request, Given(text=code)), code)

    async def check(self, request: Request) -> Response:
        given = await _read_form(limited(request))
        if not given.content and not given.text:
            return self._page(request, HTTPStatus.BAD_REQUEST, problem="verify-nothing")
        answer = await self._judge(request, given)
        return self._answer(request, answer, given.text if len(given.text) <= 200 else "")

    async def check_for_programs(self, request: Request) -> Response:
        """A credential as JSON, a picture's bytes, a form with `file` or `text`, or a plain text."""
        given = await _read_body(limited(request))
        if not given.content and not given.text:
            raise HTTPException(HTTPStatus.BAD_REQUEST)
        answer = await self._judge(request, given)
        return JSONResponse(as_json(answer.verdict))

    async def _judge(self, request: Request, given: Given) -> Answer:
        self._limiter.check(client_of(request))
        if given.content:
            answer = await self._desk.judge_file(given.content)
        else:
            answer = await self._desk.judge_text(given.text)
        return answer

    def _answer(self, request: Request, answer: Answer, typed: str) -> Response:
        facts = VerdictFacts.of(answer)
        return self._page(
            request, facts=facts, words=describe(facts, say_for(request)), typed=typed
        )

    def _page(self, request: Request, status: int = HTTPStatus.OK, **values: object) -> Response:
        known: dict[str, Any] = {"facts": None, "words": None, "typed": "", "problem": None}
        known |= {"limit": MAX_UPLOAD_BYTES // 2**20, **values}
        return self._pages.draw(request, "verify", status, **known)


async def _read_form(request: Request) -> Given:
    async with request.form(max_files=1, max_fields=4, max_part_size=MAX_TEXT) as form:
        return await _given(form)


async def _given(form: FormData) -> Given:
    file, text = form.get("file"), form.get("text")
    content = await file.read(MAX_UPLOAD_BYTES + 1) if isinstance(file, UploadFile) else b""
    if len(content) > MAX_UPLOAD_BYTES:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return Given(content, text.strip() if isinstance(text, str) else "")


async def _read_body(request: Request) -> Given:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type in FORMS:
        return await _read_form(request)
    content = await request.body()
    if len(content) > MAX_UPLOAD_BYTES:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if media_type == "text/plain" and len(content) <= MAX_TEXT_BYTES:
        return Given(text=content.decode("utf-8", "replace"))
    if media_type == "application/json":
        return _from_json(content)
    return Given(content=content)


def _from_json(content: bytes) -> Given:
    """A credential itself, or `{"text": …}` with a code, a link or a pasted credential."""
    try:
        value = read_json(content)
    except ReadingError:
        return Given(content=content)  # its verdict says what is wrong with it
    text = value.get("text")
    if set(value) == {"text"} and isinstance(text, str):
        return Given(text=text)
    return Given(content=content)
