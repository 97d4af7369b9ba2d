"""Work that came before anybody asked for it: kept in mind until it has its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from credentials.drafts import close_draft, find_draft, keep_note
from credentials.unit_of_work import Work

KIND = "stray"
KEPT = timedelta(days=7)
MAX_NAME = 40  # characters


@dataclass(frozen=True, kw_only=True)
class Stray:
    """`name` says what it is; `text` is a message with a link, `file` what its channel needs."""

    name: str
    text: str
    file: Mapping[str, Any] | None


def note_stray(
    work: Work, *, person_id: str, name: str, text: str, file: Mapping[str, Any] | None = None
) -> None:
    """Remember the newest message that may be work; it replaces the one before."""
    short = name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"
    fields = {"name": short, "text": text, "file": dict(file) if file else None}
    keep_note(work.session, person_id=person_id, kind=KIND, fields=fields, now=work.now)


def find_stray(work: Work, *, person_id: str) -> Stray | None:
    """What may be work and has no place yet; None after a week."""
    note = find_draft(work.session, person_id, KIND)
    if note is None or work.now - note.touched_at > KEPT:
        return None
    return Stray(name=note.fields["name"], text=note.fields["text"], file=note.fields["file"])


def forget_stray(work: Work, *, person_id: str) -> None:
    """It has its place."""
    close_draft(work.session, person_id, KIND)
