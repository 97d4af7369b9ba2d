"""Compares the rows of a new release with those of the current one, table by table."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect, select

from credentials.catalogue.frameworks.models import FrameworkRow, OccupationRow
from credentials.catalogue.importing.refusals import ImportRefusedError
from credentials.catalogue.importing.releases import Notes, Record
from credentials.catalogue.importing.reports import Changes
from credentials.unit_of_work import Work

BATCH = 10_000  # rows
LINE_BITS = 32
#: Tables whose rows say nothing but that they are there: a repeated one is left out, never refused.
NAMES_ONLY = frozenset(
    {
        "framework_titles",
        "framework_skill_labels",
        "framework_links",
        "framework_requirements",
    }
)


class TableComparison:
    """One table. Rows are remembered as numbers (the hash of key and values), not as text."""

    def __init__(self, work: Work, table: type[FrameworkRow], previous_id: int | None) -> None:
        columns = [str(column.key) for column in inspect(table).columns]
        keys = [str(column.key) for column in inspect(table).primary_key]
        self._keys = tuple(key for key in keys if key != "version_id")
        plain = {"version_id", *keys, *table.derived}
        self._values = tuple(name for name in columns if name not in plain)
        self._is_names = table.__tablename__ in NAMES_ONLY
        self._names: dict[int, str] | None = {} if table is OccupationRow else None
        self._previous: dict[int, int] = {}
        self._seen: dict[int, int] = {}
        self.changes = Changes()
        self.codes: dict[str, list[str]] = {"added": [], "changed": [], "retired": []}
        if previous_id is not None:
            self._load(work, table, previous_id)

    def is_new(self, record: Record, notes: Notes) -> bool:
        """Whether the row has to be kept; a repetition is noted and left out.

        Raises:
            ImportRefusedError: the same key is there twice with different values.
        """
        key, values = self._hashes(record.values)
        known = self._seen.get(key)
        if known is not None:
            self._repeated(record, values, known, notes)
            return False
        self._seen[key] = (values << LINE_BITS) | record.line
        before = self._previous.pop(key, None)
        outcome = "added" if before is None else "unchanged" if before == values else "changed"
        setattr(self.changes, outcome, getattr(self.changes, outcome) + 1)
        if self._names is not None and outcome != "unchanged":
            self.codes[outcome].append(record.values["code"])
        return True

    def finish(self) -> None:
        """Count what is there no more."""
        self.changes.retired = len(self._previous)
        if self._names is not None:
            self.codes["retired"] = sorted(self._names[key] for key in self._previous)

    def _repeated(self, record: Record, values: int, known: int, notes: Notes) -> None:
        line = known & (1 << LINE_BITS) - 1
        if not self._is_names and known >> LINE_BITS != values:
            what = " ".join(str(record.values[key]) for key in self._keys)
            raise ImportRefusedError(
                f"{what} is there twice with different values, first in line {line}",
                file=record.file,
                line=record.line,
            )
        notes.skip(record, f"repeats line {line}")

    def _hashes(self, values: Mapping[str, Any]) -> tuple[int, int]:
        key = hash(tuple(values[name] for name in self._keys))
        return key, hash(tuple(values[name] for name in self._values))

    def _load(self, work: Work, table: type[FrameworkRow], previous_id: int) -> None:
        query = select(*(getattr(table, name) for name in (*self._keys, *self._values)))
        query = query.where(table.version_id == previous_id)
        width = len(self._keys)
        for row in work.session.execute(query.execution_options(yield_per=BATCH)):
            key = hash(tuple(row[:width]))
            self._previous[key] = hash(tuple(row[width:]))
            if self._names is not None:
                self._names[key] = row[0]
