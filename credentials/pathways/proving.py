"""What a person may be able to prove now, from what they say they have done; no course needed."""

from collections.abc import Mapping
from dataclasses import dataclass

from credentials.catalogue import Achievement, Catalogue
from credentials.pathways.gaps import Gap
from credentials.pathways.profiles import Profile

LEAST_READY = 0.5
WITH_TRACES = frozenset({"job", "internship", "course", "project"})  # sources that leave evidence
NO_TRACES = 0.8
KNOWN_LEVEL = 0.3


@dataclass(frozen=True, kw_only=True)
class Provable:
    """An achievement and the criteria that what was said speaks for."""

    achievement: Achievement
    criteria: tuple[str, ...]
    readiness: float


def find_provable(
    catalogue: Catalogue, profile: Profile, gaps: Mapping[str, Gap]
) -> tuple[Provable, ...]:
    """Achievements for this goal that could be claimed, the likeliest first."""
    code = profile.occupation_code
    found = []
    for item in catalogue.achievements.values():
        relevance = sum(gaps[part.skill].weight for part in item.skills if part.skill in gaps)
        is_relevant = relevance > 0 or code in item.occupations
        if not item.criteria or not is_relevant or item.code in profile.held | profile.declined:
            continue
        met = {one.id: _spoken_for(profile, one.skills) for one in item.criteria}
        likely_met = tuple(name for name, share in met.items() if share >= LEAST_READY)
        readiness = sum(met.values()) / len(met)
        if len(likely_met) * 2 >= len(met):
            fit = (2.0 if code in item.occupations else 1.0) * (relevance + 0.2)
            likely = Provable(
                achievement=item,
                criteria=likely_met,
                readiness=round(readiness, 3),
            )
            found.append((readiness * fit, likely))
    found.sort(key=lambda pair: (-pair[0], pair[1].achievement.code))
    return tuple(likely for _, likely in found)


def _spoken_for(profile: Profile, skills: tuple[str, ...]) -> float:
    """How much of a criterion's skills was claimed; the first named weighs double."""
    weights = [2.0, *[1.0] * (len(skills) - 1)] if skills else []
    total = sum(
        weight * _credit(profile, skill) for weight, skill in zip(weights, skills, strict=True)
    )
    return total / sum(weights) if weights else 0.0


def _credit(profile: Profile, skill: str) -> float:
    if profile.shown.get(skill):
        return 1.0
    said = profile.said.get(skill)
    if said is None or said.value < KNOWN_LEVEL:
        return 0.0
    return 1.0 if said.source in WITH_TRACES else NO_TRACES
