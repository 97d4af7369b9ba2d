"""Full-text search over titles, by words and by trigrams: one port, two databases.

Only letters, digits and a few signs of a message reach the query language of the database, each
term quoted, so that no operator of it can be spoken from outside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from credentials.unit_of_work import Work

MOST_WORDS = 24
MOST_LETTERS = 48  # of a query by trigrams; longer ones hold no title with a typing mistake
TERM = re.compile(r"[a-z0-9][a-z0-9+#]*")
#: Words that say nothing about the work.
EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "im",
        "in",
        "into",
        "is",
        "it",
        "its",
        "job",
        "just",
        "like",
        "love",
        "me",
        "my",
        "not",
        "of",
        "on",
        "one",
        "or",
        "our",
        "out",
        "really",
        "role",
        "she",
        "so",
        "some",
        "something",
        "sort",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "up",
        "us",
        "want",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "who",
        "will",
        "with",
        "work",
        "would",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text of the index; `score` is larger for better ones, comparable within one search."""

    text_id: int
    score: float


class Retriever(Protocol):
    """Searches titles; best first, ties by id. A text without words finds nothing."""

    def by_words(self, said: str, limit: int) -> list[TextHit]: ...

    def by_trigrams(self, said: str, limit: int) -> list[TextHit]: ...


def open_retriever(work: Work) -> Retriever:
    """The retriever of this database."""
    is_sqlite = work.session.get_bind().dialect.name == "sqlite"
    return SqliteRetriever(work.session) if is_sqlite else PostgresRetriever(work.session)


class SqliteRetriever:
    """FTS5 with BM25. https://sqlite.org/fts5.html."""

    WORDS = text(
        "SELECT rowid, -bm25(match_words) FROM match_words WHERE match_words MATCH :query"
        " ORDER BY bm25(match_words), rowid LIMIT :limit"
    )
    TRIGRAMS = text(
        "SELECT rowid, -bm25(match_trigrams) FROM match_trigrams WHERE match_trigrams MATCH :query"
        " ORDER BY bm25(match_trigrams), rowid LIMIT :limit"
    )

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_words(self, said: str, limit: int) -> list[TextHit]:
        return self._search(self.WORDS, telling_words(said), limit)

    def by_trigrams(self, said: str, limit: int) -> list[TextHit]:
        return self._search(self.TRIGRAMS, trigrams(said), limit)

    def _search(self, query: TextClause, terms: Sequence[str], limit: int) -> list[TextHit]:
        if not terms:
            return []
        asked = " OR ".join(f'"{term}"' for term in terms)
        rows = self._session.execute(query, {"query": asked, "limit": limit})
        return [TextHit(row[0], row[1]) for row in rows]


class PostgresRetriever:
    """tsvector with ts_rank, and pg_trgm.

    https://www.postgresql.org/docs/current/textsearch.html and …/pgtrgm.html
    """

    WORDS = text(
        "SELECT text_id, ts_rank(to_tsvector('english', text), query, 1) AS score"
        " FROM match_texts, to_tsquery('english', :query) AS query"
        " WHERE is_title AND to_tsvector('english', text) @@ query"
        " ORDER BY score DESC, text_id LIMIT :limit"
    )
    TRIGRAMS = text(
        "SELECT text_id, similarity(text, :query) AS score FROM match_texts"
        " WHERE is_title AND text % :query ORDER BY score DESC, text_id LIMIT :limit"
    )

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_words(self, said: str, limit: int) -> list[TextHit]:
        terms = telling_words(said)
        return self._search(self.WORDS, " | ".join(f"'{term}'" for term in terms), limit)

    def by_trigrams(self, said: str, limit: int) -> list[TextHit]:
        return self._search(self.TRIGRAMS, _short(said), limit)

    def _search(self, query: TextClause, asked: str, limit: int) -> list[TextHit]:
        if not asked:
            return []
        rows = self._session.execute(query, {"query": asked, "limit": limit})
        return [TextHit(row[0], row[1]) for row in rows]


def telling_words(said: str) -> list[str]:
    """The words to search for, each once."""
    found = dict.fromkeys(TERM.findall(said.lower()))
    return [word for word in found if word not in EMPTY and len(word) > 1][:MOST_WORDS]


def trigrams(said: str) -> list[str]:
    """Three letters at a time; none of a long text."""
    short = _short(said)
    return list(dict.fromkeys(short[place : place + 3] for place in range(len(short) - 2)))


def _short(said: str) -> str:
    words = " ".join(word for word in TERM.findall(said.lower()) if word not in EMPTY)
    return words if len(words) <= MOST_LETTERS else ""
