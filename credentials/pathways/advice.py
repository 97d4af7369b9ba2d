"""Advice: what a goal asks for, what to prove now, which way leads there and why."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from credentials.catalogue import (
    Achievement,
    Catalogue,
    Occupation,
    current_catalogue,
    get_occupation,
)
from credentials.pathways.gaps import Gap, find_gaps
from credentials.pathways.offers import offers_of
from credentials.pathways.planning import Plan, gain, plan
from credentials.pathways.profiles import Profile, find_profile
from credentials.pathways.proving import KNOWN_LEVEL, Provable, find_provable
from credentials.pathways.question import Question
from credentials.unit_of_work import Work

WEEKS = 52
STEPS = 4
ENOUGH_SHARE = 0.02


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A skill that a step closes: its share of the skill's gap and of all gaps, from 0 to 1."""

    skill: str
    share: float
    of_all: float
    alignment: str


@dataclass(frozen=True, kw_only=True)
class Rival:
    """The best achievement that was not taken for a step, and why: costlier or teaching less."""

    achievement: Achievement
    reason: str
    gain: float


@dataclass(frozen=True, kw_only=True)
class PathStep:
    """One achievement on the way. `before` is one it has to follow."""

    achievement: Achievement
    closes: tuple[Closed, ...]
    weeks: int
    is_provable: bool
    before: str | None = None
    rival: Rival | None = None

    @property
    def hours(self) -> float:
        return self.achievement.hours


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Everything a card or a report says, from one catalogue revision."""

    occupation: Occupation
    profile: Profile
    gaps: tuple[Gap, ...]
    steps: tuple[PathStep, ...]
    provable: tuple[Provable, ...]
    uncovered: tuple[Gap, ...]
    plan: Plan
    revision: int

    @property
    def has(self) -> int:
        return sum(1 for gap in self.gaps if gap.is_met)

    @property
    def partly(self) -> int:
        return sum(1 for gap in self.gaps if gap.is_partly_met)


def advise(work: Work, *, person_id: str) -> Advice:
    """Advice for a person with a goal.

    Raises:
        NotFoundError: they have no goal, or the catalogue no longer knows it.
    """
    profile = find_profile(work, person_id=person_id)
    return advice_for(current_catalogue(work), profile, get_occupation(work, code=goal_of(profile)))


def goal_of(profile: Profile) -> str:
    return profile.occupation_code or ""


def advice_for(
    catalogue: Catalogue, profile: Profile, occupation: Occupation, weeks: int = WEEKS
) -> Advice:
    """What to prove now, then the best plan for what stays open."""
    gaps = find_gaps(catalogue, occupation, profile.level)
    provable = find_provable(catalogue, profile, {gap.skill: gap for gap in gaps})
    first = provable[0] if provable else None
    question = ask(catalogue, profile, occupation, gaps, weeks=weeks)
    if first is not None:
        question = replace(question, done=question.done | {first.achievement.code})
    way = plan(question)
    steps = _steps(question, way, profile.weekly_hours, first)
    left = [gap for gap in gaps if not gap.is_met and way.closed.get(gap.skill, 0) < 1 / 2]
    return Advice(
        occupation=occupation,
        profile=profile,
        gaps=gaps,
        steps=steps,
        provable=provable,
        uncovered=tuple(left),
        plan=way,
        revision=catalogue.revision,
    )


def ask(
    catalogue: Catalogue,
    profile: Profile,
    occupation: Occupation,
    gaps: tuple[Gap, ...],
    *,
    weeks: int = WEEKS,
) -> Question:
    """The planner's question for a profile. What a person says they can do may be built upon."""
    offers = offers_of(catalogue)
    known = [
        skill for skill in {*profile.said, *profile.shown} if profile.level(skill) >= KNOWN_LEVEL
    ]
    return Question(
        gaps=gaps,
        offers=offers,
        occupation_code=occupation.code,
        hours=profile.weekly_hours * weeks,
        budget=profile.budget,
        setting=profile.setting,
        done=profile.held,
        believed=offers.led_by(known),
        excluded=profile.declined,
    )


def _steps(
    question: Question, way: Plan, weekly: float, first: Provable | None
) -> tuple[PathStep, ...]:
    found = []
    if first is not None:
        item = first.achievement
        found.append(
            PathStep(
                achievement=item, closes=_closes(question, item, {}), weeks=0, is_provable=True
            )
        )
    closed: dict[str, float] = {}
    known: dict[str, float] = {}
    for code in way.codes:
        item = question.achievements[code]
        found.append(
            PathStep(
                achievement=item,
                closes=_closes(question, item, closed),
                weeks=max(1, math.ceil(item.hours / weekly)),
                is_provable=False,
                before=_follows(question, item, [step.achievement.code for step in found]),
                rival=_rival(question, item, way.codes, known),
            )
        )
        for skill, share in question.closes(item).items():
            closed[skill] = max(closed.get(skill, 0.0), share)
            known[skill] = max(known.get(skill, 0.0), question.worth[code][skill])
    return tuple(found)


def _closes(
    question: Question, item: Achievement, closed: Mapping[str, float]
) -> tuple[Closed, ...]:
    whole = sum(gap.size for gap in question.gaps) or 1.0
    declared = {part.skill: part.alignment for part in item.skills}
    found = []
    for skill, share in question.closes(item).items():
        more = share - closed.get(skill, 0.0)
        if more >= ENOUGH_SHARE:
            of_all = round(question.sizes[skill].size * more / whole, 4)
            found.append(Closed(skill=skill, share=share, of_all=of_all, alignment=declared[skill]))
    return tuple(sorted(found, key=lambda one: (-one.of_all, one.skill)))


def _follows(question: Question, item: Achievement, earlier: list[str]) -> str | None:
    """The earlier step that opens this one."""
    needed = [clause for clause in item.prerequisites if not question.opened & set(clause)]
    return next((code for clause in needed for code in clause if code in earlier), None)


def _rival(
    question: Question, item: Achievement, taken: tuple[str, ...], known: Mapping[str, float]
) -> Rival | None:
    """Who comes closest to a step on the skills it closes, and why they lost."""
    wanted = set(question.shares[item.code])
    rivals = [
        code
        for code, shares in question.shares.items()
        if code not in taken and wanted & set(shares)
    ]
    if not rivals:
        return None
    best = max(rivals, key=lambda code: (gain(question, [code], known), code))
    more = gain(question, [best], known)
    reason = "less"
    if more >= gain(question, [item.code], known):
        is_dear = question.budget is not None and question.money(best) > question.budget
        reason = "cost" if is_dear else "hours"
    return Rival(achievement=question.achievements[best], reason=reason, gain=round(more, 4))
