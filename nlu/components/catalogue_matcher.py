"""Finds the catalogue's occupations, skills and credentials in a text: exactly, in the plural, mistyped.

Pure Python without Rasa. A phrase is matched word by word, longest first. A word nobody uses
otherwise may be mistyped by one letter (two from ten letters on). A phrase that is also an
everyday word (`go`, `access`, `word`) counts only where it's written with its capital inside a
sentence, or stands in a list beside something that surely is from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

_WORD = re.compile(r"\w+(?:[+#]+|(?:[.'’]\w+)*)")
_BETWEEN_ITEMS = re.compile(
    r"\s*(?:,|/|&|;|\band\b|\bor\b|\bplus\b|\bwith\b|\s)+\s*", re.IGNORECASE
)
_SHORTEST_MISTYPED = 5
_TWO_ERRORS_FROM = 10
_PLURAL_FROM = 4


@dataclass(frozen=True)
class Word:
    """One word as written, its comparable form, and where it stands."""

    text: str
    form: str
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """A catalogue entry found in a text: `ids` are all entries that carry this phrase."""

    kind: str
    value: str
    ids: tuple[str, ...]
    start: int
    end: int


@dataclass
class _Phrase:
    kind: str
    value: str
    ids: list[str]


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    phrases: list[_Phrase] = field(default_factory=list)


def words_of(text: str) -> list[Word]:
    """The words of a text with their offsets; `c++`, `c#` and `node.js` are one word each."""
    return [Word(m.group(), _form(m.group()), *m.span()) for m in _WORD.finditer(text)]


def _form(word: str) -> str:
    word = word.casefold().replace("’", "'").removesuffix("'s")
    if len(word) >= _PLURAL_FROM and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _with_letters_left_out(word: str, depth: int) -> set[str]:
    found = {word}
    for _ in range(depth):
        found |= {w[:i] + w[i + 1 :] for w in found for i in range(len(w))}
    return found


def _depth(word: str) -> int:
    return 2 if len(word) >= _TWO_ERRORS_FROM else 1


class CatalogueMatcher:
    """Matches against `{"kinds": [...], "entries": [{"kind","id","value","phrases"}]}`.

    An entry without `value` keeps the phrase as the catalogue lists it (occupations: the title
    tells more than the code's main title). Where two kinds share a phrase the first kind wins.
    `everyday_words` are comparable forms that people use without meaning the catalogue.
    """

    def __init__(self, lookup: dict[str, Any], everyday_words: Iterable[str] = ()) -> None:
        self._kinds = list(lookup["kinds"])
        self._everyday = set(everyday_words)
        self._root = _Node()
        for entry in lookup["entries"]:
            for phrase in entry["phrases"]:
                self._add(entry, phrase)
        self._vocabulary = set(self._forms(self._root))
        self._mistypings = self._index_mistypings()

    def find(self, text: str) -> list[Match]:
        """All matches, in the order of the text, none overlapping another."""
        words = words_of(text)
        forms = [self._corrected(word.form) for word in words]
        candidates = list(self._candidates(text, words, forms))
        sure = [match for match, is_sure in candidates if is_sure]
        doubtful = [match for match, is_sure in candidates if not is_sure]
        return sorted([*sure, *self._listed_beside(text, sure, doubtful)], key=lambda m: m.start)

    def _add(self, entry: dict[str, Any], phrase: str) -> None:
        node = self._root
        for word in words_of(phrase):
            node = node.children.setdefault(word.form, _Node())
        if node is self._root:
            return
        for known in node.phrases:
            if known.kind == entry["kind"]:
                known.ids.append(entry["id"])
                return
        node.phrases.append(_Phrase(entry["kind"], entry.get("value") or phrase, [entry["id"]]))
        node.phrases.sort(key=lambda p: self._kinds.index(p.kind))

    def _forms(self, node: _Node) -> Iterator[str]:
        for form, child in node.children.items():
            yield form
            yield from self._forms(child)

    def _index_mistypings(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for form in sorted(self._vocabulary):
            if len(form) >= _SHORTEST_MISTYPED:
                for shorter in _with_letters_left_out(form, _depth(form)):
                    index.setdefault(shorter, []).append(form)
        return index

    def _corrected(self, form: str) -> str:
        if form in self._vocabulary or form in self._everyday or len(form) < _SHORTEST_MISTYPED:
            return form
        if not form.isalpha():
            return form
        meant = {
            known
            for shorter in _with_letters_left_out(form, _depth(form))
            for known in self._mistypings.get(shorter, ())
            if known[0] == form[0]
        }
        return meant.pop() if len(meant) == 1 else form

    def _candidates(
        self, text: str, words: list[Word], forms: list[str]
    ) -> Iterator[tuple[Match, bool]]:
        position = 0
        while position < len(words):
            length, phrase = self._longest(forms, position)
            if phrase is None:
                position += 1
                continue
            first, last = words[position], words[position + length - 1]
            match = Match(phrase.kind, phrase.value, tuple(phrase.ids), first.start, last.end)
            yield match, length > 1 or self._is_sure(text, first)
            position += length

    def _longest(self, forms: list[str], position: int) -> tuple[int, _Phrase | None]:
        node, found, length = self._root, None, 0
        for step, form in enumerate(forms[position:], start=1):
            child = node.children.get(form)
            if child is None:
                break
            node = child
            if node.phrases:
                found, length = node.phrases[0], step
        return length, found

    def _is_sure(self, text: str, word: Word) -> bool:
        if word.form not in self._everyday and len(word.form) > 1:
            return True
        begins_sentence = not text[: word.start].strip() or text[: word.start].rstrip()[-1] in ".!?"
        return word.text[0].isupper() and not text.isupper() and not begins_sentence

    def _listed_beside(self, text: str, sure: list[Match], doubtful: list[Match]) -> list[Match]:
        accepted: list[Match] = []
        found = bool(sure)
        while found:
            found = False
            for match in doubtful:
                if match not in accepted and self._touches(text, match, [*sure, *accepted]):
                    accepted.append(match)
                    found = True
        return accepted

    @staticmethod
    def _touches(text: str, match: Match, others: list[Match]) -> bool:
        for other in others:
            left, right = (match, other) if match.end <= other.start else (other, match)
            between = text[left.end : right.start]
            if other.kind == match.kind and between.strip() and _BETWEEN_ITEMS.fullmatch(between):
                return True
        return False
