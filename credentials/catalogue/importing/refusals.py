"""Why a distribution is refused, or a row of it left out: always with file and line."""

from dataclasses import dataclass

from credentials.catalogue.folders import CatalogueError

MAX_PROBLEMS = 20


class ImportRefusedError(CatalogueError):
    """The files cannot be imported; nothing was changed. The detail names file and line."""

    def __init__(self, why: str, *, file: str = "", line: int | None = None) -> None:
        place = f"{file}:{line}" if file and line else file
        super().__init__(f"{place}: {why}" if place else why)
        self.why, self.file, self.line = why, file, line


def refuse_all(problems: list[str]) -> ImportRefusedError:
    """One refusal that tells several problems, each on its line."""
    left = len(problems) - MAX_PROBLEMS
    more = [f"and {left:,} more"] if left > 0 else []
    return ImportRefusedError("\n  ".join([*problems[:MAX_PROBLEMS], *more]))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out."""

    file: str
    line: int
    why: str
