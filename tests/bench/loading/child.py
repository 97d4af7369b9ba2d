"""The product's own command line in a process that can say where its CPU goes.

`python -m tests.bench.loading.child FILE SECONDS VERB…`: at SIGUSR1 it looks at every thread for so
long, each time charging the CPU a thread has used since to the stage its stack is in, and writes
the sums to FILE. (Sampling profilers from outside count waiting threads, too.)
"""

import json
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType

from bot.__main__ import app
from tests.bench.loading.cost import stage_of

EVERY_SECONDS = 0.002
SWITCH_SECONDS = 0.0005  # how long a thread may keep the sampler waiting


def watch(file: Path, seconds: float) -> None:
    """Charge CPU to stages for a while, then write `{stage: seconds}`."""
    sys.setswitchinterval(SWITCH_SECONDS)
    spent: Counter[str] = Counter()
    known: dict[int, float] = {}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for thread, frame in sys._current_frames().items():
            if thread != threading.get_ident():
                used = _cpu_of(thread)
                if used > known.get(thread, used):
                    spent[stage_of(_stack(frame))] += used - known[thread]
                known[thread] = used
        time.sleep(EVERY_SECONDS)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(spent))
    draft.replace(file)


def _cpu_of(thread: int) -> float:
    try:
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    except OSError:  # it has just ended
        return 0.0


def _stack(frame: FrameType | None) -> list[tuple[str, str]]:
    found = []
    while frame is not None:
        found.append((frame.f_code.co_filename, frame.f_code.co_name))
        frame = frame.f_back
    return found


def main() -> None:
    file, seconds = Path(sys.argv[1]), float(sys.argv[2])

    def begin(number: int, frame: FrameType | None) -> None:
        threading.Thread(target=watch, args=(file, seconds), daemon=True).start()

    signal.signal(signal.SIGUSR1, begin)
    sys.argv = ["skillmark", *sys.argv[3:]]
    app()


if __name__ == "__main__":
    main()
