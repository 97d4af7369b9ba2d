"""People, files and messages, and their two shapes: the Bot API's and the page's."""

import hashlib
import mimetypes
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.playground.entities import Text

Json = dict[str, Any]
Kind = Literal["photo", "document", "voice"]

FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice"}
PREFIXES = {"photo": "AgACAgQAAx", "document": "BQACAgQAAx", "voice": "AwACAgQAAx"}


@dataclass
class Person:
    user_id: int
    first_name: str
    last_name: str = ""
    language_code: str = "en"
    has_started: bool = False
    has_blocked: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def as_chat(self) -> Json:
        names = {"first_name": self.first_name}
        if self.last_name:
            names["last_name"] = self.last_name
        return {"id": self.user_id, "type": "private", **names}

    def as_user(self) -> Json:
        chat = self.as_chat()
        del chat["type"]
        return {**chat, "is_bot": False, "language_code": self.language_code}


@dataclass(frozen=True)
class BotAccount:
    bot_id: int
    username: str
    name: str

    def as_user(self) -> Json:
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


@dataclass(frozen=True)
class StoredFile:
    kind: Kind
    content: bytes
    name: str
    mime: str
    width: int = 0
    height: int = 0
    duration: int = 0  # seconds

    @property
    def unique_id(self) -> str:
        digest = hashlib.sha256(f"{self.kind}|{self.name}|".encode() + self.content).digest()
        return urlsafe_b64encode(digest[:12]).decode()

    @property
    def file_id(self) -> str:
        return PREFIXES[self.kind] + self.unique_id

    @property
    def path(self) -> str:
        suffix = self.name.rpartition(".")[2].lower() if "." in self.name else ""
        suffix = suffix if suffix.isascii() and suffix.isalnum() else "bin"
        return f"{FOLDERS[self.kind]}/{self.unique_id}.{suffix}"

    def as_api(self) -> Json:
        shared = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }
        if self.kind == "photo":
            return {**shared, "width": self.width, "height": self.height}
        if self.kind == "voice":
            return {**shared, "duration": self.duration, "mime_type": self.mime}
        return {**shared, "file_name": self.name, "mime_type": self.mime}

    def as_view(self) -> Json:
        return {
            "kind": self.kind,
            "file_id": self.file_id,
            "unique_id": self.unique_id,
            "name": self.name,
            "mime": self.mime,
            "size": len(self.content),
            "width": self.width,
            "height": self.height,
            "duration": self.duration,
            "url": f"/sim/file/{self.unique_id}",
        }


def guess_mime(name: str, given: str | None = None) -> str:
    """A file's type: its name decides, then what the sender said."""
    guessed = mimetypes.guess_type(name)[0]
    return guessed or (given or "application/octet-stream").partition(";")[0].strip()


@dataclass(frozen=True)
class Attachment:
    """One thing attached; a photo has several sizes, smallest first."""

    kind: Kind
    files: tuple[StoredFile, ...]

    @property
    def file(self) -> StoredFile:
        return self.files[-1]

    def as_api(self) -> Json:
        if self.kind == "photo":
            return {"photo": [size.as_api() for size in self.files]}
        return {self.kind: self.file.as_api()}


@dataclass(frozen=True)
class Origin:
    """Whose words a forwarded message holds."""

    user: Json
    date: int

    def as_api(self) -> Json:
        return {"type": "user", "sender_user": self.user, "date": self.date}


@dataclass
class Message:
    chat: Person
    message_id: int
    is_from_bot: bool
    date: int
    text: Text = field(default_factory=Text)
    attachment: Attachment | None = None
    markup: Json | None = None
    edit_date: int | None = None
    reply_to: int | None = None
    origin: Origin | None = None
    is_silent: bool = False

    def as_api(self, bot: BotAccount, replied: "Message | None" = None) -> Json:
        message: Json = {
            "message_id": self.message_id,
            "from": bot.as_user() if self.is_from_bot else self.chat.as_user(),
            "chat": self.chat.as_chat(),
            "date": self.date,
        }
        if self.edit_date is not None:
            message["edit_date"] = self.edit_date
        if self.origin is not None:
            message["forward_origin"] = self.origin.as_api()
        if replied is not None:
            message["reply_to_message"] = replied.as_api(bot)
        message |= self._content()
        if self.markup is not None:
            message["reply_markup"] = self.markup
        return message

    def _content(self) -> Json:
        names = ("text", "entities")
        content: Json = {}
        if self.attachment is not None:
            names = ("caption", "caption_entities")
            content = self.attachment.as_api()
        if self.text or self.attachment is None:
            content[names[0]] = self.text.text
        if self.text.entities:
            content[names[1]] = list(self.text.entities)
        return content

    def as_view(self) -> Json:
        """The message as the page and scripted people see it; `text` holds a caption too."""
        return {
            "message_id": self.message_id,
            "from": "bot" if self.is_from_bot else "person",
            "date": self.date,
            "edited": self.edit_date is not None,
            "edit_date": self.edit_date,
            "text": self.text.text,
            "entities": list(self.text.entities),
            "buttons": [[_button_view(button) for button in row] for row in self.button_rows],
            "files": [self.attachment.file.as_view()] if self.attachment else [],
            "forwarded_from": self.origin.user["first_name"] if self.origin else None,
            "reply_to": self.reply_to,
            "silent": self.is_silent,
        }

    @property
    def button_rows(self) -> list[list[Json]]:
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    def find_button(self, label: str | None, data: str | None) -> Json | None:
        """The button with this data, or with this label; case counts only between two matches."""
        buttons = [button for row in self.button_rows for button in row]
        if data is not None:
            return next((b for b in buttons if b.get("callback_data") == data), None)
        wanted = (label or "").strip()
        exact = (b for b in buttons if b["text"].strip() == wanted)
        loose = (b for b in buttons if b["text"].strip().casefold() == wanted.casefold())
        return next(exact, None) or next(loose, None)


def _button_view(button: Json) -> Json:
    view = {"text": button["text"]}
    if "url" in button:
        view["url"] = button["url"]
    if "callback_data" in button:
        view["data"] = button["callback_data"]
    return view
