"""What the planner is asked: gaps to close, within time, money, language and level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappop, heappush
from typing import Literal

import numpy as np

from credentials.catalogue import LEVELS, Achievement
from credentials.catalogue.entries import LEVEL_VALUES, LevelOfStudy
from credentials.pathways.gaps import Gap
from credentials.pathways.offers import Offers

HOUR_PRICE = 0.005  # of a gap's size, for an hour
MONEY_PRICE = 0.0005  # for a dollar
FITTING, STRANGE = 1.25, 0.6  # whether its authors count an achievement for the occupation
WHOLE = 500  # achievements
A_SKILL = 15  # of the best for each skill
ALL_ROUND = 100  # of those best over all skills
WAYS_IN = 3  # of the alternatives that open something
LONGEST_CHAIN = 12  # prerequisites of prerequisites
NO_LIMIT = 1e9  # hours

Limit = Literal["hours", "budget", "languages", "level"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked for.

    Attributes:
        hours: there are, in all.
        budget: in the reference currency (`money.REFERENCE`); None is no limit.
        languages: of instruction, such as {"en"}; empty for any.
        level: the highest of `LEVELS` that is wanted; None for any.
        done: achievements the person holds.
        believed: those whose main skill they say they have: good enough to build upon, not to be
            left out.
        whole: up to so many are looked at without choosing among them first.
    """

    gaps: Sequence[Gap]
    offers: Offers
    occupation_code: str
    hours: float
    budget: float | None = None
    setting: str | None = None
    languages: frozenset[str] = frozenset()
    level: LevelOfStudy | None = None
    done: frozenset[str] = frozenset()
    believed: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    whole: int = WHOLE

    @property
    def achievements(self) -> Mapping[str, Achievement]:
        return self.offers.achievements

    @cached_property
    def opened(self) -> frozenset[str]:
        """What counts as done where something else asks for it."""
        return self.done | self.believed

    @cached_property
    def sizes(self) -> Mapping[str, Gap]:
        return {gap.skill: gap for gap in self.gaps if gap.size > 0}

    @cached_property
    def allowed(self) -> np.ndarray:
        """Which offers may be taken at all, by place."""
        offers = self.offers
        allowed = offers.hours <= self.hours + 1e-9
        if self.budget is not None:
            allowed &= offers.prices <= self.budget + 1e-9  # never so for an unknown price
        if self.languages:
            allowed &= offers.mask("language", self.languages)
        if self.level is not None:
            allowed &= offers.levels <= LEVELS.index(self.level)
        for code in self.done | self.excluded:
            if code in offers.place:
                allowed[offers.place[code]] = False
        return allowed

    @cached_property
    def fits(self) -> np.ndarray:
        """How well each offer fits the occupation and where the person wants to work."""
        fits = np.where(
            self.offers.mask("occupation", [self.occupation_code]), FITTING, STRANGE
        ).astype(float)
        if self.setting:
            fits[self.offers.mask("field", [self.setting])] *= FITTING
        return fits

    @cached_property
    def parts(self) -> Mapping[str, tuple[np.ndarray, np.ndarray]]:
        """Skill → places of those that close something of its gap, and how much (0 to 1)."""
        found = {}
        for skill, gap in self.sizes.items():
            teachers = self.offers.teachers.get(skill)
            if teachers is None:
                continue
            shares = np.minimum(
                1.0, (np.minimum(teachers.levels, gap.need) - gap.have) / gap.missing
            )
            helps = (shares > 0) & self.allowed[teachers.places]
            if helps.any():
                found[skill] = (teachers.places[helps], np.round(shares[helps], 4))
        return found

    @cached_property
    def candidates(self) -> Mapping[str, Achievement]:
        """What closes most for its price, and what that needs before it; those that can be reached."""
        chosen = self._with_ways_in(self._closest())
        return {code: self.achievements[code] for code in self._reachable(chosen)}

    @cached_property
    def shares(self) -> Mapping[str, Mapping[str, float]]:
        """Code of a candidate → skill → how much of its gap it closes, from 0 to 1."""
        found: dict[str, dict[str, float]] = {code: {} for code in self.candidates}
        for skill, (places, shares) in self.parts.items():
            for place, share in zip(places.tolist(), shares.tolist(), strict=True):
                code = self.offers.codes[place]
                if code in found:
                    found[code][skill] = share
        return found

    @cached_property
    def worth(self) -> Mapping[str, Mapping[str, float]]:
        """Code of a candidate → skill → what closing that much counts."""
        return {
            code: {
                skill: self.sizes[skill].size * share * self.fit(code)
                for skill, share in shares.items()
            }
            for code, shares in self.shares.items()
        }

    def fit(self, code: str) -> float:
        return float(self.fits[self.offers.place[code]])

    def closes(self, item: Achievement) -> Mapping[str, float]:
        """Skill → how much of its gap an achievement closes, from 0 to 1, candidate or not."""
        return self.shares.get(item.code) or closes(self.sizes, item)

    def money(self, code: str) -> float:
        """The price in the reference currency; 0 where nobody knows it."""
        if code not in self._money:
            return float(np.nan_to_num(self.offers.prices[self.offers.place[code]]))
        return self._money[code]

    def price(self, code: str) -> float:
        """What a candidate costs, in units of a gap's size."""
        return self._prices[code]

    def allows(self, codes: Iterable[str]) -> bool:
        """Whether hours and money suffice for all of them."""
        taken = list(codes)
        hours = sum(self.achievements[code].hours for code in taken)
        money = sum(self.money(code) for code in taken)
        return hours <= self.hours + 1e-9 and (self.budget is None or money <= self.budget + 1e-9)

    def open_clauses(self, code: str) -> list[tuple[str, ...]]:
        """What an achievement asks for that nothing the person has or says answers."""
        clauses = self.achievements[code].prerequisites
        return [clause for clause in clauses if not self.opened & set(clause)]

    def without(self, *limits: Limit) -> "Question":
        """The same question without some of its limits."""
        return replace(
            self,
            hours=NO_LIMIT if "hours" in limits else self.hours,
            budget=None if "budget" in limits else self.budget,
            languages=frozenset() if "languages" in limits else self.languages,
            level=None if "level" in limits else self.level,
        )

    def way_in(self, code: str) -> Sequence[str]:
        """Which alternative of each open clause is the shortest way to a candidate."""
        return self._ways[code]

    @cached_property
    def _ways(self) -> Mapping[str, tuple[str, ...]]:
        return shortest_ways(self, self.candidates)

    @cached_property
    def _money(self) -> Mapping[str, float]:
        prices = np.nan_to_num(self.offers.prices)
        return {code: float(prices[self.offers.place[code]]) for code in self.candidates}

    @cached_property
    def _prices(self) -> Mapping[str, float]:
        return {
            code: HOUR_PRICE * item.hours + MONEY_PRICE * self._money[code]
            for code, item in self.candidates.items()
        }

    def _closest(self) -> set[int]:
        """Places of those that close something; the most promising where there are very many."""
        everybody = np.unique(
            np.concatenate([places for places, _ in self.parts.values()] or [np.array([], int)])
        )
        if len(everybody) <= self.whole:
            return set(everybody.tolist())
        prices = np.nan_to_num(self.offers.prices)
        effort = self.offers.hours + 0.05 * prices + 2
        whole = np.zeros(len(self.offers))
        chosen: set[int] = set()
        for skill, (places, shares) in self.parts.items():
            worth = self.sizes[skill].size * shares * self.fits[places]
            whole[places] += worth
            best = np.lexsort((places, -worth / effort[places]))[:A_SKILL]
            chosen.update(places[best].tolist())
        rates = (whole / effort)[everybody]
        best = np.lexsort((everybody, -rates))[:ALL_ROUND]
        return chosen | set(everybody[best].tolist())

    def _with_ways_in(self, chosen: set[int]) -> set[str]:
        """Codes of these and of what opens them: the shortest few of many alternatives."""
        codes = {self.offers.codes[place] for place in chosen}
        is_small = len(codes) <= self.whole
        waiting = codes
        for _ in range(LONGEST_CHAIN):
            found: set[str] = set()
            for code in waiting:
                for clause in self.open_clauses(code):
                    ways = [name for name in clause if self._is_allowed(name)]
                    ways.sort(key=lambda name: (self.achievements[name].hours, name))
                    found |= set(ways if is_small else ways[:WAYS_IN])
            waiting = found - codes
            codes |= waiting
            if not waiting:
                break
        return codes

    def _is_allowed(self, code: str) -> bool:
        place = self.offers.place.get(code)
        return place is not None and bool(self.allowed[place])

    def _reachable(self, codes: set[str]) -> list[str]:
        """Those with a way in; circles and what asks for something unknown have none."""
        return sorted(shortest_ways(self, codes))


def closes(sizes: Mapping[str, Gap], item: Achievement) -> dict[str, float]:
    """Skill → how much of its gap an achievement closes, from 0 to 1."""
    found: dict[str, float] = {}
    for part in item.skills:
        gap = sizes.get(part.skill)
        if gap is not None:
            reached = min(LEVEL_VALUES[part.level], gap.need) - gap.have
            share = round(min(1.0, reached / gap.missing), 4)
            found[part.skill] = max(found.get(part.skill, 0.0), share)
    return {skill: share for skill, share in found.items() if share > 0}


def shortest_ways(question: Question, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Code → the alternative that opens each clause in the fewest hours, for those with a way in.

    Knuth's generalisation of Dijkstra's algorithm (1977) to AND-OR graphs: what is settled first is
    reached in the fewest hours, so that no way goes round in a circle.
    """
    among = set(codes)
    clauses = {code: question.open_clauses(code) for code in among}
    ways: dict[str, list[str | None]] = {code: [None] * len(clauses[code]) for code in among}
    left = {code: len(clauses[code]) for code in among}
    hours = {code: question.achievements[code].hours for code in among}
    opens: dict[str, list[tuple[str, int]]] = {}
    for code in among:
        for number, clause in enumerate(clauses[code]):
            for name in clause:
                opens.setdefault(name, []).append((code, number))
    heap: list[tuple[float, str]] = []
    for code in among:
        if not left[code]:
            heappush(heap, (hours[code], code))
    settled: dict[str, tuple[str, ...]] = {}
    while heap:
        spent, code = heappop(heap)
        settled[code] = tuple(name for name in ways[code] if name is not None)
        for other, number in opens.get(code, ()):
            if ways[other][number] is None:
                ways[other][number] = code
                hours[other] += spent
                left[other] -= 1
                if not left[other]:
                    heappush(heap, (hours[other], other))
    return settled
