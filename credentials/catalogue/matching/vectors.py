"""Vectors of texts: made once for each text, kept in the database, read into one matrix."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from credentials.catalogue.catalogue import current_catalogue
from credentials.catalogue.matching.anchors import skill_anchors
from credentials.catalogue.matching.encoder import MODEL, find_encoder
from credentials.catalogue.matching.models import MatchIndexRow, MatchTextRow, MatchVectorRow
from credentials.catalogue.matching.texts import index_titles, is_current
from credentials.unit_of_work import Institution, Work

BATCH = 512  # texts a transaction
STORED = np.dtype("<f2")
Progress = Callable[[int, int], None]  # done, of how many


def refresh_index(institution: Institution, progress: Progress | None = None) -> int:
    """Bring titles and vectors up to date; how many vectors were made.

    Vectors are made outside of any transaction and stored in short ones, so that nobody waits. One
    that is interrupted goes on where it stopped.
    """
    with institution.read() as work:
        stale = not is_current(work)
    if stale:
        with institution.begin() as work:
            index_titles(work)
    encoder = find_encoder() if institution.settings.semantic_matching else None
    if encoder is None:
        return 0
    with institution.read() as work:
        missing = _missing(work)
    missing.sort(key=len)
    for start in range(0, len(missing), BATCH):
        texts = missing[start : start + BATCH]
        made = encoder.encode(texts).astype(STORED)
        with institution.begin() as work:
            _store(work, texts, made)
        if progress is not None:
            progress(start + len(texts), len(missing))
    if missing:
        with institution.begin() as work:
            row = work.session.get_one(MatchIndexRow, 1)
            row.revision += 1
    return len(missing)


def read_vectors(work: Work, texts: Sequence[str]) -> NDArray[np.float32] | None:
    """The vectors of texts, one row each; None when one of them has none yet."""
    places: dict[str, list[int]] = {}
    for place, said in enumerate(texts):
        places.setdefault(digest_of(said), []).append(place)
    found = np.zeros((len(texts), 0), np.float32)
    count = 0
    query = select(MatchVectorRow.digest, MatchVectorRow.vector)
    for digest, raw in work.session.execute(query.execution_options(yield_per=5_000)):
        vector = np.frombuffer(raw, STORED)
        if found.shape[1] == 0:
            found = np.zeros((len(texts), len(vector)), np.float32)
        for place in places.get(digest, ()):
            found[place] = vector
            count += 1
    return found if count == len(texts) and count else None


def digest_of(said: str) -> str:
    return hashlib.sha256(f"{MODEL}\n{said}".encode()).hexdigest()[:32]


def _missing(work: Work) -> list[str]:
    known = set(work.session.scalars(select(MatchVectorRow.digest)))
    titles = work.session.scalars(select(MatchTextRow.text).distinct())
    wanted = dict.fromkeys([*titles, *skill_anchors(work, current_catalogue(work))])
    return [said for said in wanted if digest_of(said) not in known]


def _store(work: Work, texts: Sequence[str], made: NDArray[np.float16]) -> None:
    rows = [
        {"digest": digest_of(said), "vector": vector.tobytes()}
        for said, vector in zip(texts, made, strict=True)
    ]
    is_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    work.session.execute(insert(MatchVectorRow).on_conflict_do_nothing(), rows)
