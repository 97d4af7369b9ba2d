"""How long the official frameworks take to import, and how much memory: `make bench-import`.

Beside the least that any import must do: the standard library's csv reader and one `executemany` a
file into a bare SQLite table, with no check, no comparison and no index. Both read the same files
in fresh processes, alternately; wall time, because that is what an operator waits for, and the peak
of the process's memory. The files are those of `../shared/data`.
"""

import csv
import multiprocessing
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from credentials.bootstrap import open_institution
from credentials.catalogue.importing import (
    EscoRelease,
    OnetRelease,
    import_release,
    open_distribution,
)
from credentials.migrations import migrate
from credentials.settings import Settings
from tests.bench.results import Row, show
from tests.postgresql import NoPostgresError, prepare

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ONET, ESCO = DATA / "onet" / "db_30_3_text", DATA / "esco" / "v1.1.1"
RELEASES: dict[Path, Callable[..., Any]] = {ONET: OnetRelease, ESCO: EscoRelease}
ROUNDS = 3
PEER = "csv + sqlite3, unchecked"
Measured = tuple[float, float]  # seconds, MB at the peak


def main() -> None:
    if not ONET.is_dir():
        raise SystemExit("the official files (../shared/data) are not beside this checkout")
    rows = []
    for path, name in ((ONET, "O*NET 30.3"), (ESCO, "ESCO 1.1.1")):
        rounds = [(_fresh(_ours, path, None), _fresh(_bare, path)) for _ in range(ROUNDS)]
        ours, peer = ([pair[side] for pair in rounds] for side in (0, 1))
        rows += _rows(f"{name} into SQLite", ours, peer)
        on_postgres = _postgres(path)
        if on_postgres is not None:
            rows.append(_rows(f"{name} into PostgreSQL", [on_postgres], peer)[0])
    show("import", rows)


def _rows(what: str, ours: list[Measured], peer: list[Measured]) -> list[Row]:
    found = []
    for place, unit in ((0, "s"), (1, "MB")):
        mine, other = (statistics.median(one[place] for one in side) for side in (ours, peer))
        label = what if unit == "s" else f"{what}, peak memory"
        found.append(
            Row(what=label, ours=mine, peer=other, peer_name=PEER, ratio=other / mine, unit=unit)
        )
    return found


def _fresh(work: Callable[..., float], *arguments: Any) -> Measured:
    """Run in a process of its own; seconds and the peak of its memory."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (work, arguments))


def _measured(work: Callable[..., float], arguments: tuple[Any, ...]) -> Measured:
    seconds = work(*arguments)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _ours(path: Path, url: str | None) -> float:
    folder = Path(tempfile.mkdtemp(prefix="bench-import-"))
    institution = open_institution(Settings(data_dir=folder, database_url=url))
    migrate(institution.engine)
    begin = time.perf_counter()
    with open_distribution(path) as distribution:
        import_release(institution, RELEASES[path](distribution))
    seconds = time.perf_counter() - begin
    institution.engine.dispose()
    shutil.rmtree(folder)
    return seconds


def _bare(path: Path) -> float:
    folder = Path(tempfile.mkdtemp(prefix="bench-import-"))
    csv.field_size_limit(10_000_000)
    begin = time.perf_counter()
    connection = sqlite3.connect(folder / "bare.db")
    for number, file in enumerate(sorted(path.glob("*.[tc][xs][tv]"))):
        is_text = file.suffix == ".txt"
        with file.open(encoding="utf-8-sig", newline="") as stream:
            quoting = csv.QUOTE_NONE if is_text else csv.QUOTE_MINIMAL
            rows = csv.reader(stream, delimiter="\t" if is_text else ",", quoting=quoting)
            width = len(next(rows))
            names = ", ".join(f"c{place}" for place in range(width))
            connection.execute(f"CREATE TABLE t{number} ({names})")
            places = ", ".join("?" * width)
            whole = (row for row in rows if len(row) == width)
            connection.executemany(f"INSERT INTO t{number} VALUES ({places})", whole)
    connection.commit()
    connection.close()
    seconds = time.perf_counter() - begin
    shutil.rmtree(folder)
    return seconds


def _postgres(path: Path) -> Measured | None:
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        server = prepare(folder)
    except NoPostgresError:
        return None
    server.start()
    try:
        return _fresh(_ours, path, server.create("bench"))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
