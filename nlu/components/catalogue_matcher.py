"""Finds the catalogue's occupations, skills and credentials in a text: exactly, in the plural, mistyped.

Pure Python without Rasa. A phrase is matched word by word, longest first. A word nobody uses
otherwise may be mistyped by one letter (two from ten letters on). A phrase that is also an
everyday word (`go`, `access`, `word`) counts only where it's written with its capital inside a
sentence, before a word like "course", or in a list beside something that surely is from the
catalogue. What stands in an address of the web counts for nothing.

Phrases are kept whole in one dictionary and tried longest first: with O*NET and ESCO there are some
200,000, for which a tree of words takes ten times the memory.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from components.spelling import Spelling

_WORD = re.compile(r"\w+(?:[+#]+|(?:[.'’]\w+)*)")
_BETWEEN_ITEMS = re.compile(
    r"\s*(?:,|/|&|;|\band\b|\bor\b|\bplus\b|\bwith\b|\s)+\s*", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: What follows the name of something one can take or hold.
CREDENTIAL_AFTER = re.compile(
    r"\s+(?:course|class|badge|certificate|credential|micro-?credential|programme|program|one\b|thing|module|exam|test|"
    r"training)",
    re.IGNORECASE,
)
_DETERMINERS = frozenset({"a", "an", "my", "our", "the", "your"})
_PLURAL_FROM = 4
_MOST_WORDS = 8


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
    __slots__ = ("ids", "kind", "value")
    kind: str
    value: str
    ids: tuple[str, ...]


def words_of(text: str) -> list[Word]:
    """The words of a text with their offsets; `c++`, `c#` and `node.js` are one word each."""
    visible = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
    return [Word(m.group(), _form(m.group()), *m.span()) for m in _WORD.finditer(visible)]


def _form(word: str) -> str:
    word = word.casefold().replace("’", "'").removesuffix("'s")
    if len(word) >= _PLURAL_FROM and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class CatalogueMatcher:
    """Matches against `{"kinds": [...], "entries": [{"kind","id","value","phrases"}]}`.

    An entry without `value` keeps the phrase as the catalogue lists it (occupations: the title
    tells more than the code's main title). Where two kinds share a phrase the first kind wins, unless
    another is preferred.
    `everyday_words` are comparable forms that people use without meaning the catalogue.
    """

    def __init__(self, lookup: dict[str, Any], everyday_words: Iterable[str] = ()) -> None:
        self._rank = {kind: place for place, kind in enumerate(lookup["kinds"])}
        self._everyday = set(everyday_words)
        self._phrases: dict[str, tuple[_Phrase, ...]] = {}
        self._longest_phrase = 1
        for entry in lookup["entries"]:
            for phrase in entry["phrases"]:
                self._add(entry, phrase)
        self._vocabulary = {form for phrase in self._phrases for form in phrase.split(" ")}
        self._spelling = Spelling(self._vocabulary)

    def find(self, text: str, prefer: str | None = None) -> list[Match]:
        """All matches, in the order of the text, none overlapping another; one kind is preferred."""
        words = words_of(text)
        forms = [self._corrected(word.form) for word in words]
        candidates = list(self._candidates(text, words, forms, prefer))
        sure = [match for match, is_sure in candidates if is_sure]
        doubtful = [match for match, is_sure in candidates if not is_sure]
        return sorted([*sure, *self._listed_beside(text, sure, doubtful)], key=lambda m: m.start)

    def _add(self, entry: dict[str, Any], phrase: str) -> None:
        forms = [word.form for word in words_of(phrase)]
        if not 0 < len(forms) <= _MOST_WORDS or forms[0] in _DETERMINERS:
            return
        self._longest_phrase = max(self._longest_phrase, len(forms))
        key, kind = " ".join(forms), sys.intern(entry["kind"])
        known = self._phrases.get(key, ())
        of_kind = next((one for one in known if one.kind == kind), None)
        if of_kind is None:
            new = _Phrase(kind, entry.get("value") or phrase, (entry["id"],))
            self._phrases[key] = tuple(sorted((*known, new), key=lambda p: self._rank[p.kind]))
        elif entry["id"] not in of_kind.ids:
            of_kind.ids += (entry["id"],)

    def _corrected(self, form: str) -> str:
        if form in self._vocabulary or form in self._everyday:
            return form
        return self._spelling.meant(form) or form

    def _candidates(
        self, text: str, words: list[Word], forms: list[str], prefer: str | None
    ) -> Iterator[tuple[Match, bool]]:
        position = 0
        while position < len(words):
            length, phrases = self._longest(forms, position)
            if not phrases:
                position += 1
                continue
            phrase = next((one for one in phrases if one.kind == prefer), phrases[0])
            first, last = words[position], words[position + length - 1]
            match = Match(phrase.kind, phrase.value, tuple(phrase.ids), first.start, last.end)
            yield match, length > 1 or self._is_sure(text, first)
            position += length

    def _longest(self, forms: list[str], position: int) -> tuple[int, tuple[_Phrase, ...]]:
        most = min(self._longest_phrase, len(forms) - position)
        for length in range(most, 0, -1):
            phrases = self._phrases.get(" ".join(forms[position : position + length]))
            if phrases:
                return length, phrases
        return 0, ()

    def _is_sure(self, text: str, word: Word) -> bool:
        if word.form not in self._everyday and len(word.form) > 1:
            return True
        if CREDENTIAL_AFTER.match(text, word.end) and len(word.form) > 1:
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
