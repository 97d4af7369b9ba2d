"""The story: who the people on the page are, what they may try, and which moments matter.

`story.json` in the story's folder; every part is optional:

    {"bot": {"token", "username", "name"},
     "people": [{"key", "user_id", "first_name", "last_name", "language_code", "title", "intro",
                 "chips": [{"label", "text"}],
                 "files": [{"name", "path", "caption", "about"}], "own_words"}],
     "moments": [{"label", "at": "2027-11-24T09:00:00Z"}],
     "links": [{"label", "url"}],
     "status": [{"name", "state": "starting|ready|down", "text"}]}

File paths are relative to the folder and stay inside it. Texts are shown as they are, never as
markup; links are http or https.
"""

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground.records import BotAccount, Json
from bot.playground.world import DEFAULT_BOT

STATES = frozenset({"starting", "ready", "down"})

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StoryFile:
    """A sample file a person can send."""

    name: str
    path: Path
    caption: str
    about: str


@dataclass(frozen=True)
class Persona:
    """One phone on the page."""

    key: str
    user_id: int
    first_name: str
    last_name: str = ""
    language_code: str = "en"
    title: str = ""
    intro: str = ""
    own_words: str = ""
    chips: tuple[Json, ...] = ()
    files: tuple[StoryFile, ...] = ()

    def as_json(self) -> Json:
        return {
            "key": self.key,
            "user_id": self.user_id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "title": self.title or self.first_name,
            "intro": self.intro,
            "own_words": self.own_words,
            "chips": list(self.chips),
            "files": [
                {
                    "name": file.name,
                    "about": file.about,
                    "caption": file.caption,
                    "size": file.path.stat().st_size,
                }
                for file in self.files
                if file.path.is_file()
            ],
        }


DEFAULT_PEOPLE = (
    Persona(
        "learner", 1001, "Ana", "Ruiz", title="Learner", intro="Learns and shows what she can do."
    ),
    Persona("advisor", 1002, "Ben", "Okafor", title="Advisor", intro="Reviews what learners send."),
    Persona(
        "employer", 1003, "Chloe", "Martin", title="Employer", intro="Checks what people show."
    ),
)


@dataclass(frozen=True)
class Story:
    bot: BotAccount = DEFAULT_BOT
    token: str | None = None
    people: tuple[Persona, ...] = DEFAULT_PEOPLE
    moments: tuple[Json, ...] = ()
    links: tuple[Json, ...] = ()
    status: tuple[Json, ...] = ()
    problem: str = field(default="", compare=False)

    def persona(self, user_id: int) -> Persona | None:
        return next((person for person in self.people if person.user_id == user_id), None)

    def as_json(self) -> Json:
        return {
            "bot": {"name": self.bot.name, "username": self.bot.username},
            "people": [person.as_json() for person in self.people],
            "moments": list(self.moments),
            "links": list(self.links),
            "status": list(self.status),
            "problem": self.problem,
        }


class StoryFolder:
    """A folder whose `story.json` may change while the playground runs."""

    def __init__(self, folder: Path | None) -> None:
        self.story = Story()
        self._folder = folder.resolve() if folder else None
        self._seen: tuple[int, int] | None = None

    def refresh(self) -> bool:
        """Read the story again if its file changed; True when there is something new to show."""
        stamp = self._stamp()
        if self._folder is None or stamp is None or stamp == self._seen:
            return False
        self._seen = stamp
        try:
            given = json.loads((self._folder / "story.json").read_text(encoding="utf-8"))
            self.story = _read_story(given, self._folder)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.warning("story_unreadable reason=%s", type(error).__name__)
            kept = self.story
            self.story = Story(
                kept.bot,
                kept.token,
                kept.people,
                kept.moments,
                kept.links,
                kept.status,
                problem="story.json cannot be read; the last good one is shown",
            )
        return True

    def _stamp(self) -> tuple[int, int] | None:
        if self._folder is None:
            return None
        try:
            found = (self._folder / "story.json").stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size


def _read_story(given: Json, folder: Path) -> Story:
    bot = given.get("bot") or {}
    token = bot.get("token")
    bot_id = int(token.partition(":")[0]) if token else DEFAULT_BOT.bot_id
    people = tuple(_persona(person, folder) for person in given.get("people") or [])
    return Story(
        bot=BotAccount(
            bot_id,
            str(bot.get("username") or DEFAULT_BOT.username),
            str(bot.get("name") or DEFAULT_BOT.name),
        ),
        token=token,
        people=people or DEFAULT_PEOPLE,
        moments=_texts(given.get("moments"), "label", "at"),
        links=tuple(
            link
            for link in _texts(given.get("links"), "label", "url")
            if link["url"].startswith(("http://", "https://"))
        ),
        status=tuple(
            {**status, "state": status["state"] if status["state"] in STATES else "starting"}
            for status in _texts(given.get("status"), "name", "state", "text")
        ),
    )


def _persona(given: Json, folder: Path) -> Persona:
    user_id = int(given["user_id"])
    names = ("first_name", "last_name", "language_code", "title", "intro", "own_words")
    return Persona(
        key=str(given.get("key") or user_id),
        user_id=user_id,
        chips=_texts(given.get("chips"), "label", "text"),
        files=tuple(_files(given.get("files") or [], folder)),
        **{
            "first_name": f"Person {user_id}",
            **{name: str(given[name]) for name in names if given.get(name)},
        },
    )


def _files(given: list[Json], folder: Path) -> list[StoryFile]:
    files = []
    for item in given:
        path = (folder / str(item["path"])).resolve()
        if path.is_relative_to(folder):
            name = str(item.get("name") or path.name)
            about, caption = str(item.get("about") or ""), str(item.get("caption") or "")
            files.append(StoryFile(name, path, caption, about))
    return files


def _texts(given: Any, *names: str) -> tuple[Json, ...]:
    """Keep the named texts of each object in a list."""
    return tuple({name: str(item.get(name) or "") for name in names} for item in given or [])
