"""Finds the known word that a mistyped one is meant to be, without an index: 50,000 words fit in a few MB."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST_MISTYPED = 5  # letters
TWO_ERRORS_FROM = 10  # letters


class Spelling:
    """Known words by first letter and length; a first letter is taken to be right."""

    def __init__(self, words: Iterable[str]) -> None:
        self._shelves: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for word in sorted(set(words)):
            if len(word) >= SHORTEST_MISTYPED:
                shelf = self._shelves.setdefault((word[0], len(word)), [])
                shelf.append((word, _letters(word)))

    def meant(self, word: str) -> str | None:
        """The one nearest known word within one error (two in long words), if there is just one."""
        if len(word) < SHORTEST_MISTYPED or not word.isalpha():
            return None
        allowed, letters, nearest = _allowed(word), _letters(word), []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for known, known_letters in self._shelves.get((word[0], length), ()):
                # An error changes at most two letters of the set: that rules out most words.
                if (letters ^ known_letters).bit_count() > 2 * allowed or _is_inflected(
                    word, known
                ):
                    continue
                errors = distance(word, known, allowed)
                if errors <= min(allowed, _allowed(known)):
                    nearest.append((errors, known))
        least = min((errors for errors, _ in nearest), default=None)
        found = [known for errors, known in nearest if errors == least]
        return found[0] if len(found) == 1 else None


def distance(one: str, other: str, most: int) -> int:
    """Letters left out, added, changed or swapped with their neighbour; above `most`, `most + 1`.

    The restricted edit distance of Damerau (1964), https://doi.org/10.1145/363958.363994.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            best = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                best = min(best, before[column - 2] + 1)
            current.append(best)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return min(last[-1], most + 1)


def _is_inflected(word: str, known: str) -> bool:
    """Another last letter makes another word (coded, coder)."""
    return len(word) == len(known) and word[:-1] == known[:-1]


def _allowed(word: str) -> int:
    return 2 if len(word) >= TWO_ERRORS_FROM else 1


def _letters(word: str) -> int:
    """The set of letters of a word, as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 61)
    return bits
