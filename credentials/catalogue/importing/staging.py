"""Writes a release beside the current one, in short transactions, and switches when it is whole.

Readers see nothing of it before the switch, and a bot that runs goes on working. What a killed
import left behind is removed by the next one.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from credentials.catalogue.frameworks import (
    FrameworkVersion,
    VersionState,
    attribution_of,
    current_version,
    get_version,
)
from credentials.catalogue.frameworks.models import FrameworkRow, FrameworkVersionRow
from credentials.catalogue.importing.comparing import TableComparison
from credentials.catalogue.importing.distributions import Progress, no_progress
from credentials.catalogue.importing.releases import Notes, Record, Release
from credentials.catalogue.importing.reports import ImportReport, Outcome
from credentials.unit_of_work import Institution, Work

BATCH = 20_000  # rows a transaction: under a second of the writer's turn
ABANDONED_AFTER = timedelta(minutes=10)


def import_release(
    institution: Institution,
    release: Release,
    *,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> ImportReport:
    """Import a release and make it the current one.

    The same content again changes nothing; content that was kept becomes current again.

    Raises:
        ImportRefusedError: a file cannot be read; nothing was changed.
    """
    digest = release.digest(progress)
    with institution.read() as work:
        before = current_version(work, release.framework)
        known = _find(work, release, digest)
    if known is not None:
        return _again(institution, release, before, known, dry_run=dry_run)
    staging = _Staging(institution, release.notes, before.version_id if before else None)
    if dry_run:
        staging.compare(release.records(progress))
        return _report(institution, release, before, digest, staging, Outcome.DRY_RUN)
    staging.begin(release, digest)
    try:
        staging.write(release.records(progress))
        staging.switch()
    except BaseException:
        staging.undo()
        raise
    return _report(institution, release, before, digest, staging, Outcome.IMPORTED)


@dataclass
class _Staging:
    institution: Institution
    notes: Notes
    previous_id: int | None
    version_id: int | None = None
    tables: dict[type[FrameworkRow], TableComparison] = field(default_factory=dict)

    def begin(self, release: Release, digest: str) -> None:
        with self.institution.begin() as work:
            work.session.execute(
                delete(FrameworkVersionRow).where(
                    FrameworkVersionRow.state == VersionState.IMPORTING,
                    FrameworkVersionRow.touched_at < work.now - ABANDONED_AFTER,
                )
            )
            row = FrameworkVersionRow(
                framework=release.framework,
                release=release.release,
                language=release.language,
                state=VersionState.IMPORTING,
                digest=digest,
                source=release.source,
                imported_at=work.now,
                touched_at=work.now,
                counts={},
            )
            work.session.add(row)
            work.session.flush()
            self.version_id = row.version_id

    def compare(self, records: Iterator[Record]) -> None:
        """Read everything and write nothing."""
        deque(self._kept(records), maxlen=0)
        self._finish()

    def write(self, records: Iterator[Record]) -> None:
        batch: list[Record] = []
        for record in self._kept(records):
            batch.append(record)
            if len(batch) >= BATCH:
                self._insert(batch)
                batch = []
        self._insert(batch)
        self._finish()

    def switch(self) -> None:
        """Make the release current, and keep the one before for advice that was given with it."""
        with self.institution.begin() as work:
            row = work.session.get_one(FrameworkVersionRow, self.version_id)
            row.counts = {
                table.__tablename__.removeprefix("framework_"): sum(
                    (found.changes.added, found.changes.changed, found.changes.unchanged)
                )
                for table, found in self.tables.items()
            }
            _make_current(work, row)

    def undo(self) -> None:
        with self.institution.begin() as work:
            work.session.execute(
                delete(FrameworkVersionRow).where(FrameworkVersionRow.version_id == self.version_id)
            )

    def _kept(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            table = self.tables.get(record.table)
            if table is None:
                with self.institution.read() as work:
                    table = TableComparison(work, record.table, self.previous_id)
                self.tables[record.table] = table
            if table.is_new(record, self.notes):
                yield record

    def _finish(self) -> None:
        with self.institution.read() as work:
            for model in FrameworkRow.__subclasses__():
                if model not in self.tables and self.previous_id is not None:
                    self.tables[model] = TableComparison(work, model, self.previous_id)
        for table in self.tables.values():
            table.finish()

    def _insert(self, batch: list[Record]) -> None:
        by_table: dict[type[FrameworkRow], list[dict[str, Any]]] = {}
        for record in batch:
            values = {**record.values, "version_id": self.version_id}
            by_table.setdefault(record.table, []).append(values)
        with self.institution.begin() as work:
            connection = work.session.connection()  # the session would split rows by their nulls
            for table, rows in by_table.items():
                connection.execute(insert(table), rows)
            row = work.session.get_one(FrameworkVersionRow, self.version_id)
            row.touched_at = work.now


def _find(work: Work, release: Release, digest: str) -> FrameworkVersion | None:
    version_id = work.session.scalar(
        select(FrameworkVersionRow.version_id).where(
            FrameworkVersionRow.framework == release.framework,
            FrameworkVersionRow.digest == digest,
            FrameworkVersionRow.state != VersionState.IMPORTING,
        )
    )
    return get_version(work, version_id) if version_id is not None else None


def _again(
    institution: Institution,
    release: Release,
    before: FrameworkVersion | None,
    known: FrameworkVersion,
    *,
    dry_run: bool,
) -> ImportReport:
    outcome = Outcome.UNCHANGED if known.state is VersionState.CURRENT else Outcome.RESTORED
    if outcome is Outcome.RESTORED and dry_run:
        outcome = Outcome.DRY_RUN
    elif outcome is Outcome.RESTORED:
        with institution.begin() as work:
            _make_current(work, work.session.get_one(FrameworkVersionRow, known.version_id))
    return ImportReport(
        framework=release.framework,
        release=known.release,
        previous_release=before.release if before else None,
        source=release.source,
        digest=known.digest,
        outcome=outcome,
        version_id=known.version_id,
        notices=tuple(release.notes.notices),
        attribution=known.attribution(institution.settings.institution_name),
    )


def _make_current(work: Work, row: FrameworkVersionRow) -> None:
    current = work.session.scalars(
        select(FrameworkVersionRow)
        .where(
            FrameworkVersionRow.framework == row.framework,
            FrameworkVersionRow.state == VersionState.CURRENT,
        )
        .with_for_update()
    )
    for other in current:
        other.state = VersionState.KEPT
    work.session.flush()
    row.state, row.touched_at = VersionState.CURRENT, work.now


def _report(
    institution: Institution,
    release: Release,
    before: FrameworkVersion | None,
    digest: str,
    staging: _Staging,
    outcome: Outcome,
) -> ImportReport:
    tables = {
        table.__tablename__.removeprefix("framework_"): found
        for table, found in staging.tables.items()
    }
    occupations = tables.get("occupations")
    attribution = attribution_of(
        release.framework, release.release, institution.settings.institution_name
    )
    return ImportReport(
        framework=release.framework,
        release=release.release,
        previous_release=before.release if before else None,
        source=release.source,
        digest=digest,
        outcome=outcome,
        version_id=staging.version_id,
        changes={name: found.changes for name, found in tables.items()},
        codes={k: tuple(v) for k, v in occupations.codes.items()} if occupations else {},
        skipped_count=release.notes.skipped_count,
        skipped=tuple(release.notes.skipped),
        notices=tuple(release.notes.notices),
        attribution=attribution,
    )
