"""Which work a person means: exact titles first, then titles with typing mistakes.

What a person does now is told apart from what they want; greetings, other topics and distress are
no occupation.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from credentials.catalogue.catalogue import Catalogue
from credentials.catalogue.entries import Occupation
from credentials.catalogue.phrases import SENIORITY, normal_words, words_of

MAX_TEXT = 1_000  # characters
LONGEST_TITLE = 8  # words
FUZZY_FROM = 79.0  # of 100
CHOICES = 5

DISTRESS = re.compile(
    r"\b(kill myself|end my life|suicid\w*|want to die|hurt myself|self[- ]harm|no reason to live|"
    r"can'?t go on|hopeless)\b",
    re.IGNORECASE,
)
CURRENT = re.compile(
    r"\b(i am currently|i'?m currently|currently|i work as|i am working as|working as|my job is|"
    r"i have been|i am|i'?m|i was|i used to be|used to work as|former|as a former|now i am|i am now|i'?m now)\b",
    re.IGNORECASE,
)
TARGET = re.compile(
    r"\b(want|wanna|would like|i'?d like|become|becoming|dream|hope|hoping|aim|goal|looking for|thinking|"
    r"interested in|switch|change|move|get into|into|train as|transition|job as|work as an?|be an?)\b",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(not|no|never|except|rather than|instead of|other than)\s+(?:an?\s+|as\s+an?\s+)?$",
    re.IGNORECASE,
)


WORK = re.compile(
    r"\b(jobs?|work(?:ing)?|careers?|something (?:with|in)|help(?:ing)?|like|love|enjoy|good at|fix(?:ing)?|"
    r"field|industry|profession)\b",
    re.IGNORECASE,
)
# Everyday words for what summaries of occupations call otherwise.
HINTS = {
    "old": "care", "sick": "patient", "ill": "patient", "patients": "patient", "nursing": "nurse",
    "computers": "computer", "computing": "computer", "coding": "software", "programming": "software",
    "apps": "software", "dev": "developer", "hackers": "security", "hacking": "security",
    "money": "financial", "banking": "bank", "banks": "bank", "stocks": "invest", "taxes": "tax",
    "numbers": "data", "statistics": "statistic", "drugs": "medicine", "medicines": "medicine",
    "websites": "web", "elderly": "care", "kids": "children",
}  # fmt: skip
EMPTY = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "you",
        "are",
        "can",
        "what",
        "how",
        "who",
        "why",
        "when",
        "where",
        "this",
        "that",
        "have",
        "has",
        "want",
        "wanna",
        "would",
        "like",
        "love",
        "enjoy",
        "good",
        "help",
        "helping",
        "work",
        "working",
        "job",
        "jobs",
        "career",
        "become",
        "becoming",
        "get",
        "into",
        "something",
        "anything",
        "some",
        "any",
        "not",
        "don't",
        "know",
        "sure",
        "about",
        "people",
        "person",
        "thing",
        "things",
        "my",
        "your",
        "more",
        "less",
        "very",
        "really",
        "just",
        "also",
        "from",
        "been",
        "being",
        "was",
        "were",
        "will",
        "could",
        "should",
        "there",
        "their",
        "them",
        "they",
        "his",
        "her",
        "him",
        "she",
        "out",
        "make",
        "making",
        "do",
        "does",
        "did",
        "done",
        "in",
        "at",
        "on",
        "of",
        "to",
        "a",
        "an",
        "i",
        "me",
        "us",
        "we",
        "it",
        "is",
        "be",
        "am",
        "or",
        "if",
        "so",
        "as",
        "by",
        "no",
        "yes",
        "hey",
        "hello",
        "hi",
        "thanks",
        "thank",
        "please",
        "need",
        "new",
        "best",
        "role",
        "field",
        "industry",
        "profession",
        "day",
        "year",
        "years",
        "today",
        "learn",
        "learning",
        "tell",
    ]
)


class Kind(StrEnum):
    MATCH = "match"
    CLARIFY = "clarify"
    OFF_TOPIC = "off_topic"
    DISTRESS = "distress"


@dataclass(frozen=True)
class OccupationHit:
    """An occupation, how sure (0 to 1), and the title that was meant."""

    code: str
    title: str
    score: float
    because: str


@dataclass(frozen=True)
class OccupationMatch:
    """What was understood. `targets` holds, per wish, the candidates, best first."""

    kind: Kind
    current: tuple[OccupationHit, ...] = ()
    targets: tuple[tuple[OccupationHit, ...], ...] = ()


@dataclass(frozen=True)
class _Span:
    start: int
    hits: tuple[OccupationHit, ...]


def match_occupations(catalogue: Catalogue, text: str) -> OccupationMatch:
    """The occupations that a free text names."""
    said = text[:MAX_TEXT]
    if DISTRESS.search(said):
        return OccupationMatch(Kind.DISTRESS)
    code = re.search(r"\b\d{2}-\d{4}(\.\d{2})?\b", said)
    if code:
        return _by_code(catalogue, code[0])
    current: list[OccupationHit] = []
    targets: list[tuple[OccupationHit, ...]] = []
    for clause in re.split(r"[.;!?\n]|\bbut\b|,(?=\s*(?:i|now|want)\b)", said, flags=re.IGNORECASE):
        spans = _spans(catalogue, clause)
        for span in spans:
            before = clause[: span.start]
            if NOT.search(before):
                continue
            if CURRENT.search(before) and not TARGET.search(before[_last_end(CURRENT, before) :]):
                current.append(span.hits[0])
            else:
                targets.append(span.hits)
    if not targets:
        known = {hit.code for hit in current}
        guessed = _fuzzy(catalogue, said) or _hinted(catalogue, said)
        left = tuple(hit for hit in guessed if hit.code not in known)
        if not left:
            return OccupationMatch(Kind.OFF_TOPIC, tuple(current))
        targets = [left]
    is_clear = all(_is_clear(hits) for hits in targets)
    return OccupationMatch(
        Kind.MATCH if is_clear else Kind.CLARIFY, tuple(current), _distinct(targets)
    )


def _by_code(catalogue: Catalogue, code: str) -> OccupationMatch:
    full = code if "." in code else f"{code}.00"
    found = catalogue.occupations.get(full)
    if found is None:
        return OccupationMatch(Kind.CLARIFY)
    return OccupationMatch(Kind.MATCH, targets=((_hit(found, 1.0, full),),))


def _spans(catalogue: Catalogue, clause: str) -> list[_Span]:
    """Titles in a clause, longest first, without overlaps, in the order they stand."""
    titles, words = catalogue.titles, words_of(clause)
    found: list[_Span] = []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_TITLE, len(words) - place), 0, -1):
            phrase = normal_words([word for word, _ in words[place : place + length]])
            codes = titles.get(phrase)
            if codes:
                hits = tuple(_hit(catalogue.occupations[c], 1.0, phrase) for c in codes)
                found.append(_Span(words[place][1], hits[:CHOICES]))
                place += length - 1
                break
        place += 1
    return found


def _fuzzy(catalogue: Catalogue, text: str) -> tuple[OccupationHit, ...]:
    """Titles that are spelt much like a part of the text."""
    words = [word for word, _ in words_of(text) if word not in SENIORITY]
    best: dict[str, OccupationHit] = {}
    titles = catalogue.titles
    for length in (3, 2, 1):
        for place in range(len(words) - length + 1):
            phrase = normal_words(words[place : place + length])
            if len(phrase) < 6:
                continue
            for title, score, _ in process.extract(
                phrase, titles.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_FROM, limit=3
            ):
                for code in titles[title]:
                    hit = _hit(catalogue.occupations[code], score / 100, title)
                    if code not in best or best[code].score < hit.score:
                        best[code] = hit
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.code))
    return tuple(ranked[:CHOICES])


def _hinted(catalogue: Catalogue, text: str) -> tuple[OccupationHit, ...]:
    return suggest_occupations(catalogue, text) if _speaks_of_work(text) else ()


def _speaks_of_work(text: str) -> bool:
    """A wish, or a few words that could be the answer to "which work?"."""
    is_question = bool(
        re.match(r"\s*(what|how|why|who|when|where|is|are|can|does)\b", text.lower())
    )
    is_short = len(words_of(text)) <= 4
    wishes = bool(TARGET.search(text) or WORK.search(text))
    return (wishes or is_short) and not is_question


def suggest_occupations(catalogue: Catalogue, text: str) -> tuple[OccupationHit, ...]:
    """Candidates for a text that names no title: words it shares with titles and summaries."""
    said = {word for word, _ in words_of(text) if len(word) > 2} - EMPTY
    words = {HINTS.get(word, word) for word in said}
    scored = []
    for occupation in catalogue.occupations.values():
        known = " ".join(
            [
                *occupation.plain_title.values(),
                *occupation.alternate_titles,
                *occupation.summary.values(),
            ]
        ).lower()
        shared = sorted(word for word in words if re.search(rf"\b{re.escape(word[:7])}", known))
        if shared:
            scored.append((len(shared), occupation, shared[0]))
    scored.sort(key=lambda item: (-item[0], item[1].code))
    most = scored[0][0] if scored else 1
    return tuple(
        _hit(occupation, round(0.5 * count / most, 2), word)
        for count, occupation, word in scored[:CHOICES]
    )


def _hit(occupation: Occupation, score: float, because: str) -> OccupationHit:
    return OccupationHit(occupation.code, occupation.title["en"], round(score, 3), because)


def _is_clear(hits: tuple[OccupationHit, ...]) -> bool:
    return hits[0].score >= 0.9 and (len(hits) == 1 or hits[0].score - hits[1].score >= 0.05)


def _distinct(targets: list[tuple[OccupationHit, ...]]) -> tuple[tuple[OccupationHit, ...], ...]:
    seen: set[str] = set()
    kept = []
    for hits in targets:
        if hits[0].code not in seen:
            seen.add(hits[0].code)
            kept.append(hits)
    return tuple(kept)


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=0)
