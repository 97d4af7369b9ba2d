"""The tables' common ground: engine, column types, identifiers."""

import secrets
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 30_000
POOL_SIZE = 8
FIRST_MENDED = (3, 51, 3)
MENDED_BRANCHES = ((3, 44, 6), (3, 50, 7))
READ_ONLY = {"read_only": True}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Every table. Rooms keep their tables in their own `models` module."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: Json, list[Any]: Json}  # noqa: RUF012


def new_uuid() -> str:
    """A random identifier for what leaves the house: persons, credentials."""
    return str(uuid.uuid4())


def new_short_id() -> str:
    """72 random bits in 12 URL-safe characters: fits a button's callback data."""
    return secrets.token_urlsafe(9)


def make_engine(url: str) -> Engine:
    """An engine for SQLite (a build without the WAL-reset bug) or PostgreSQL."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=POOL_SIZE, pool_pre_ping=True)
    import pysqlite3.dbapi2  # noqa: PLC0415  # bundles a fixed SQLite; absent off Linux

    # The connection used last goes out first: whenever another one has written, SQLite forgets the
    # pages a connection has read.
    engine = create_engine(url, module=pysqlite3.dbapi2, pool_size=POOL_SIZE, pool_use_lifo=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def describe_database(engine: Engine) -> str:
    """The database's name and version, for operators."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
            return f"SQLite {version}"
        version = connection.exec_driver_sql("SHOW server_version").scalar_one()
        return f"PostgreSQL {version}"


def has_wal_reset_bug(description: str) -> bool:
    """Whether a SQLite of this version can lose committed pages in WAL mode.

    3.7.0 to 3.51.2 can, save for 3.44.6 and 3.50.7 (https://sqlite.org/wal.html#walresetbug).
    """
    name, _, number = description.partition(" ")
    if name != "SQLite":
        return False
    version = tuple(int(part) for part in number.split(".")[:3])
    is_mended = any(version[:2] == fixed[:2] and version >= fixed for fixed in MENDED_BRANCHES)
    return version < FIRST_MENDED and not is_mended


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the "begin" event says how a transaction starts
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that writes later fails at once with SQLITE_BUSY_SNAPSHOT.
    read_only = connection.get_execution_options().get("read_only", False)
    # Not through SQLAlchemy's own execution, which costs as much as a query: it runs for everything.
    cursor = connection.connection.cursor()
    cursor.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
    cursor.close()
