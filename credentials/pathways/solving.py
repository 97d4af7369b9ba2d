"""The planner's mixed-integer programme, for HiGHS (scipy.optimize.milp).

Variables: x_c, whether candidate c is taken; z_cs, whether c is who closes skill s, so that of two
that close it the better one counts. The relaxed programme bounds what any choice can reach. Limits
are in nodes, not in time: the same question has the same answer on every machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, cast

import numpy as np

from credentials.pathways.question import Question

NODES = 2_000
CUTS = 20
TIE = 1e-6  # what decides between equal plans: the order of codes


@dataclass(frozen=True)
class Solved:
    """The choice, None where HiGHS found none; and what no choice can exceed."""

    chosen: frozenset[str] | None
    bound: float


def solve(question: Question) -> Solved:
    """The best choice among a question's candidates."""
    model = Model(question)
    if not model.parts:
        return Solved(frozenset(), 0.0)
    bound = model.relaxed()
    for _ in range(CUTS):
        chosen = model.best()
        if chosen is None:
            return Solved(None, bound)
        stuck = find_stuck(question, chosen)
        if not stuck:
            return Solved(chosen, bound)
        model.forbid(stuck)
    return Solved(None, bound)


def find_stuck(question: Question, codes: frozenset[str]) -> frozenset[str]:
    """Those of a choice that open only each other."""
    left = set(codes)
    done: set[str] = set()
    while True:
        ready = {
            code
            for code in left
            if all(done & set(clause) for clause in question.open_clauses(code))
        }
        if not ready:
            return frozenset(left)
        done |= ready
        left -= ready


def load_solver() -> ModuleType:
    """SciPy's optimisers; loading them takes a second, so it is not done at every start."""
    from scipy import optimize  # noqa: PLC0415

    return cast("ModuleType", optimize)


class Model:
    """`A·v ≤ b` and the prices of v = (x, z)."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.codes = list(question.candidates)
        self.place = {code: place for place, code in enumerate(self.codes)}
        self.parts = [
            (self.place[code], skill, worth)
            for code, worths in question.worth.items()
            for skill, worth in worths.items()
        ]
        self._cells: list[tuple[int, int, float]] = []
        self._upper: list[float] = []
        self._add_parts()
        self._add_limits()
        self._add_prerequisites()

    def best(self) -> frozenset[str] | None:
        """The best choice HiGHS finds within its nodes."""
        count, solver = len(self.codes), load_solver()
        ties = TIE * np.arange(count) / count
        prices = np.concatenate([self._prices() + ties, [-worth for _, _, worth in self.parts]])
        solved = solver.milp(
            prices,
            integrality=np.concatenate([np.ones(count), np.zeros(len(self.parts))]),
            bounds=solver.Bounds(0, 1),
            constraints=solver.LinearConstraint(self._matrix(), ub=np.array(self._upper)),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
        if solved.x is None:
            return None
        return frozenset(
            code for code, taken in zip(self.codes, solved.x, strict=False) if taken > 0.5
        )

    def relaxed(self) -> float:
        """The optimum without whole numbers."""
        prices = np.concatenate([self._prices(), [-worth for _, _, worth in self.parts]])
        solved = load_solver().linprog(
            prices,
            A_ub=self._matrix(),
            b_ub=np.array(self._upper),
            bounds=(0, 1),
            method="highs",
        )
        return float(-solved.fun) if solved.success else float("inf")

    def forbid(self, stuck: frozenset[str]) -> None:
        """Take all of a circle only together with somebody outside who opens it."""
        cells = dict.fromkeys((self.place[code] for code in stuck), 1.0)
        ways = {name for code in stuck for clause in self._open(code) for name in clause}
        self._add(
            {**{self.place[name]: -1.0 for name in ways - stuck if name in self.place}, **cells},
            len(stuck) - 1,
        )

    def _open(self, code: str) -> Sequence[tuple[str, ...]]:
        return self.question.open_clauses(code)

    def _prices(self) -> np.ndarray:
        return np.array([self.question.price(code) for code in self.codes])

    def _add_parts(self) -> None:
        by_skill: dict[str, list[int]] = {}
        for number, (place, skill, _) in enumerate(self.parts):
            column = len(self.codes) + number
            self._add({column: 1.0, place: -1.0}, 0.0)
            by_skill.setdefault(skill, []).append(column)
        for skill in sorted(by_skill):
            self._add(dict.fromkeys(by_skill[skill], 1.0), 1.0)

    def _add_limits(self) -> None:
        question = self.question
        hours = {place: question.candidates[code].hours for code, place in self.place.items()}
        self._add(hours, question.hours)
        if question.budget is not None:
            money = {place: question.money(code) for code, place in self.place.items()}
            self._add(money, question.budget)

    def _add_prerequisites(self) -> None:
        for code, place in self.place.items():
            for clause in self._open(code):
                ways = {self.place[name]: -1.0 for name in clause if name in self.place}
                self._add({place: 1.0, **ways}, 0.0)

    def _add(self, cells: Mapping[int, float], upper: float) -> None:
        row = len(self._upper)
        self._cells += [(row, column, value) for column, value in cells.items()]
        self._upper.append(upper)

    def _matrix(self) -> Any:
        """A scipy.sparse.coo_array."""
        from scipy.sparse import coo_array  # noqa: PLC0415  # comes with the solver

        rows, columns, values = zip(*self._cells, strict=True)
        width = len(self.codes) + len(self.parts)
        return coo_array((values, (rows, columns)), shape=(len(self._upper), width))
