"""Time passes for an institution as a process that runs sees it, from one due instant to the next."""

from datetime import timedelta

from sqlalchemy import func, select

from credentials.reminders import claim_due_reminders, plan_reminders
from credentials.reminders.models import ReminderRow

STEP = timedelta(days=1)


def pass_days(institution, clock, days):
    """Plan once a day, and claim whenever something is due."""
    end = clock.now() + timedelta(days=days)
    while clock.now() < end:
        before = clock.now()
        with institution.begin() as work:
            plan_reminders(work)
        pass_until(institution, clock, min(before + STEP, end))


def pass_until(institution, clock, end):
    """Claim whenever something is due."""
    while clock.now() < end:
        since = clock.now()
        clock.advance(_next_due(institution, since, end) - since)
        with institution.begin() as work:
            claim_due_reminders(work, awake_since=since)


def _next_due(institution, now, latest):
    with institution.read() as work:
        due = work.session.scalar(
            select(func.min(ReminderRow.next_due)).where(ReminderRow.next_due <= latest)
        )
    return latest if due is None else max(due, now + timedelta(seconds=1))
