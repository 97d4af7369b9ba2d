"""A thousand learners on the way to their badges, beside a bare PTB echo: `make bench-load`.

The bot runs as people run it (webhook, SQLite with full fsync) against a sink in Telegram's place.
Learners go from /start to a pathway, some of them on to a badge that advisors approve; then
everybody presses buttons. Slices of ours and of the peer alternate at the same pace, and latency is
counted from the POST of an update to the first message about it. Rasa does not run: free text has
its own numbers.

`LEARNERS`, `PACE` (updates a second), `MINUTES` (of pressing, on top of the journeys) make it
shorter.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console
from rich.table import Table

from credentials.bootstrap import open_institution
from credentials.settings import Settings
from tests.bench.loading.cost import Meter
from tests.bench.loading.learners import Actor, Answers, Crowd, echoed, judge, learner, presser
from tests.bench.results import Row, show
from tests.submissions import advisor
from tests.worlds import Process, free_port, python

LEARNERS = int(os.environ.get("LEARNERS", "1000"))
PACE = float(os.environ.get("PACE", "50"))
MINUTES = float(os.environ.get("MINUTES", "5"))
OURS_SECONDS, PEER_SECONDS = 20.0, 8.0
SHOWS_WORK = 5  # every fifth learner goes on to a badge
ADVISORS = 10
FIRST = 1_000_000  # chats of learners; advisors have small numbers
STAGES_FILE = "stages.json"
PEER = "bare PTB echo, aiohttp transport"
NO_LIMIT = (
    "1000"  # messages a second: the sink is not Telegram, and its limit is not ours to measure
)


@dataclass
class Slices:
    """What was measured of one bot in one phase."""

    cpu: float = 0.0
    updates: int = 0
    lost: int = 0
    took: list[float] = field(default_factory=list)
    by_kind: dict[str, list[float]] = field(default_factory=dict)

    def add(self, answers: Answers, updates: int, cpu: float) -> None:
        self.cpu, self.updates, self.lost = (
            self.cpu + cpu, self.updates + updates, self.lost + answers.lost,
        )  # fmt: skip
        self.took += answers.all()
        for kind, took in answers.took.items():
            self.by_kind.setdefault(kind, []).extend(took)

    @property
    def cpu_ms(self) -> float:
        return self.cpu / max(1, self.updates) * 1e3


@dataclass
class Side:
    """A bot with the crowd that talks to it."""

    crowd: Crowd
    meter: Meter
    journeys: Slices = field(default_factory=Slices)
    presses: Slices = field(default_factory=Slices)
    memory: list[tuple[float, float]] = field(default_factory=list)  # seconds, megabytes

    async def act(self, into: Slices, seconds: float) -> bool:
        """One slice; whether people still had something to do at its end."""
        before, begin = self.meter.cpu_seconds(), time.perf_counter()
        answers, updates = await self.crowd.act(seconds, PACE)
        into.add(answers, updates, self.meter.cpu_seconds() - before)
        self.memory.append((time.perf_counter(), self.meter.megabytes()))
        return time.perf_counter() - begin >= seconds


async def main() -> None:
    here = asyncio.current_task()
    assert here is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, here.cancel)
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    try:
        async with aiohttp.ClientSession() as session, contextlib.AsyncExitStack() as stack:
            ours = await stack.enter_async_context(_ours(folder, session))
            peer = await stack.enter_async_context(_peer(folder, session))
            await _journeys(ours, peer)
            await _presses(ours, peer)
            shares = await _stages(ours, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _report(ours, peer, shares)


async def _journeys(ours: Side, peer: Side) -> None:
    people = [
        learner(FIRST + number, shows_work=number % SHOWS_WORK == 0) for number in range(LEARNERS)
    ]
    ours.crowd.join([judge(number + 1) for number in range(ADVISORS)] + people)
    peer.crowd.join(_echoed(presses=False))
    while await ours.act(ours.journeys, OURS_SECONDS):
        await peer.act(peer.journeys, PEER_SECONDS)
        _tell("journeys", ours.journeys, peer.journeys)


async def _presses(ours: Side, peer: Side) -> None:
    ours.crowd.join([presser(FIRST + number) for number in range(LEARNERS)])
    peer.crowd.join(_echoed(presses=True))
    until = time.perf_counter() + MINUTES * 60
    while time.perf_counter() < until:
        await ours.act(ours.presses, OURS_SECONDS)
        await peer.act(peer.presses, PEER_SECONDS)
        _tell("presses", ours.presses, peer.presses)


async def _stages(ours: Side, folder: Path) -> dict[str, float]:
    """Where the CPU of a press goes; a slice of its own, because looking costs, too."""
    os.kill(ours.meter.pid, signal.SIGUSR1)
    await ours.act(Slices(), OURS_SECONDS)
    spent = await asyncio.to_thread(_read_stages, folder / STAGES_FILE)
    total = sum(spent.values())
    most_first = sorted(spent.items(), key=lambda item: -item[1])
    return {stage: seconds / total for stage, seconds in most_first}


def _read_stages(file: Path) -> dict[str, float]:
    """Stage → seconds of CPU, as soon as they are written."""
    until = time.monotonic() + OURS_SECONDS
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.1)
    return dict(json.loads(file.read_text()))


def _echoed(*, presses: bool) -> list[Actor]:
    return [echoed(FIRST + number, presses=presses) for number in range(LEARNERS)]


@contextlib.asynccontextmanager
async def _ours(folder: Path, session: aiohttp.ClientSession) -> AsyncIterator[Side]:
    crowd = Crowd(session)
    await crowd.sink.start()
    port = free_port()
    environment = {
        "TELEGRAM_BOT_TOKEN": "42:bench",
        "SKILLMARK_TELEGRAM_API": crowd.sink.url,
        "SKILLMARK_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "SKILLMARK_WEBHOOK_PORT": str(port),
        "SKILLMARK_SENDS_PER_SECOND": NO_LIMIT,
        "SKILLMARK_DATA_DIR": str(folder / "data"),
        "SKILLMARK_KEK_FILE": str(folder / "config" / "kek"),
        "SKILLMARK_WEB_PORT": str(free_port()),
        "SKILLMARK_ACTIONS_PORT": str(free_port()),
        "SKILLMARK_RASA_URL": "http://127.0.0.1:9",
    }
    await asyncio.to_thread(_prepare, folder, environment)
    watched = (str(folder / STAGES_FILE), str(OURS_SECONDS))
    command = python("tests.bench.loading.child", *watched, "run")
    async with _running(command, environment, folder / "bot.log", crowd) as side:
        yield side


def _prepare(folder: Path, environment: dict[str, str]) -> None:
    """The schema, the starter catalogue with its vectors, and advisors."""
    settled = {**os.environ, **environment}
    for verb in (("migrate",), ("catalogue", "index")):  # once for a house, before it opens
        subprocess.run(python("bot", *verb), env=settled, check=True, stdout=subprocess.DEVNULL)
    settings = Settings(data_dir=folder / "data", kek_file=folder / "config" / "kek")
    institution = open_institution(settings)
    with institution.begin() as work:
        for number in range(ADVISORS):
            advisor(work, number + 1)
    institution.engine.dispose()


@contextlib.asynccontextmanager
async def _peer(folder: Path, session: aiohttp.ClientSession) -> AsyncIterator[Side]:
    crowd = Crowd(session)
    await crowd.sink.start()
    port = free_port()
    crowd.sink.webhook = f"http://127.0.0.1:{port}/"
    command = python("tests.bench.loading.echo", str(port), crowd.sink.url)
    async with _running(command, {}, folder / "echo.log", crowd) as side:
        yield side


@contextlib.asynccontextmanager
async def _running(
    command: list[str], environment: dict[str, str], log: Path, crowd: Crowd
) -> AsyncIterator[Side]:
    process = Process(command, environment, log)
    process.start()
    try:
        await _until_listening(crowd, log)
        assert process.child is not None
        yield Side(crowd, Meter(process.child.pid))
    finally:
        await asyncio.to_thread(process.stop)
        crowd.sink.stop()


async def _until_listening(crowd: Crowd, log: Path) -> None:
    for _ in range(600):
        await asyncio.sleep(0.1)
        if crowd.sink.webhook:
            host, _, port = crowd.sink.webhook.split("/")[2].partition(":")
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(host, int(port))
                writer.close()
                return
    raise AssertionError(f"it did not begin; see {log}")


def _report(ours: Side, peer: Side, shares: dict[str, float]) -> None:
    rows = [
        *_compare("journeys", ours.journeys, peer.journeys),
        *_compare("button", ours.presses, peer.presses),
        _row("memory at the end", ours.memory[-1][1], peer.memory[-1][1], "MB"),
        _row("memory gained while pressing", *(_gained(side) for side in (ours, peer)), "MB"),
    ]
    stages = [
        {"stage": stage, "share": round(share, 3), "ms": round(share * ours.presses.cpu_ms, 3)}
        for stage, share in shares.items()
    ]
    kinds = [
        {
            "what": kind,
            "count": len(took),
            "p50": _percentile(took, 50),
            "p99": _percentile(took, 99),
        }
        for kind, took in sorted({**ours.journeys.by_kind, **ours.presses.by_kind}.items())
    ]
    begin = ours.memory[0][0]
    memory = [[round(at - begin), round(megabytes, 1)] for at, megabytes in ours.memory]
    _print("CPU of one press by stage", stages)
    _print("milliseconds by what was done", kinds)
    show("load", rows, stages=stages, kinds=kinds, memory=memory)


def _compare(what: str, ours: Slices, peer: Slices) -> list[Row]:
    rows = [_row(f"{what}: CPU of an update", ours.cpu_ms, peer.cpu_ms, "ms")]
    for percent in (50, 90, 99):
        mine, other = (_percentile(slices.took, percent) for slices in (ours, peer))
        rows.append(_row(f"{what}: p{percent} at {PACE:g}/s", mine, other, "ms"))
    rows.append(_row(f"{what}: updates never answered", ours.lost, peer.lost, "updates"))
    return rows


def _row(what: str, ours: float, peer: float, unit: str) -> Row:
    ratio = round(peer / ours, 3) if ours > 0 else 1.0
    return Row(
        what=what, ours=round(ours, 3), peer=round(peer, 3), peer_name=PEER, ratio=ratio, unit=unit
    )


def _gained(side: Side) -> float:
    """Megabytes between the first and the last third of the presses."""
    sizes = [megabytes for _, megabytes in side.memory]
    third = max(1, len(sizes) // 3)
    return max(0.0, statistics.median(sizes[-third:]) - statistics.median(sizes[third : 2 * third]))


def _percentile(took: list[float], percent: int) -> float:
    if not took:
        return 0.0
    ordered = sorted(took)
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1)


def _tell(phase: str, ours: Slices, peer: Slices) -> None:
    Console(stderr=True).print(
        f"{phase}: {ours.updates} updates, {ours.cpu_ms:.2f} ms CPU (peer {peer.cpu_ms:.2f}), "
        f"p99 {_percentile(ours.took, 99):.0f} ms (peer {_percentile(peer.took, 99):.0f}), "
        f"lost {ours.lost}"
    )


def _print(title: str, lines: list[dict[str, Any]]) -> None:
    if lines:
        table = Table(*lines[0], title=title)
        for line in lines:
            table.add_row(*(str(value) for value in line.values()))
        Console(width=120).print(table)


if __name__ == "__main__":
    asyncio.run(main())
