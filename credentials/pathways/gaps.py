"""What an occupation asks for, less what a person can do.

A skill that every job asks for says little, so its weight falls with the share of occupations that
need it (inverse document frequency); what adverts ask for often weighs more.
"""

import math
from dataclasses import dataclass, replace

from credentials.catalogue import Achievement, Catalogue, Occupation
from credentials.catalogue.entries import LEVEL_VALUES
from credentials.pathways.abilities import Abilities, Ability

IN_DEMAND = 1.2
COMMON = 0.6  # of the weight of a skill that every occupation asks for is taken off
ENOUGH = 0.16  # how far below the need still counts as having it
NOTHING = Ability(level=0.0, basis="none")


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A skill the occupation needs.

    Attributes:
        weight: how much it counts, after the discount for what every job asks.
        need: the level asked for, from 0 to 1.
        ability: what is believed of it.
        importance: as the occupation's framework has it, from 0 to 1.
        share: which part of all occupations asks for it.
    """

    skill: str
    weight: float
    need: float
    ability: Ability = NOTHING
    importance: float = 0.0
    in_demand: bool = False
    share: float = 0.0

    @property
    def need_level(self) -> str:
        """The level asked for, by name."""
        return min(LEVEL_VALUES, key=lambda name: abs(LEVEL_VALUES[name] - self.need))

    @property
    def have(self) -> float:
        return self.ability.level

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


def find_gaps(
    catalogue: Catalogue, occupation: Occupation, abilities: Abilities
) -> tuple[Gap, ...]:
    """Every need of the occupation, the largest gap first, ties by key."""
    found = []
    for need in occupation.needs:
        share = catalogue.share(need.skill)
        weight = need.importance * (1 - COMMON * math.sqrt(share))
        found.append(
            Gap(
                skill=need.skill,
                weight=round(weight * (IN_DEMAND if need.in_demand else 1.0), 4),
                need=LEVEL_VALUES[need.level],
                ability=abilities.ability(need.skill),
                importance=need.importance,
                in_demand=need.in_demand,
                share=round(share, 4),
            )
        )
    return tuple(sorted(found, key=lambda gap: (-gap.size, gap.skill)))


def once_proven(gap: Gap, item: Achievement) -> Gap:
    """The gap as it will be once an achievement is proven."""
    levels = [LEVEL_VALUES[part.level] for part in item.skills if part.skill == gap.skill]
    if max(levels, default=0.0) <= gap.have:
        return gap
    return replace(gap, ability=Ability(level=max(levels), basis="badge"))
