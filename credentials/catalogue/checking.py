"""What is missing in a catalogue, said with file and reason."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from credentials.catalogue.entries import Achievement, Skill
from credentials.catalogue.folders import STARTER, Folder, read_folder


def check_folder(path: Path) -> list[str]:
    """Findings, empty when all is in order; skills and codes of the starter catalogue count."""
    found = read_folder(path)
    findings = list(found.problems)
    if not found.achievements and not found.occupations and not found.problems:
        return [f"{path}: no achievements/*.yaml or occupations/*.yaml here"]
    base = Folder() if path.resolve() == STARTER.resolve() else read_folder(STARTER)
    skills = {**base.skills, **found.skills}
    achievements = {**base.achievements, **found.achievements}
    for achievement in found.achievements.values():
        place = found.places[achievement.code]
        findings += [f"{place}: {words}" for words in _problems(achievement, skills, achievements)]
    for occupation in found.occupations.values():
        unknown = [need.skill for need in occupation.needs if need.skill not in skills]
        findings += [f"occupations: {occupation.code}: unknown skill {key}" for key in unknown]
    return findings


def _problems(
    achievement: Achievement, skills: Mapping[str, Skill], known: Mapping[str, Achievement]
) -> Iterator[str]:
    if not achievement.skills:
        yield "no alignment: name at least one skill"
    for alignment in achievement.skills:
        if alignment.skill not in skills:
            yield f"unknown skill {alignment.skill}"
    for criterion in achievement.criteria:
        if not all(criterion.levels.met.values()) or not all(criterion.levels.not_yet.values()):
            yield f"criterion {criterion.id} has no rubric"
        yield from (
            f"criterion {criterion.id}: unknown skill {key}"
            for key in criterion.skills
            if key not in skills
        )
    for clause in achievement.prerequisites:
        yield from (f"prerequisite {code} does not exist" for code in clause if code not in known)
    if _needs_itself(achievement.code, known):
        yield "its prerequisites go in a circle"
    if achievement.stacks_into and achievement.stacks_into not in known:
        yield f"stacks into {achievement.stacks_into}, which does not exist"


def _needs_itself(code: str, known: Mapping[str, Achievement]) -> bool:
    """Whether every way to meet the prerequisites leads back to the code."""
    reachable: set[str] = set()
    changed = True
    while changed:
        changed = False
        for other in known.values():
            if other.code not in reachable and all(
                any(option in reachable for option in clause) for clause in other.prerequisites
            ):
                reachable.add(other.code)
                changed = True
    return code not in reachable and all(
        any(option in known for option in clause) for clause in known[code].prerequisites
    )
