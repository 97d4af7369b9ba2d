"""What an import did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from credentials.catalogue.importing.refusals import Skipped


class Outcome(StrEnum):
    IMPORTED = "imported"
    UNCHANGED = "unchanged"  # the same content is current already
    RESTORED = "restored"  # the same content was kept and is current again
    DRY_RUN = "dry_run"  # nothing was written


@dataclass
class Changes:
    """Rows of one table, compared with the release that was current."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did. `changes` is by table; `codes` names occupations by what became of them."""

    framework: str
    release: str
    previous_release: str | None
    source: str
    digest: str
    outcome: Outcome
    version_id: int | None
    changes: Mapping[str, Changes] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skipped_count: int = 0
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()
    attribution: str = ""
