"""Reading a Bot API call: query, form, JSON and multipart all mean the same."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.playground.acts import Upload
from bot.playground.errors import BotApiError, bad_request

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_FIELD_BYTES = 1024 * 1024
ENVELOPE_BYTES = 64 * 1024  # part headers and the other fields of a multipart body
TOO_LARGE = BotApiError(413, "Request Entity Too Large")
TRUE = {"true", "1", "yes"}


@dataclass
class Call:
    """One method call with its parameters as sent and its uploads by field name."""

    method: str
    params: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        value = self.params.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int | None = None) -> int | None:
        value = self.params.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise bad_request(f"invalid {name} specified") from error

    def boolean(self, name: str) -> bool:
        return self.text(name).lower() in TRUE

    def json(self, name: str) -> Any:
        """A structured parameter; forms carry it as JSON text."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value.strip() else None
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def objects(self, name: str) -> list[dict[str, Any]] | None:
        """A list of objects, or None when absent."""
        value = self.json(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise bad_request(f"can't parse {name}: expected an Array of objects")
        return value

    @property
    def chat_id(self) -> int | None:
        try:
            return int(self.params["chat_id"])
        except (KeyError, TypeError, ValueError):
            return None


async def read_call(request: Request, method: str) -> Call:
    """Read a call.

    Raises:
        BotApiError: 413, an upload over 50 MB; 400, a body that cannot be read.
    """
    call = Call(method, dict(request.query_params))
    if request.method == "POST":
        await _read_body(request, call)
    if any(len(upload.content) > MAX_UPLOAD_BYTES for upload in call.files.values()):
        raise TOO_LARGE
    return call


async def _read_body(request: Request, call: Call) -> None:
    if int(request.headers.get("content-length") or 0) > MAX_UPLOAD_BYTES + ENVELOPE_BYTES:
        async for _ in request.stream():
            pass  # the client reads its answer only after it has sent everything
        raise TOO_LARGE
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        call.params |= await _read_json(request)
    elif kind in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        try:
            async with request.form(max_part_size=MAX_FIELD_BYTES) as form:
                await _take_fields(form, call)
        except HTTPException as error:
            raise bad_request("can't parse the request body") from error


async def _read_json(request: Request) -> dict[str, Any]:
    body = await request.body()
    try:
        given = json.loads(body) if body.strip() else {}
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(given, dict):
        raise bad_request("expected a JSON object")
    return given


async def _take_fields(form: FormData, call: Call) -> None:
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            call.files[name] = Upload(value.filename or "file", content, value.content_type)
        else:
            call.params[name] = value
