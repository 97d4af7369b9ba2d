"""The playground's world, in memory: people, chats, files, queries and what the bot was told."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.playground.clock import WorldClock
from bot.playground.entities import Text
from bot.playground.errors import SimError, bad_request
from bot.playground.faults import Faults
from bot.playground.journal import Journal
from bot.playground.records import (
    Attachment,
    BotAccount,
    Json,
    Message,
    Origin,
    Person,
    StoredFile,
)
from bot.playground.updates import UpdateQueue

DEFAULT_BOT = BotAccount(7_000_000_001, "PlaygroundBot", "Playground bot")
KEPT_CALLS = 500


@dataclass(frozen=True)
class Draft:
    """A message about to be posted."""

    text: Text = field(default_factory=Text)
    attachment: Attachment | None = None
    markup: Json | None = None
    reply_to: int | None = None
    origin: Origin | None = None
    is_silent: bool = False


@dataclass
class Query:
    """A tap that waits for answerCallbackQuery."""

    user_id: int
    message_id: int
    data: str


class World:
    def __init__(self, clock: WorldClock) -> None:
        self.clock = clock
        self.bot = DEFAULT_BOT
        self.token: str | None = None
        self.journal = Journal()
        self.updates = UpdateQueue()
        self.faults = Faults()
        self.people: dict[int, Person] = {}
        self.profile: dict[str, dict[str, str]] = {}
        self.is_bot_listening = False
        self._next_query_id = 4_000_000_000_000_000_001
        self.forget()

    def forget(self) -> None:
        """Empty the chats; update ids, query ids and the journal keep growing."""
        self.chats: dict[int, dict[int, Message]] = {}
        self.files: dict[str, StoredFile] = {}
        self.calls: deque[Json] = deque(maxlen=KEPT_CALLS)
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self._last_ids: dict[int, int] = {}
        self.faults.clear()
        self.updates.drop_pending()
        for person in self.people.values():
            person.has_started = person.has_blocked = False

    def close(self) -> None:
        """Send everybody who waits home, so that the server can stop."""
        self.journal.signal.close()
        self.updates.signal.close()

    # People

    def person(self, user_id: int) -> Person:
        """The person with this id, made on first use."""
        if user_id not in self.people:
            self.people[user_id] = Person(user_id, f"Person {user_id}")
        return self.people[user_id]

    def chat(self, chat_id: Any) -> Person:
        """The person behind a chat id of the bot.

        Raises:
            BotApiError: 400, the person never wrote to the bot.
        """
        try:
            person = self.people.get(int(chat_id))
        except (TypeError, ValueError):
            person = None
        if person is None or not person.has_started:
            raise bad_request("chat not found")
        return person

    # Messages

    def messages(self, user_id: int) -> list[Message]:
        return list(self.chats.get(user_id, {}).values())

    def message(self, user_id: int, message_id: int) -> Message | None:
        return self.chats.get(user_id, {}).get(message_id)

    def post(self, person: Person, draft: Draft, *, is_from_bot: bool) -> Message:
        message_id = self._last_ids.get(person.user_id, 0) + 1
        self._last_ids[person.user_id] = message_id
        message = Message(
            chat=person,
            message_id=message_id,
            is_from_bot=is_from_bot,
            date=self.clock.seconds(),
            text=draft.text,
            attachment=draft.attachment,
            markup=draft.markup,
            reply_to=draft.reply_to,
            origin=draft.origin,
            is_silent=draft.is_silent,
        )
        self.chats.setdefault(person.user_id, {})[message_id] = message
        self._keep(draft.attachment)
        self.journal.add("message", person.user_id, message=message.as_view())
        return message

    def changed(self, message: Message) -> None:
        """Tell the page and scripts that a message was edited."""
        message.edit_date = self.clock.seconds()
        self._keep(message.attachment)
        self.journal.add("edit", message.chat.user_id, message=message.as_view())

    def remove(self, message: Message) -> None:
        del self.chats[message.chat.user_id][message.message_id]
        self.journal.add("delete", message.chat.user_id, message_id=message.message_id)

    def as_api(self, message: Message) -> Json:
        replied = message.reply_to and self.message(message.chat.user_id, message.reply_to)
        return message.as_api(self.bot, replied or None)

    # Files

    def _keep(self, attachment: Attachment | None) -> None:
        for file in attachment.files if attachment else ():
            self.files[file.unique_id] = file

    def file(self, either_id: str) -> StoredFile | None:
        """A file by its file_id or its file_unique_id."""
        found = self.files.get(either_id)
        return found or next((f for f in self.files.values() if f.file_id == either_id), None)

    def attachment_of(self, file: StoredFile) -> Attachment:
        """The attachment a known file belongs to, with all sizes of a photo."""
        for chat in self.chats.values():
            for message in chat.values():
                if message.attachment and file in message.attachment.files:
                    return message.attachment
        return Attachment(file.kind, (file,))

    # Taps

    def open_query(self, query: Query) -> str:
        query_id = str(self._next_query_id)
        self._next_query_id += 1
        self.queries[query_id] = query
        return query_id

    # Commands

    def commands_for(self, person: Person) -> list[Json]:
        """The command menu of a person: the narrowest scope and the language come first."""
        for scope in (f"chat:{person.user_id}", "all_private_chats", "default"):
            for language in (person.language_code.partition("-")[0], ""):
                if found := self.commands.get((scope, language)):
                    return found
        return []

    # Views

    def chat_view(self, user_id: int) -> Json:
        person = self.person(user_id)
        return {
            "user": user_id,
            "name": person.name,
            "blocked": person.has_blocked,
            "started": person.has_started,
            "seq": self.journal.seq,
            "messages": [message.as_view() for message in self.messages(user_id)],
            "commands": self.commands_for(person),
            "about": self._about(person),
            "open_queries": sum(1 for query in self.queries.values() if query.user_id == user_id),
        }

    def _about(self, person: Person) -> str:
        """The bot's description, shown in a chat before /start."""
        texts = self.profile.get("description", {})
        return texts.get(person.language_code.partition("-")[0]) or texts.get("", "")

    def clock_view(self) -> Json:
        return {
            "now": self.clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
            "offset": self.clock.offset,
        }


def known_person(world: World, user_id: int) -> Person:
    """A person who already exists.

    Raises:
        SimError: 404.
    """
    person = world.people.get(user_id)
    if person is None:
        raise SimError(404, f"nobody has the user id {user_id}")
    return person
