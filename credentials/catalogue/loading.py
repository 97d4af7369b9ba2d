"""Loads a folder of YAML into the catalogue, and indexes what can be searched."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import insert, select, update

from credentials.catalogue.catalogue import FIRST_EDITION, is_empty, next_revision
from credentials.catalogue.entries import Entry, Occupation
from credentials.catalogue.folders import STARTER, CatalogueError, read_folder
from credentials.catalogue.matching.texts import index_titles
from credentials.catalogue.models import CatalogueEntryRow
from credentials.unit_of_work import Work


@dataclass(frozen=True)
class LoadReport:
    """What loading changed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    names: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged"


def load_starter(work: Work) -> LoadReport:
    """Load the starter catalogue."""
    return load_folder(work, STARTER)


def load_folder(work: Work, path: Path) -> LoadReport:
    """Load every entry of a folder; nothing is kept when one cannot be read.

    Raises:
        CatalogueError: a file cannot be read, or an achievement changed without a new version.
    """
    found = read_folder(path)
    if found.problems:
        raise CatalogueError("; ".join(found.problems[:10]))
    revision = next_revision(work)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    entries: list[tuple[str, str, str, Entry]] = [
        *(("skill", skill.key, "1", skill) for skill in found.skills.values()),
        *(("occupation", job.code, _edition(work, job), job) for job in found.occupations.values()),
        *(("achievement", item.code, item.version, item) for item in found.achievements.values()),
    ]
    if is_empty(work):
        counts["added"] = _store_first(work, entries, revision)
        entries = []
    for kind, code, version, entry in entries:
        counts[_store(work, kind, code, version, entry, revision)] += 1
    work.session.flush()
    index_titles(work)
    return LoadReport(**counts, names=tuple(found.achievements))


def _store_first(work: Work, entries: Sequence[tuple[str, str, str, Entry]], revision: int) -> int:
    """Write entries into an empty catalogue, all at once."""
    rows = [
        {
            "kind": kind,
            "code": code,
            "version": version,
            "body": entry.model_dump(mode="json"),
            "is_current": True,
            "revision": revision,
            "added_at": work.now,
        }
        for kind, code, version, entry in entries
    ]
    if rows:
        work.session.execute(insert(CatalogueEntryRow), rows)
    return len(rows)


def _store(work: Work, kind: str, code: str, version: str, entry: Entry, revision: int) -> str:
    body = entry.model_dump(mode="json")
    row = work.session.get(CatalogueEntryRow, (kind, code, version))
    is_same = row is not None and _is_same(row, entry)
    if row is not None and is_same and row.is_current:
        return "unchanged"
    if row is not None and kind == "achievement" and not is_same:
        raise CatalogueError(f"{code} changed: give it a new version, badges keep the old one")
    work.session.execute(
        update(CatalogueEntryRow)
        .where(CatalogueEntryRow.kind == kind, CatalogueEntryRow.code == code)
        .values(is_current=False)
    )
    if row is None:
        row = CatalogueEntryRow(kind=kind, code=code, version=version, added_at=work.now)
        work.session.add(row)
        outcome = "changed" if kind == "occupation" and version != FIRST_EDITION else "added"
    else:
        outcome = "changed"
    row.body, row.is_current, row.revision = body, True, revision
    return outcome


def _edition(work: Work, job: Occupation) -> str:
    """The number of what an occupation asks for: a new one with every change, the old ones stay."""
    row = work.session.scalar(
        select(CatalogueEntryRow).where(
            CatalogueEntryRow.kind == "occupation",
            CatalogueEntryRow.code == job.code,
            CatalogueEntryRow.is_current,
        )
    )
    if row is None:
        return FIRST_EDITION
    return row.version if _is_same(row, job) else str(int(row.version) + 1)


def _is_same(row: CatalogueEntryRow, entry: Entry) -> bool:
    """Whether a row says the same; members that did not exist when it was written may be absent."""
    try:
        return type(entry).model_validate(row.body) == entry
    except ValidationError:
        return False
