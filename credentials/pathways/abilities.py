"""What a person can do, and how far it is believed: badge > reviewed evidence > their own word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from credentials.catalogue.entries import LEVEL_VALUES

Basis = Literal["badge", "reviewed", "said", "none"]
UNSAID_LEVEL = LEVEL_VALUES["working"]
WITH_TRACES = frozenset({"job", "internship", "course", "project"})  # sources that leave evidence
#: How much of a level counts, by what stands behind it.
BADGE, REVIEWED, SAID_WITH_TRACES, SAID = 1.0, 0.95, 0.9, 0.8


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A skill somebody says they have; `level` as they put it, None when they did not."""

    skill: str
    level: str | None
    source: str

    @property
    def value(self) -> float:
        """The level as said, from 0 to 1."""
        return LEVEL_VALUES[self.level] if self.level else UNSAID_LEVEL

    @property
    def believed(self) -> float:
        """What of it counts, from 0 to 1."""
        return self.value * (SAID_WITH_TRACES if self.source in WITH_TRACES else SAID)


@dataclass(frozen=True, kw_only=True)
class Ability:
    """What is believed of one skill.

    Attributes:
        level: from 0 to 1, after what its basis takes off.
        basis: what it stands on.
        source: where they say it comes from (job, course, …), for what was said.
    """

    level: float
    basis: Basis
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """Statements by skill, and levels (0 to 1) that badges and reviewed evidence show."""

    said: Mapping[str, Statement] = field(default_factory=dict)
    reviewed: Mapping[str, float] = field(default_factory=dict)
    shown: Mapping[str, float] = field(default_factory=dict)

    def ability(self, skill: str) -> Ability:
        """The strongest of what is known of a skill; of two as strong, what shows more."""
        said = self.said.get(skill)
        found = (
            Ability(level=self.shown.get(skill, 0.0) * BADGE, basis="badge"),
            Ability(level=self.reviewed.get(skill, 0.0) * REVIEWED, basis="reviewed"),
            Ability(
                level=said.believed if said else 0.0,
                basis="said",
                source=said.source if said else None,
            ),
        )
        best = max(found, key=lambda one: one.level)
        return best if best.level > 0 else Ability(level=0.0, basis="none")
