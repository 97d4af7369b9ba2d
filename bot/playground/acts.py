"""What people do: write, send, tap, forward, block. Each act is one update for the bot."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.playground.entities import Text, with_automatic
from bot.playground.errors import BotApiError, SimError
from bot.playground.pictures import dimensions, photo_sizes
from bot.playground.records import (
    Attachment,
    Json,
    Kind,
    Message,
    Origin,
    Person,
    StoredFile,
    guess_mime,
)
from bot.playground.world import Draft, Query, World

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_PERSON_FILE_BYTES = 2000 * 1024 * 1024
OPUS_SAMPLES_PER_SECOND = 48_000
BANNED_FOREVER = 0


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    content: bytes
    mime: str | None = None


def say(world: World, person: Person, text: str, *, reply_to: int | None = None) -> list[Message]:
    """Write to the bot, perhaps in reply; a client cuts a long text into several messages.

    Raises:
        SimError: 400, nothing to say; 404, no message to reply to; 409, the bot is blocked.
    """
    if reply_to is not None and world.message(person.user_id, reply_to) is None:
        raise SimError(404, "no such message to reply to")
    whole = text.encode("utf-8", "replace").decode().strip()
    if not whole:
        raise SimError(400, "a message needs text")
    pieces = [whole[at : at + MAX_TEXT].strip() for at in range(0, len(whole), MAX_TEXT)]
    return [
        _send(world, person, Draft(text=plain(piece), reply_to=reply_to))
        for piece in pieces
        if piece
    ]


def edit(world: World, person: Person, message_id: int, text: str) -> int | None:
    """Change the words of one's own message; the bot hears of it if it asked for edits.

    Raises:
        SimError: 400, nothing to say; 404, no such message of theirs; 409, the bot is blocked.
    """
    _refuse_blocked(person)
    message = world.message(person.user_id, message_id)
    if message is None or message.is_from_bot:
        raise SimError(404, "no such message of this person")
    new = plain(text)
    if not new or len(new.text) > (MAX_CAPTION if message.attachment else MAX_TEXT):
        raise SimError(400, "a message needs text, and not too much of it")
    message.text = new
    world.changed(message)
    return world.updates.add("edited_message", world.as_api(message))


async def send_file(
    world: World, person: Person, kind: Kind, upload: Upload, caption: str = ""
) -> Message:
    """Send a document, a photo (re-encoded, as every client does) or a voice note.

    Raises:
        SimError: 400, a client would not send this file; 409, the person has blocked the bot.
    """
    if not upload.content:
        raise SimError(400, "the file is empty; a client does not send empty files")
    if len(plain(caption).text) > MAX_CAPTION:
        raise SimError(400, f"a caption has at most {MAX_CAPTION} characters")
    try:
        attachment = await attach(kind, upload)
    except BotApiError as error:
        raise SimError(400, error.description) from error
    return _send(world, person, Draft(text=plain(caption), attachment=attachment))


async def attach(kind: Kind, upload: Upload) -> Attachment:
    """Turn bytes into an attachment.

    Raises:
        BotApiError: 400, a photo that is no picture.
    """
    if kind == "photo":
        return await asyncio.to_thread(_photo, upload.content)
    if kind == "voice":
        seconds = voice_seconds(upload.content)
        mime = "audio/ogg"
        return Attachment(
            kind, (StoredFile(kind, upload.content, "voice.oga", mime, duration=seconds),)
        )
    size = await asyncio.to_thread(dimensions, upload.content)
    width, height = size or (0, 0)
    mime = guess_mime(upload.name, upload.mime)
    file = StoredFile(kind, upload.content, upload.name, mime, width=width, height=height)
    return Attachment(kind, (file,))


def forward(
    world: World, person: Person, message: Message, *, caption: str | None = None
) -> Message:
    """Send somebody's message on to the bot, as a forward that names its author."""
    author = world.bot.as_user() if message.is_from_bot else message.chat.as_user()
    origin = message.origin or Origin(author, message.date)
    text = message.text if caption is None else plain(caption)
    return _send(world, person, Draft(text=text, attachment=message.attachment, origin=origin))


def tap(world: World, person: Person, message: Message | int, data: str) -> Json:
    """Press a callback button of a message, or of the number of one that is gone."""
    _refuse_blocked(person)
    message_id = message if isinstance(message, int) else message.message_id
    query_id = world.open_query(Query(person.user_id, message_id, data))
    shown: Json = (
        {"chat": person.as_chat(), "message_id": message_id, "date": 0}
        if isinstance(message, int)
        else world.as_api(message)
    )
    content = {
        "id": query_id,
        "from": person.as_user(),
        "chat_instance": str(5_000_000_000 + person.user_id),
        "message": shown,
        "data": data,
    }
    world.journal.add("tap", person.user_id, message_id=message_id, data=data, query_id=query_id)
    return {"query_id": query_id, "update_id": world.updates.add("callback_query", content)}


def set_blocked(world: World, person: Person, *, is_blocked: bool) -> int | None:
    """Block the bot or take it back; the bot hears of it by my_chat_member."""
    if person.has_blocked == is_blocked:
        return None
    person.has_blocked = is_blocked
    person.has_started = True
    world.journal.add("blocked", person.user_id, blocked=is_blocked)
    bot = world.bot.as_user()
    member = {"user": bot, "status": "member"}
    kicked = {"user": bot, "status": "kicked", "until_date": BANNED_FOREVER}
    old, new = (member, kicked) if is_blocked else (kicked, member)
    content = {
        "chat": person.as_chat(),
        "from": person.as_user(),
        "date": world.clock.seconds(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    return world.updates.add("my_chat_member", content)


def plain(text: str) -> Text:
    """Text a person typed: no formatting, but links and commands are found."""
    stripped = Text(text.encode("utf-8", "replace").decode().strip())
    return replace(stripped, entities=with_automatic(stripped))


def voice_seconds(content: bytes) -> int:
    """Length of an Ogg/Opus recording, from the sample count of its last page; at least 1."""
    page = content.rfind(b"OggS")
    if page < 0 or len(content) < page + 14:
        return 1
    samples = int.from_bytes(content[page + 6 : page + 14], "little", signed=True)
    longest = int(timedelta(hours=24).total_seconds())
    return min(longest, max(1, round(samples / OPUS_SAMPLES_PER_SECOND)))


def _photo(content: bytes) -> Attachment:
    sizes = tuple(
        StoredFile("photo", size.content, "photo.jpg", "image/jpeg", size.width, size.height)
        for size in photo_sizes(content)
    )
    return Attachment("photo", sizes)


def _send(world: World, person: Person, draft: Draft) -> Message:
    _refuse_blocked(person)
    person.has_started = True
    message = world.post(person, draft, is_from_bot=False)
    world.updates.add("message", world.as_api(message))
    return message


def _refuse_blocked(person: Person) -> None:
    if person.has_blocked:
        raise SimError(409, "this person has blocked the bot; unblock it first")
