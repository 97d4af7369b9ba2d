"""One nudge before a badge runs out, in time to renew it."""

import hashlib
from datetime import datetime, time, timedelta

from sqlalchemy.dialects import postgresql, sqlite

from credentials.issuing import list_expiring
from credentials.people import find_person
from credentials.reminders.models import ReminderRow
from credentials.reminders.reminders import Kind
from credentials.reminders.rules import after_quiet, resolve
from credentials.unit_of_work import Work

AHEAD = timedelta(days=30)
AT = time(10)


def schedule_renewal(work: Work, *, person_id: str, badge_id: str, valid_until: datetime) -> bool:
    """Plan the nudge 30 days before the badge runs out; False when it is planned already.

    A badge that lives shorter gets it in daytime from now on.
    """
    zone = find_person(work, person_id).zone_info
    planned = resolve((valid_until - AHEAD).astimezone(zone).date(), AT, zone)
    due = max(planned, after_quiet(work.now, zone))
    local = due.astimezone(zone)
    dialect = work.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    written = work.session.scalar(
        insert(ReminderRow)
        .values(
            reminder_id=_renewal_id(badge_id),
            person_id=person_id,
            kind=Kind.RENEWAL,
            subject=badge_id,
            rule="FREQ=DAILY;COUNT=1",
            starts_on=local.date(),
            local_time=local.time().replace(microsecond=0),
            zone=zone.key,
            next_due=due,
            deadline=valid_until,
            told=0,
            created_at=work.now,
        )
        .on_conflict_do_nothing()
        .returning(ReminderRow.reminder_id)
    )
    return written is not None


def schedule_due_renewals(work: Work) -> int:
    """Plan the nudges of badges that run out soon; returns how many are new."""
    soon = work.now + AHEAD + timedelta(days=1)
    return sum(
        schedule_renewal(
            work, person_id=badge.person_id, badge_id=badge.badge_id, valid_until=badge.valid_until
        )
        for badge in list_expiring(work, after=work.now, before=soon)
        if badge.person_id and badge.valid_until
    )


def _renewal_id(badge_id: str) -> str:
    """The same id for the same badge, so that two processes plan one nudge."""
    return hashlib.sha256(f"renewal:{badge_id}".encode()).hexdigest()[:12]
