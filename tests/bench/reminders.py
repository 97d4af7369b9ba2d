"""How fast due reminders are claimed beside APScheduler with a job per learner: `make bench-reminders`.

A million learners with a reminder each, ten thousand of them due at once. Ours and the peer work
alternately in one run on the same kind of database; rows and jobs are put in in bulk, and only the
due work is timed: ours owes each learner a message and sets the next instant, the peer runs an
empty job and sets its next run. `ROWS=100000` makes it a smaller house.
"""

import gc
import logging
import os
import pickle
import secrets
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor as Threads
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from rich.progress import Progress
from sqlalchemy import Engine, create_engine, insert, select, update

from credentials.bootstrap import open_institution
from credentials.clock import FixedClock
from credentials.database import make_engine
from credentials.migrations import migrate
from credentials.outbox import OutboxMessage
from credentials.people.models import PersonRow
from credentials.reminders import claim_due_reminders, claimers
from credentials.reminders.claiming import BATCH
from credentials.reminders.models import ReminderRow
from credentials.settings import Settings
from credentials.unit_of_work import Institution
from tests.bench.results import Row, show
from tests.postgresql import NoPostgresError, prepare

ROWS = int(os.environ.get("ROWS", "1000000"))
DUE = 10_000
PEER_DUE = 1_000
ROUNDS = 3
CHUNK = 10_000
NOW = datetime(2026, 3, 3, 19, tzinfo=UTC)
PEER = "APScheduler 3, a job per learner"


def main() -> None:
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    try:
        rows = [row for name, url in _databases(folder) for row in _compare(name, url, folder)]
        show("reminders", rows)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres() -> Iterator[Any]:
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # its own: the server's user has to reach it
    try:
        server = prepare(folder)
        server.is_durable = True
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _databases(folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "SQLite", lambda: f"sqlite:///{folder / secrets.token_hex(4)}.db"
    try:
        with _postgres() as server:
            yield "PostgreSQL", lambda: server.create(f"b{secrets.token_hex(4)}")
    except NoPostgresError:
        print("no PostgreSQL binaries here: measured on SQLite only")  # noqa: T201


def _compare(name: str, url: Callable[[], str], folder: Path) -> Iterator[Row]:
    institution, peer = _house(url(), folder), _peer_engine(url())
    _fill(f"{name}: learners and reminders", institution)
    _fill_peer(f"{name}: jobs", peer)
    gc.collect()
    gc.freeze()  # as the bot does once it has loaded everything; it helps the peer, too
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_claim(institution))
        theirs.append(_run_jobs(peer))
    mine, other = statistics.median(ours), statistics.median(theirs)
    yield Row(
        what=f"due reminders of {ROWS:,}, {name}",
        ours=round(mine),
        peer=round(other),
        peer_name=PEER,
        ratio=round(mine / other, 2),
        unit="reminders/s",
    )
    institution.engine.dispose()
    peer.dispose()


def _house(url: str, folder: Path) -> Institution:
    settings = Settings(data_dir=folder, kek_file=folder / "kek", database_url=url)
    institution = open_institution(settings, FixedClock(NOW))
    migrate(institution.engine)
    return institution


def _fill(what: str, institution: Institution) -> None:
    def person(number: int) -> dict[str, Any]:
        return {"person_id": f"p{number}", "telegram_user_id": number, "chat_id": number,
                "language": "en", "zone": "Europe/Lisbon", "proactive": True, "reachable": True,
                "created_at": NOW, "seen_at": NOW}  # fmt: skip

    def reminder(number: int) -> dict[str, Any]:
        is_due = number % (ROWS // (DUE * ROUNDS)) == 0
        due = NOW if is_due else NOW + timedelta(days=1 + number % 6)
        return {"reminder_id": f"r{number}", "person_id": f"p{number}", "kind": "study",
                "rule": "FREQ=WEEKLY;BYDAY=TU", "starts_on": NOW.date(), "local_time": NOW.time(),
                "zone": "Europe/Lisbon", "next_due": due, "told": 0, "created_at": NOW}  # fmt: skip

    for table, make in ((PersonRow.__table__, person), (ReminderRow.__table__, reminder)):
        _insert(what, institution.engine, table, map(make, range(ROWS)))


def _insert(what: str, engine: Engine, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    with engine.begin() as connection, Progress(transient=True) as progress:
        task = progress.add_task(what, total=ROWS)
        while chunk := list(islice(rows, CHUNK)):
            connection.execute(insert(table), chunk)
            progress.advance(task, len(chunk))


def _claim(institution: Institution) -> float:
    """Reminders per second for the next ten thousand that are due."""
    count = claimers(institution)
    most = threading.Semaphore(DUE // BATCH)

    def claim() -> int:
        owed = 0
        while most.acquire(blocking=False):
            with institution.begin() as work:
                owed += claim_due_reminders(work, awake_since=NOW - timedelta(hours=1)).owed
        return owed

    begin = time.perf_counter()
    with Threads(count) as threads:
        done = sum(one.result() for one in [threads.submit(claim) for _ in range(count)])
    seconds = time.perf_counter() - begin
    assert done == DUE
    with institution.begin() as work:
        owed = len(work.session.scalars(select(OutboxMessage.message_id)).all())
        assert owed % DUE == 0
    return done / seconds


def _peer_engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        return make_engine(url)
    return create_engine(url)


def nothing() -> None:
    """The peer's job."""
    _Counter.ran += 1
    if _Counter.ran == PEER_DUE:
        _Counter.all_ran.set()


class _Counter:
    ran = 0
    all_ran = threading.Event()


def _fill_peer(what: str, engine: Engine) -> None:
    scheduler, store = _scheduler(engine)
    scheduler.start(paused=True)
    trigger = CronTrigger(day_of_week="tue", hour=19, timezone="Europe/Lisbon")
    job = scheduler.add_job(nothing, trigger, id="template", misfire_grace_time=None)
    state = job.__getstate__()
    scheduler.remove_job("template")

    def row(number: int) -> dict[str, Any]:
        far = NOW + timedelta(days=3_650 + number % 6)
        mine = {**state, "id": f"j{number}", "next_run_time": far}
        return {"id": f"j{number}", "next_run_time": far.timestamp(), "job_state": _pickled(mine)}

    _insert(what, engine, store.jobs_t, map(row, range(ROWS)))
    scheduler.shutdown(wait=False)


def _pickled(state: dict[str, Any]) -> bytes:
    import pickle  # how the peer keeps its jobs

    return pickle.dumps(state, pickle.HIGHEST_PROTOCOL)


def _scheduler(engine: Engine) -> tuple[BackgroundScheduler, SQLAlchemyJobStore]:
    store = SQLAlchemyJobStore(engine=engine)
    pool = ThreadPoolExecutor(10)
    scheduler = BackgroundScheduler(
        jobstores={"default": store},
        executors={"default": pool},
        job_defaults={"coalesce": True, "misfire_grace_time": None},
        timezone="UTC",
    )
    return scheduler, store


def _run_jobs(engine: Engine) -> float:
    """Jobs per second when a thousand come due at once."""
    scheduler, store = _scheduler(engine)
    scheduler.start(paused=True)
    _make_due(engine, store)
    _Counter.ran = 0
    _Counter.all_ran.clear()
    begin = time.perf_counter()
    scheduler.resume()
    assert _Counter.all_ran.wait(300), "the peer's jobs did not run"
    while store.get_due_jobs(datetime.now(UTC)):  # each is put off after it was handed to the pool
        threading.Event().wait(0.01)
    seconds = time.perf_counter() - begin
    scheduler.shutdown(wait=True)
    return PEER_DUE / seconds


def _make_due(engine: Engine, store: SQLAlchemyJobStore) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    with engine.begin() as connection:
        for number in range(0, ROWS, ROWS // PEER_DUE)[:PEER_DUE]:
            mine = store.jobs_t.c.id == f"j{number}"
            state = pickle.loads(  # how the peer keeps its jobs
                connection.scalar(select(store.jobs_t.c.job_state).where(mine))
            )
            state["next_run_time"] = past
            values = {"next_run_time": past.timestamp(), "job_state": _pickled(state)}
            connection.execute(update(store.jobs_t).where(mine).values(values))


if __name__ == "__main__":
    main()
