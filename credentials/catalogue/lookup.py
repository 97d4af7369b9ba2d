"""What jobs, skills and micro-credentials are called, for whoever looks for them in people's words."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from credentials.catalogue.catalogue import Catalogue, current_catalogue
from credentials.catalogue.frameworks.occupations import OccupationTitle, read_titles
from credentials.catalogue.frameworks.skills import (
    SkillLabel,
    list_skills,
    list_software_examples,
    read_skill_labels,
)
from credentials.catalogue.frameworks.versions import Framework, current_version
from credentials.unit_of_work import Work

KINDS = ("credential", "occupation", "skill")  # where a phrase is of two kinds the first wins
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")  # O*NET: "Application Developer (App Developer)"
MOST_CHARACTERS = 80  # a longer name is a description; nobody writes it as it stands


@dataclass(frozen=True, slots=True)
class LookupEntry:
    """One thing and what it is called.

    Attributes:
        kind: one of `KINDS`.
        id: O*NET-SOC code, skill key, achievement code, ESCO URI or the name of a program.
        value: what the thing is called here; None where each name tells more than a common one.
        phrases: its names, the best one first.
    """

    kind: str
    id: str
    value: str | None
    phrases: tuple[str, ...]


def lookup_version(work: Work) -> str:
    """Changes with the catalogue and with every import; costs three small queries."""
    versions = [current_version(work, framework) for framework in Framework]
    known = [str(version.version_id) if version else "" for version in versions]
    told = ".".join([str(current_catalogue(work).revision), *known])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def read_lookup(work: Work) -> Iterator[LookupEntry]:
    """The catalogue's own entries, then those of the frameworks that were imported."""
    yield from _own(current_catalogue(work))
    for framework in Framework:
        version = current_version(work, framework)
        if version is None:
            continue
        yield from _occupations(read_titles(work, version.version_id))
        if framework is Framework.ESCO:
            yield from _skills(work, version.version_id)
        else:
            for program in list_software_examples(work, version.version_id):
                yield from _entry("skill", program.example, program.example, [program.example])


def _own(catalogue: Catalogue) -> Iterator[LookupEntry]:
    for item in catalogue.achievements.values():
        names = [*item.name.values()]
        yield from _entry("credential", item.code, names[0], names)
    for job in catalogue.occupations.values():
        names = [*job.title.values(), *job.plain_title.values(), *job.alternate_titles]
        yield from _entry("occupation", job.code, None, names)
    for skill in catalogue.skills.values():
        names = [*skill.label.values(), *skill.aliases]
        yield from _entry("skill", skill.key, names[0], names)


def _occupations(titles: Iterable[OccupationTitle]) -> Iterator[LookupEntry]:
    for code, of_one in groupby(titles, key=attrgetter("occupation")):
        yield from _entry("occupation", code, None, [title.title for title in of_one])


def _skills(work: Work, version_id: int) -> Iterator[LookupEntry]:
    known: Mapping[str, str] = {
        skill.code: skill.label for skill in list_skills(work, version_id) if skill.kind != "group"
    }
    for code, of_one in groupby(read_skill_labels(work, version_id), key=_skill_of):
        if code in known:
            yield from _entry("skill", code, known[code], [label.label for label in of_one])


def _skill_of(label: SkillLabel) -> str:
    return label.skill


def _entry(kind: str, id_: str, value: str | None, names: list[str]) -> Iterator[LookupEntry]:
    plain = (_IN_BRACKETS.sub("", name) or name for name in names)
    short = tuple(dict.fromkeys(name for name in plain if len(name) <= MOST_CHARACTERS))
    if short:
        yield LookupEntry(kind, id_, value, short)
