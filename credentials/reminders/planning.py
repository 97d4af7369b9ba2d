"""Facts that call for a reminder become rows, each once however many processes look."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from credentials.reminders.kinds import KINDS, Arising, Kind
from credentials.reminders.models import ReminderRow
from credentials.unit_of_work import Work


def plan_reminders(work: Work) -> int:
    """Plan what facts call for and is not planned yet, in batches; returns how many are new."""
    return sum(_plan(work, kind, known.arising(work)) for kind, known in KINDS.items())


def _plan(work: Work, kind: Kind, arising: Iterable[Arising]) -> int:
    rows = [_row(work, kind, one) for one in arising]
    if not rows:
        return 0
    dialect = work.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    written = work.session.scalars(
        insert(ReminderRow).on_conflict_do_nothing().returning(ReminderRow.reminder_id), rows
    )
    return len(written.all())


def _row(work: Work, kind: Kind, one: Arising) -> dict[str, Any]:
    local = one.due.astimezone(one.zone)
    return {
        "reminder_id": _reminder_id(kind, one),
        "person_id": one.person_id,
        "kind": kind.value,
        "subject": one.subject,
        "snooze_of": None,
        "rule": one.rule,
        "starts_on": local.date(),
        "local_time": local.time().replace(microsecond=0),
        "zone": one.zone.key,
        "next_due": one.due,
        "deadline": one.deadline,
        "told": 0,
        "created_at": work.now,
    }


def _reminder_id(kind: Kind, one: Arising) -> str:
    """The same id for the same reason, so that two processes plan it once."""
    reason = f"{kind}:{one.person_id}:{one.subject}"
    return hashlib.sha256(reason.encode()).hexdigest()[:12]
