"""Bot API methods that send, edit and delete messages and answer taps.

Limits and wordings: https://core.telegram.org/bots/api#available-methods
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from bot.playground.acts import MAX_CAPTION, MAX_TEXT, attach
from bot.playground.calls import Call
from bot.playground.entities import Text, read_text
from bot.playground.errors import BotApiError, bad_request
from bot.playground.markup import read_markup
from bot.playground.records import Attachment, Json, Kind, Message, Person
from bot.playground.world import Draft, World

MAX_TOAST = 200
DELETABLE_FOR = timedelta(hours=48)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
BLOCKED = BotApiError(403, "Forbidden: bot was blocked by the user")
ACTIONS = frozenset(
    f"{verb}_{thing}"
    for verb in ("upload", "record")
    for thing in ("photo", "video", "voice", "document", "video_note")
) | {"typing", "choose_sticker", "find_location"}


@dataclass(frozen=True)
class _Content:
    """What an edit leaves behind."""

    text: Text
    attachment: Attachment | None
    markup: Json | None


async def send_message(world: World, call: Call) -> Json:
    person = _recipient(world, call)
    text = _read_message_text(call)
    return _post(world, call, person, text)


async def send_photo(world: World, call: Call) -> Json:
    return await _send_attachment(world, call, "photo")


async def send_document(world: World, call: Call) -> Json:
    return await _send_attachment(world, call, "document")


async def send_voice(world: World, call: Call) -> Json:
    return await _send_attachment(world, call, "voice")


async def edit_message_text(world: World, call: Call) -> Json:
    message = _editable(world, call)
    if message.attachment is not None:
        raise bad_request("there is no text in the message to edit")
    text = _read_message_text(call)
    return _apply(world, message, _Content(text, None, _markup(call)))


async def edit_message_caption(world: World, call: Call) -> Json:
    message = _editable(world, call)
    if message.attachment is None:
        raise bad_request("there is no caption in the message to edit")
    return _apply(world, message, _Content(_caption(call), message.attachment, _markup(call)))


async def edit_message_reply_markup(world: World, call: Call) -> Json:
    message = _editable(world, call)
    return _apply(world, message, _Content(message.text, message.attachment, _markup(call)))


async def edit_message_media(world: World, call: Call) -> Json:
    message = _editable(world, call)
    media = call.json("media")
    if not isinstance(media, dict) or media.get("type") not in {"photo", "document"}:
        raise bad_request("can't parse InputMedia: media of this type is not supported")
    inner = Call(call.method, {**media, media["type"]: media.get("media")}, call.files)
    attachment = await _attachment(world, inner, cast(Kind, media["type"]))
    return _apply(world, message, _Content(_caption(inner), attachment, _markup(call)))


async def delete_message(world: World, call: Call) -> bool:
    message = _find(world, call, "message to delete not found")
    if world.clock.seconds() - message.date > DELETABLE_FOR.total_seconds():
        raise bad_request("message can't be deleted")
    world.remove(message)
    return True


async def answer_callback_query(world: World, call: Call) -> bool:
    if len(call.text("text")) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.pop(call.text("callback_query_id"), None)
    if query is None:
        raise bad_request(QUERY_TOO_OLD)
    world.journal.add(
        "toast",
        query.user_id,
        text=call.text("text"),
        alert=call.boolean("show_alert"),
        url=call.text("url") or None,
        query_id=call.text("callback_query_id"),
        message_id=query.message_id,
    )
    return True


async def send_chat_action(world: World, call: Call) -> bool:
    person = _recipient(world, call)
    if call.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.journal.add("typing", person.user_id, action=call.text("action"))
    return True


METHODS: dict[str, Callable[[World, Call], Awaitable[object]]] = {
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendvoice": send_voice,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "editmessagemedia": edit_message_media,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
}


def _recipient(world: World, call: Call) -> Person:
    if not call.text("chat_id"):
        raise bad_request("chat_id is empty")
    person = world.chat(call.params["chat_id"])
    if person.has_blocked:
        raise BLOCKED
    return person


async def _send_attachment(world: World, call: Call, kind: Kind) -> Json:
    person = _recipient(world, call)
    text = _caption(call)
    attachment = await _attachment(world, call, kind)
    return _post(world, call, person, text, attachment)


def _post(
    world: World, call: Call, person: Person, text: Text, attachment: Attachment | None = None
) -> Json:
    draft = Draft(
        text=text,
        attachment=attachment,
        markup=_markup(call),
        reply_to=_replied_to(world, call, person),
        is_silent=call.boolean("disable_notification"),
    )
    return world.as_api(world.post(person, draft, is_from_bot=True))


def _replied_to(world: World, call: Call, person: Person) -> int | None:
    given = call.json("reply_parameters") or {}
    is_optional = bool(given.get("allow_sending_without_reply"))
    message_id = given.get("message_id") or call.integer("reply_to_message_id")
    if message_id is None:
        return None
    if world.message(person.user_id, int(message_id)) is None:
        if is_optional or call.boolean("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return int(message_id)


async def _attachment(world: World, call: Call, kind: Kind) -> Attachment:
    """The upload in the field of this kind, or the known file it names."""
    value = call.text(kind)
    name = value.removeprefix("attach://") if value.startswith("attach://") else kind
    upload = call.files.get(name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return await attach(kind, upload)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = world.file(value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return world.attachment_of(file)


def _read_message_text(call: Call) -> Text:
    text = read_text(call.text("text"), call.text("parse_mode"), call.objects("entities"))
    if not text:
        raise bad_request("message text is empty")
    if len(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def _caption(call: Call) -> Text:
    text = read_text(
        call.text("caption"), call.text("parse_mode"), call.objects("caption_entities")
    )
    if len(text.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text


def _markup(call: Call) -> Json | None:
    return read_markup(call.json("reply_markup"))


def _find(world: World, call: Call, missing: str) -> Message:
    person = world.chat(call.params.get("chat_id"))
    message_id = call.integer("message_id")
    message = None if message_id is None else world.message(person.user_id, message_id)
    if message is None:
        raise bad_request(missing)
    return message


def _editable(world: World, call: Call) -> Message:
    if call.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message = _find(world, call, "message to edit not found")
    if message.chat.has_blocked:
        raise BLOCKED
    if not message.is_from_bot:
        raise bad_request("message can't be edited")
    return message


def _apply(world: World, message: Message, new: _Content) -> Json:
    if new == _Content(message.text, message.attachment, message.markup):
        raise bad_request(NOT_MODIFIED)
    message.text, message.attachment, message.markup = new.text, new.attachment, new.markup
    world.changed(message)
    return world.as_api(message)
