"""Institutions to test with. Each gets a copy of a SQLite file that was migrated once a process."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Engine

from credentials.bootstrap import open_institution
from credentials.catalogue import load_starter
from credentials.clock import Clock, FixedClock
from credentials.migrations import migrate
from credentials.settings import Settings
from credentials.unit_of_work import Institution

DATABASE = "skillmark.db"
_DIALECTS: dict[str, Dialect] = {}
_STATEMENTS: dict[Any, Any] = {}
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def open_fresh(
    folder: Path, clock: Clock, *, stocked: bool = False, **settings: Any
) -> Institution:
    """An institution on a SQLite file of its own with the whole schema.

    `stocked`: with the starter catalogue. `settings` go over those every test starts from.
    """
    known: dict[str, Any] = {
        "data_dir": folder / "data",
        "kek_file": folder / "config" / "kek",
        "public_url": "https://badges.example.org",
        "institution_name": "Example College",
    }
    opened = open_institution(Settings(**known | settings), clock)
    put_database(opened, stocked=stocked)
    share_statements(opened.engine)
    return opened


def share_statements(engine: Engine) -> None:
    """Compile each statement once a process: it is kept by its dialect, and every engine has its own."""
    engine.dialect = engine.pool._dialect = _DIALECTS.setdefault(
        engine.dialect.driver, engine.dialect
    )
    engine.update_execution_options(compiled_cache=_STATEMENTS)


def put_database(institution: Institution, *, stocked: bool = False) -> None:
    """Replace the institution's SQLite file by a fresh one; nobody may be using it."""
    institution.engine.dispose()
    file = institution.settings.data_dir / DATABASE
    file.write_bytes(_stocked() if stocked else _migrated())


@cache
def _migrated() -> bytes:
    return _made(lambda opened: migrate(opened.engine))


@cache
def _stocked() -> bytes:
    def stock(opened: Institution) -> None:
        put_database(opened)
        with opened.begin() as work:
            load_starter(work)

    return _made(stock)


def _made(fill: Callable[[Institution], None]) -> bytes:
    """The SQLite file of an institution that `fill` prepared."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data_dir=folder, kek_file=folder / "kek")
        opened = open_institution(settings, FixedClock(START))
        fill(opened)
        opened.engine.dispose()
        return (folder / DATABASE).read_bytes()
