"""What an importer of a framework hands over: rows for our tables, one release at a time."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from credentials.catalogue.frameworks import Framework
from credentials.catalogue.frameworks.models import FrameworkRow
from credentials.catalogue.importing.distributions import (
    Distribution,
    DistributionFile,
    Progress,
    require_size,
)
from credentials.catalogue.importing.refusals import ImportRefusedError, Skipped
from credentials.catalogue.importing.rows import Column, Row, Table

FORMAT = 1  # of what importers make of the files; a new one imports the same files anew
MAX_SKIPPED_KEPT = 1_000
TELL_EVERY = 2_000  # rows


@dataclass(frozen=True, slots=True)
class Record:
    """A row for a table, and where it came from."""

    table: type[FrameworkRow]
    values: Mapping[str, Any]
    file: str
    line: int


@dataclass
class Notes:
    """What a person should know about a release: rows left out and why, files that are absent."""

    skipped: list[Skipped] = field(default_factory=list)
    skipped_count: int = 0
    notices: list[str] = field(default_factory=list)

    def skip(self, row: Row | Record, why: str) -> None:
        self.skipped_count += 1
        if len(self.skipped) < MAX_SKIPPED_KEPT:
            self.skipped.append(Skipped(row.file, row.line, why))


class Release(Protocol):
    """A release to be imported, headers checked, nothing read yet."""

    framework: Framework
    release: str
    language: str
    source: str
    notes: Notes

    def digest(self, progress: Progress) -> str:
        """SHA-256 over the content, whatever it came in."""
        ...

    def records(self, progress: Progress) -> Iterator[Record]:
        """Every row, occupations before what refers to them."""
        ...


@dataclass(frozen=True)
class TableSpec:
    """A file of a distribution: what it is called, newest name first, and what it must hold."""

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    is_required: bool = True

    @property
    def title(self) -> str:
        return self.names[0]


class OpenTables:
    """The tables of a distribution that are there; reading them reports progress.

    Raises:
        ImportRefusedError: a required file is absent, too large, or lacks a column.
    """

    def __init__(
        self, distribution: Distribution, specs: tuple[TableSpec, ...], notes: Notes
    ) -> None:
        self._tables: dict[str, Table] = {}
        for spec in specs:
            file, delimiter = _find(distribution, spec.names)
            if file is not None:
                require_size(file)
                self._tables[spec.title] = Table(file, spec.columns, delimiter)
            elif spec.is_required:
                names = "” or “".join(spec.names)
                raise ImportRefusedError(f"{distribution.name} has no file “{names}”")
            else:
                notes.notices.append(f"no “{spec.title}”: imported without it")
        for table in self._tables.values():
            table.check_header()
        self._before = 0

    def __contains__(self, spec: TableSpec) -> bool:
        return spec.title in self._tables

    @property
    def total(self) -> int:
        return sum(table.file.size for table in self._tables.values())

    def digest(self, progress: Progress) -> str:
        whole, done = hashlib.sha256(f"{FORMAT}".encode()), 0
        for title in sorted(self._tables):
            file = self._tables[title].file
            progress(f"Checking {file.name}", done, self.total)
            whole.update(f"{title}\0{file.digest()}\0".encode())
            done += file.size
        return whole.hexdigest()

    def rows(self, spec: TableSpec, progress: Progress) -> Iterator[Row]:
        """The rows of a table; none when it is an absent optional one.

        Raises:
            ImportRefusedError: a line cannot be read, or a required table is empty.
        """
        table = self._tables.get(spec.title)
        if table is None:
            return
        count = 0
        for row in table.rows():
            if count % TELL_EVERY == 0:
                progress(table.file.name, self._before + table.done, self.total)
            count += 1
            yield row
        if not count and spec.is_required:
            raise ImportRefusedError("has a header and no rows", file=table.file.name)
        self._before += table.file.size
        progress(table.file.name, self._before, self.total)


def _find(
    distribution: Distribution, names: tuple[str, ...]
) -> tuple[DistributionFile | None, str]:
    for ending, delimiter in ((".txt", "\t"), (".xlsx", "\t"), (".csv", ",")):
        found = distribution.find(*(name + ending for name in names))
        if found is not None:
            return found, delimiter
    return None, "\t"
