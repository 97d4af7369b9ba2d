"""The index in memory: read once per revision and process, searched by matrix product."""

import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.engine import Engine

from credentials.catalogue.matching.encoder import Encoder, find_encoder
from credentials.catalogue.matching.gate import Gate, read_gate
from credentials.catalogue.matching.models import MatchIndexRow, MatchTextRow
from credentials.catalogue.matching.sections import example_texts
from credentials.catalogue.matching.vectors import read_vectors
from credentials.catalogue.phrases import normal_phrase
from credentials.unit_of_work import Work

KIND_WEIGHTS = {"official": 3.0, "reported": 2.0, "everyday": 2.0, "short": 1.5, "alternate": 1.0}
_WORD = re.compile(r"[a-z]{3,}")
_ASIDE = re.compile(r"\s*\(([^)]*)\)")

Row = tuple[int, str, str, str]  # text id, code, text, kind
Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Group:
    """Texts of one kind, those of an occupation side by side.

    Attributes:
        rows: of the matrix, one for each text.
        places: the occupations; `starts`: where in `rows` the texts of each begin.
    """

    rows: Places
    places: Places
    starts: Places


@dataclass(frozen=True, eq=False, kw_only=True)
class Meanings:
    """Vectors of everything that speaks for an occupation.

    Attributes:
        matrix: one unit vector per distinct text.
        groups: title or description → its texts.
        title_texts: text ids of the titles; `title_weights`: what each counts in a vote.
    """

    encoder: Encoder
    matrix: Floats
    groups: Mapping[str, Group]
    title_texts: Places
    title_weights: Floats

    def nearest_title(self, place: int, close: Floats) -> int | None:
        """The id of an occupation's closest title; None when it has no title."""
        titles = self.groups["title"]
        number = int(np.searchsorted(titles.places, place))
        if number == len(titles.places) or titles.places[number] != place:
            return None
        start = int(titles.starts[number])
        stop = int(titles.starts[number + 1]) if number + 1 < len(titles.starts) else None
        return int(self.title_texts[start + int(np.argmax(close[titles.rows[start:stop]]))])


@dataclass(frozen=True, eq=False, kw_only=True)
class MatchIndex:
    """What matching looks things up in.

    Attributes:
        codes: O*NET-SOC codes; everything else names an occupation by its place here.
        official: the official titles, by place.
        titles: normalised title → the places it may mean, likeliest first.
        texts: text id → text. `code_of_text`: text id → place.
        words: first letter → every word of the texts and of our examples; slips are mended to these.
        meanings: None without an encoder, or before its vectors were made.
    """

    revision: int
    codes: tuple[str, ...]
    official: tuple[str, ...]
    titles: Mapping[str, tuple[int, ...]]
    texts: Mapping[int, str]
    code_of_text: Mapping[int, int]
    words: Mapping[str, Mapping[str, str]]
    gate: Gate
    meanings: Meanings | None


_IN_MEMORY: "WeakKeyDictionary[Engine, MatchIndex]" = WeakKeyDictionary()
_READING = threading.Lock()


def current_index(work: Work) -> MatchIndex:
    """The index as it is now; read from the database once per revision and process."""
    engine = work.session.get_bind().engine
    revision = work.session.scalar(select(MatchIndexRow.revision)) or 0
    known = _IN_MEMORY.get(engine)
    if known is not None and known.revision == revision:
        return known
    with _READING:
        known = _IN_MEMORY.get(engine)
        if known is None or known.revision != revision:
            known = _read(work, revision)
            _IN_MEMORY[engine] = known
    return known


def _read(work: Work, revision: int) -> MatchIndex:
    rows = [
        (text_id, code, said, kind)
        for text_id, code, said, kind in work.session.execute(
            select(
                MatchTextRow.text_id, MatchTextRow.code, MatchTextRow.text, MatchTextRow.kind
            ).order_by(MatchTextRow.text_id)
        )
    ]
    codes = tuple(sorted({code for _, code, _, _ in rows}))
    places = {code: place for place, code in enumerate(codes)}
    official = {code: said for _, code, said, kind in reversed(rows) if kind == "official"}
    meanings = _meanings(work, rows, places) if rows else None
    return MatchIndex(
        revision=revision,
        codes=codes,
        official=tuple(official.get(code, code) for code in codes),
        titles=_titles(rows, places),
        texts={text_id: said for text_id, _, said, _ in rows},
        code_of_text={text_id: places[code] for text_id, code, _, _ in rows},
        words=_words([*(said for _, _, said, _ in rows), *example_texts()]),
        gate=read_gate(with_vectors=meanings is not None),
        meanings=meanings,
    )


def _titles(rows: Sequence[Row], places: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Normal titles, also without what stands in brackets, and what stands there."""
    found: dict[str, dict[int, float]] = {}
    for _, code, said, kind in rows:
        if kind not in KIND_WEIGHTS:
            continue
        for name in {said, _ASIDE.sub("", said), *_ASIDE.findall(said)}:
            phrase = normal_phrase(name)
            if phrase:
                weights = found.setdefault(phrase, {})
                weights[places[code]] = max(weights.get(places[code], 0.0), KIND_WEIGHTS[kind])
    return {
        phrase: tuple(sorted(weights, key=lambda place: (-weights[place], place)))
        for phrase, weights in found.items()
    }


def _words(texts: Sequence[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word in sorted(set(_WORD.findall(" ".join(texts).lower()))):
        found.setdefault(word[0], {})[word] = word
    return found


def _meanings(work: Work, rows: Sequence[Row], places: Mapping[str, int]) -> Meanings | None:
    encoder = find_encoder() if work.settings.semantic_matching else None
    texts = list(dict.fromkeys(said for _, _, said, _ in rows))
    stored = read_vectors(work, texts) if encoder else None
    if encoder is None or stored is None:
        return None
    row_of = {said: row for row, said in enumerate(texts)}
    by_place = sorted(rows, key=lambda row: (places[row[1]], row[0]))
    titles = [row for row in by_place if row[3] in KIND_WEIGHTS]
    kinds = {
        "title": titles,
        "description": [row for row in by_place if row[3] not in KIND_WEIGHTS],
    }
    shared = Counter(said for _, _, said, _ in titles)
    return Meanings(
        encoder=encoder,
        matrix=stored,
        groups={
            name: _group([row_of[row[2]] for row in kept], [places[row[1]] for row in kept])
            for name, kept in kinds.items()
        },
        title_texts=np.array([row[0] for row in titles], np.int64),
        title_weights=np.array(
            [KIND_WEIGHTS[kind] / shared[said] ** 0.5 for _, _, said, kind in titles], np.float32
        ),
    )


def _group(rows: Sequence[int], places: Sequence[int]) -> Group:
    distinct, starts = np.unique(np.array(places, np.int64), return_index=True)
    return Group(np.array(rows, np.int64), distinct, starts.astype(np.int64))
