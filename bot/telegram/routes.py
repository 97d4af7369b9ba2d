"""How a module of handlers says what it handles; application.py gathers the tables."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from actions.screens import Shown
from bot.telegram.context import Context
from credentials.people import Person
from credentials.unit_of_work import Work

Handler = Callable[[Context], Awaitable[None]]
Resume = Callable[[Work, Person], Shown]


@dataclass(frozen=True)
class Routes:
    """One journey's handlers.

    `commands`: command without the slash. `presses`: a button's action. `start_links`: how a deep
    link's parameter begins. `texts` and `files`: kind of the draft that a verbatim text or a file
    belongs to. `resumes`: kind of a draft → the screen of its open question.
    """

    commands: Mapping[str, Handler] = field(default_factory=dict)
    presses: Mapping[str, Handler] = field(default_factory=dict)
    start_links: Mapping[str, Handler] = field(default_factory=dict)
    texts: Mapping[str, Handler] = field(default_factory=dict)
    resumes: Mapping[str, Resume] = field(default_factory=dict)
    files: Mapping[str, Handler] = field(default_factory=dict)
