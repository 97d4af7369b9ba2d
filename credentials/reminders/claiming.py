"""What is due becomes messages owed, in batches; any number of processes may claim at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from credentials.audit import record
from credentials.errors import NotFoundError
from credentials.fault_points import TICK_CLAIMED, TICK_ENQUEUED, reach
from credentials.issuing import find_badge
from credentials.outbox import MessageClass, enqueue
from credentials.people.models import PersonRow
from credentials.reminders.models import NudgeDayRow, ReminderRow
from credentials.reminders.reminders import Kind, rule_of
from credentials.reminders.rules import QUIET_UNTIL, after_quiet, next_instant, resolve
from credentials.unit_of_work import Work

BATCH = 500
STALE_AFTER = timedelta(hours=12)
KEEP = timedelta(days=30)
PATIENCE = timedelta(days=3)  # so long a renewal gives way to the day's other message


@dataclass(frozen=True)
class Claimed:
    """How many were looked at, and how many messages are owed now."""

    looked_at: int
    owed: int


def claim_due_reminders(
    work: Work, *, limit: int = BATCH, awake_since: datetime | None = None
) -> Claimed:
    """Owe a message for each reminder that is due and set its next instant.

    One that fell due before `awake_since` was missed: it comes late, but not at night, and not at
    all once it is twelve hours old. Whoever sends at most one unasked message a local day skips
    the second.
    """
    query = (
        select(ReminderRow, PersonRow)
        .join(PersonRow, PersonRow.person_id == ReminderRow.person_id)
        .where(ReminderRow.next_due <= work.now)
        .order_by(ReminderRow.next_due)
        .limit(limit)
        .with_for_update(skip_locked=True, of=ReminderRow)
    )
    rows = work.session.execute(query).all()
    reach(TICK_CLAIMED)
    owed = sum(_claim(work, row, person, awake_since) for row, person in rows)
    reach(TICK_ENQUEUED)
    return Claimed(len(rows), owed)


def _claim(work: Work, row: ReminderRow, person: PersonRow, awake_since: datetime | None) -> bool:
    due, zone = row.next_due, ZoneInfo(row.zone)
    assert due is not None
    if not person.proactive or not person.reachable:
        _move_on(work, row, zone)
        return False
    was_missed = awake_since is None or due < awake_since
    if was_missed and after_quiet(work.now, zone) > work.now:
        row.next_due = after_quiet(work.now, zone)
        return False
    if _is_stale(work, row, due, was_missed=was_missed):
        record(
            work.session,
            now=work.now,
            actor="system",
            event="reminder_skipped_stale",
            subject=row.reminder_id,
            detail={"kind": row.kind, "due": due.isoformat()},
        )
        _move_on(work, row, zone)
        return False
    if not _takes_the_day(work, row, zone):
        return False
    return _send(work, row, due, zone)


def _is_stale(work: Work, row: ReminderRow, due: datetime, *, was_missed: bool) -> bool:
    if row.deadline is not None:
        return work.now > row.deadline
    return was_missed and work.now - due >= STALE_AFTER


def _takes_the_day(work: Work, row: ReminderRow, zone: ZoneInfo) -> bool:
    """Whether this one may be sent today. What a person asked for once always may."""
    day = work.now.astimezone(zone).date()
    insert = (
        postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    )
    is_first = work.session.scalar(
        insert(NudgeDayRow)
        .values(person_id=row.person_id, day=day)
        .on_conflict_do_nothing()
        .returning(NudgeDayRow.day)
    )
    if is_first is not None or row.kind == Kind.ONCE or row.snooze_of is not None:
        return True
    if row.kind == Kind.RENEWAL:
        planned = resolve(row.starts_on, row.local_time, zone)
        if work.now - planned >= PATIENCE:
            return True
        row.next_due = resolve(day + timedelta(days=1), QUIET_UNTIL, zone)
        return False
    _move_on(work, row, zone)
    return False


def _send(work: Work, row: ReminderRow, due: datetime, zone: ZoneInfo) -> bool:
    args: dict[str, Any] = {"reminder_id": row.reminder_id, "kind": row.kind, "told": row.told}
    if row.kind == Kind.RENEWAL:
        args |= _renewal(work, row)
    row.told += 1
    _move_on(work, row, zone)
    return enqueue(
        work.session,
        person_id=row.person_id,
        screen="renewal_nudge" if row.kind == Kind.RENEWAL else "study_nudge",
        args=args,
        message_class=MessageClass.NUDGE,
        key=f"reminder:{row.reminder_id}:{due.isoformat()}",
        now=work.now,
    )


def _renewal(work: Work, row: ReminderRow) -> dict[str, Any]:
    """What runs out, when, and how it is renewed; a badge that was erased has no name."""
    ends = row.deadline and row.deadline.isoformat()
    try:
        achievement = find_badge(work, badge_id=row.subject).achievement
    except NotFoundError:
        return {"badge_id": row.subject or "", "ends": ends}
    path = achievement.renewal.path if achievement.renewal else None
    return {
        "badge_id": row.subject or "",
        "ends": ends,
        "title": achievement.name,
        "path": path,
    }


def _move_on(work: Work, row: ReminderRow, zone: ZoneInfo) -> None:
    is_single = row.kind != Kind.STUDY
    row.next_due = None if is_single else next_instant(rule_of(row), zone, work.now)


def forget_spent_reminders(work: Work) -> None:
    """Delete the marks of past days, and single reminders a month after they came."""
    past = (work.now - KEEP).date()
    work.session.execute(delete(NudgeDayRow).where(NudgeDayRow.day < past))
    work.session.execute(
        delete(ReminderRow).where(
            ReminderRow.kind == Kind.ONCE,
            ReminderRow.next_due.is_(None),
            ReminderRow.starts_on < past,
        )
    )
