"""Fills the index: what every occupation of the catalogue and of O*NET is called and described by."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import delete, insert, text

from credentials.catalogue.catalogue import Catalogue, latest_revision, read_catalogue
from credentials.catalogue.frameworks import (
    Framework,
    current_version,
    list_occupations,
    read_titles,
)
from credentials.catalogue.matching.models import (
    TITLE_KINDS,
    MatchIndexRow,
    MatchTextRow,
)
from credentials.catalogue.matching.sections import EVERYDAY, everyday_names
from credentials.unit_of_work import Work

FORMAT = 2  # of the index; another one makes every index anew
BATCH = 2_000  # rows
Entry = tuple[str, str, str]  # code, text, kind


def index_titles(work: Work) -> bool:
    """Make the index anew when the catalogue or O*NET changed; whether it did."""
    made_from = _sources(work)
    row = work.session.get(MatchIndexRow, 1)
    if row is not None and row.made_from == made_from:
        return False
    if row is None:
        row = MatchIndexRow(index_id=1, revision=0)
        work.session.add(row)
    row.revision, row.made_from, row.made_at = row.revision + 1, made_from, work.now
    _replace(work, _distinct(_entries(work)))
    work.session.flush()
    return True


def is_current(work: Work) -> bool:
    """Whether the index was made from what is current."""
    row = work.session.get(MatchIndexRow, 1)
    return row is not None and row.made_from == _sources(work)


def _sources(work: Work) -> str:
    onet = current_version(work, Framework.ONET)
    ours = hashlib.sha256(EVERYDAY.read_bytes()).hexdigest()[:12]
    return f"{FORMAT}/{latest_revision(work)}/{onet.version_id if onet else 0}/{ours}"


def _entries(work: Work) -> Iterator[Entry]:
    catalogue = read_catalogue(work)
    known = set(catalogue.occupations)
    yield from _of_catalogue(catalogue)
    onet = current_version(work, Framework.ONET)
    if onet is not None:
        for job in list_occupations(work, onet.version_id):
            known.add(job.code)
            yield job.code, job.title, "official"
            yield job.code, f"{job.title}. {job.description}", "description"
        for title in read_titles(work, onet.version_id):
            yield title.occupation, title.title, title.kind
    yield from ((code, name, "everyday") for code, name in everyday_names() if code in known)


def _of_catalogue(catalogue: Catalogue) -> Iterator[Entry]:
    for job in catalogue.occupations.values():
        yield job.code, job.title["en"], "official"
        yield job.code, f"{job.title['en']}. {job.summary['en']}", "description"
        yield from ((job.code, name, "alternate") for name in job.plain_title.values())
        yield from ((job.code, name, "alternate") for name in job.alternate_titles)


def _distinct(entries: Iterator[Entry]) -> Iterator[dict[str, object]]:
    """Every text of an occupation once, with the first kind it came with."""
    seen: set[tuple[str, str]] = set()
    for code, said, kind in entries:
        if (code, said.lower()) not in seen:
            seen.add((code, said.lower()))
            yield {
                "text_id": len(seen),
                "code": code,
                "text": said,
                "kind": kind,
                "is_title": kind in TITLE_KINDS,
            }


def _replace(work: Work, rows: Iterator[dict[str, object]]) -> None:
    is_sqlite = work.session.get_bind().dialect.name == "sqlite"
    work.session.execute(delete(MatchTextRow))
    batch: list[dict[str, object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            work.session.execute(insert(MatchTextRow), batch)
            batch = []
    if batch:
        work.session.execute(insert(MatchTextRow), batch)
    for table in ("match_words", "match_trigrams") if is_sqlite else ():
        work.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608  # a name of ours
        work.session.execute(
            text(
                f"INSERT INTO {table}(rowid, text)"  # noqa: S608  # a name of ours
                " SELECT text_id, text FROM match_texts WHERE is_title"
            )
        )
