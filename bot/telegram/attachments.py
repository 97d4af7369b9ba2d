"""Files made at delivery: which source makes which."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from credentials.unit_of_work import Institution


@dataclass(frozen=True)
class Prepared:
    """A file ready to send."""

    content: bytes
    filename: str


Maker = Callable[[Institution, Mapping[str, Any]], Prepared]
MAKERS: dict[str, Maker] = {}
