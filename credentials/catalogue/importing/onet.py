"""Reads the O*NET database as it is published: text, Excel or CSV, releases 27 to 31.

Files were renamed and columns changed with release 30.3; everything is read by the header's names.
Files and columns: https://www.onetcenter.org/dictionary/30.3/text/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from credentials.catalogue.frameworks import UNKNOWN_RELEASE, Framework
from credentials.catalogue.frameworks.models import (
    EducationRow,
    FrameworkRow,
    OccupationRow,
    RatingRow,
    RelatedRow,
    SkillRow,
    SoftwareRow,
    TaskRow,
    TitleRow,
)
from credentials.catalogue.importing.distributions import Distribution, Progress
from credentials.catalogue.importing.releases import Notes, OpenTables, Record, TableSpec
from credentials.catalogue.importing.rows import Row, column
from credentials.catalogue.phrases import normal_phrase

CODE = column("code", "O*NET-SOC Code")
ELEMENT = (column("element", "Element ID"), column("name", "Element Name"))
RATED = (
    CODE,
    *ELEMENT,
    column("scale", "Scale ID"),
    column("value", "Data Value"),
    column("suppress", "Recommend Suppress"),
    column("not_relevant", "Not Relevant", required=False),
)
SURVEYED = (*RATED, column("category", "Category"))

OCCUPATIONS = TableSpec(
    ("Occupation Data",), (CODE, column("title", "Title"), column("description", "Description"))
)
TITLES = TableSpec(
    ("Job Titles", "Alternate Titles"),
    (
        CODE,
        column("title", "Job Title", "Alternate Title"),
        column("short", "Short Title"),
        column("sources", "Source(s)"),
    ),
)
SKILLS = TableSpec(("Skills",), RATED)
ESSENTIAL = TableSpec(("Essential Skills",), RATED)
TRANSFERABLE = TableSpec(("Transferable Skills",), RATED)
SOFTWARE = TableSpec(
    ("Software Skills", "Technology Skills"),
    (
        CODE,
        column("example", "Workplace Example", "Example"),
        column("category", "Element ID", "Commodity Code"),
        column("category_name", "Element Name", "Commodity Title"),
        column("hot", "Hot Technology"),
        column("in_demand", "In Demand", required=False),  # since release 28
    ),
)
REPORTED = TableSpec(
    ("Sample of Reported Titles",),
    (CODE, column("title", "Reported Job Title")),
    is_required=False,
)
ZONES = TableSpec(("Job Zones",), (CODE, column("zone", "Job Zone")), is_required=False)
RELATED = TableSpec(
    ("Related Occupations",),
    (
        CODE,
        column("related", "Related O*NET-SOC Code"),
        column("tier", "Relatedness Tier"),
        column("rank", "Index"),
    ),
    is_required=False,
)
TASKS = TableSpec(
    ("Task Statements",),
    (
        CODE,
        column("task_id", "Task ID"),
        column("task", "Task"),
        column("type", "Task Type", required=False),
    ),
    is_required=False,
)
EDUCATION = TableSpec(
    ("Education", "Education, Training, and Experience"), SURVEYED, is_required=False
)
ELEMENTS = TableSpec(
    ("Content Model Reference",),
    (*ELEMENT, column("description", "Description")),
    is_required=False,
)
REST = (SOFTWARE, REPORTED, ZONES, RELATED, TASKS, EDUCATION, ELEMENTS)

OCCUPATION_CODE = re.compile(r"\d{2}-\d{4}\.\d{2}")
KINDS = {"2.A": "essential", "2.B": "transferable", "2.D": "certification"}
REQUIRED_EDUCATION = "2.D.1"
RELEASE = re.compile(r"O\*?NET\D{0,12}(\d{2}\.\d)", re.IGNORECASE)
RELEASE_IN_NAME = re.compile(r"db_(\d{2})_(\d)", re.IGNORECASE)


@dataclass(frozen=True)
class _Element:
    """A skill that was seen; written once."""

    code: str
    label: str
    kind: str


@dataclass
class OnetRelease:
    """One release of O*NET, ready to be read."""

    distribution: Distribution
    wanted_release: str | None = None
    notes: Notes = field(default_factory=Notes)
    framework: Framework = field(default=Framework.ONET, init=False)
    language: str = field(default="en", init=False)
    release: str = field(init=False)
    source: str = field(init=False)

    def __post_init__(self) -> None:
        found = self.distribution
        is_old = found.find("Skills.txt", "Skills.xlsx", "Skills.csv") is not None
        skills = (SKILLS,) if is_old else (ESSENTIAL, TRANSFERABLE)
        self._rated = skills
        self._tables = OpenTables(found, (OCCUPATIONS, TITLES, *skills, *REST), self.notes)
        self.source = found.name
        self.release = self.wanted_release or _release_of(found)
        if self.release == UNKNOWN_RELEASE:
            self.notes.notices.append("Read Me.txt is absent: say the release with --release 30.3")
        self._codes: set[str] = set()
        self._elements: dict[str, _Element] = {}

    def digest(self, progress: Progress) -> str:
        return self._tables.digest(progress)

    def records(self, progress: Progress) -> Iterator[Record]:
        yield from self._occupations(progress)
        yield from self._titles(progress)
        ratings: dict[tuple[str, str], Record] = {}
        for spec in self._rated:
            self._rate(spec, ratings, progress)
        yield from self._software(progress)
        yield from self._related(progress)
        yield from self._tasks(progress)
        yield from self._education(ratings, progress)
        yield from ratings.values()
        yield from self._skills(progress)

    def _known(self, spec: TableSpec, progress: Progress) -> Iterator[tuple[str, Row]]:
        """Rows with their occupation; those of an unknown one are left out."""
        for row in self._tables.rows(spec, progress):
            code = _code(row)
            if code in self._codes:
                yield code, row
            else:
                self.notes.skip(row, f"occupation {code} is not in Occupation Data")

    def _occupations(self, progress: Progress) -> Iterator[Record]:
        zones: dict[str, int] = {}
        for row in self._tables.rows(ZONES, progress):
            code, zone = _code(row), row.number("zone", 1, 5)
            if zone is not None and zones.setdefault(code, int(zone)) != zone:
                raise row.refuse(f"{code} has two job zones")
        for row in self._tables.rows(OCCUPATIONS, progress):
            code, title = _code(row), row.text("title")
            if code in self._codes:
                raise row.refuse(f"{code} is there twice")
            self._codes.add(code)
            yield _record(
                OccupationRow,
                row,
                code=code,
                title=title,
                description=row.values["description"] or "",
                notation=None,
                unit_group=code[:7],
                job_zone=zones.pop(code, None),
                regulated=None,
            )
            yield _title(row, code, title, "official")
        if zones:
            self.notes.notices.append(
                f"job zones of {len(zones)} occupations that are not in Occupation Data left out: "
                + ", ".join(sorted(zones)[:10])
            )

    def _titles(self, progress: Progress) -> Iterator[Record]:
        shorts: set[tuple[str, str]] = set()
        for code, row in self._known(TITLES, progress):
            yield _title(row, code, row.text("title"), "alternate", row.values["sources"])
            short = row.values["short"]
            if short and (code, short) not in shorts:
                shorts.add((code, short))
                yield _title(row, code, short, "short")
        for code, row in self._known(REPORTED, progress):
            yield _title(row, code, row.text("title"), "reported")

    def _rate(
        self, spec: TableSpec, ratings: dict[tuple[str, str], Record], progress: Progress
    ) -> None:
        """One row a scale becomes one record an element."""
        for code, row in self._known(spec, progress):
            scale = row.text("scale")
            if scale in {"IM", "LV"}:
                self._rating(code, row, scale, ratings)
            else:
                self.notes.skip(row, f"scale {scale} is not used")

    def _rating(
        self, code: str, row: Row, scale: str, ratings: dict[tuple[str, str], Record]
    ) -> None:
        element = row.text("element")
        self._see(element, row.text("name"), KINDS.get(element[:3], "essential"))
        record = ratings.get((code, element))
        if record is None:
            record = ratings[code, element] = _record(
                RatingRow, row, occupation=code, element=element, **NOT_RATED
            )
        values: Any = record.values
        what, highest = ("importance", 5) if scale == "IM" else ("level", 7)
        if values[what] is not None:
            raise row.refuse(
                f"{code} {element} {scale} is there twice, first in line {record.line}"
            )
        values[what] = row.number("value", 1 if scale == "IM" else 0, highest)
        values[f"{what}_suppressed"] = _yes(row, "suppress")
        values["not_relevant"] |= _yes(row, "not_relevant")

    def _software(self, progress: Progress) -> Iterator[Record]:
        for code, row in self._known(SOFTWARE, progress):
            category = row.text("category")
            self._see(category, row.text("category_name"), "software")
            yield _record(
                SoftwareRow,
                row,
                occupation=code,
                example=row.text("example"),
                category=category,
                hot=_yes(row, "hot"),
                in_demand=_yes(row, "in_demand"),
            )

    def _related(self, progress: Progress) -> Iterator[Record]:
        for code, row in self._known(RELATED, progress):
            other = row.text("related")
            if other not in self._codes:
                self.notes.skip(row, f"related occupation {other} is not in Occupation Data")
                continue
            yield _record(
                RelatedRow,
                row,
                occupation=code,
                related=other,
                tier=row.text("tier"),
                rank=int(row.number("rank", 0, 1_000) or 0),
            )

    def _tasks(self, progress: Progress) -> Iterator[Record]:
        for code, row in self._known(TASKS, progress):
            kind = row.values["type"]
            yield _record(
                TaskRow,
                row,
                occupation=code,
                task_id=row.text("task_id"),
                task=row.text("task"),
                is_core=None if kind is None else kind == "Core",
            )

    def _education(
        self, ratings: dict[tuple[str, str], Record], progress: Progress
    ) -> Iterator[Record]:
        """Shares of required education; how important a certificate is counts as a rating."""
        for code, row in self._known(EDUCATION, progress):
            element, scale = row.text("element"), row.text("scale")
            if scale == "IM":
                self._rating(code, row, scale, ratings)
            elif scale == "RL" and element == REQUIRED_EDUCATION:
                percent = row.number("value", 0, 100)
                category = row.number("category", 1, 12)
                if percent is None or category is None:
                    self.notes.skip(row, "has no value")
                    continue
                yield _record(
                    EducationRow,
                    row,
                    occupation=code,
                    element=element,
                    category=int(category),
                    percent=percent,
                    is_suppressed=_yes(row, "suppress"),
                )

    def _see(self, code: str, label: str, kind: str) -> None:
        if code not in self._elements:
            self._elements[code] = _Element(code, label, kind)

    def _skills(self, progress: Progress) -> Iterator[Record]:
        described = {
            row.text("element"): row.values["description"] or ""
            for row in self._tables.rows(ELEMENTS, progress)
        }
        for element in self._elements.values():
            yield Record(
                SkillRow,
                {
                    "code": element.code,
                    "label": element.label,
                    "kind": element.kind,
                    "description": described.get(element.code, ""),
                    "reuse_level": None,
                },
                "Content Model Reference",
                0,
            )


NOT_RATED: dict[str, Any] = {
    "importance": None,
    "importance_suppressed": False,
    "level": None,
    "level_suppressed": False,
    "not_relevant": False,
}


def _record(table: type[FrameworkRow], row: Row, **values: object) -> Record:
    return Record(table, values, row.file, row.line)


def _title(row: Row, code: str, title: str, kind: str, sources: str | None = None) -> Record:
    return _record(
        TitleRow,
        row,
        occupation=code,
        title=title,
        kind=kind,
        normal=normal_phrase(title),
        sources=sources,
    )


def _code(row: Row) -> str:
    code = row.text("code")
    if not OCCUPATION_CODE.fullmatch(code):
        raise row.refuse(f"“{code[:40]}” is no O*NET-SOC code such as 15-1252.00")
    return code


def _yes(row: Row, field_: str) -> bool:
    value = row.values[field_]
    if value not in {None, "Y", "N"}:
        raise row.refuse(f"“{str(value)[:40]}” is neither Y nor N")
    return value == "Y"


def _release_of(distribution: Distribution) -> str:
    """The release as Read Me.txt or a folder's or archive's name tells it."""
    readme = distribution.find("Read Me.txt", "ReadMe.txt")
    if readme is not None:
        with readme.open() as stream:
            told = RELEASE.search(stream.read(2_000).decode("utf-8", "replace"))
        if told:
            return told[1]
    for name in (distribution.name, *distribution.folders):
        named = RELEASE_IN_NAME.search(name)
        if named:
            return f"{named[1]}.{named[2]}"
    return UNKNOWN_RELEASE
