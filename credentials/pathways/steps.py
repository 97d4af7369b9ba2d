"""The steps of a way, each with its reasons: what it closes, why it stands there, who came second."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from credentials.catalogue import Achievement
from credentials.pathways.gaps import Gap
from credentials.pathways.planning import bundle_of, gain
from credentials.pathways.proving import Provable
from credentials.pathways.question import Question, closes

ENOUGH_SHARE = 0.02
Lost = Literal["hours", "cost", "first", "less", "longer", "dearer", "fit", "equal"]


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A skill that a step closes: its share of the skill's gap and of all gaps, from 0 to 1."""

    skill: str
    share: float
    of_all: float
    alignment: str


@dataclass(frozen=True, kw_only=True)
class Rival:
    """Who would have closed most in a step's place, and why they lost.

    Attributes:
        reason: too many `hours` or too dear (`cost`) for the limits, something else has to come
            `first`, closes `less`, takes `longer`, is `dearer`, is not made for this job (`fit`),
            or `equal` in everything but its name.
        of_all: share of all gaps it would close in that place, beside `of_all_of_step`.
        hours, money: more than the step takes (less when negative); money in the reference currency.
        first: code of what would have to come first.
    """

    achievement: Achievement
    reason: Lost
    of_all: float
    of_all_of_step: float
    hours: float
    money: float
    first: str | None = None


@dataclass(frozen=True, kw_only=True)
class Stack:
    """The larger achievement that a step counts towards: `have` of `of` parts once it is done."""

    into: Achievement
    have: int
    of: int


@dataclass(frozen=True, kw_only=True)
class PathStep:
    """One achievement on the way.

    Attributes:
        closes: the skills it closes beyond the steps before it, the largest first.
        before: code of an earlier step that opens this one.
        opens: codes of later steps that this one opens.
    """

    achievement: Achievement
    closes: tuple[Closed, ...]
    weeks: int
    is_provable: bool
    before: str | None = None
    opens: tuple[str, ...] = ()
    rival: Rival | None = None
    stack: Stack | None = None

    @property
    def hours(self) -> float:
        return self.achievement.hours

    @property
    def of_all(self) -> float:
        """The share of everything missing that it closes, from 0 to 1."""
        return sum(one.of_all for one in self.closes)


def make_steps(
    question: Question,
    codes: tuple[str, ...],
    weekly_hours: float,
    first: Provable | None,
    gaps: Sequence[Gap],
) -> tuple[PathStep, ...]:
    """What to prove first, then the plan's steps in their order.

    `gaps` are those before anything is proven; the question's are those after `first` is.
    """
    found = []
    whole = sum(gap.size for gap in gaps) or 1.0
    sizes = {gap.skill: gap for gap in gaps if gap.size > 0}
    closed: dict[str, float] = {}
    taken = [first.achievement.code] if first else []
    done = question.done | {*taken}
    if first is not None:
        item = first.achievement
        found.append(
            PathStep(
                achievement=item,
                closes=_closes(sizes, whole, item, {}),
                weeks=0,
                is_provable=True,
                opens=_opened(question, item, codes),
                stack=_stack(question, item, done),
            )
        )
    for code in codes:
        item = question.achievements[code]
        done |= {code}
        found.append(
            PathStep(
                achievement=item,
                closes=_closes(question.sizes, whole, item, closed),
                weeks=max(1, math.ceil(item.hours / weekly_hours)),
                is_provable=False,
                before=_follows(question, item, taken),
                opens=_opened(question, item, codes),
                rival=_rival(question, whole, item, codes),
                stack=_stack(question, item, done),
            )
        )
        taken.append(code)
        _learn(closed, question.shares[code])
    return tuple(found)


def _closes(
    sizes: Mapping[str, Gap], whole: float, item: Achievement, closed: Mapping[str, float]
) -> tuple[Closed, ...]:
    declared = {part.skill: part.alignment for part in item.skills}
    found = []
    for skill, share in closes(sizes, item).items():
        more = share - closed.get(skill, 0.0)
        if more >= ENOUGH_SHARE:
            of_all = round(sizes[skill].size * more / whole, 4)
            found.append(Closed(skill=skill, share=share, of_all=of_all, alignment=declared[skill]))
    return tuple(sorted(found, key=lambda one: (-one.of_all, one.skill)))


def _follows(question: Question, item: Achievement, earlier: list[str]) -> str | None:
    """The earlier step that opens this one."""
    needed = question.open_clauses(item.code)
    return next((code for clause in needed for code in clause if code in earlier), None)


def _opened(question: Question, item: Achievement, codes: Iterable[str]) -> tuple[str, ...]:
    """The steps that ask for this one."""
    return tuple(
        code
        for code in codes
        if any(item.code in clause for clause in question.achievements[code].prerequisites)
        and code != item.code
    )


def _stack(question: Question, item: Achievement, done: frozenset[str]) -> Stack | None:
    into = question.achievements.get(item.stacks_into or "")
    if into is None:
        return None
    parts = question.offers.stacked_into(into.code)
    return Stack(into=into, have=len(done & parts), of=len(parts))


def _rival(
    question: Question, whole: float, item: Achievement, codes: tuple[str, ...]
) -> Rival | None:
    """Who comes closest to a step on the skills it closes, the rest of the plan being as it is."""
    rest = frozenset(codes) - {item.code}
    closed: dict[str, float] = {}
    known: dict[str, float] = {}
    for code in rest:
        _learn(closed, question.shares[code])
        _learn(known, question.worth[code])
    wanted = set(question.shares[item.code])
    rivals = {
        code: bundle_of(question, code, rest)
        for code, shares in question.shares.items()
        if code not in codes and wanted & set(shares)
    }
    rivals = {code: bundle for code, bundle in rivals.items() if item.code not in bundle}
    if not rivals:
        return None
    best = max(
        rivals, key=lambda code: (round(gain(question, sorted(rivals[code]), known), 6), code)
    )
    bundle, other = rivals[best], question.achievements[best]
    mine = _missing(question, [item.code], closed) / whole
    theirs = _missing(question, bundle, closed) / whole
    hours = sum(question.achievements[code].hours for code in bundle) - item.hours
    money = sum(map(question.money, bundle)) - question.money(item.code)
    return Rival(
        achievement=other,
        reason=_why_lost(question, item, bundle, rest, theirs - mine),
        of_all=round(theirs, 4),
        of_all_of_step=round(mine, 4),
        hours=round(hours, 1),
        money=round(money, 2),
        first=min(bundle - {best}, default=None),
    )


def _why_lost(
    question: Question,
    item: Achievement,
    bundle: frozenset[str],
    rest: frozenset[str],
    more: float,
) -> Lost:
    hours = sum(question.achievements[code].hours for code in bundle)
    whole = hours + sum(question.achievements[code].hours for code in rest)
    money = sum(map(question.money, bundle))
    if whole > question.hours + 1e-9:
        return "hours"
    if not question.allows(bundle | rest):
        return "cost"
    if len(bundle) > 1:
        return "first"
    found: dict[Lost, bool] = {
        "less": more < -0.005,
        "longer": hours > item.hours,
        "dearer": money > question.money(item.code),
        "fit": question.fit(min(bundle)) < question.fit(item.code),
    }
    return next((reason for reason, is_so in found.items() if is_so), "equal")


def _missing(question: Question, codes: Iterable[str], closed: Mapping[str, float]) -> float:
    """How much these close of what the others leave."""
    more: dict[str, float] = {}
    for code in codes:
        _learn(more, question.shares[code])
    return sum(
        question.sizes[skill].size * max(0.0, more[skill] - closed.get(skill, 0.0))
        for skill in sorted(more)
    )


def _learn(known: dict[str, float], more: Mapping[str, float]) -> None:
    for skill, amount in more.items():
        known[skill] = max(known.get(skill, 0.0), amount)
