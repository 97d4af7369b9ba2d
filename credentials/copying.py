"""A whole institution copied from one database into another, row by row, and compared afterwards.

One way for a backup (into a SQLite file), a restore (out of one) and a move from SQLite to
PostgreSQL. The copy is a snapshot: what is written meanwhile is not in it. The key file is never
part of it.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from credentials.database import READ_ONLY, Base, make_engine
from credentials.errors import SetupError
from credentials.migrations import migrate, require_current_schema
from credentials.tables import import_rooms

BATCH = 500  # rows
MODULUS = 2**256


@dataclass(frozen=True)
class TableCopy:
    """A copied table: rows, and a digest of each side that does not depend on their order."""

    table: str
    rows: int
    copied: int
    digest: str
    digest_of_copy: str

    @property
    def is_same(self) -> bool:
        return self.rows == self.copied and self.digest == self.digest_of_copy


def copy_institution(source: Engine, target: Engine) -> list[TableCopy]:
    """Copy everything into an empty database, which gets its tables first.

    Raises:
        SetupError: the source needs `migrate`, or the target is not empty.
    """
    import_rooms()
    require_current_schema(source)
    migrate(target)
    with _snapshot(source) as there, target.begin() as here:
        _require_empty(here)
        left = {}
        for table in Base.metadata.sorted_tables:
            digest = Digest()
            for rows in _batches(there, table):
                here.execute(insert(table), [dict(row) for row in rows])
                digest.add(rows)
            left[table.name] = digest
        _continue_numbers(here)
    with _snapshot(target) as here:
        return [_compare(here, table, left[table.name]) for table in Base.metadata.sorted_tables]


def require_idle(source: Engine) -> None:
    """Refuse to copy under a running bot, whose later writes would be left behind.

    Raises:
        SetupError: updates or messages are in hand.
    """
    in_hand = text(
        "SELECT (SELECT count(*) FROM inbox_updates WHERE state = 'handling')"
        " + (SELECT count(*) FROM outbox_messages WHERE state IN ('claimed', 'sending'))"
    )
    with source.connect() as connection:
        if connection.execute(in_hand).scalar_one():
            raise SetupError("a bot is at work on this database; stop it first")


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    """An engine that is closed afterwards."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def sqlite_file(file: Path) -> AbstractContextManager[Engine]:
    """An engine of one SQLite file."""
    return engine_of(f"sqlite:///{file}")


@contextmanager
def newest_schema(backup: Path) -> Iterator[Engine]:
    """A backup, brought up to date in a copy of its own; the file stays as it is.

    Raises:
        SetupError: there is no such file.
    """
    if not backup.is_file():
        raise SetupError(f"{backup}: no such file")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        with sqlite_file(backup) as original:
            connection = original.raw_connection()
            # Never a plain copy of a file that may be in use.
            connection.cursor().execute("VACUUM INTO ?", (str(copy),))
            connection.close()
        with sqlite_file(copy) as source:
            migrate(source)
            yield source


class Digest:
    """A sum of row hashes modulo 2²⁵⁶: the same rows in any order give the same."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            plain = json.dumps(row, sort_keys=True, default=_plain, ensure_ascii=False)
            digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest()
            self._sum = (self._sum + int.from_bytes(digest, "big")) % MODULUS
            self.rows += 1

    def __str__(self) -> str:
        return f"{self._sum:064x}"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return str(value)


def _snapshot(engine: Engine) -> Connection:
    """A connection that sees one state of the database until it is closed."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(isolation_level="REPEATABLE READ")
    return engine.connect().execution_options(**READ_ONLY)


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    rows = connection.execution_options(yield_per=BATCH).execute(select(table)).mappings()
    for batch in rows.partitions(BATCH):
        yield [dict(row) for row in batch]


def _compare(connection: Connection, table: Table, wanted: Digest) -> TableCopy:
    found = Digest()
    for rows in _batches(connection, table):
        found.add(rows)
    return TableCopy(table.name, wanted.rows, found.rows, str(wanted), str(found))


def _require_empty(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise SetupError(f"the target is not empty: {table.name} has rows")


def _continue_numbers(connection: Connection) -> None:
    """Let PostgreSQL's sequences go on after the highest number."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        highest = connection.execute(select(func.max(column))).scalar_one()
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        if highest is not None:
            connection.execute(select(func.setval(sequence, highest)))
