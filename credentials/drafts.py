"""What a person is in the middle of: an intake, evidence, a review, a reminder.

A draft is kept until it is finished or cancelled. A person has one open draft of a kind at most;
the one touched last is what they are in the middle of now. Cancelling puts some kinds aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Integer, Table, UniqueConstraint, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from credentials.database import Base, new_short_id

RESTING = 0
KEPT_WHEN_CANCELLED = frozenset({"intake", "evidence", "review"})


class DraftRow(Base):
    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    subject: Mapped[str | None]
    fields: Mapped[dict[str, Any]]
    asking: Mapped[str | None]
    verbatim: Mapped[bool]
    touched_at: Mapped[datetime]
    touched: Mapped[int] = mapped_column(Integer)


DRAFTS = cast("Table", DraftRow.__table__)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One draft.

    `asking` is the field the open question asks for; `verbatim` says that the next text is content
    for it and must not be interpreted.
    """

    draft_id: str
    person_id: str
    kind: str
    subject: str | None
    fields: Mapping[str, Any]
    asking: str | None
    verbatim: bool
    touched_at: datetime


def save_draft(  # noqa: PLR0913
    session: Session,
    *,
    person_id: str,
    kind: str,
    now: datetime,
    subject: str | None = None,
    fields: Mapping[str, Any],
    asking: str | None = None,
    verbatim: bool = False,
) -> Draft:
    """Open the person's draft of this kind or replace its content, and make it the current one."""
    latest = session.scalar(
        select(func.max(DraftRow.touched)).where(DraftRow.person_id == person_id)
    )
    row = _row(session, person_id, kind)
    if row is None:
        row = DraftRow(draft_id=new_short_id(), person_id=person_id, kind=kind)
        session.add(row)
    row.subject, row.fields, row.asking, row.verbatim = subject, dict(fields), asking, verbatim
    row.touched_at, row.touched = now, (latest or 0) + 1
    session.flush()
    return _draft(row)


def keep_note(
    session: Session, *, person_id: str, kind: str, fields: Mapping[str, Any], now: datetime
) -> None:
    """Keep facts beside what the person is in the middle of: found, but never current."""
    note = {
        "draft_id": new_short_id(),
        "person_id": person_id,
        "kind": kind,
        "fields": dict(fields),
        "verbatim": False,
        "touched_at": now,
        "touched": RESTING,
    }
    session.connection().execute(_noting(session.get_bind().dialect.name), note)


def find_draft(session: Session, person_id: str, kind: str) -> Draft | None:
    asked = {"person": person_id, "kind": kind}
    row = session.connection().execute(_reading(), asked).one_or_none()
    return _draft(row) if row else None


def current_draft(session: Session, person_id: str) -> Draft | None:
    """The draft the person touched last."""
    row = session.scalar(_latest(), {"person": person_id})
    return _draft(row) if row else None


def close_draft(session: Session, person_id: str, kind: str) -> None:
    """End the draft; without one, nothing happens."""
    session.execute(delete(DraftRow).where(DraftRow.person_id == person_id, DraftRow.kind == kind))


def rest_draft(session: Session, person_id: str, kind: str) -> None:
    """Put the draft aside: kept and found, but no longer what the person is in the middle of."""
    row = _row(session, person_id, kind)
    if row is not None:
        row.touched, row.verbatim = RESTING, False
        session.flush()


def cancel_current(session: Session, person_id: str) -> str | None:
    """End what the person is in the middle of and say its kind; what they gave us is put aside."""
    draft = current_draft(session, person_id)
    if draft is None:
        return None
    if draft.kind in KEPT_WHEN_CANCELLED:
        rest_draft(session, person_id, draft.kind)
    else:
        close_draft(session, person_id, draft.kind)
    return draft.kind


def _row(session: Session, person_id: str, kind: str) -> DraftRow | None:
    found: DraftRow | None = session.scalar(_of_kind(), {"person": person_id, "kind": kind})
    return found


# Built once: they run for most updates.
@cache
def _latest() -> Any:
    return (
        select(DraftRow)
        .where(DraftRow.person_id == bindparam("person"), DraftRow.touched > RESTING)
        .order_by(DraftRow.touched.desc())
        .limit(1)
    )


@cache
def _of_kind() -> Any:
    return select(DraftRow).where(
        DraftRow.person_id == bindparam("person"), DraftRow.kind == bindparam("kind")
    )


@cache
def _reading() -> Any:
    """What is in a draft, without the mapper's care for changes: read for nearly every message."""
    return select(DRAFTS).where(
        DRAFTS.c.person_id == bindparam("person"), DRAFTS.c.kind == bindparam("kind")
    )


@cache
def _noting(dialect: str) -> Any:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    new = insert(DRAFTS)
    changed: dict[str, Any] = {
        name: new.excluded[name] for name in ("fields", "verbatim", "touched_at", "touched")
    }
    changed |= {"subject": None, "asking": None}
    return new.on_conflict_do_update(index_elements=["person_id", "kind"], set_=changed)


def _draft(row: Any) -> Draft:
    return Draft(
        draft_id=row.draft_id,
        person_id=row.person_id,
        kind=row.kind,
        subject=row.subject,
        fields=row.fields,
        asking=row.asking,
        verbatim=row.verbatim,
        touched_at=row.touched_at,
    )
