"""Reads a release's skills, and what occupations ask for: ratings, software, requirements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, distinct, func, select

from credentials.catalogue.frameworks.models import (
    LinkRow,
    RatingRow,
    RequirementRow,
    SkillLabelRow,
    SkillRow,
    SoftwareRow,
)
from credentials.unit_of_work import Work

BATCH = 5_000  # rows
RATED_SKILLS = ("essential", "transferable")


@dataclass(frozen=True, slots=True)
class FrameworkSkill:
    """A skill of a release.

    `kind` is essential or transferable (O*NET's rated skills), software (a category of O*NET's),
    certification, skill, knowledge or group (ESCO). `reuse_level` is ESCO's.
    """

    code: str
    label: str
    kind: str
    description: str
    reuse_level: str | None


@dataclass(frozen=True, slots=True)
class SkillLabel:
    """What a skill is called; `kind` is preferred, alternate or hidden."""

    skill: str
    label: str
    kind: str
    normal: str


@dataclass(frozen=True, slots=True)
class Rating:
    """How important (1 to 5) a skill is in an occupation, and on which level (0 to 7).

    A suppressed value is one that O*NET recommends not to use.
    """

    element: str
    label: str
    importance: float | None
    importance_suppressed: bool
    level: float | None
    level_suppressed: bool
    not_relevant: bool


@dataclass(frozen=True, slots=True)
class Software:
    """A program that people in an occupation use; `hot` and `in_demand` come from job adverts."""

    example: str
    category: str
    hot: bool
    in_demand: bool


@dataclass(frozen=True, slots=True)
class SoftwareExample:
    """A program, in how many occupations it is used, and in how many it is in demand."""

    example: str
    occupations: int
    hot: bool
    in_demand: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill that ESCO ties to an occupation."""

    skill: str
    label: str
    kind: str
    is_essential: bool


def list_skills(work: Work, version_id: int) -> tuple[FrameworkSkill, ...]:
    """Every skill of a release, by code."""
    query = (
        select(
            SkillRow.code, SkillRow.label, SkillRow.kind, SkillRow.description, SkillRow.reuse_level
        )
        .where(SkillRow.version_id == version_id)
        .order_by(SkillRow.code)
    )
    return tuple(FrameworkSkill(*row) for row in work.session.execute(query))


def read_skill_labels(work: Work, version_id: int) -> Iterator[SkillLabel]:
    """Every name of every ESCO skill, streamed, by skill."""
    query = _labels(version_id).order_by(
        SkillLabelRow.skill, SkillLabelRow.label, SkillLabelRow.kind
    )
    for row in work.session.execute(query.execution_options(yield_per=BATCH)):
        yield SkillLabel(*row)


def find_skill_labels(work: Work, version_id: int, normal: str) -> tuple[SkillLabel, ...]:
    """The names with exactly this normal form (`credentials.catalogue.phrases`)."""
    query = _labels(version_id).where(SkillLabelRow.normal == normal)
    query = query.order_by(SkillLabelRow.skill, SkillLabelRow.label, SkillLabelRow.kind)
    return tuple(SkillLabel(*row) for row in work.session.execute(query))


def list_ratings(
    work: Work, version_id: int, code: str, kinds: tuple[str, ...] = RATED_SKILLS
) -> tuple[Rating, ...]:
    """What an O*NET occupation asks for, by element; empty where it was not rated."""
    query = (
        select(
            RatingRow.element,
            SkillRow.label,
            RatingRow.importance,
            RatingRow.importance_suppressed,
            RatingRow.level,
            RatingRow.level_suppressed,
            RatingRow.not_relevant,
        )
        .join(
            SkillRow,
            (SkillRow.version_id == RatingRow.version_id) & (SkillRow.code == RatingRow.element),
        )
        .where(
            RatingRow.version_id == version_id,
            RatingRow.occupation == code,
            SkillRow.kind.in_(kinds),
        )
        .order_by(RatingRow.element)
    )
    return tuple(Rating(*row) for row in work.session.execute(query))


def list_software(work: Work, version_id: int, code: str) -> tuple[Software, ...]:
    """What people in an O*NET occupation work with, by name."""
    query = (
        select(SoftwareRow.example, SoftwareRow.category, SoftwareRow.hot, SoftwareRow.in_demand)
        .where(SoftwareRow.version_id == version_id, SoftwareRow.occupation == code)
        .order_by(SoftwareRow.example)
    )
    return tuple(Software(*row) for row in work.session.execute(query))


def list_software_examples(work: Work, version_id: int) -> tuple[SoftwareExample, ...]:
    """Every program O*NET knows, by name."""
    query = select(
        SoftwareRow.example, SoftwareRow.occupation, SoftwareRow.hot, SoftwareRow.in_demand
    ).where(SoftwareRow.version_id == version_id)
    found: dict[str, list[int]] = {}
    for example, _, hot, in_demand in work.session.execute(query):
        counts = found.setdefault(example, [0, 0, 0])
        counts[0] += 1
        counts[1] |= hot
        counts[2] += in_demand
    return tuple(
        SoftwareExample(name, counts[0], bool(counts[1]), counts[2])
        for name, counts in sorted(found.items())
    )


def list_requirements(work: Work, version_id: int, code: str) -> tuple[Requirement, ...]:
    """What ESCO ties to an occupation, essential skills first."""
    query = (
        select(RequirementRow.skill, SkillRow.label, SkillRow.kind, RequirementRow.is_essential)
        .join(
            SkillRow,
            (SkillRow.version_id == RequirementRow.version_id)
            & (SkillRow.code == RequirementRow.skill),
        )
        .where(RequirementRow.version_id == version_id, RequirementRow.occupation == code)
        .order_by(RequirementRow.is_essential.desc(), SkillRow.label, RequirementRow.skill)
    )
    return tuple(Requirement(*row) for row in work.session.execute(query))


def skill_spread(work: Work, version_id: int) -> Mapping[str, int]:
    """In how many occupations each rated element matters (importance of 3 or more)."""
    query = (
        select(RatingRow.element, func.count())
        .where(RatingRow.version_id == version_id, RatingRow.importance >= 3)
        .group_by(RatingRow.element)
        .order_by(RatingRow.element)
    )
    return {row[0]: row[1] for row in work.session.execute(query)}


def requirement_spread(work: Work, version_id: int) -> Mapping[str, int]:
    """To how many occupations ESCO ties each skill."""
    query = (
        select(RequirementRow.skill, func.count(distinct(RequirementRow.occupation)))
        .where(RequirementRow.version_id == version_id)
        .group_by(RequirementRow.skill)
        .order_by(RequirementRow.skill)
    )
    return {row[0]: row[1] for row in work.session.execute(query)}


def list_broader(work: Work, version_id: int, code: str) -> tuple[str, ...]:
    """The concepts directly above one in ESCO."""
    query = (
        select(LinkRow.other)
        .where(
            LinkRow.version_id == version_id, LinkRow.code == code, LinkRow.relation == "broader"
        )
        .order_by(LinkRow.other)
    )
    return tuple(work.session.scalars(query))


def _labels(version_id: int) -> Select[str, str, str, str]:
    return select(
        SkillLabelRow.skill, SkillLabelRow.label, SkillLabelRow.kind, SkillLabelRow.normal
    ).where(SkillLabelRow.version_id == version_id)
