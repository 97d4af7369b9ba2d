"""An append-only, hash-chained record of who did what, without any content.

What is recorded: decisions, signatures, role grants, consents, disclosures, exports, deletions.
What never is: message text, evidence, tokens, names.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from credentials.database import Base

FIRST = "0" * 64
CHAIN_LOCK = 0x5B1D


class AuditEvent(Base):
    __tablename__ = "audit_events"

    event_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    at: Mapped[datetime]
    actor: Mapped[str]  # a person_id, "operator" or "system"
    event: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(unique=True)  # one successor each: no forks
    hash: Mapped[str]


def record(
    session: Session,
    *,
    now: datetime,
    actor: str,
    event: str,
    subject: str,
    detail: Mapping[str, str | int | bool | None] | None = None,
) -> None:
    """Append an event; `detail` holds ids, codes and numbers only."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite writes one at a time anyway
        session.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    last = session.scalar(select(AuditEvent).order_by(AuditEvent.event_id.desc()).limit(1))
    previous = last.hash if last else FIRST
    known = dict(detail or {})
    digest = _hash(previous, now, actor, event, subject, known)
    session.add(
        AuditEvent(
            at=now,
            actor=actor,
            event=event,
            subject=subject,
            detail=known,
            previous_hash=previous,
            hash=digest,
        )
    )
    session.flush()


def find_break(session: Session) -> int | None:
    """The first event that does not follow from the one before it; None when the chain holds."""
    previous = FIRST
    query = select(AuditEvent).order_by(AuditEvent.event_id)
    for row in session.scalars(query.execution_options(yield_per=500)):
        expected = _hash(previous, row.at, row.actor, row.event, row.subject, row.detail)
        if row.previous_hash != previous or row.hash != expected:
            return int(row.event_id)
        previous = row.hash
    return None


def _hash(
    previous: str, at: datetime, actor: str, event: str, subject: str, detail: Mapping[str, Any]
) -> str:
    body = [at.isoformat(), actor, event, subject, dict(detail)]
    return hashlib.sha256((previous + json.dumps(body, sort_keys=True)).encode()).hexdigest()
