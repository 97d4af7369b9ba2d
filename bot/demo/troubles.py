"""What keeps a process from coming up, in the last words of its log."""

from pathlib import Path

LAST_BYTES = 4096
OURS = "skillmark: "  # how the command line begins what has to be put in order
MAKES = "make: ***"


def trouble(logs: Path | None, name: str) -> str | None:
    """Why the process ended, as a sentence; None while it has not, or while it tries again."""
    log = logs / f"{name}.log" if logs else None
    if log is None or not log.exists():
        return None
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - LAST_BYTES))
        said = file.read().decode("utf-8", "replace").split("\n")
    last = next((line.strip() for line in reversed(said) if line.strip()), "")
    if last.startswith(OURS):
        return last.removeprefix(OURS)
    return f"It could not be started; see {log}" if last.startswith(MAKES) else None
