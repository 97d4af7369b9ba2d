"""Weighing: micro-credentials beside each other for one goal, and goals beside each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from credentials.catalogue import Achievement, Catalogue, get_occupation
from credentials.errors import NotFoundError
from credentials.pathways.advice import Advice, advise
from credentials.pathways.money import REFERENCE, converted
from credentials.pathways.profiles import goal_of
from credentials.pathways.question import closes
from credentials.unit_of_work import Work

MOST_GOALS = 3


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """One micro-credential by itself, for a goal.

    Attributes:
        of_all: the part of everything missing that it closes, from 0 to 1.
        skills: whose gaps it closes, the largest first.
        weeks: at the person's pace.
        first: code of something that would have to come before it.
    """

    of_all: float
    skills: tuple[str, ...]
    weeks: int
    first: str | None
    is_on_path: bool


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far the way to one occupation leads within a person's limits.

    Attributes:
        of_all: the part of everything missing that the way closes, from 0 to 1.
        amount: the price of the way, in `currency`.
    """

    advice: Advice
    is_goal: bool
    of_all: float
    hours: float
    weeks: int
    amount: float
    currency: str


def weigh(catalogue: Catalogue, advice: Advice, item: Achievement) -> Weighed:
    """What one micro-credential does for a goal, whatever else is on the way."""
    profile = advice.profile
    sizes = {gap.skill: gap for gap in advice.gaps if gap.size > 0}
    whole = sum(gap.size for gap in sizes.values()) or 1.0
    parts = {s: sizes[s].size * share for s, share in closes(sizes, item).items()}
    opened = profile.held | profile.finished | {step.achievement.code for step in advice.steps}
    needed = [clause for clause in item.prerequisites if not opened & set(clause)]
    known = [code for clause in needed for code in clause if code in catalogue.achievements]
    return Weighed(
        of_all=sum(parts[skill] for skill in sorted(parts)) / whole,
        skills=tuple(sorted(parts, key=lambda skill: (-parts[skill], skill))),
        weeks=max(1, math.ceil(item.hours / profile.weekly_hours)),
        first=known[0] if known else None,
        is_on_path=advice.step(item.code) is not None,
    )


def what_if(work: Work, *, person_id: str, codes: Sequence[str] = ()) -> tuple[Reach, ...]:
    """How far the person would get towards each occupation, the goal first.

    Without codes: their goal and the nearest related occupations.

    Raises:
        NotFoundError: there is neither a goal nor a known occupation among the codes.
    """
    goal = goal_of(work, person_id=person_id)
    wanted = list(dict.fromkeys(codes))
    if not wanted and goal:
        wanted = [goal, *get_occupation(work, code=goal).related]
    found = []
    for code in wanted:
        try:
            advice = advise(work, person_id=person_id, code=code)
        except NotFoundError:
            continue
        if advice.gaps:
            found.append(_reach(advice, is_goal=code == goal))
        if len(found) == MOST_GOALS:
            break
    if not found:
        raise NotFoundError("no occupation to weigh")
    return tuple(found)


def shared_steps(reached: Sequence[Reach]) -> tuple[str, ...]:
    """Codes of the steps that stand on every way, in the first one's order."""
    others = [{step.achievement.code for step in one.advice.steps} for one in reached[1:]]
    return tuple(
        step.achievement.code
        for step in reached[0].advice.steps
        if others and all(step.achievement.code in codes for codes in others)
    )


def _reach(advice: Advice, *, is_goal: bool) -> Reach:
    taken = [step for step in advice.steps if not step.is_provable]
    currencies = {step.achievement.cost.currency for step in taken if step.achievement.cost.amount}
    currency = currencies.pop() if len(currencies) == 1 else REFERENCE
    prices = [
        converted(s.achievement.cost.amount, s.achievement.cost.currency, currency) for s in taken
    ]
    return Reach(
        advice=advice,
        is_goal=is_goal,
        of_all=sum(step.of_all for step in advice.steps),
        hours=sum(step.hours for step in taken),
        weeks=math.ceil(sum(step.hours for step in taken) / advice.profile.weekly_hours),
        amount=sum(price or 0.0 for price in prices),
        currency=currency,
    )
