"""Ranks occupations for a wish: everything that speaks for one, weighed and added.

Hybrid retrieval: closeness of vectors (titles, descriptions), BM25 over words, trigrams
against typing mistakes, and titles that stand in the wish as such. Each channel gives every
occupation a number from 0 to 1; the weights were found on `tests/bench/utterances`, half `dev`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from credentials.catalogue.matching.memory import MatchIndex, Meanings
from credentials.catalogue.matching.retrieval import Retriever, TextHit
from credentials.catalogue.matching.spelling import is_known
from credentials.catalogue.phrases import normal_words, words_of

Floats = NDArray[np.float32]

#: What a channel counts.
WEIGHTS = {
    "title": 1.0,  # the closest title's cosine
    "vote": 0.25,  # how many close titles are the occupation's
    "description": 0.5,
    "words": 0.15,
    "trigrams": 0.1,
    "named": 0.4,  # a title stands in the wish
}
WORDS_ONLY = {"words": 0.7, "trigrams": 0.7, "named": 1.0}
VOTERS = 60  # closest titles
FOUND = 60  # hits of a full-text search
LONGEST_TITLE = 8  # words
READ_WORDS = 50  # of a text, for its vector: more cost time and change nothing
UNNAMED = 0.6  # at most, by words alone: "look after" says little without what
SHARPNESS = 14.0  # of scores made into shares


@dataclass(frozen=True, eq=False)
class Heard:
    """A text and, where there is an encoder, its vector and how close every text of the index is."""

    said: str
    vector: Floats | None = None
    close: Floats | None = None  # cosines from 0 to 1, by row of the matrix


@dataclass(frozen=True)
class Ranked:
    """An occupation by its place in the index; `share` adds up to 1 at most over all."""

    place: int
    share: float
    closeness: float  # cosine of its closest title, 0 without vectors
    text: str  # what speaks for it most


def hear(index: MatchIndex, texts: Sequence[str]) -> dict[str, Heard]:
    """The texts by themselves; all are encoded, and compared with the index, in one go."""
    distinct = [said for said in dict.fromkeys(texts) if said]
    meanings = index.meanings
    if meanings is None or not distinct:
        return {said: Heard(said) for said in texts}
    vectors = meanings.encoder.encode([" ".join(said.split()[:READ_WORDS]) for said in distinct])
    close = np.maximum(np.ascontiguousarray((meanings.matrix @ vectors.T).T), 0.0)
    heard = {
        said: Heard(said, vector, row)
        for said, vector, row in zip(distinct, vectors, close, strict=True)
    }
    return {said: heard.get(said, Heard(said)) for said in texts}


def rank(
    index: MatchIndex, retriever: Retriever, views: Sequence[Heard], limit: int
) -> list[Ranked]:
    """The best occupations for a wish, heard as one or more texts; the last says the wish alone."""
    if not index.codes:
        return []
    total = np.zeros(len(index.codes), np.float32)
    title = np.zeros(len(index.codes), np.float32)
    is_named = np.zeros(len(index.codes), np.bool_)
    hits: list[TextHit] = []
    weights = WEIGHTS if index.meanings is not None else WORDS_ONLY
    for view in views:
        channels, hits = _by_text(index, retriever, view.said)
        if view.close is not None and index.meanings is not None:
            channels |= _by_vector(index.meanings, view.close, len(index.codes))
            title = channels["title"]
        is_named |= channels["named"] > 0
        for name, values in channels.items():
            total += weights[name] * values
    total /= len(views)
    shares = np.exp(SHARPNESS * (total - total.max()))
    shares[total <= 0] = 0.0
    shares /= max(float(shares.sum()), 1e-9)
    if index.meanings is None:
        shares = np.where(is_named, shares, np.minimum(shares, UNNAMED))
    best = np.argsort(-total, kind="stable")[:limit]
    return [
        Ranked(
            place=int(place),
            share=float(shares[place]),
            closeness=float(title[place]),
            text=_reason(index, views[-1], hits, int(place)),
        )
        for place in best
        if total[place] > 0
    ]


def named_in(index: MatchIndex, said: str) -> list[tuple[str, float]]:
    """Titles that stand in a text, longest first without overlaps: (title, share of its words)."""
    words = [word for word, _ in words_of(said)]
    found: list[tuple[str, float]] = []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_TITLE, len(words) - place), 0, -1):
            phrase = normal_words(words[place : place + length])
            if phrase in index.titles:
                found.append((phrase, length / len(words)))
                place += length - 1
                break
        place += 1
    return found


def _by_text(
    index: MatchIndex, retriever: Retriever, said: str
) -> tuple[dict[str, Floats], list[TextHit]]:
    """The channels of full-text search and of named titles; and what was found, words first."""
    channels = {name: np.zeros(len(index.codes), np.float32) for name in WORDS_ONLY}
    words = retriever.by_words(said, FOUND)
    trigrams = retriever.by_trigrams(said, FOUND) if _may_hold_slips(index, said) else []
    for name, hits in (("words", words), ("trigrams", trigrams)):
        most = max((hit.score for hit in hits), default=0.0) or 1.0
        for hit in hits:
            place = index.code_of_text[hit.text_id]
            channels[name][place] = max(channels[name][place], hit.score / most)
    for phrase, share in named_in(index, said):
        places = index.titles[phrase]
        strength = min(1.0, 0.5 * share + 0.15 * len(phrase.split())) / len(places) ** 0.5
        for place in places:
            channels["named"][place] = max(channels["named"][place], strength)
    return channels, words + trigrams


def _may_hold_slips(index: MatchIndex, said: str) -> bool:
    """Whether trigrams can add to what words and vectors find: a word is unknown."""
    return index.meanings is None or any(
        word.isalpha() and not is_known(index, word) for word, _ in words_of(said)
    )


def _by_vector(meanings: Meanings, close: Floats, size: int) -> dict[str, Floats]:
    """The channels of closeness, one number for each of `size` occupations."""
    channels = {}
    for name, group in meanings.groups.items():
        best = np.zeros(size, np.float32)
        if len(group.rows):
            best[group.places] = np.maximum.reduceat(close[group.rows], group.starts)
        channels[name] = best
    titles = meanings.groups["title"]
    scores = close[titles.rows]
    top = np.argpartition(-scores, min(VOTERS, len(scores) - 1))[:VOTERS]
    owners = np.searchsorted(titles.starts, top, side="right") - 1
    votes = np.zeros(size, np.float32)
    np.add.at(votes, titles.places[owners], meanings.title_weights[top] * scores[top] ** 6)
    channels["vote"] = np.log1p(votes)
    return channels


def _reason(index: MatchIndex, view: Heard, hits: Sequence[TextHit], place: int) -> str:
    """The title that says why: one that stands in the text, the closest one, or the first found."""
    for phrase, _ in named_in(index, view.said):
        if place in index.titles[phrase]:
            return phrase
    if view.close is not None and index.meanings is not None:
        nearest = index.meanings.nearest_title(place, view.close)
        if nearest is not None:
            return index.texts[nearest]
    for hit in hits:
        if index.code_of_text[hit.text_id] == place:
            return index.texts[hit.text_id]
    return index.official[place]
