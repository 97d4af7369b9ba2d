"""Rows of a bench, intervals of a share, and this process's clock and memory."""

import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
UTTERANCES = ROOT / "tests" / "bench" / "utterances"


@dataclass(frozen=True)
class Row:
    """One figure. `peer` is the goal or the rival it is held against."""

    what: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return round(self.ours / self.peer, 4) if self.peer else None


def share(what: str, hits: int, of: int, goal: float | None = None) -> Row:
    """A share with its 95 % interval."""
    low, high = wilson(hits, of)
    note = f"{hits}/{of}, 95 % {low:.2f} to {high:.2f}"
    return Row(what, round(hits / max(of, 1), 4), "share", goal, "goal" if goal else None, note)


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval (1927)."""
    if of == 0:
        return 0.0, 1.0
    rate, spread = hits / of, z * z / of
    middle = (rate + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(rate * (1 - rate) / of + spread / (4 * of))
    return middle - half, middle + half


def read_lines(name: str, half: str) -> list[dict[str, Any]]:
    lines = (UTTERANCES / name).read_text(encoding="utf-8").splitlines()
    return [item for item in map(json.loads, lines) if item["half"] == half]


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    """Adds the milliseconds a block takes."""
    start = time.perf_counter()
    yield
    into.append((time.perf_counter() - start) * 1000)


@contextmanager
def worked(into: list[float]) -> Iterator[None]:
    """Adds the milliseconds of processor time a block takes, whatever else the machine does."""
    start = time.process_time()
    yield
    into.append((time.process_time() - start) * 1000)


def percentile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def memory_mb() -> float:
    """Resident memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def write(rows: list[Row]) -> None:
    """Print the table and write var/bench/advice.json."""
    for row in rows:
        goal = f"  ({row.peer_name} {row.peer:g})" if row.peer is not None else ""
        print(f"{row.what:58} {row.ours:>10.4g} {row.unit:8}{goal}  {row.note}")  # noqa: T201
    out = ROOT / "var" / "bench" / "advice.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    told = [{**asdict(row), "ratio": row.ratio} for row in rows]
    out.write_text(json.dumps({"rows": told}, indent=1) + "\n", encoding="utf-8")
