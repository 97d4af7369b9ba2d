"""`/sim/*` for looking, waiting and turning the world's knobs. Everything is JSON.

GET `/sim/chat?user=`: {seq, messages, commands, blocked, open_queries, …}. A message is
    {message_id, from: bot|person, date, edited, text, entities, buttons, files, forwarded_from};
    `text` holds a caption too; a button is {text, data | url}; a file has `url`, `file_id`, `name`.
GET `/sim/file/<file_id or file_unique_id>`: the bytes of a file in a chat.
GET `/sim/wait?user=&since=&timeout=&kinds=`: waits (at most 60 s) until the journal holds something
    after `since`: {seq, events, timed_out}. An event is {seq, kind, user, …}; the usual kinds are
    what the bot did: message and edit (with `message`; your own messages do not count), delete
    (message_id), toast (text, alert). `kinds=typing,tap,…` asks for others. Use the answer's `seq`
    as the next `since`.
GET `/sim/calls?since=`: the Bot API calls so far (getUpdates only when it failed).
GET `/sim/state`: story, clock, faults, every chat, the pending updates' count, `seq`.
GET `/sim/events?since=`: the journal as server-sent events.
GET, POST, DELETE `/sim/fault` {method | "*", code, retry_after, delay, times, chat_id, lost_reply,
    description}:
    the next `times` calls (0: until deleted) are refused with `code`, slowed down by `delay`
    seconds, or (lost_reply) take effect without an answer. DELETE removes all of them.
GET, POST `/sim/mischief` {repeat, shuffle}: how badly updates are delivered from now on: each comes
    `repeat` times more under its id; with `shuffle`, what is waiting comes in any order.
GET, POST `/sim/clock` {"advance": seconds} | {"to": "2027-01-01T09:00:00Z"} | {"offset": seconds}:
    the world's clock, {now, offset}.
POST `/sim/reset`: empties the chats, the commands, the faults; update ids keep growing, and the
    clock stays unless {"clock": true}.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.errors import SimError
from bot.playground.journal import BOT_KINDS, Entry
from bot.playground.records import Json
from bot.playground.sim import Given, read_given
from bot.playground.story import Story, StoryFolder
from bot.playground.world import World

MAX_WAIT_SECONDS = 60
MAX_REPEATS = 10
HEARTBEAT_SECONDS = 15
PAGE_KINDS = frozenset(
    {"message", "edit", "delete", "toast", "typing", "tap", "blocked", "clock", "call", "bot"}
    | {"commands", "faults", "story", "reset", "person"}
)
MAX_TIMEOUT_HINT = "timeout must be a number of seconds"


def apply_story(world: World, story: Story) -> None:
    """Take over the story's bot and people."""
    world.bot, world.token = story.bot, story.token
    for persona in story.people:
        person = world.person(persona.user_id)
        person.first_name, person.last_name = persona.first_name, persona.last_name
        person.language_code = persona.language_code
    world.journal.add("story", None, story=story.as_json())


def watching_routes(world: World, folder: StoryFolder) -> list[Route]:
    def route(path: str, methods: list[str], answer: Answer) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                answered = await answer(world, folder, request)
            except SimError as error:
                return JSONResponse(error.details, status_code=error.status)
            return answered if isinstance(answered, Response) else JSONResponse(answered)

        return Route(f"/sim/{path}", endpoint, methods=methods)

    return [route(path, methods, answer) for path, methods, answer in ROUTES]


Answer = Callable[[World, StoryFolder, Request], Awaitable[Json | Response]]


async def _chat(world: World, folder: StoryFolder, request: Request) -> Json:
    return world.chat_view(_number(request, "user"))


async def _file(world: World, folder: StoryFolder, request: Request) -> Response:
    file = world.file(request.path_params["either_id"])
    if file is None:
        raise SimError(404, "no such file")
    is_shown = file.mime in {"image/png", "image/jpeg", "image/webp", "image/gif", "audio/ogg"}
    disposition = "inline" if is_shown else "attachment"
    return Response(
        file.content,
        media_type=file.mime if is_shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": "sandbox",
        },
    )


async def _wait(world: World, folder: StoryFolder, request: Request) -> Json:
    user = _number(request, "user") if "user" in request.query_params else None
    since = _number(request, "since", 0)
    asked = request.query_params.get("kinds", "")
    kinds = frozenset(asked.split(",")) if asked else BOT_KINDS

    def found() -> list[Entry]:
        entries = world.journal.since(since, user, kinds)
        return [entry for entry in entries if not _is_own(entry)]

    entries = await world.journal.signal.until(found, _seconds(request))
    return {
        "seq": world.journal.seq,
        "events": [entry.as_json() for entry in entries],
        "timed_out": not entries,
    }


def _is_own(entry: Entry) -> bool:
    message = entry.data.get("message")
    return isinstance(message, dict) and message.get("from") == "person"


async def _calls(world: World, folder: StoryFolder, request: Request) -> Json:
    since = _number(request, "since", 0)
    return {
        "seq": world.journal.seq,
        "calls": [call for call in world.calls if call["seq"] > since],
    }


async def _state(world: World, folder: StoryFolder, request: Request) -> Json:
    people = {persona.user_id for persona in folder.story.people} | set(world.people)
    return {
        "seq": world.journal.seq,
        "story": folder.story.as_json(),
        "clock": world.clock_view(),
        "faults": [fault.as_json() for fault in world.faults.active],
        "chats": {str(user_id): world.chat_view(user_id) for user_id in sorted(people)},
        "calls": list(world.calls),
        "bot_listening": world.is_bot_listening,
        "pending_updates": world.updates.pending_count,
        "last_update_id": world.updates.last_id,
        "webhook": world.updates.webhook_url,
    }


async def _events(world: World, folder: StoryFolder, request: Request) -> Response:
    last = request.headers.get("last-event-id") or request.query_params.get("since", "")
    since = int(last) if last.isdecimal() else world.journal.seq

    async def stream() -> AsyncIterator[str]:
        seq = since
        yield ": open\n\n"
        while not world.journal.signal.closed:
            more = partial(world.journal.since, seq, kinds=PAGE_KINDS)
            entries = await world.journal.signal.until(more, HEARTBEAT_SECONDS)
            for entry in entries:
                seq = entry.seq
                yield f"id: {entry.seq}\ndata: {json.dumps(entry.as_json())}\n\n"
            if not entries:
                yield ": still here\n\n"

    return StreamingResponse(
        stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _fault(world: World, folder: StoryFolder, request: Request) -> Json:
    if request.method == "POST":
        world.faults.add((await read_given(request)).fields)
    elif request.method == "DELETE":
        world.faults.clear()
    faults = [fault.as_json() for fault in world.faults.active]
    if request.method != "GET":
        world.journal.add("faults", None, faults=faults)
    return {"ok": True, "faults": faults, "seq": world.journal.seq}


async def _mischief(world: World, folder: StoryFolder, request: Request) -> Json:
    if request.method == "POST":
        given = await read_given(request)
        if "repeat" in given.fields:
            world.updates.repeat = min(max(given.number("repeat"), 0), MAX_REPEATS)
        if "shuffle" in given.fields:
            world.updates.shuffle = given.flag("shuffle")
    return {"ok": True, "repeat": world.updates.repeat, "shuffle": world.updates.shuffle}


async def _clock(world: World, folder: StoryFolder, request: Request) -> Json:
    if request.method == "POST":
        try:
            _turn_clock(world, await read_given(request))
        except (OverflowError, ValueError) as error:
            raise SimError(400, f"not a moment: {error}") from error
        world.journal.add("clock", None, clock=world.clock_view())
    return {**world.clock_view(), "seq": world.journal.seq}


def _turn_clock(world: World, given: Given) -> None:
    if "advance" in given.fields:
        seconds = given.number("advance")
        if seconds < 0:
            raise SimError(400, "the clock goes forward; give offset to set it back")
        world.clock.advance(seconds)
    elif "to" in given.fields:
        moment = datetime.fromisoformat(given.text("to"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if moment < world.clock.now():
            raise SimError(409, "this moment has passed")
        world.clock.move_to(moment)
    else:
        world.clock.set_offset(given.number("offset"))


async def _reset(world: World, folder: StoryFolder, request: Request) -> Json:
    given = await read_given(request)
    world.forget()
    if given.flag("clock"):
        world.clock.set_offset(0)
    world.journal.add("reset", None, clock=world.clock_view())
    return {"ok": True, "seq": world.journal.seq}


ROUTES: list[tuple[str, list[str], Answer]] = [
    ("chat", ["GET"], _chat),
    ("file/{either_id}", ["GET"], _file),
    ("wait", ["GET"], _wait),
    ("calls", ["GET"], _calls),
    ("state", ["GET"], _state),
    ("events", ["GET"], _events),
    ("fault", ["GET", "POST", "DELETE"], _fault),
    ("mischief", ["GET", "POST"], _mischief),
    ("clock", ["GET", "POST"], _clock),
    ("reset", ["POST"], _reset),
]


def _number(request: Request, name: str, default: int | None = None) -> int:
    value = request.query_params.get(name)
    if value is None and default is not None:
        return default
    try:
        return int(value or "")
    except ValueError as error:
        raise SimError(400, f"{name} must be a whole number") from error


def _seconds(request: Request) -> float:
    try:
        seconds = float(request.query_params.get("timeout", "10"))
    except ValueError as error:
        raise SimError(400, MAX_TIMEOUT_HINT) from error
    return min(max(seconds, 0.0), MAX_WAIT_SECONDS)
