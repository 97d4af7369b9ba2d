"""Reads the ESCO classification as CSV: releases 1.1 and 1.2, any one language.

Release 1.1 calls the files of relations without a language, 1.2 with one; 1.2.1 adds columns.
Cells hold several labels, one a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from credentials.catalogue.frameworks import UNKNOWN_RELEASE, Framework
from credentials.catalogue.frameworks.models import (
    FrameworkRow,
    LinkRow,
    OccupationRow,
    RequirementRow,
    SkillLabelRow,
    SkillRow,
    TitleRow,
)
from credentials.catalogue.importing.distributions import Distribution, Progress
from credentials.catalogue.importing.refusals import ImportRefusedError
from credentials.catalogue.importing.releases import Notes, OpenTables, Record, TableSpec
from credentials.catalogue.importing.rows import Column, Row, column
from credentials.catalogue.phrases import normal_phrase

URI = column("uri", "conceptUri")
LABELS = (
    column("label", "preferredLabel"),
    column("alternate", "altLabels"),
    column("hidden", "hiddenLabels", required=False),
    column("status", "status", required=False),
    column("description", "description"),
)
LANGUAGE_FILE = re.compile(r"skills[_ ]([a-z]{2})\.csv", re.IGNORECASE)
RELEASE = re.compile(r"(?:^|[^0-9.])v?(1\.\d+(?:\.\d+)?)(?![\d.]*\d)", re.IGNORECASE)
KINDS = {"skill/competence": "skill", None: "skill"}
UNREGULATED = "/unregulated"


@dataclass
class EscoRelease:
    """One release of ESCO in one language, ready to be read."""

    distribution: Distribution
    wanted_release: str | None = None
    wanted_language: str | None = None
    notes: Notes = field(default_factory=Notes)
    framework: Framework = field(default=Framework.ESCO, init=False)
    language: str = field(init=False)
    release: str = field(init=False)
    source: str = field(init=False)

    def __post_init__(self) -> None:
        self.source = self.distribution.name
        self.language = self.wanted_language or _language_of(self.distribution)
        self._name_tables()
        specs = (self._occupations, self._skills, self._requirements, *self._optional)
        self._tables = OpenTables(self.distribution, specs, self.notes)
        self.release = self.wanted_release or _release_of(self.distribution)
        if self.release == UNKNOWN_RELEASE:
            self.notes.notices.append("no name tells the release: say it with --release 1.2.0")
        self._known_occupations: set[str] = set()
        self._known_skills: set[str] = set()

    def digest(self, progress: Progress) -> str:
        return self._tables.digest(progress)

    def records(self, progress: Progress) -> Iterator[Record]:
        yield from self._read_occupations(progress)
        yield from self._read_skills(self._skills, progress)
        yield from self._read_skills(self._groups, progress)
        yield from self._read_requirements(progress)
        for spec in (self._broader_occupations, self._broader_skills):
            for row in self._tables.rows(spec, progress):
                yield _record(
                    LinkRow,
                    row,
                    code=row.text("uri"),
                    other=row.text("broader"),
                    relation="broader",
                )
        yield from self._read_skill_relations(progress)

    def _name_tables(self) -> None:
        def spec(name: str, *columns: Column, required: bool = False) -> TableSpec:
            return TableSpec((f"{name}_{self.language}", name), columns, is_required=required)

        broader = (URI, column("broader", "broaderUri"))
        self._occupations = spec(
            "occupations",
            URI,
            *LABELS,
            column("isco", "iscoGroup", required=False),
            column("code", "code", required=False),
            column("regulated", "regulatedProfessionNote", required=False),
            required=True,
        )
        self._skills = spec(
            "skills",
            URI,
            *LABELS,
            column("kind", "skillType"),
            column("reuse", "reuseLevel", required=False),
            required=True,
        )
        self._requirements = spec(
            "occupationSkillRelations",
            column("occupation", "occupationUri"),
            column("relation", "relationType"),
            column("skill", "skillUri"),
            required=True,
        )
        self._groups = spec("skillGroups", URI, *LABELS)
        self._broader_occupations = spec("broaderRelationsOccPillar", *broader)
        self._broader_skills = spec("broaderRelationsSkillPillar", *broader)
        self._skill_relations = spec(
            "skillSkillRelations",
            column("skill", "originalSkillUri"),
            column("relation", "relationType"),
            column("other", "relatedSkillUri"),
        )
        self._optional = (
            self._groups,
            self._broader_occupations,
            self._broader_skills,
            self._skill_relations,
        )

    def _concepts(self, spec: TableSpec, progress: Progress) -> Iterator[tuple[str, str, Row]]:
        """Released concepts with a name; others are left out and noted."""
        for row in self._tables.rows(spec, progress):
            uri, label, status = row.values["uri"], row.values["label"], row.values["status"]
            if uri is None or label is None:
                self.notes.skip(row, "has no URI or no preferred label")
            elif status not in {None, "released"}:
                self.notes.skip(row, f"is {status}, not released")
            else:
                yield uri, _line(label), row

    def _read_occupations(self, progress: Progress) -> Iterator[Record]:
        for uri, label, row in self._concepts(self._occupations, progress):
            if uri in self._known_occupations:
                raise row.refuse(f"{uri} is there twice")
            self._known_occupations.add(uri)
            regulated = row.values["regulated"]
            yield _record(
                OccupationRow,
                row,
                code=uri,
                title=label,
                description=row.values["description"] or "",
                notation=row.values["code"],
                unit_group=row.values["isco"],
                job_zone=None,
                regulated=None if (regulated or UNREGULATED).endswith(UNREGULATED) else regulated,
            )
            for kind, title in _labels(row, label, "official"):
                yield _record(
                    TitleRow,
                    row,
                    occupation=uri,
                    title=title,
                    kind=kind,
                    normal=normal_phrase(title),
                    sources=None,
                )

    def _read_skills(self, spec: TableSpec, progress: Progress) -> Iterator[Record]:
        for uri, label, row in self._concepts(spec, progress):
            if uri in self._known_skills:
                raise row.refuse(f"{uri} is there twice")
            self._known_skills.add(uri)
            kind = "group"
            if spec is self._skills:
                kind = KINDS.get(row.values["kind"], row.values["kind"] or "skill")
            yield _record(
                SkillRow,
                row,
                code=uri,
                label=label,
                kind=kind,
                description=row.values["description"] or "",
                reuse_level=row.values.get("reuse"),
            )
            if spec is self._skills:
                for name_kind, name in _labels(row, label, "preferred"):
                    yield _record(
                        SkillLabelRow,
                        row,
                        skill=uri,
                        label=name,
                        kind=name_kind,
                        normal=normal_phrase(name),
                    )

    def _read_requirements(self, progress: Progress) -> Iterator[Record]:
        for row in self._tables.rows(self._requirements, progress):
            occupation, skill = row.text("occupation"), row.text("skill")
            if occupation not in self._known_occupations:
                self.notes.skip(row, f"occupation {occupation} is not among the occupations")
            elif skill not in self._known_skills:
                self.notes.skip(row, f"skill {skill} is not among the skills")
            else:
                yield _record(
                    RequirementRow,
                    row,
                    occupation=occupation,
                    skill=skill,
                    is_essential=_relation(row) == "essential",
                )

    def _read_skill_relations(self, progress: Progress) -> Iterator[Record]:
        for row in self._tables.rows(self._skill_relations, progress):
            skill, other = row.text("skill"), row.text("other")
            if skill not in self._known_skills or other not in self._known_skills:
                self.notes.skip(row, "one of the two is not among the skills")
                continue
            yield _record(LinkRow, row, code=skill, other=other, relation=_relation(row))


def _record(table: type[FrameworkRow], row: Row, **values: object) -> Record:
    return Record(table, values, row.file, row.line)


def _relation(row: Row) -> str:
    relation = row.text("relation")
    if relation not in {"essential", "optional"}:
        raise row.refuse(f"“{relation[:40]}” is neither essential nor optional")
    return relation


def _labels(row: Row, preferred: str, official: str) -> Iterator[tuple[str, str]]:
    """(kind, name), each name once; preferred before alternate before hidden."""
    seen = {preferred}
    yield official, preferred
    for field_ in ("alternate", "hidden"):
        for line in (row.values[field_] or "").splitlines():
            name = _line(line)
            if name and name not in seen:
                seen.add(name)
                yield field_, name


def _line(text: str) -> str:
    return " ".join(text.split())


def _language_of(distribution: Distribution) -> str:
    found = {
        match[1].lower()
        for file in distribution.files
        if (match := LANGUAGE_FILE.fullmatch(file.name))
    }
    if len(found) > 1 and "en" not in found:
        raise ImportRefusedError(
            f"{distribution.name} holds {', '.join(sorted(found))}; say which with --language"
        )
    return "en" if "en" in found or not found else found.pop()


def _release_of(distribution: Distribution) -> str:
    for name in (distribution.name, *distribution.folders):
        told = RELEASE.search(name)
        if told:
            return told[1]
    return UNKNOWN_RELEASE
