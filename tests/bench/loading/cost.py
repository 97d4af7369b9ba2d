"""What a process costs, as the kernel counts it, and which stage a stack belongs to."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
REST = "event loop, the rest"

#: Where a stack belongs: its innermost frame that is named here. No functions means all of a file.
STAGES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("take in", "bot/telegram/webhook.py", frozenset()),
    ("take in", "bot/telegram/receiving.py", frozenset()),
    ("take in", "credentials/inbox.py", frozenset({"store_updates"})),
    ("take in", "uvicorn/", frozenset()),
    ("claim the update", "bot/telegram/dispatching.py", frozenset({"claim"})),
    ("claim the update", "credentials/inbox.py", frozenset({"claim_updates"})),
    ("find its handler", "bot/telegram/dispatching.py", frozenset()),
    ("claim the message", "bot/telegram/delivery.py", frozenset({"claim", "claim_answer"})),
    ("draw", "bot/telegram/delivery.py", frozenset({"_pack", "pack"})),
    ("use case", "bot/telegram/context.py", frozenset({"_commit", "run"})),
    ("stop the spinner", "bot/telegram/context.py", frozenset({"acknowledge"})),
    ("send", "bot/telegram/parcels.py", frozenset()),
    ("send", "aiohttp/", frozenset()),
    ("confirm", "bot/telegram/delivery.py", frozenset({"_note", "_sent"})),
    ("shared commits", "bot/threads.py", frozenset({"_together"})),
    ("ticks", "bot/ticks.py", frozenset()),
)


@dataclass
class Meter:
    """A running process, by its id."""

    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def megabytes(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        kilobytes = status.partition("VmRSS:")[2].split()[0]
        return int(kilobytes) / 1024


def stage_of(stack: Iterable[tuple[str, str]]) -> str:
    """The stage of a stack of (file, function), innermost first."""
    for place, function in stack:
        for stage, file, functions in STAGES:
            if file in place and (not functions or function in functions):
                return stage
    return REST
