"""Reads our files of examples: `[heading]` lines, and under each the lines that belong to it."""

from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
MESSAGES = HERE / "messages.txt"
EVERYDAY = HERE / "everyday.txt"
SKILL_PHRASES = HERE / "skill_phrases.txt"


def read_sections(path: Path) -> Iterator[tuple[str, str]]:
    """(heading, line) for every line that is neither empty nor a comment."""
    heading = ""
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]"):
            heading = line[1:-1]
        elif line and not line.startswith("#"):
            yield heading, line


def example_texts() -> list[str]:
    """What the gate learned from."""
    return [line for path in (MESSAGES, EVERYDAY) for _, line in read_sections(path)]


def everyday_names() -> Iterator[tuple[str, str]]:
    """(O*NET-SOC code, how people put it)."""
    for heading, line in read_sections(EVERYDAY):
        yield heading.split()[0], line
