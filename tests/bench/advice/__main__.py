"""`python -m tests.bench.advice [--show]`: prints the table and writes var/bench/advice.json.

O*NET and ESCO are imported once into var/bench/advice (several minutes, for the vectors); without
the folder of reference data the starter catalogue is measured.
"""

import sys
from pathlib import Path

from credentials.bootstrap import open_institution
from credentials.catalogue import is_empty, load_starter
from credentials.catalogue.importing import (
    EscoRelease,
    OnetRelease,
    import_release,
    open_distribution,
)
from credentials.catalogue.matching.vectors import refresh_index
from credentials.migrations import migrate
from credentials.settings import Settings
from credentials.tables import import_rooms
from credentials.unit_of_work import Institution
from tests.bench.advice.measuring import ROOT, Row, write
from tests.bench.advice.occupations import bench_occupations
from tests.bench.advice.pathways import bench_pathways
from tests.bench.advice.skills import bench_skills

DATA = ROOT / "var" / "bench" / "advice"
SHARED = ROOT.parent / "shared" / "data"


def prepare(folder: Path = DATA) -> Institution:
    """An institution with the starter catalogue and, where they are at hand, O*NET and ESCO."""
    import_rooms()
    institution = open_institution(Settings(data_dir=folder, kek_file=folder / "kek"))
    migrate(institution.engine)
    with institution.begin() as work:
        if is_empty(work):
            load_starter(work)
    for name, release in (("onet/db_30_3_text", OnetRelease), ("esco/v1.1.1", EscoRelease)):
        if (SHARED / name).is_dir():
            with open_distribution(SHARED / name) as distribution:
                import_release(institution, release(distribution), progress=_quiet)
    refresh_index(institution, lambda done, of: _say(f"vectors: {done} of {of}"))
    return institution


def main() -> None:
    institution = prepare()
    rows: list[Row] = []
    for half in ("dev", "test"):
        is_shown = "--show" in sys.argv and half == "dev"
        rows += bench_occupations(institution, half, show=is_shown)
        rows += bench_skills(institution, half, show=is_shown)
    rows += bench_pathways()
    write(rows)


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201


def _quiet(*_: object) -> None:
    """Importing says nothing here."""


if __name__ == "__main__":
    main()
