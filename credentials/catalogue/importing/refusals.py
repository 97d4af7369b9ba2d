"""Why a distribution is refused, or a row of it left out: always with file and line."""

from dataclasses import dataclass

from credentials.catalogue.folders import CatalogueError


class ImportRefusedError(CatalogueError):
    """The files cannot be imported; nothing was changed. The detail names file and line."""

    def __init__(self, why: str, *, file: str = "", line: int | None = None) -> None:
        place = f"{file}:{line}" if file and line else file
        super().__init__(f"{place}: {why}" if place else why)
        self.why, self.file, self.line = why, file, line


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out."""

    file: str
    line: int
    why: str
