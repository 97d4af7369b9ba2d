"""Mends typing mistakes: a word that nobody knows becomes the nearest one of a title or a task.

What English knows is told by the encoder; without one, a word is only mended by a single letter.
"""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from credentials.catalogue.matching.memory import MatchIndex

SHORTEST = 5  # letters; shorter words have too many neighbours
SHORTEST_KNOWN = 4  # letters; anything shorter may be an acronym
MOST_WORDS = 12  # a longer text has enough other words
LONG = 8  # letters, from which two may be wrong
WORD = re.compile(r"[A-Za-z]+")


def correct(index: MatchIndex, said: str) -> str:
    """The text with its unknown words mended, where one letter (two in long words) is wrong."""
    if len(said.split()) > MOST_WORDS:
        return said
    return WORD.sub(lambda found: _mended(index, found[0]), said)


def is_known(index: MatchIndex, word: str) -> bool:
    """Whether a word in lower case is one of the index or of English."""
    common = index.meanings.encoder.words if index.meanings is not None else frozenset()
    return word in index.words.get(word[:1], ()) or word in common


def has_known_word(index: MatchIndex, said: str) -> bool:
    """Whether a text may mean something: a word of it is known, or too short to tell."""
    words = WORD.findall(said.lower())
    return not words or any(len(word) < SHORTEST_KNOWN or is_known(index, word) for word in words)


def _mended(index: MatchIndex, word: str) -> str:
    lower = word.lower()
    if len(lower) < SHORTEST or is_known(index, lower):
        return word
    slips = 1 if len(lower) < LONG or index.meanings is None else 2
    found = process.extractOne(
        lower, index.words.get(lower[0], {}), scorer=OSA.distance, score_cutoff=slips
    )
    return str(found[0]) if found else word
