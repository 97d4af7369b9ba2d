"""What a person may be able to prove now, from what they say they have done; no course needed."""

from collections.abc import Mapping
from dataclasses import dataclass

from credentials.catalogue import Achievement, Catalogue, Criterion
from credentials.pathways.abilities import WITH_TRACES, Abilities
from credentials.pathways.gaps import Gap
from credentials.pathways.profiles import Profile

LEAST_READY = 0.5
NO_TRACES = 0.8
KNOWN_LEVEL = 0.25  # of what is believed: a basic level that was only said


@dataclass(frozen=True, kw_only=True)
class SpokenFor:
    """A criterion, and what of the person speaks for it.

    Attributes:
        share: how much of its skills was claimed or shown, from 0 to 1; the first weighs double.
        skills: keys of those, in the criterion's order.
    """

    criterion: Criterion
    share: float
    skills: tuple[str, ...]

    @property
    def is_likely_met(self) -> bool:
        return self.share >= LEAST_READY


@dataclass(frozen=True, kw_only=True)
class Provable:
    """An achievement that could be claimed, criterion by criterion."""

    achievement: Achievement
    criteria: tuple[SpokenFor, ...]
    readiness: float

    @property
    def likely_met(self) -> int:
        return sum(1 for one in self.criteria if one.is_likely_met)


def find_provable(
    catalogue: Catalogue, profile: Profile, gaps: Mapping[str, Gap]
) -> tuple[Provable, ...]:
    """Achievements for this goal that could be claimed, the likeliest first."""
    code = profile.occupation_code
    left_out = profile.held | profile.declined | profile.finished
    found = []
    for item in catalogue.awarded_here:
        relevance = sum(gaps[part.skill].weight for part in item.skills if part.skill in gaps)
        if item.code in left_out or not (relevance > 0 or code in item.occupations):
            continue
        provable = read_criteria(profile, item)
        if provable.likely_met * 2 >= len(item.criteria):
            fit = (2.0 if code in item.occupations else 1.0) * (relevance + 0.2)
            found.append((provable.readiness * fit, provable))
    found.sort(key=lambda pair: (-pair[0], pair[1].achievement.code))
    return tuple(provable for _, provable in found)


def read_criteria(profile: Abilities, item: Achievement) -> Provable:
    """What speaks for each criterion of an achievement."""
    criteria = tuple(_spoken_for(profile, one) for one in item.criteria)
    readiness = sum(one.share for one in criteria) / max(1, len(criteria))
    return Provable(achievement=item, criteria=criteria, readiness=round(readiness, 3))


def _spoken_for(profile: Abilities, criterion: Criterion) -> SpokenFor:
    skills = criterion.skills
    believed = [_credit(profile, skill) for skill in skills]
    weights = [2.0, *[1.0] * (len(skills) - 1)] if skills else []
    total = sum(weight * credit for weight, credit in zip(weights, believed, strict=True))
    return SpokenFor(
        criterion=criterion,
        share=round(total / sum(weights), 4) if weights else 0.0,
        skills=tuple(skill for skill, credit in zip(skills, believed, strict=True) if credit),
    )


def _credit(profile: Abilities, skill: str) -> float:
    if profile.shown.get(skill) or profile.reviewed.get(skill):
        return 1.0
    said = profile.said.get(skill)
    if said is None or said.value < KNOWN_LEVEL:
        return 0.0
    return 1.0 if said.source in WITH_TRACES else NO_TRACES
