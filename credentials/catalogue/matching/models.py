"""Tables of what is searched: texts about occupations, and vectors of texts."""

from datetime import datetime

from sqlalchemy import Connection, Index, Table, event, text
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base

TITLE_KINDS = ("official", "short", "reported", "alternate", "everyday")


class MatchTextRow(Base):
    """Something an occupation is called or described by. Titles are searched by their words too."""

    __tablename__ = "match_texts"
    __table_args__ = (Index(None, "code"),)

    text_id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    text: Mapped[str]
    kind: Mapped[str]  # one of TITLE_KINDS, or description
    is_title: Mapped[bool]


class MatchVectorRow(Base):
    """The vector of a text, whoever uses it: 16-bit floats, little-endian."""

    __tablename__ = "match_vectors"

    digest: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of model and text, 32 digits
    vector: Mapped[bytes]


class MatchIndexRow(Base):
    """What the index was made from; one row. A reader whose `revision` is older reads again."""

    __tablename__ = "match_index"

    index_id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    made_from: Mapped[str]  # revision of the catalogue, release of O*NET, digest of our own words
    made_at: Mapped[datetime]


SQLITE = (
    (
        "CREATE VIRTUAL TABLE IF NOT EXISTS match_words USING fts5("
        "text, content='', contentless_delete=1, tokenize='porter unicode61')"
    ),
    (
        "CREATE VIRTUAL TABLE IF NOT EXISTS match_trigrams USING fts5("
        "text, content='', contentless_delete=1, tokenize='trigram')"
    ),
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    (
        "CREATE INDEX IF NOT EXISTS ix_match_texts_words ON match_texts"
        " USING gin (to_tsvector('english', text)) WHERE is_title"
    ),
    (
        "CREATE INDEX IF NOT EXISTS ix_match_texts_trigrams ON match_texts"
        " USING gin (text gin_trgm_ops) WHERE is_title"
    ),
)
#: Tables and indexes that are no part of the mapped schema.
SEARCH_OBJECTS = (
    "match_words",
    "match_trigrams",
    "ix_match_texts_words",
    "ix_match_texts_trigrams",
)


def create_search(connection: Connection) -> None:
    """Make what full-text search needs beside the tables."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.execute(text(statement))


def drop_search(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name in ("match_words", "match_trigrams"):
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))


@event.listens_for(MatchTextRow.__table__, "after_create")
def _create_search(_table: Table, connection: Connection, **_options: object) -> None:
    create_search(connection)
