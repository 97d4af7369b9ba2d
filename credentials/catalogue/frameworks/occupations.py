"""Reads a release's occupations: what they are called, what they do, what they are near to."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Select, exists, select

from credentials.catalogue.frameworks.models import (
    EducationRow,
    OccupationRow,
    RatingRow,
    RelatedRow,
    TaskRow,
    TitleRow,
)
from credentials.unit_of_work import Work

BATCH = 5_000  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkOccupation:
    """An occupation of a release.

    Attributes:
        code: O*NET-SOC code (`15-1252.00`) or ESCO URI.
        notation: ESCO's own code (`2512.4`).
        unit_group: the SOC code without its suffix (`15-1252`), or the ISCO-08 unit group.
        job_zone: 1 to 5; releases from 30.2 on begin with 2, which means 1 or 2.
        has_ratings: whether O*NET rates its skills; "All Other" and military codes have none.
    """

    code: str
    title: str
    description: str
    notation: str | None
    unit_group: str | None
    job_zone: int | None
    regulated: str | None
    has_ratings: bool


@dataclass(frozen=True, slots=True)
class OccupationTitle:
    """What an occupation is called.

    `kind` is official, alternate, short (an acronym or short form), reported (by people who do
    the work) or hidden (spellings to be found, never to be shown).
    """

    occupation: str
    title: str
    kind: str
    normal: str


@dataclass(frozen=True, slots=True)
class Task:
    task_id: str
    task: str
    is_core: bool | None


@dataclass(frozen=True, slots=True)
class RelatedOccupation:
    """Another occupation; rank 1 is nearest."""

    code: str
    tier: str
    rank: int


@dataclass(frozen=True, slots=True)
class EducationShare:
    """How many per cent of the answers name a level of education, 1 (no diploma) to 12."""

    category: int
    percent: float
    is_suppressed: bool


def list_occupations(work: Work, version_id: int) -> tuple[FrameworkOccupation, ...]:
    """Every occupation of a release, by code."""
    return tuple(
        FrameworkOccupation(**row)
        for row in work.session.execute(_occupations(version_id)).mappings()
    )


def find_occupation(work: Work, version_id: int, code: str) -> FrameworkOccupation | None:
    query = _occupations(version_id).where(OccupationRow.code == code)
    row = work.session.execute(query).mappings().one_or_none()
    return FrameworkOccupation(**row) if row else None


def read_titles(work: Work, version_id: int) -> Iterator[OccupationTitle]:
    """Every title of a release, streamed, by occupation."""
    query = _titles(version_id).order_by(TitleRow.occupation, TitleRow.title, TitleRow.kind)
    for row in work.session.execute(query.execution_options(yield_per=BATCH)):
        yield OccupationTitle(*row)


def find_titles(work: Work, version_id: int, normal: str) -> tuple[OccupationTitle, ...]:
    """The titles with exactly this normal form (`credentials.catalogue.phrases`)."""
    query = _titles(version_id).where(TitleRow.normal == normal)
    query = query.order_by(TitleRow.occupation, TitleRow.title, TitleRow.kind)
    return tuple(OccupationTitle(*row) for row in work.session.execute(query))


def list_titles(work: Work, version_id: int, code: str) -> tuple[OccupationTitle, ...]:
    """What one occupation is called."""
    query = _titles(version_id).where(TitleRow.occupation == code)
    query = query.order_by(TitleRow.title, TitleRow.kind)
    return tuple(OccupationTitle(*row) for row in work.session.execute(query))


def list_tasks(work: Work, version_id: int, code: str) -> tuple[Task, ...]:
    """What people in an occupation do, core tasks first."""
    query = (
        select(TaskRow.task_id, TaskRow.task, TaskRow.is_core)
        .where(TaskRow.version_id == version_id, TaskRow.occupation == code)
        .order_by(TaskRow.task_id)
    )
    found = [Task(*row) for row in work.session.execute(query)]
    return tuple(sorted(found, key=lambda task: not task.is_core))


def read_tasks(work: Work, version_id: int) -> Iterator[tuple[str, str]]:
    """Every task of a release, streamed, as (occupation, task)."""
    query = (
        select(TaskRow.occupation, TaskRow.task)
        .where(TaskRow.version_id == version_id)
        .order_by(TaskRow.occupation, TaskRow.task_id)
    )
    for row in work.session.execute(query.execution_options(yield_per=BATCH)):
        yield row[0], row[1]


def list_related(work: Work, version_id: int, code: str) -> tuple[RelatedOccupation, ...]:
    """Occupations near to one, nearest first."""
    query = (
        select(RelatedRow.related, RelatedRow.tier, RelatedRow.rank)
        .where(RelatedRow.version_id == version_id, RelatedRow.occupation == code)
        .order_by(RelatedRow.rank, RelatedRow.related)
    )
    return tuple(RelatedOccupation(*row) for row in work.session.execute(query))


def list_education(work: Work, version_id: int, code: str) -> tuple[EducationShare, ...]:
    """Which education people in an occupation say it needs; empty where nobody was asked."""
    query = (
        select(EducationRow.category, EducationRow.percent, EducationRow.is_suppressed)
        .where(EducationRow.version_id == version_id, EducationRow.occupation == code)
        .order_by(EducationRow.category)
    )
    return tuple(EducationShare(*row) for row in work.session.execute(query))


def _occupations(
    version_id: int,
) -> Select[str, str, str, str | None, str | None, int | None, str | None, bool]:
    rated = exists().where(
        RatingRow.version_id == OccupationRow.version_id,
        RatingRow.occupation == OccupationRow.code,
        RatingRow.importance.is_not(None),
    )
    return (
        select(
            OccupationRow.code,
            OccupationRow.title,
            OccupationRow.description,
            OccupationRow.notation,
            OccupationRow.unit_group,
            OccupationRow.job_zone,
            OccupationRow.regulated,
            rated.label("has_ratings"),
        )
        .where(OccupationRow.version_id == version_id)
        .order_by(OccupationRow.code)
    )


def _titles(version_id: int) -> Select[str, str, str, str]:
    return select(TitleRow.occupation, TitleRow.title, TitleRow.kind, TitleRow.normal).where(
        TitleRow.version_id == version_id
    )
