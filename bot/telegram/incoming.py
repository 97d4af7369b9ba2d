"""Files people send: described at once, read when needed, within Telegram's limit."""

from dataclasses import dataclass
from typing import Any, Literal

from telegram import Audio, Bot, Document, Message, Video
from telegram.error import BadRequest, NetworkError

from credentials.errors import CredentialsError
from credentials.files import MAX_BYTES

Kind = Literal["document", "photo", "voice", "audio", "video"]


class FileTooLargeError(CredentialsError):
    """Bots can fetch 20 MB at most (Bot API, getFile)."""

    code = "file_too_large"


class FileUnavailableError(CredentialsError):
    """Telegram did not hand the file over."""

    code = "file_unavailable"


@dataclass(frozen=True)
class IncomingFile:
    """A file in a message. `size` in bytes as Telegram claims it; names are only text."""

    name: str
    media_type: str
    size: int
    kind: Kind
    file_id: str
    bot: Bot

    def as_fields(self) -> dict[str, Any]:
        """All but the bot, to be kept: `IncomingFile(**fields, bot=bot)`."""
        return {
            "name": self.name,
            "media_type": self.media_type,
            "size": self.size,
            "kind": self.kind,
            "file_id": self.file_id,
        }

    async def read(self) -> bytes:
        """Its bytes.

        Raises:
            FileTooLargeError: it is larger than a bot can fetch.
            FileUnavailableError: Telegram did not hand it over.
        """
        if self.size > MAX_BYTES:
            raise FileTooLargeError(limit_mb=MAX_BYTES // 2**20)
        try:
            remote = await self.bot.get_file(self.file_id)
            content = bytes(await remote.download_as_bytearray())
        except BadRequest as error:
            if "too big" in error.message.lower():
                raise FileTooLargeError(limit_mb=MAX_BYTES // 2**20) from error
            raise FileUnavailableError from error
        except NetworkError as error:
            raise FileUnavailableError from error
        if len(content) > MAX_BYTES:
            raise FileTooLargeError(limit_mb=MAX_BYTES // 2**20)
        return content


def incoming_file(message: Message, bot: Bot) -> IncomingFile | None:
    """The file a message carries, if any; of a photo, its largest size."""
    if message.photo:
        size = message.photo[-1]
        return IncomingFile(
            "photo.jpg", "image/jpeg", size.file_size or 0, "photo", size.file_id, bot
        )
    if message.voice:
        voice = message.voice
        media_type = voice.mime_type or "audio/ogg"
        return IncomingFile(
            "voice.ogg", media_type, voice.file_size or 0, "voice", voice.file_id, bot
        )
    named: tuple[tuple[Kind, Document | Audio | Video | None], ...] = (
        ("document", message.document),
        ("audio", message.audio),
        ("video", message.video),
    )
    for kind, found in named:
        if found is not None:
            media_type = found.mime_type or "application/octet-stream"
            name = found.file_name or kind
            return IncomingFile(name, media_type, found.file_size or 0, kind, found.file_id, bot)
    return None
