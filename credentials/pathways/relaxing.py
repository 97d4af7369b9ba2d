"""Which limit to loosen, and by how much, when not everything worth taking fits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from credentials.catalogue import LEVELS
from credentials.catalogue.entries import LevelOfStudy
from credentials.pathways.offers import language_of
from credentials.pathways.planning import (
    LEAST_GAIN,
    bundle_of,
    gain,
    known_from,
    next_bundle,
    ordered,
)
from credentials.pathways.question import Limit, Question

WORTH_TELLING = 0.03  # of all that is missing
HALF_HOUR = 0.5


@dataclass(frozen=True, kw_only=True)
class Relaxation:
    """What loosening one limit, or several at once, would add.

    Attributes:
        limits: which, as `Question` names them.
        hours: more in all; `weeks` more at the same pace, or `weekly` hours a week more in the same
            weeks (None where there are none).
        money: more, in the reference currency.
        languages: that would have to do, too.
        level: that would have to do, too.
        adds: codes of what then fits, in the order to take it.
        share: of all that is missing, closed in addition, from 0 to 1.
    """

    limits: tuple[Limit, ...]
    hours: float = 0.0
    weeks: int = 0
    weekly: float | None = None
    money: float = 0.0
    languages: tuple[str, ...] = ()
    level: LevelOfStudy | None = None
    adds: tuple[str, ...]
    share: float


def find_relaxations(
    question: Question, taken: Sequence[str], *, weekly_hours: float
) -> tuple[Relaxation, ...]:
    """What each limit keeps out, what adds most first.

    Each tells the next best addition to what is taken. Where nothing fits, it is the first step
    that asks least: of one limit alone if that is possible, else of all at once.
    """
    limits = _limits(question)
    known = known_from(question, taken)
    found = []
    for limit in limits:
        lifted = question.without(limit)
        adds = next_bundle(lifted, frozenset(taken), known) if taken else _first_step(lifted, limit)
        if adds:
            found.append(_relaxation(question, lifted, (limit,), adds, taken, weekly_hours))
    if not found and not taken:
        lifted = question.without(*limits)
        adds = _first_step(lifted, "hours")
        if adds:
            found.append(_relaxation(question, lifted, limits, adds, taken, weekly_hours))
    telling = [one for one in found if one.limits and (not taken or one.share >= WORTH_TELLING)]
    return tuple(sorted(telling, key=lambda one: (-one.share, one.limits)))


def _limits(question: Question) -> tuple[Limit, ...]:
    limits: list[Limit] = ["hours"]
    if question.budget is not None:
        limits.append("budget")
    if question.languages:
        limits.append("languages")
    if question.level is not None:
        limits.append("level")
    return tuple(limits)


def _first_step(question: Question, limit: Limit) -> frozenset[str]:
    """Of everything that gains something, what needs least of a limit, with what opens it."""
    bundles = {bundle_of(question, code, frozenset()) for code in question.candidates}
    fitting = [
        bundle
        for bundle in bundles
        if question.allows(bundle) and gain(question, sorted(bundle), {}) >= LEAST_GAIN
    ]

    def need(bundle: frozenset[str]) -> tuple[float, float, list[str]]:
        hours = sum(question.achievements[code].hours for code in bundle)
        money = sum(map(question.money, bundle))
        first, second = (money, hours) if limit == "budget" else (hours, money)
        return first, second, sorted(bundle)

    return min(fitting, key=need, default=frozenset())


def _relaxation(  # everything a relaxation tells
    question: Question,
    lifted: Question,
    limits: tuple[Limit, ...],
    adds: frozenset[str],
    taken: Sequence[str],
    weekly_hours: float,
) -> Relaxation:
    codes = adds | set(taken)
    items = [lifted.achievements[code] for code in adds]
    hours = max(0.0, sum(lifted.achievements[code].hours for code in codes) - question.hours)
    money = 0.0
    if question.budget is not None:
        money = max(0.0, sum(map(lifted.money, codes)) - question.budget)
    spoken = {language_of(item) for item in items} - question.languages
    harder = [item.level for item in items if item.level and _is_harder(item.level, question.level)]
    asks = {"hours": hours > 0, "budget": money > 0, "languages": spoken, "level": harder}
    given: tuple[Limit, ...] = tuple(limit for limit in limits if asks[limit])
    weeks = question.hours / weekly_hours
    is_longer = "hours" in given
    return Relaxation(
        limits=given,
        hours=round(hours, 1) if is_longer else 0.0,
        weeks=math.ceil(hours / weekly_hours - 1e-9) if is_longer else 0,
        weekly=_up(hours / weeks) if is_longer and weeks >= 1 else None,
        money=math.ceil(money * 100 - 1e-6) / 100 if "budget" in given else 0.0,
        languages=tuple(sorted(spoken)) if "languages" in given else (),
        level=max(harder, key=LEVELS.index) if "level" in given else None,
        adds=ordered(lifted, adds, after=taken),
        share=round(_closed(lifted, adds, question, taken), 4),
    )


def _is_harder(level: LevelOfStudy, wanted: LevelOfStudy | None) -> bool:
    return wanted is not None and LEVELS.index(level) > LEVELS.index(wanted)


def _closed(
    lifted: Question, adds: frozenset[str], question: Question, taken: Sequence[str]
) -> float:
    """Which part of everything that is missing these close beyond what is taken, from 0 to 1."""
    whole = sum(gap.size for gap in question.sizes.values()) or 1.0
    closed: dict[str, float] = {}
    for code in taken:
        for skill, share in question.shares[code].items():
            closed[skill] = max(closed.get(skill, 0.0), share)
    more = {skill: 0.0 for code in adds for skill in lifted.shares[code]}
    for code in adds:
        for skill, share in lifted.shares[code].items():
            more[skill] = max(more[skill], share - closed.get(skill, 0.0))
    return sum(question.sizes[skill].size * more[skill] for skill in sorted(more)) / whole


def _up(hours: float) -> float:
    """To the next half hour."""
    return math.ceil(hours / HALF_HOUR - 1e-9) * HALF_HOUR
