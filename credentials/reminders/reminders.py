"""A person's reminders: set, shown, put off, ended."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import delete, or_, select, update

from credentials.audit import record
from credentials.database import new_short_id
from credentials.errors import InvalidInputError, NotFoundError, StaleError
from credentials.outbox import drop_nudges
from credentials.people import (
    QuietHours,
    find_person,
    find_preferences,
    set_days_off,
    set_proactive,
)
from credentials.reminders.kinds import KINDS, ONCE_RULE, Kind
from credentials.reminders.models import ReminderRow
from credentials.reminders.quiet import after_quiet, is_quiet
from credentials.reminders.rules import Frequency, Rule, next_instant, resolve, rule_from
from credentials.unit_of_work import Work

TOMORROW_AT = time(10)
ENDED_BY_DELETING = (
    Kind.STUDY,
    Kind.ONCE,
    Kind.DIGEST,
)  # others stay, so as not to be planned again
SHOWN = (Kind.STUDY, Kind.ONCE, Kind.RENEWAL, Kind.DIGEST, Kind.QUEUE)


class Snooze(StrEnum):
    HOUR = "hour"
    TOMORROW = "tomorrow"
    WEEK = "week"


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """`next_due` is None once nothing more will come; `is_quiet` says that it comes at night."""

    reminder_id: str
    kind: Kind
    subject: str | None
    rule: Rule
    zone: str
    next_due: datetime | None
    is_quiet: bool


def set_reminder(work: Work, *, person_id: str, rule: Rule) -> Reminder:
    """Remind at the rule's times, in the person's zone; a recurrence replaces the one before.

    The person may be written to again, had they ended that.

    Raises:
        InvalidInputError: the rule's only time has passed.
    """
    person = find_person(work, person_id)
    kind = Kind.ONCE if rule.frequency is Frequency.ONCE else Kind.STUDY
    due = next_instant(rule, person.zone_info, work.now)
    if due is None:
        raise PastError
    _replace(work, person_id, kind, due)
    set_proactive(work, person_id, proactive=True)
    if find_preferences(work, person_id=person_id).is_off(due.astimezone(person.zone_info).date()):
        set_days_off(work, person_id=person_id, days=None)  # it was asked for on such a day
    row = ReminderRow(
        reminder_id=new_short_id(),
        person_id=person_id,
        kind=kind,
        rule=rule.text,
        starts_on=rule.starts_on,
        local_time=rule.at,
        zone=person.zone,
        next_due=due,
        told=0,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return view(row)


class PastError(InvalidInputError):
    """The time has passed."""

    code = "reminder_past"


def list_reminders(work: Work, *, person_id: str) -> list[Reminder]:
    """What is still to come, soonest first."""
    return [view(row) for row in _coming(work, person_id)]


def find_reminder(work: Work, *, person_id: str, reminder_id: str) -> Reminder:
    """One reminder of this person.

    Raises:
        NotFoundError: they have none with this id.
    """
    return view(_row(work, person_id, reminder_id))


def change_time(work: Work, *, person_id: str, reminder_id: str, at: time) -> Reminder:
    """Keep the days, come at another time.

    Raises:
        PastError: the rule's only time has passed.
    """
    row = _row(work, person_id, reminder_id)
    due = next_instant(replace(rule_of(row), at=at), ZoneInfo(row.zone), work.now)
    if due is None:
        raise PastError
    row.local_time, row.next_due = at, due
    return view(row)


def snooze_reminder(work: Work, *, person_id: str, reminder_id: str, choice: Snooze) -> Reminder:
    """Come back once, later; the rhythm stays. A night is waited out."""
    zone = find_person(work, person_id).zone_info
    today = work.now.astimezone(zone).date()
    later = {
        Snooze.HOUR: work.now + timedelta(hours=1),
        Snooze.TOMORROW: resolve(today + timedelta(days=1), TOMORROW_AT, zone),
        Snooze.WEEK: resolve(today + timedelta(days=7), TOMORROW_AT, zone),
    }[choice]
    row = _row(work, person_id, reminder_id)
    quiet = find_preferences(work, person_id=person_id).quiet
    return _put_off(work, row, after_quiet(later, zone, quiet), zone)


def snooze_latest(work: Work, *, person_id: str, until: datetime) -> Reminder:
    """Put off the reminder a person means by "it" until an instant.

    Raises:
        PastError: the instant has passed.
        NotFoundError: there is no reminder.
    """
    if until <= work.now:
        raise PastError
    row = _latest_row(work, person_id)
    if row is None:
        raise NotFoundError("no reminder")
    return _put_off(work, row, until, find_person(work, person_id).zone_info)


def latest_reminder(work: Work, *, person_id: str) -> Reminder | None:
    """The reminder a person means by "it": the rhythm, else the one set last."""
    row = _latest_row(work, person_id)
    return view(row) if row else None


def _latest_row(work: Work, person_id: str) -> ReminderRow | None:
    return work.session.scalar(
        select(ReminderRow)
        .where(ReminderRow.person_id == person_id)
        .order_by(ReminderRow.kind != Kind.STUDY, ReminderRow.created_at.desc())
        .limit(1)
    )


def stop_reminder(work: Work, *, person_id: str, reminder_id: str) -> None:
    """End this reminder and what was put off of it.

    Raises:
        StaleError: it has ended already.
    """
    row = work.session.get(ReminderRow, reminder_id)
    if row is None or row.person_id != person_id:
        raise StaleError
    origin = row.snooze_of or reminder_id
    work.session.execute(
        delete(ReminderRow).where(
            ReminderRow.person_id == person_id,
            ReminderRow.kind.in_(ENDED_BY_DELETING),
            or_(ReminderRow.reminder_id == origin, ReminderRow.snooze_of == origin),
        )
    )
    work.session.execute(
        update(ReminderRow)
        .where(
            ReminderRow.person_id == person_id,
            or_(ReminderRow.reminder_id == origin, ReminderRow.snooze_of == origin),
        )
        .values(next_due=None)
    )


def stop_writing(work: Work, *, person_id: str) -> int:
    """End everything unasked, `/stop`; returns how many reminders rest now.

    Results of what the person did themselves still arrive.
    """
    set_proactive(work, person_id, proactive=False)
    drop_nudges(work.session, person_id)
    record(
        work.session, now=work.now, actor=person_id, event="reminders_stopped", subject=person_id
    )
    return len(list_reminders(work, person_id=person_id))


def resume_writing(work: Work, *, person_id: str) -> list[Reminder]:
    """Let the reminders that rest come again, from now on."""
    set_proactive(work, person_id, proactive=True)
    set_days_off(work, person_id=person_id, days=None)
    for row in _coming(work, person_id):
        if row.rule != ONCE_RULE:
            row.next_due = next_instant(rule_of(row), ZoneInfo(row.zone), work.now)
    record(
        work.session, now=work.now, actor=person_id, event="reminders_resumed", subject=person_id
    )
    return list_reminders(work, person_id=person_id)


def move_to_zone(work: Work, *, person_id: str, zone: str) -> None:
    """Keep every reminder's local time in a new zone; an instant counted from now stays."""
    info = ZoneInfo(zone)
    for row in work.session.scalars(select(ReminderRow).where(ReminderRow.person_id == person_id)):
        before, row.zone = ZoneInfo(row.zone), zone
        if row.next_due is None or row.snooze_of is not None:
            continue
        if row.rule != ONCE_RULE:
            row.next_due = next_instant(rule_of(row), info, work.now)
        else:
            local = row.next_due.astimezone(before)
            moved = resolve(local.date(), local.time(), info)
            row.next_due = max(moved, work.now) if KINDS[Kind(row.kind)].is_asked else moved


def rule_of(row: ReminderRow) -> Rule:
    return rule_from(row.rule, starts_on=row.starts_on, at=row.local_time)


def view(row: ReminderRow, quiet: QuietHours | None = None) -> Reminder:
    zone = ZoneInfo(row.zone)
    return Reminder(
        reminder_id=row.reminder_id,
        kind=Kind(row.kind),
        subject=row.subject,
        rule=rule_of(row),
        zone=row.zone,
        next_due=row.next_due,
        is_quiet=row.next_due is not None and is_quiet(row.next_due, zone, quiet),
    )


def local_today(work: Work, person_id: str) -> date:
    """The date where the person is."""
    return local_now(work, person_id).date()


def local_now(work: Work, person_id: str) -> datetime:
    """The wall clock where the person is, without a zone."""
    zone = find_person(work, person_id).zone_info
    return work.now.astimezone(zone).replace(tzinfo=None)


def _put_off(work: Work, row: ReminderRow, until: datetime, zone: ZoneInfo) -> Reminder:
    local = until.astimezone(zone)
    origin = row.snooze_of or row.reminder_id
    work.session.execute(
        delete(ReminderRow).where(
            ReminderRow.person_id == row.person_id,
            ReminderRow.snooze_of == origin,
            ReminderRow.reminder_id != row.reminder_id,
        )
    )
    later = ReminderRow(
        reminder_id=new_short_id(),
        person_id=row.person_id,
        kind=Kind.ONCE if row.kind == Kind.STUDY else row.kind,
        subject=row.subject,
        snooze_of=origin,
        rule=ONCE_RULE,
        starts_on=local.date(),
        local_time=local.time().replace(microsecond=0),
        zone=row.zone,
        next_due=until,
        deadline=row.deadline,
        told=row.told,
        created_at=work.now,
    )
    work.session.add(later)
    work.session.flush()
    return view(later)


def _row(work: Work, person_id: str, reminder_id: str) -> ReminderRow:
    row = work.session.get(ReminderRow, reminder_id)
    if row is None or row.person_id != person_id:
        raise NotFoundError("no such reminder")
    return row


def _replace(work: Work, person_id: str, kind: Kind, due: datetime) -> None:
    """A rhythm replaces the one before; a single time only itself."""
    same = ReminderRow.next_due == due if kind is Kind.ONCE else ReminderRow.kind == kind
    work.session.execute(
        delete(ReminderRow).where(
            ReminderRow.person_id == person_id, ReminderRow.kind == kind, same
        )
    )


def _coming(work: Work, person_id: str) -> list[ReminderRow]:
    query = (
        select(ReminderRow)
        .where(
            ReminderRow.person_id == person_id,
            ReminderRow.next_due.is_not(None),
            ReminderRow.kind.in_(SHOWN),
        )
        .order_by(ReminderRow.next_due)
    )
    return list(work.session.scalars(query))
