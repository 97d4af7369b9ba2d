"""The product's own command line, in a process that dies at the n-th passage of a fault point.

`python -m tests.crash.child POINT PASSAGE LOG VERB…`; every passage on the way is a line in LOG.
"""

import os
import signal
import sys
from collections import Counter
from pathlib import Path

from bot.__main__ import app
from credentials import fault_points


def main() -> None:
    point, passage, log = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    passed: Counter[str] = Counter()
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(reached: str) -> None:
        passed[reached] += 1
        os.write(out, f"{reached}\n".encode())  # at once: what is buffered dies, too
        if reached == point and passed[reached] == passage:
            os.kill(os.getpid(), signal.SIGKILL)

    fault_points.install(hook)
    sys.argv = ["skillmark", *sys.argv[4:]]
    app()


if __name__ == "__main__":
    main()
