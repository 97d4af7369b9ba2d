"""What an occupation asks for, less what a person can do.

A skill that every job asks for says little, so its weight falls with the share of occupations that
need it (inverse document frequency); what adverts ask for often weighs more.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from credentials.catalogue import Catalogue, Occupation
from credentials.catalogue.entries import LEVEL_VALUES

IN_DEMAND = 1.2
ENOUGH = 0.16  # how far below the need still counts as having it

Level = Callable[[str], float]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A skill the occupation needs. `need` and `have` are levels from 0 to 1."""

    skill: str
    weight: float
    need: float
    have: float

    @property
    def missing(self) -> float:
        return max(0.0, self.need - self.have)

    @property
    def size(self) -> float:
        return self.weight * self.missing

    @property
    def is_met(self) -> bool:
        return self.missing <= ENOUGH

    @property
    def is_partly_met(self) -> bool:
        return not self.is_met and self.have > 0


def find_gaps(catalogue: Catalogue, occupation: Occupation, level: Level) -> tuple[Gap, ...]:
    """Every need of the occupation, the largest gap first, ties by key."""
    found = []
    for need in occupation.needs:
        weight = need.importance * (1 - 0.6 * math.sqrt(catalogue.share(need.skill)))
        found.append(
            Gap(
                skill=need.skill,
                weight=round(weight * (IN_DEMAND if need.in_demand else 1.0), 4),
                need=LEVEL_VALUES[need.level],
                have=level(need.skill),
            )
        )
    return tuple(sorted(found, key=lambda gap: (-gap.size, gap.skill)))
