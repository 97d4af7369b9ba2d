"""The one transaction door: `with institution.begin() as work:` is the only commit."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from credentials.clock import Clock
from credentials.database import READ_ONLY
from credentials.inbox import UpdateKey, finish_update
from credentials.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a use case works with: one session, one instant, the settings."""

    session: Session
    now: datetime
    settings: Settings


@dataclass(frozen=True, kw_only=True)
class Institution:
    """One institution: its database, its clock, its settings."""

    engine: Engine
    clock: Clock
    settings: Settings
    _sessions: sessionmaker[Session] = field(init=False, repr=False)
    _turn: AbstractContextManager[object] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sessions", sessionmaker(self.engine, expire_on_commit=False))
        # SQLite has one writer, and whoever waits for it sleeps and asks again, up to 0.1 s at a
        # time and in no order; the threads of one process wait here instead and are woken.
        one_writer = self.engine.dialect.name == "sqlite"
        object.__setattr__(self, "_turn", threading.Lock() if one_writer else nullcontext())

    @contextmanager
    def begin(self, *, handling: UpdateKey | None = None) -> Iterator[Work]:
        """One transaction; leaving the block commits, an exception rolls back.

        With `handling`, the update is marked as handled in the same transaction.

        Raises:
            AlreadyHandledError: the update was handled before; nothing is written.
        """
        with self._turn, self._sessions.begin() as session:
            if handling is not None:
                finish_update(session, handling)
            yield Work(session=session, now=self.clock.now(), settings=self.settings)

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A snapshot to read from; nothing it does is kept."""
        with self.engine.connect().execution_options(**READ_ONLY) as connection:
            with Session(connection) as session:
                yield Work(session=session, now=self.clock.now(), settings=self.settings)
            connection.rollback()
