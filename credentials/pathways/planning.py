"""The shortest affordable way: which achievements close the most of the gaps for their hours.

Maximises Σ over skills of the best worth taken − λ·hours − μ·money, under the hours and the budget,
with prerequisites as an AND of ORs. Greedy is the first answer and the fallback; HiGHS (`solving`)
finds the best one within its nodes. The same question has the same answer every time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from credentials.pathways.question import Question
from credentials.pathways.solving import solve

LEAST_GAIN = 0.02


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Codes in the order to take them.

    Attributes:
        closed: skill → the share of its gap, from 0 to 1.
        value: worth less hours and money, in units of a gap's size.
        bound: what no choice among the candidates can exceed.
        by: who found it, `milp` or `greedy`.
    """

    codes: tuple[str, ...]
    closed: Mapping[str, float]
    value: float
    bound: float
    by: str = "greedy"


def plan(question: Question) -> Plan:
    """The best way found."""
    first = plan_greedily(question)
    solved = solve(question)
    best, by = first, "greedy"
    if solved.chosen is not None and value(question, solved.chosen) > value(question, first) + 1e-9:
        best, by = solved.chosen, "milp"
    codes = ordered(question, best)
    worth = value(question, codes)
    return Plan(
        codes=codes,
        closed=closed_by(question, codes),
        value=round(worth, 4),
        bound=round(max(solved.bound, worth), 4),
        by=by,
    )


def plan_greedily(question: Question) -> frozenset[str]:
    """Take the bundle of an achievement and what it needs with the most gain per hour, again."""
    taken: frozenset[str] = frozenset()
    known: dict[str, float] = {}
    while True:
        bundle = next_bundle(question, taken, known)
        if not bundle:
            return taken
        taken |= bundle
        for code in sorted(bundle):
            _learn(known, question.worth[code])


def next_bundle(
    question: Question, taken: frozenset[str], known: Mapping[str, float]
) -> frozenset[str]:
    """What gains most per hour on top of what is taken, with what it needs; nothing if none fits.

    `known` is what counts already, by skill.
    """
    best: tuple[float, int] | None = None
    found: frozenset[str] = frozenset()
    for code in question.candidates:
        if code in taken or not gain(question, [code], known) > 0:
            continue
        bundle = bundle_of(question, code, taken)
        more = gain(question, sorted(bundle), known)
        hours = sum(question.candidates[name].hours for name in bundle)
        key = (more / (hours + 2), -len(bundle))
        is_better = best is None or key > best
        if more >= LEAST_GAIN and is_better and question.allows(bundle | taken):
            best, found = key, bundle
    return found


def known_from(question: Question, codes: Iterable[str]) -> dict[str, float]:
    """What counts already once these are taken, by skill."""
    known: dict[str, float] = {}
    for code in codes:
        _learn(known, question.worth[code])
    return known


def value(question: Question, codes: Iterable[str]) -> float:
    """The worth of a whole plan, less its price; of two that close a skill, the better one counts."""
    taken = sorted(set(codes))
    known = known_from(question, taken)
    return sum(known[skill] for skill in sorted(known)) - sum(map(question.price, taken))


def gain(question: Question, codes: Iterable[str], known: Mapping[str, float]) -> float:
    """What achievements add to what counts already, less their price."""
    more: dict[str, float] = {}
    price = 0.0
    for code in codes:
        price += question.price(code)
        _learn(more, question.worth[code])
    return sum(max(0.0, worth - known.get(skill, 0.0)) for skill, worth in more.items()) - price


def bundle_of(question: Question, code: str, taken: frozenset[str]) -> frozenset[str]:
    """An achievement and the shortest way to it from what is taken already."""
    bundle = {code}
    waiting = [code]
    while waiting:
        name = waiting.pop()
        clauses = question.open_clauses(name)
        for clause, shortest in zip(clauses, question.way_in(name), strict=True):
            if not taken & set(clause) and shortest not in bundle:
                bundle.add(shortest)
                waiting.append(shortest)
    return frozenset(bundle)


def closed_by(question: Question, codes: Sequence[str] | frozenset[str]) -> dict[str, float]:
    """Skill → the largest share of its gap that one of them closes."""
    closed: dict[str, float] = {}
    for code in codes:
        _learn(closed, question.shares[code])
    return closed


def ordered(
    question: Question, codes: frozenset[str], *, after: Sequence[str] = ()
) -> tuple[str, ...]:
    """Prerequisites first, then what gains most per hour; `after` is taken already."""
    left = set(codes)
    found: list[str] = []
    known: dict[str, float] = {}
    while left:
        done = {*after, *found}
        ready = [
            code
            for code in sorted(left)
            if all(done & set(clause) for clause in question.open_clauses(code))
        ]
        best = max(
            ready,
            key=lambda code: (
                gain(question, [code], known) / (question.achievements[code].hours + 2)
            ),
        )
        found.append(best)
        left.remove(best)
        _learn(known, question.worth[best])
    return tuple(found)


def _learn(known: dict[str, float], more: Mapping[str, float]) -> None:
    for skill, amount in more.items():
        if amount > known.get(skill, 0.0):
            known[skill] = amount
