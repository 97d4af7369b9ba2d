"""What people say they can do → skills, with level and source; "not", "want to learn" and "I excel at" understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from credentials.catalogue.catalogue import Catalogue
from credentials.catalogue.entries import Skill, SkillLevel

MAX_TEXT = 4_000  # characters
Source = Literal["job", "internship", "course", "project", "self"]

NEGATION = re.compile(
    r"\b(not|no|never|don'?t|do not|cannot|can'?t|without|except|nor|neither|zero)\b", re.IGNORECASE
)
INTENTION = re.compile(
    r"\b(want(?:ed)? to (?:learn|study|understand|get into)|would like to (?:learn|study)|like to learn|"
    r"hope to|plan(?:ning)? to|going to (?:learn|study|take)|interested in learning|need to learn|"
    r"wanna learn|learn more|teach me|should i learn|will (?:learn|take))\b",
    re.IGNORECASE,
)
EXCEL_AT = re.compile(
    r"\bi?\s*(?:always\s+|really\s+)?excel(?:led|s|ling)?\s+(?:at|in)\b", re.IGNORECASE
)
LEVELS: tuple[tuple[SkillLevel, re.Pattern[str]], ...] = (
    (
        "strong",
        re.compile(
            r"\b(advanced|expert|strong|fluent|excellent|very good|proficient|power user|years? of|senior|certified)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "basic",
        re.compile(
            r"\b(basic|basics|some|a bit|a little|little|beginner|simple|familiar|introduct\w+|started)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "working",
        re.compile(
            r"\b(good|solid|working|intermediate|comfortable|confident|regularly|daily|every day|well)\b",
            re.IGNORECASE,
        ),
    ),
)
SOURCES: tuple[tuple[Source, re.Pattern[str]], ...] = (
    (
        "internship",
        re.compile(r"\b(internship|intern|placement|apprentice\w*|rotation)\b", re.IGNORECASE),
    ),
    (
        "course",
        re.compile(
            r"\b(course|class|bootcamp|coursera|udemy|edx|kaggle|khan|degree|university|college|school|certificate|studied|mooc|tutorial)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "project",
        re.compile(
            r"\b(project|built|made|created|wrote|developed|dashboard|github|portfolio|hobby|side)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "job",
        re.compile(
            r"\b(job|work|worked|working|employer|office|company|shift|years?|at the (?:clinic|bank|hospital|shop)|front desk|reception\w*)\b",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True)
class FoundSkill:
    """A skill somebody spoke of. `level` is None when nothing was said about it."""

    key: str
    framework: str
    id: str
    label: str
    level: SkillLevel | None
    source: Source
    negated: bool


def match_skills(catalogue: Catalogue, text: str) -> tuple[FoundSkill, ...]:
    """The skills a text names, each once, in the order they stand; wishes are left out."""
    found: dict[str, FoundSkill] = {}
    for clause in _clauses(text[:MAX_TEXT]):
        for skill in _in_clause(catalogue, clause):
            known = found.get(skill.key)
            if known is None or (known.negated and not skill.negated):
                found[skill.key] = skill
    return tuple(found.values())


def _clauses(text: str) -> Iterator[str]:
    yield from (
        part
        for part in re.split(r"[.;!?\n](?=\s|$)|,|\bbut\b|\bthough\b", text, flags=re.IGNORECASE)
        if part.strip()
    )


def _in_clause(catalogue: Catalogue, clause: str) -> Iterator[FoundSkill]:
    mentions = list(_mentions(catalogue, clause))
    end, negated = 0, False
    for start, stop, skill in mentions:
        left = clause[end:start]
        is_joined = bool(re.fullmatch(r"\s*(?:and|or|nor|/|&|\+)\s*(?:any\s+)?", left)) and end > 0
        negated = bool(NEGATION.search(left)) or (negated and is_joined)
        before = clause[:start]
        end = stop
        if INTENTION.search(before) and not negated:
            continue
        yield FoundSkill(
            key=skill.key,
            framework=skill.framework,
            id=skill.id,
            label=skill.label["en"],
            level=_level(left) or _level(clause[stop : stop + 25] if len(mentions) == 1 else ""),
            source=_source(clause),
            negated=negated,
        )


def _mentions(catalogue: Catalogue, clause: str) -> Iterator[tuple[int, int, Skill]]:
    """Where skills stand in a clause; the longest name wins, everyday words as written only."""
    taken: list[tuple[int, int]] = []
    hits: list[tuple[int, int, Skill]] = []
    hidden = EXCEL_AT.sub(lambda m: "_" * len(m[0]), clause)
    for pattern, skill in catalogue.skill_patterns:
        for spot in pattern.finditer(hidden):
            if not any(spot.start() < stop and start < spot.end() for start, stop in taken):
                taken.append(spot.span())
                hits.append((spot.start(), spot.end(), skill))
    yield from sorted(hits, key=lambda hit: hit[0])


def _level(text: str) -> SkillLevel | None:
    return next((level for level, pattern in LEVELS if pattern.search(text)), None)


def _source(clause: str) -> Source:
    return next((source for source, pattern in SOURCES if pattern.search(clause)), "self")
