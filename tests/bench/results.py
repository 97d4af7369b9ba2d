"""What every bench ends with: a table on the screen and `var/bench/NAME.json`."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

FOLDER = Path("var/bench")


@dataclass(frozen=True, kw_only=True)
class Row:
    """Ours beside a peer, measured alternately in one run; `ratio` above 1 is in our favour."""

    what: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    unit: str


def show(name: str, rows: Iterable[Row], **more: Any) -> None:
    """Print the table and write `var/bench/NAME.json`; `more` stands beside its rows."""
    found = list(rows)
    FOLDER.mkdir(parents=True, exist_ok=True)
    content = {"rows": [asdict(row) for row in found], **more}
    text = json.dumps(content, indent=1, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    table = Table("what", "ours", "peer", "peer's name", "ratio", "unit")
    for row in found:
        table.add_row(
            row.what,
            f"{row.ours:,.4g}",
            f"{row.peer:,.4g}",
            row.peer_name,
            f"{row.ratio:.2f}x",
            row.unit,
        )
    Console(width=120).print(table)
