"""Which work a person means, told apart from what they do now; greetings and distress are no work.

A gate says what the message is about; its clauses tell wish and present apart; the wish is ranked
against everything occupations are called and described by (`credentials.catalogue.matching`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from credentials.catalogue.matching.clauses import (
    Clause,
    Reading,
    Role,
    core_of,
    read_clauses,
    read_message,
)
from credentials.catalogue.matching.gate import is_danger
from credentials.catalogue.matching.memory import MatchIndex, current_index
from credentials.catalogue.matching.ranking import Heard, Ranked, hear, named_in, rank
from credentials.catalogue.matching.retrieval import Retriever, open_retriever
from credentials.catalogue.matching.spelling import correct, has_known_word
from credentials.catalogue.phrases import normal_phrase
from credentials.unit_of_work import Work

MAX_TEXT = 2_000  # characters
CHOICES = 5
MOST_WISHES = 3
LIKELY = 0.5  # share from which one of several occupations with a title is meant
CERTAIN = 1.0
UNSURE_UP_TO = 0.95  # of a score that no title of its own stands behind
DANGER_FROM = 0.45
OTHER_FROM = 0.45
OTHER_DESPITE_TITLE = 0.85  # where the wish is a listed title
NAMED_SHARE = 0.5  # of the words of a text, to name a title
NEAR = 0.62  # cosine between a text and a title that it all but says
#: The same for a clause about today's work: said to be so, just before a wish, before "no idea".
NEAR_TOLD, NEAR_BARE, NEAR_ALONE = 0.42, 0.57, 0.75
MOST_CURRENT = 3
LEAST_CURRENT = 0.1  # share, from the second on
_WORKPLACE = re.compile(r"\s+(?:at|in|for|with)\b.*", re.IGNORECASE)
_SOMEBODY = re.compile(r"(?:my|our|his|her|their|the|this|that)\b", re.IGNORECASE)
SOC_CODE = re.compile(r"\b(\d{2}-\d{4})(\.\d{2})?(?!\d)")


class Kind(StrEnum):
    MATCH = "match"
    CLARIFY = "clarify"
    OFF_TOPIC = "off_topic"
    DISTRESS = "distress"


@dataclass(frozen=True)
class OccupationHit:
    """An occupation, how sure (0 to 1), and the title or description that speaks for it."""

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


def match_occupations(work: Work, text: str) -> OccupationMatch:
    """The occupations that a free text is about; only its first 2,000 characters are read."""
    told = text[:MAX_TEXT].strip()
    if is_danger(told):
        return OccupationMatch(Kind.DISTRESS)
    index = current_index(work)
    said = correct(index, told)
    code = SOC_CODE.search(said)
    if code:
        return _by_code(index, code[1], code[2])
    named = index.titles.get(normal_phrase(said), ())
    if not named and not has_known_word(index, said):
        return OccupationMatch(Kind.OFF_TOPIC)
    reading = read_message(said)
    apart = reading.wishes if 1 < len(reading.wishes) <= MOST_WISHES else ()
    heard = hear(index, [said, reading.wish, *apart, *(one.text for one in reading.current)])
    topics = index.gate.topics(said, heard[said].vector)
    if topics["distress"] >= DANGER_FROM and not named:
        return OccupationMatch(Kind.DISTRESS)
    has_title = reading.has_cue and normal_phrase(reading.wish) in index.titles
    if topics["other"] >= (OTHER_DESPITE_TITLE if has_title else OTHER_FROM) and not named:
        title = _title_first(index, said)
        return match_occupations(work, title) if title else OccupationMatch(Kind.OFF_TOPIC)
    retriever = open_retriever(work)
    targets = _targets(index, retriever, said, reading, heard)
    is_certain = bool(targets) and targets[0][0].score == CERTAIN
    is_vague = topics["vague"] > topics["work"] and not (named or is_certain)
    return OccupationMatch(
        kind=Kind.CLARIFY if is_vague or not targets else Kind.MATCH,
        current=_current(index, retriever, reading, heard, targets),
        targets=targets,
    )


def _title_first(index: MatchIndex, said: str) -> str | None:
    """The clause that says the work, where what one has done or can give takes up the rest.

    "data analyst at a hospital. excel at work, 5 hours a week": it comes first and begins so.
    """
    clauses = read_clauses(said)
    if len(clauses) < 2 or clauses[0].role not in {Role.WISH, Role.BARE}:
        return None
    first = clauses[0].text
    title = _WORKPLACE.sub("", core_of(first))
    is_somebody = _SOMEBODY.match(first) is not None
    return core_of(first) if normal_phrase(title) in index.titles and not is_somebody else None


def _targets(
    index: MatchIndex,
    retriever: Retriever,
    said: str,
    reading: Reading,
    heard: Mapping[str, Heard],
) -> tuple[tuple[OccupationHit, ...], ...]:
    """One list for each wish that "or" names; one for the whole message otherwise."""
    if 1 < len(reading.wishes) <= MOST_WISHES:
        apart = [rank(index, retriever, [heard[wish]], CHOICES) for wish in reading.wishes]
        if all(
            found and _is_named(index, found[0], wish)
            for found, wish in zip(apart, reading.wishes, strict=True)
        ):
            firsts: dict[str, tuple[OccupationHit, ...]] = {}
            for found, wish in zip(apart, reading.wishes, strict=True):
                hits = _hits(index, found, wish)
                firsts.setdefault(hits[0].code, hits)
            return tuple(firsts.values())
    views = [heard[view] for view in dict.fromkeys([said, reading.wish])]
    whole = _hits(index, rank(index, retriever, views, CHOICES), reading.wish)
    return (whole,) if whole else ()


def _current(
    index: MatchIndex,
    retriever: Retriever,
    reading: Reading,
    heard: Mapping[str, Heard],
    targets: Sequence[Sequence[OccupationHit]],
) -> tuple[OccupationHit, ...]:
    """Today's work: the clearest clause that comes near enough to a title and is no wish."""
    wished = {hits[0].code for hits in targets}
    found = []
    for clause in reading.current:
        ranked = rank(index, retriever, [heard[clause.text]], MOST_CURRENT)
        near = NEAR_TOLD if clause.role is Role.CURRENT else NEAR_BARE
        near = near if reading.has_cue or clause.role is Role.CURRENT else NEAR_ALONE
        if ranked and _is_named(index, ranked[0], clause.text, near):
            hits = _hits(index, ranked, clause.text)
            if hits[0].code not in wished or _says_nothing_else(reading, clause):
                found.append((clause.role is Role.CURRENT, ranked[0].closeness, hits))
    best = max(found, key=lambda one: one[:2], default=None)
    return (
        tuple(hit for hit in best[2] if hit is best[2][0] or hit.score >= LEAST_CURRENT)
        if best
        else ()
    )


def _says_nothing_else(reading: Reading, clause: Clause) -> bool:
    """Whether a message without a wish only tells today's work: then the wish is not known."""
    return clause.role is Role.CURRENT and not reading.has_cue


def _is_named(index: MatchIndex, found: Ranked, said: str, near: float = NEAR) -> bool:
    """Whether a text all but says a title of the occupation."""
    return found.closeness >= near or any(
        found.place in index.titles[phrase] and share >= NAMED_SHARE
        for phrase, share in named_in(index, said)
    )


def _hits(index: MatchIndex, ranked: Sequence[Ranked], said: str) -> tuple[OccupationHit, ...]:
    """What was ranked; the first is certain when the words, or those before a comma, are a title of its own."""
    title, _, _ = said.partition(", ")
    exact = index.titles.get(normal_phrase(said)) or index.titles.get(normal_phrase(title), ())
    first = ranked[0] if ranked else None
    is_certain = (
        first is not None and first.place in exact and (len(exact) == 1 or first.share >= LIKELY)
    )
    return tuple(
        OccupationHit(
            code=index.codes[one.place],
            title=index.official[one.place],
            score=CERTAIN
            if is_certain and one is first
            else min(round(one.share, 3), UNSURE_UP_TO),
            because=one.text,
        )
        for one in ranked
    )


def _by_code(index: MatchIndex, group: str, detail: str | None) -> OccupationMatch:
    """An O*NET-SOC code, or the six digits of SOC: then all of its details."""
    wanted = (
        [code for code in index.codes if code == group + (detail or "")]
        if detail
        else [code for code in index.codes if code.startswith(group)]
    )
    hits = tuple(
        OccupationHit(
            code, index.official[index.codes.index(code)], 1.0 if place == 0 else 0.5, code
        )
        for place, code in enumerate(wanted[:CHOICES])
    )
    return OccupationMatch(Kind.MATCH, targets=(hits,)) if hits else OccupationMatch(Kind.CLARIFY)
