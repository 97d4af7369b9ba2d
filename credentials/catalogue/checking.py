"""What is missing in a catalogue, said with file, line and reason.

Errors keep an entry from working. What is incomplete works, and lacks an element that the European
standard (Council Recommendation 2022/C 243/02, Annex I) or 1EdTech's TrustEd Microcredential
framework asks a description to have.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from credentials.catalogue.circles import find_circles
from credentials.catalogue.entries import Achievement, Criterion, Skill
from credentials.catalogue.folders import STARTER, Folder, read_folder
from credentials.catalogue.listings import Listing

EU = "EU 2022/C 243/02"
TRUSTED = "TrustEd Microcredential"
CHECKS_AT_ONCE = 8
DEAD = frozenset({"not_found", "url_not_allowed", "address_not_public"})

OpenLink = Callable[[str], str | None]


@dataclass(frozen=True)
class Finding:
    """One thing that is not in order. `place` is a file with a line where there is one.

    `rule` is stable: file, rubric, alignment, skill, prerequisite, circle, duplicate, stack,
    element, link.
    """

    place: str
    rule: str
    says: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


@dataclass(frozen=True)
class Element:
    """An element a description has to have, by whose word, and whether an entry has it."""

    name: str
    asked_by: str
    key: str
    is_there: Callable[[Achievement], bool]


#: Learner, awarding body, date of issue and evidence are added when a badge is awarded.
ELEMENTS = (
    Element("title", f"{EU}, {TRUSTED}", "name", lambda one: all(one.name.values())),
    Element("description", TRUSTED, "description", lambda one: all(one.description.values())),
    Element("learning outcomes", EU, "criteria", lambda one: all(map(_says_what, one.criteria))),
    Element("earning criteria", TRUSTED, "criteria", lambda one: bool(one.criteria)),
    Element("notional workload", EU, "hours", lambda one: one.hours > 0),
    Element("level (EQF)", EU, "eqf", lambda one: one.eqf is not None),
    Element("type of assessment", f"{EU}, {TRUSTED}", "assessment", lambda one: bool(one.assessment)),
    Element("form of participation", EU, "participation", lambda one: bool(one.participation)),
    Element("skills alignment", TRUSTED, "skills", lambda one: bool(one.skills)),
    Element("evidence asked for", TRUSTED, "criteria", lambda one: all(map(_asks, one.criteria))),
    Element("type of quality assurance", EU, "criteria", lambda one: all(map(_has_rubric, one.criteria))),
)  # fmt: skip


def check_folder(path: Path) -> list[Finding]:
    """Errors of a folder, empty when all is in order; the starter's skills and codes count."""
    found = read_folder(path)
    findings = [_of_file(problem) for problem in found.problems]
    if not found.achievements and not found.occupations and not found.problems:
        return [Finding(str(path), "file", "no achievements/*.yaml or occupations/*.yaml here")]
    base = Folder() if path.resolve() == STARTER.resolve() else read_folder(STARTER)
    skills = {**base.skills, **found.skills}
    known = {**base.achievements, **found.achievements}
    findings += _duplicates(found)
    for achievement in found.achievements.values():
        findings += _problems(found, achievement, skills, known)
    for circle in find_circles(known):
        first = next((code for code in circle if code in found.achievements), None)
        if first is not None:
            says = f"prerequisites go in a circle: {' → '.join((*circle, circle[0]))}"
            findings.append(Finding(found.place(first, "prerequisites"), "circle", says))
    for occupation in found.occupations.values():
        place = found.place(occupation.code, "needs")
        unknown = [need.skill for need in occupation.needs if need.skill not in skills]
        findings += [Finding(place, "skill", f"unknown skill {key}") for key in unknown]
    return findings


def find_incomplete(path: Path) -> list[Finding]:
    """Elements that achievements of a folder lack, with who asks for them."""
    found = read_folder(path)
    return [
        Finding(found.place(one.code, element.key), "element", _lacks(element), is_error=False)
        for one in found.achievements.values()
        for element in ELEMENTS
        if not element.is_there(one)
    ]


def find_incomplete_listings(
    listings: Mapping[str, Listing], known: Mapping[str, Achievement]
) -> list[Finding]:
    """What imported entries lack for advice, and prerequisites that nobody described."""
    findings = []
    for one in listings.values():
        place = f"{one.provenance.file} ({one.code})"
        if one.missing_for_advice:
            says = f"cannot be advised: it does not say {', '.join(one.missing_for_advice)}"
            findings.append(Finding(place, "element", says, is_error=False))
        findings += [
            Finding(place, "prerequisite", f"prerequisite {code} does not exist", is_error=False)
            for clause in one.prerequisites
            for code in clause
            if code not in known and code not in listings
        ]
    return findings


def find_dead_links(path: Path, open_link: OpenLink) -> list[Finding]:
    """Pages of providers that do not open. `open_link` gives a code of why one does not, or None.

    What may only be a passing trouble is no error.
    """
    found = read_folder(path)
    urls = sorted({one.provider.url for one in found.achievements.values()})
    with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        reasons = dict(zip(urls, pool.map(open_link, urls), strict=True))
    return [
        Finding(
            found.place(one.code, "provider"),
            "link",
            f"{one.provider.url}: {reason}",
            reason in DEAD,
        )
        for one in found.achievements.values()
        if (reason := reasons[one.provider.url])
    ]


def _problems(
    folder: Folder,
    achievement: Achievement,
    skills: Mapping[str, Skill],
    known: Mapping[str, Achievement],
) -> Iterator[Finding]:
    def at(member: str, rule: str, says: str) -> Finding:
        return Finding(folder.place(achievement.code, member), rule, says)

    if not achievement.criteria:
        yield at("criteria", "rubric", "no rubric: name what has to be shown, with levels")
    if not achievement.skills:
        yield at("skills", "alignment", "no alignment: name at least one skill")
    for member, rule, says in (
        *_unknown_skills(achievement, skills),
        *_without_rubric(achievement),
        *_dead_codes(achievement, known),
    ):
        yield at(member, rule, says)


def _unknown_skills(
    achievement: Achievement, skills: Mapping[str, Skill]
) -> Iterator[tuple[str, str, str]]:
    for place, alignment in enumerate(achievement.skills):
        if alignment.skill not in skills:
            yield f"skills.{place}", "skill", f"unknown skill {alignment.skill}"
    for place, criterion in enumerate(achievement.criteria):
        for key in criterion.skills:
            if key not in skills:
                says = f"criterion {criterion.id}: unknown skill {key}"
                yield f"criteria.{place}.skills", "skill", says


def _without_rubric(achievement: Achievement) -> Iterator[tuple[str, str, str]]:
    for place, criterion in enumerate(achievement.criteria):
        if not _has_rubric(criterion):
            yield f"criteria.{place}", "rubric", f"criterion {criterion.id} has no rubric"


def _dead_codes(
    achievement: Achievement, known: Mapping[str, Achievement]
) -> Iterator[tuple[str, str, str]]:
    for clause in achievement.prerequisites:
        for code in clause:
            if code not in known:
                yield "prerequisites", "prerequisite", f"prerequisite {code} does not exist"
    if achievement.stacks_into and achievement.stacks_into not in known:
        says = f"stacks into {achievement.stacks_into}, which does not exist"
        yield "stacks_into", "stack", says
    elif achievement.stacks_into and _stacks_in_a_circle(achievement, known):
        says = f"stacks into {achievement.stacks_into}, which leads back to it"
        yield "stacks_into", "stack", says


def _stacks_in_a_circle(achievement: Achievement, known: Mapping[str, Achievement]) -> bool:
    larger, seen = known.get(achievement.stacks_into or ""), set[str]()
    while larger is not None and larger.code not in seen:
        if larger.code == achievement.code:
            return True
        seen.add(larger.code)
        larger = known.get(larger.stacks_into or "")
    return False


def _duplicates(folder: Folder) -> Iterator[Finding]:
    """The same code in two files, and two achievements with one name."""
    for code, places in folder.repeated.items():
        for place in places:
            yield Finding(place, "duplicate", f"{code} is in {folder.place(code)} too")
    names = Counter(one.name["en"].casefold() for one in folder.achievements.values())
    first: dict[str, str] = {}
    for one in folder.achievements.values():
        name = one.name["en"].casefold()
        if names[name] > 1:
            other = first.setdefault(name, one.code)
            if other != one.code:
                says = f"has the same name as {other}: “{one.name['en']}”"
                yield Finding(folder.place(one.code, "name"), "duplicate", says)


def _of_file(problem: str) -> Finding:
    place, _, says = problem.partition(": ")
    return Finding(place, "file", says)


def _lacks(element: Element) -> str:
    return f"lacks {element.name} ({element.asked_by})"


def _says_what(criterion: Criterion) -> bool:
    return all(criterion.can.values())


def _asks(criterion: Criterion) -> bool:
    return all(criterion.evidence.values())


def _has_rubric(criterion: Criterion) -> bool:
    """Advisors judge against published levels: that is the quality assurance of this house."""
    return all(criterion.levels.met.values()) and all(criterion.levels.not_yet.values())
