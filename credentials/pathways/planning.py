"""The shortest affordable way: which achievements close the most of the gaps for their hours.

Maximises Σ size·closed − λ·hours − μ·cost under the hours and the budget, with prerequisites as an
AND of ORs. A mixed-integer programme for HiGHS (scipy.optimize.milp); greedy is the first answer
and what is used when HiGHS finds nothing within its nodes. Node limits, not time limits: the same
question has the same answer on every machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import Any, cast

import numpy as np

from credentials.catalogue import Achievement
from credentials.catalogue.entries import LEVEL_VALUES
from credentials.pathways.gaps import Gap

HOUR_PRICE = 0.005  # of a gap's size, for an hour
MONEY_PRICE = 0.0005  # for a dollar
FITTING, STRANGE = 1.25, 0.6  # whether its authors count an achievement for the occupation
NODES = 2_000
LEAST_GAIN = 0.02


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked for. `budget` None is no limit.

    `done` are achievements the person holds, `believed` those whose skills they say they have:
    good enough to build upon, not to be left out.
    """

    gaps: Sequence[Gap]
    achievements: Mapping[str, Achievement]
    occupation_code: str
    hours: float
    budget: float | None = None
    setting: str | None = None
    done: frozenset[str] = frozenset()
    believed: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    @cached_property
    def opened(self) -> frozenset[str]:
        """What counts as done where something else asks for it."""
        return self.done | self.believed

    @cached_property
    def sizes(self) -> Mapping[str, Gap]:
        return {gap.skill: gap for gap in self.gaps if gap.size > 0}

    @cached_property
    def candidates(self) -> Mapping[str, Achievement]:
        """What closes something, and what that needs before it."""
        left_out = self.done | self.excluded
        found = {code for code, item in self.achievements.items() if self.closes(item)} - left_out
        waiting = list(found)
        while waiting:
            for clause in self.achievements[waiting.pop()].prerequisites:
                for code in () if self.opened & set(clause) else clause:
                    if code in self.achievements and code not in found | left_out:
                        found.add(code)
                        waiting.append(code)
        return {code: self.achievements[code] for code in sorted(found)}

    def closes(self, item: Achievement) -> dict[str, float]:
        """Skill → how much of its gap the achievement closes, from 0 to 1."""
        closed = {}
        for part in item.skills:
            gap = self.sizes.get(part.skill)
            if gap is not None and LEVEL_VALUES[part.level] > gap.have:
                reached = min(LEVEL_VALUES[part.level], gap.need) - gap.have
                closed[part.skill] = round(min(1.0, reached / gap.missing), 4)
        return {skill: share for skill, share in closed.items() if share > 0}

    def fit(self, item: Achievement) -> float:
        """How well an achievement fits the occupation and where the person wants to work."""
        fit = FITTING if self.occupation_code in item.occupations else STRANGE
        return fit * (FITTING if self.setting and item.field == self.setting else 1.0)

    def gain(self, item: Achievement, closed: Mapping[str, float]) -> float:
        """What is gained beyond what is closed already, less what it costs."""
        more = sum(
            self.sizes[skill].size * max(0.0, share - closed.get(skill, 0.0))
            for skill, share in self.closes(item).items()
        )
        return self.fit(item) * more - HOUR_PRICE * item.hours - MONEY_PRICE * item.cost.amount

    def allows(self, hours: float, cost: float) -> bool:
        return hours <= self.hours + 1e-9 and (self.budget is None or cost <= self.budget + 1e-9)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Codes in the order to take them; `closed` is skill → the share of its gap."""

    codes: tuple[str, ...]
    closed: Mapping[str, float]
    value: float
    bound: float
    by: str = field(default="greedy")


def plan(question: Question) -> Plan:
    """The best way found."""
    first = plan_greedily(question)
    chosen = _solve(question)
    bound = upper_bound(question)
    best, by = first, "greedy"
    if chosen is not None and _value(question, chosen) > _value(question, first) + 1e-9:
        best, by = chosen, "milp"
    codes = ordered(question, best)
    return Plan(
        codes=codes,
        closed=closed_by(question, codes),
        value=round(_value(question, codes), 4),
        bound=round(max(bound, _value(question, codes)), 4),
        by=by,
    )


def plan_greedily(question: Question) -> frozenset[str]:
    """Take the bundle of an achievement and what it needs with the most gain per hour, again."""
    taken: set[str] = set()
    closed: dict[str, float] = {}
    while True:
        best: tuple[float, str, frozenset[str]] | None = None
        for code in question.candidates:
            bundle = _bundle(question, code, frozenset(taken))
            if code in taken or bundle is None:
                continue
            items = [question.candidates[name] for name in sorted(bundle)]
            gain, known = 0.0, dict(closed)
            for item in items:
                gain += question.gain(item, known)
                _close(question, item, known)
            if gain < LEAST_GAIN:
                continue
            rate = gain / (sum(item.hours for item in items) + 2)
            if best is None or (rate, -len(bundle)) > (best[0], -len(best[2])):
                best = (rate, code, bundle)
        if best is None:
            return frozenset(taken)
        taken |= best[2]
        for code in sorted(best[2]):
            _close(question, question.candidates[code], closed)


def closed_by(question: Question, codes: Sequence[str] | frozenset[str]) -> dict[str, float]:
    """Skill → the largest share of its gap that one of them closes."""
    closed: dict[str, float] = {}
    for code in codes:
        _close(question, question.achievements[code], closed)
    return closed


def ordered(question: Question, codes: frozenset[str]) -> tuple[str, ...]:
    """Prerequisites first, then what gains most per hour."""
    left = set(codes)
    found: list[str] = []
    closed: dict[str, float] = {}
    while left:
        ready = [
            code for code in sorted(left) if _is_ready(question, code, question.opened | set(found))
        ] or sorted(left)
        best = max(
            ready,
            key=lambda code: (
                question.gain(question.achievements[code], closed)
                / (question.achievements[code].hours + 2)
            ),
        )
        found.append(best)
        left.remove(best)
        _close(question, question.achievements[best], closed)
    return tuple(found)


def load_solver() -> ModuleType:
    """SciPy's optimisers; loading them takes a second, so it is not done at every start."""
    from scipy import optimize  # noqa: PLC0415

    return cast("ModuleType", optimize)


def upper_bound(question: Question) -> float:
    """What no way can exceed: the optimum without whole numbers."""
    model = _model(question)
    if model is None:
        return 0.0
    matrix, upper, price = model
    solved = load_solver().linprog(-price, A_ub=matrix, b_ub=upper, bounds=(0, 1), method="highs")
    return float(-solved.fun) if solved.success else 0.0


def _solve(question: Question) -> frozenset[str] | None:
    model = _model(question)
    if model is None:
        return None
    matrix, upper, price = model
    count, solver = len(question.candidates), load_solver()
    solved = solver.milp(
        -price,
        integrality=np.concatenate([np.ones(count), np.zeros(len(price) - count)]),
        bounds=solver.Bounds(0, 1),
        constraints=solver.LinearConstraint(matrix, ub=upper),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if solved.x is None:
        return None
    return frozenset(
        code for code, x in zip(question.candidates, solved.x, strict=False) if x > 0.5
    )


def _model(question: Question) -> tuple[Any, np.ndarray, np.ndarray] | None:
    """`A·v ≤ b` and the prices of v = (x per candidate, y per candidate and skill).

    y_cs is the part of a skill's gap that counts for candidate c; the parts of a skill add up to
    at most the largest share anybody taken closes, so that nothing counts twice.
    """
    codes = list(question.candidates)
    place = {code: index for index, code in enumerate(codes)}
    parts = [
        (code, skill, share)
        for code, item in question.candidates.items()
        for skill, share in question.closes(item).items()
    ]
    if not parts:
        return None
    rows = _Rows()
    price = [
        -HOUR_PRICE * item.hours - MONEY_PRICE * item.cost.amount
        for item in question.candidates.values()
    ]
    by_skill: dict[str, list[int]] = {}
    for number, (code, skill, share) in enumerate(parts):
        column = len(codes) + number
        price.append(question.fit(question.candidates[code]) * question.sizes[skill].size)
        rows.add({column: 1.0, place[code]: -share}, 0.0)
        by_skill.setdefault(skill, []).append(column)
    for skill in sorted(by_skill):
        rows.add(dict.fromkeys(by_skill[skill], 1.0), max(s for _, k, s in parts if k == skill))
    rows.add({place[c]: item.hours for c, item in question.candidates.items()}, question.hours)
    if question.budget is not None:
        costs = {place[c]: item.cost.amount for c, item in question.candidates.items()}
        rows.add(costs, question.budget)
    for code, item in question.candidates.items():
        for clause in item.prerequisites:
            if not question.opened & set(clause):
                ways = {place[name]: -1.0 for name in clause if name in place}
                rows.add({place[code]: 1.0, **ways}, 0.0)
    return rows.matrix(len(price)), np.array(rows.upper), np.array(price)


class _Rows:
    """Rows of a sparse matrix with their upper limits."""

    def __init__(self) -> None:
        self._cells: list[tuple[int, int, float]] = []
        self.upper: list[float] = []

    def add(self, cells: Mapping[int, float], upper: float) -> None:
        row = len(self.upper)
        self._cells += [(row, column, value) for column, value in cells.items()]
        self.upper.append(upper)

    def matrix(self, columns: int) -> Any:
        """A scipy.sparse.coo_array."""
        from scipy.sparse import coo_array  # noqa: PLC0415  # comes with the solver

        rows, places, values = zip(*self._cells, strict=True)
        return coo_array((values, (rows, places)), shape=(len(self.upper), columns))


def _value(question: Question, codes: Sequence[str] | frozenset[str]) -> float:
    """The worth of a whole plan; of two that close a skill, the better fit counts."""
    worth: dict[str, float] = {}
    price = 0.0
    for code in sorted(codes):
        item = question.achievements[code]
        price += HOUR_PRICE * item.hours + MONEY_PRICE * item.cost.amount
        for skill, share in question.closes(item).items():
            size = question.sizes[skill].size * share * question.fit(item)
            worth[skill] = max(worth.get(skill, 0.0), size)
    return sum(worth.values()) - price


def _bundle(question: Question, code: str, taken: frozenset[str]) -> frozenset[str] | None:
    """The achievement and the cheapest way to what it needs; None when that does not fit."""
    bundle = {code}
    waiting = [code]
    while waiting:
        for clause in question.achievements[waiting.pop()].prerequisites:
            if set(clause) & (question.opened | taken | bundle):
                continue
            ways = [name for name in clause if name in question.candidates]
            if not ways:
                return None
            chosen = min(ways, key=lambda name: (question.candidates[name].hours, name))
            bundle.add(chosen)
            waiting.append(chosen)
    whole = bundle | taken
    items = [question.candidates[name] for name in whole]
    fits = question.allows(sum(i.hours for i in items), sum(i.cost.amount for i in items))
    return frozenset(bundle - taken) if fits else None


def _is_ready(question: Question, code: str, done: frozenset[str] | set[str]) -> bool:
    return all(set(clause) & set(done) for clause in question.achievements[code].prerequisites)


def _close(question: Question, item: Achievement, closed: dict[str, float]) -> None:
    for skill, share in question.closes(item).items():
        closed[skill] = max(closed.get(skill, 0.0), share)
