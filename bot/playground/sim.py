"""`/sim/*` for scripted people: what a person does to the bot. Everything is JSON.

User ids are numbers; a person is made on first use. Every answer has `seq`, the journal's number
after the act: give it to `/sim/wait` as `since` to hear only what came after. A refusal is
`{"error": "..."}` with 400 (not possible), 404 (no such thing) or 409 (not now).

POST `/sim/person` {user_id, first_name, last_name?, language_code?, started?}: define somebody; `started`:
    they have written to the bot before, so that it may write to them.
POST `/sim/message` {user, text, reply_to?}: write; longer than 4096 characters becomes several
messages. `/sim/edit` {user, message_id, text}: change one's own words.
POST `/sim/command` {user, command, args?}: write `/command args`; `args` of start is its payload.
POST `/sim/tap` {user, message_id?, label | data, force?}: press a button. Without message_id the
    newest message that has the button. `force` sends `data` whether or not such a button exists
    (a forged or stale press). A url button answers {url} and sends nothing.
POST `/sim/document`, `/sim/photo`, `/sim/voice`: multipart `user`, `file`, `caption`?. A photo is
    re-encoded to JPEG first, as every client does.
POST `/sim/story-file` {user, from_user?, name, as_photo?}: send a sample file of the story.
POST `/sim/forward` {user, from_user, message_id, as_photo?, caption?}: `user` forwards a message of
    `from_user`'s chat to the bot. `as_photo` sends its picture as a new photo instead; `caption`
    replaces its text.
POST `/sim/alter` {user}: send the last document this person sent again, with one letter changed.
POST `/sim/block`, `/sim/unblock` {user}.
POST `/sim/redeliver` {update_id}: the bot gets this update once more, under the same id.

The rest (chats, waiting, faults, clock) is described in `watching`.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground import acts
from bot.playground.acts import Upload
from bot.playground.altering import NothingToAlterError, alter
from bot.playground.errors import SimError
from bot.playground.records import Json, Kind, Message, Person
from bot.playground.story import StoryFolder
from bot.playground.world import World, known_person

MAX_FILES = 1


@dataclass(frozen=True)
class Given:
    """What a scripted person asked for: fields of the JSON body or form, and at most one file."""

    fields: Json
    upload: Upload | None = None

    def text(self, name: str, default: str | None = None) -> str:
        value = self.fields.get(name)
        if isinstance(value, bool | int | float | str):
            return str(value)
        if default is None:
            raise SimError(400, f"{name} is missing")
        return default

    def optional_text(self, name: str) -> str | None:
        return None if self.fields.get(name) is None else self.text(name)

    def number(self, name: str) -> int:
        try:
            return int(self.text(name))
        except ValueError as error:
            raise SimError(400, f"{name} must be a whole number") from error

    def flag(self, name: str) -> bool:
        value = self.fields.get(name)
        return value is True or str(value).lower() in {"true", "1"}


Act = Callable[[World, StoryFolder, Given], Awaitable[Json]]


def sim_routes(world: World, folder: StoryFolder) -> list[Route]:
    def route(path: str, act: Act) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                done = await act(world, folder, await read_given(request))
            except SimError as error:
                return JSONResponse(error.details, status_code=error.status)
            return JSONResponse({"ok": True, "seq": world.journal.seq, **done})

        return Route(f"/sim/{path}", endpoint, methods=["POST"])

    return [route(path, act) for path, act in ACTS.items()]


async def read_given(request: Request) -> Given:
    """Read a JSON or form body.

    Raises:
        SimError: 400.
    """
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _read_form(request)
    body = await request.body()
    try:
        given = json.loads(body) if body.strip() else {}
    except ValueError as error:
        raise SimError(400, "the body is not JSON") from error
    if not isinstance(given, dict):
        raise SimError(400, "the body must be a JSON object")
    return Given(given)


async def _read_form(request: Request) -> Given:
    try:
        async with request.form(max_files=MAX_FILES) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
            upload = None
            for value in form.values():
                if isinstance(value, UploadFile):
                    name = value.filename or "file"
                    upload = Upload(name, await value.read(), value.content_type)
    except HTTPException as error:
        raise SimError(400, str(error.detail)) from error
    return Given(fields, upload)


async def _define_person(world: World, folder: StoryFolder, given: Given) -> Json:
    person = world.person(given.number("user_id"))
    person.first_name = given.text("first_name")
    person.last_name = given.text("last_name", "")
    person.language_code = given.text("language_code", "en")
    person.has_started = person.has_started or given.flag("started")
    world.journal.add("person", person.user_id, name=person.name)
    return {"user": person.as_user()}


async def _say(world: World, folder: StoryFolder, given: Given) -> Json:
    reply_to = given.number("reply_to") if "reply_to" in given.fields else None
    messages = acts.say(world, _actor(world, given), given.text("text"), reply_to=reply_to)
    return {
        "message_id": messages[-1].message_id,
        "message_ids": [message.message_id for message in messages],
        "update_id": world.updates.last_id,
    }


async def _edit(world: World, folder: StoryFolder, given: Given) -> Json:
    person = _actor(world, given)
    update_id = acts.edit(world, person, given.number("message_id"), given.text("text"))
    return {"message_id": given.number("message_id"), "update_id": update_id}


async def _command(world: World, folder: StoryFolder, given: Given) -> Json:
    words = f"/{given.text('command').removeprefix('/')} {given.text('args', '')}"
    (message,) = acts.say(world, _actor(world, given), words)[:1]
    return _sent(world, message)


async def _tap(world: World, folder: StoryFolder, given: Given) -> Json:
    person = _actor(world, given)
    data, label = given.optional_text("data"), given.optional_text("label")
    if data is None and label is None:
        raise SimError(400, "label or data is missing")
    if given.flag("force") and data is not None:
        return acts.tap(world, person, _forced_target(world, person, given), data)
    message, button = _find_button(world, person, given)
    if "url" in button:
        return {"url": button["url"], "message_id": message.message_id}
    if "callback_data" not in button:
        raise SimError(400, "the playground cannot press this kind of button")
    return acts.tap(world, person, message, button["callback_data"])


def _forced_target(world: World, person: Person, given: Given) -> Message | int:
    if given.fields.get("message_id") is not None:
        message_id = given.number("message_id")
        return world.message(person.user_id, message_id) or message_id
    from_bot = [message for message in world.messages(person.user_id) if message.is_from_bot]
    if not from_bot:
        raise SimError(404, "the bot has sent nothing to tap on")
    return from_bot[-1]


def _find_button(world: World, person: Person, given: Given) -> tuple[Message, Json]:
    messages = world.messages(person.user_id)[::-1]
    if given.fields.get("message_id") is not None:
        messages = [m for m in messages if m.message_id == given.number("message_id")]
    for message in messages:
        button = message.find_button(given.optional_text("label"), given.optional_text("data"))
        if button is not None:
            return message, button
    there: list[Any] = next(
        (message.as_view()["buttons"] for message in messages if message.markup), []
    )
    raise SimError(404, "no such button", buttons=there)


def _sender(kind: Kind) -> Act:
    async def send(world: World, folder: StoryFolder, given: Given) -> Json:
        if given.upload is None:
            raise SimError(400, "file is missing; send multipart/form-data")
        person = _actor(world, given)
        caption = given.text("caption", "")
        return _sent(world, await acts.send_file(world, person, kind, given.upload, caption))

    return send


async def _send_story_file(world: World, folder: StoryFolder, given: Given) -> Json:
    owner = given.number("from_user" if "from_user" in given.fields else "user")
    persona = folder.story.persona(owner)
    wanted = given.text("name")
    file = next((f for f in (persona.files if persona else ()) if f.name == wanted), None)
    if file is None or not file.path.is_file():
        raise SimError(404, "the story has no such file")
    kind: Kind = "photo" if given.flag("as_photo") else "document"
    upload = Upload(file.name, file.path.read_bytes())
    person = _actor(world, given)
    return _sent(world, await acts.send_file(world, person, kind, upload, file.caption))


async def _forward(world: World, folder: StoryFolder, given: Given) -> Json:
    source = world.message(given.number("from_user"), given.number("message_id"))
    if source is None:
        raise SimError(404, "no such message")
    person = _actor(world, given)
    caption = given.optional_text("caption")
    if not given.flag("as_photo"):
        return _sent(world, acts.forward(world, person, source, caption=caption))
    if source.attachment is None:
        raise SimError(400, "the message has no picture")
    upload = Upload("photo.jpg", source.attachment.file.content)
    return _sent(world, await acts.send_file(world, person, "photo", upload, caption or ""))


async def _alter(world: World, folder: StoryFolder, given: Given) -> Json:
    person = known_person(world, given.number("user"))
    attachments = (m.attachment for m in world.messages(person.user_id)[::-1] if not m.is_from_bot)
    file = next((a.file for a in attachments if a is not None and a.kind == "document"), None)
    if file is None:
        raise SimError(409, "this person has not sent a document yet")
    try:
        altered = alter(file.content)
    except NothingToAlterError as error:
        raise SimError(409, str(error)) from error
    upload = Upload(file.name, altered.content, file.mime)
    message = await acts.send_file(world, person, "document", upload)
    return {**_sent(world, message), "before": altered.before, "after": altered.after}


async def _block(world: World, folder: StoryFolder, given: Given) -> Json:
    return {"update_id": acts.set_blocked(world, _actor(world, given), is_blocked=True)}


async def _unblock(world: World, folder: StoryFolder, given: Given) -> Json:
    return {"update_id": acts.set_blocked(world, _actor(world, given), is_blocked=False)}


async def _redeliver(world: World, folder: StoryFolder, given: Given) -> Json:
    if not world.updates.redeliver(given.number("update_id")):
        raise SimError(404, "no such update")
    return {"update_id": given.number("update_id")}


ACTS: dict[str, Act] = {
    "person": _define_person,
    "message": _say,
    "edit": _edit,
    "command": _command,
    "tap": _tap,
    "document": _sender("document"),
    "photo": _sender("photo"),
    "voice": _sender("voice"),
    "story-file": _send_story_file,
    "forward": _forward,
    "alter": _alter,
    "block": _block,
    "unblock": _unblock,
    "redeliver": _redeliver,
}


def _actor(world: World, given: Given) -> Person:
    return world.person(given.number("user"))


def _sent(world: World, message: Message) -> dict[str, Any]:
    file = message.attachment.file.as_view() if message.attachment else None
    shown = {"file": file} if file else {}
    return {"message_id": message.message_id, "update_id": world.updates.last_id, **shown}
