"""What is due becomes messages owed, in batches; any number of processes may claim at once.

One unasked message a person and local day at most: whatever is due for somebody at once is told
in one message, and what does not need its hour travels with what does. Only what a person asked
for at an instant comes on a day that has its message already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Table, bindparam, delete, exists, func, select, update

from credentials.audit import record
from credentials.fault_points import TICK_CLAIMED, TICK_ENQUEUED, reach
from credentials.handoff import State as HandoffState
from credentials.handoff.models import HandoffRow
from credentials.many_rows import as_parameter, given, inserting, is_postgresql
from credentials.outbox import MessageClass, Owed, enqueue_all
from credentials.people import preferences_from
from credentials.people.models import PersonRow, PreferencesRow
from credentials.reminders.kinds import IMPORTANCE, KINDS, ONCE_RULE, Due, Kind, Silence, Telling
from credentials.reminders.kinds.base import morning_after
from credentials.reminders.models import NudgeDayRow, ReminderRow
from credentials.reminders.quiet import after_quiet
from credentials.reminders.rules import next_instant, resolve, rule_from
from credentials.unit_of_work import Institution, Work

BATCH = 1_000
CLAIMERS = 2  # one prepares its batch while the database writes the other one's
STALE_AFTER = timedelta(hours=12)
KEEP = timedelta(days=30)
KEEP_SPENT = timedelta(days=180)
AFTER_TALK = timedelta(minutes=10)  # somebody who talks to an advisor is asked again so soon
AWAY_ASKED = timedelta(hours=1)  # what somebody asked for waits so long for them to be back
AWAY = timedelta(days=1)  # what is not timed waits so long for somebody who may not be written to

REMINDERS = cast("Table", ReminderRow.__table__)
DAYS = cast("Table", NudgeDayRow.__table__)


@dataclass(frozen=True)
class Claimed:
    """How many were looked at, and how many messages are owed now."""

    looked_at: int
    owed: int


@dataclass
class _Turn:
    """What becomes of one person's due reminders."""

    person_id: str
    day: date
    zone: ZoneInfo
    ready: list[tuple[Due, Telling]] = field(default_factory=list)
    moved: dict[str, datetime | None] = field(default_factory=dict)  # reminder_id → next_due

    @property
    def is_asked(self) -> bool:
        return any(_is_asked(due) for due, _ in self.ready)

    @property
    def is_timed(self) -> bool:
        return any(KINDS[due.kind].is_timed for due, _ in self.ready)


def claim_due_reminders(
    work: Work, *, limit: int = BATCH, awake_since: datetime | None = None
) -> Claimed:
    """Owe a message for what is due and set the next instants.

    What fell due before `awake_since` was missed: it comes late, but not in quiet hours, and what
    belongs to its hour not at all once it is twelve hours old.
    """
    asked = {"now": work.now, "limit": limit}
    found = [_due(row) for row in work.session.connection().execute(_query(), asked).all()]
    if not found:
        return Claimed(0, 0)
    reach(TICK_CLAIMED)
    found.sort(key=lambda due: (due.person_id, IMPORTANCE[due.kind]))
    turns = [
        _look(work, person_id, list(dues), awake_since)
        for person_id, dues in groupby(found, key=attrgetter("person_id"))
    ]
    _join_later_today(work, turns)
    speaking = [turn for turn in turns if turn.ready]
    free = _take_days(work, speaking)
    owed = [_tell(work, turn, is_free=turn.person_id in free) for turn in speaking]
    enqueue_all(work.session, [one for one in owed if one is not None], now=work.now)
    _move(work, turns)
    count = sum(one is not None for one in owed)
    if count:
        reach(TICK_ENQUEUED)
    return Claimed(len(found), count)


def claimers(institution: Institution) -> int:
    """How many claim side by side: PostgreSQL skips what another holds, SQLite has one writer."""
    return CLAIMERS if institution.engine.dialect.name == "postgresql" else 1


def forget_spent_reminders(work: Work) -> None:
    """Delete the marks of past days, single times a month after they came, and old occasions."""
    past = (work.now - KEEP).date()
    work.session.execute(delete(NudgeDayRow).where(NudgeDayRow.day < past))
    is_spent = ReminderRow.next_due.is_(None)
    work.session.execute(
        delete(ReminderRow).where(
            ReminderRow.kind == Kind.ONCE, is_spent, ReminderRow.starts_on < past
        )
    )
    work.session.execute(
        delete(ReminderRow).where(
            ReminderRow.kind != Kind.STUDY, is_spent, ReminderRow.created_at < work.now - KEEP_SPENT
        )
    )


@cache
def _query() -> Any:
    return (
        select(
            ReminderRow.reminder_id,
            ReminderRow.person_id,
            ReminderRow.subject,
            ReminderRow.snooze_of,
            ReminderRow.rule,
            ReminderRow.starts_on,
            ReminderRow.local_time,
            ReminderRow.next_due,
            ReminderRow.deadline,
            ReminderRow.told,
            ReminderRow.created_at,
            PersonRow.seen_at,
            ReminderRow.kind,
            ReminderRow.zone,
            PersonRow.proactive,
            PersonRow.reachable,
            PreferencesRow.switches,
            PreferencesRow.quiet_from,
            PreferencesRow.quiet_until,
            PreferencesRow.off_from,
            PreferencesRow.off_until,
            exists()
            .where(
                HandoffRow.person_id == ReminderRow.person_id, HandoffRow.state == HandoffState.OPEN
            )
            .label("is_talking"),
        )
        .join(PersonRow, PersonRow.person_id == ReminderRow.person_id)
        .outerjoin(PreferencesRow, PreferencesRow.person_id == ReminderRow.person_id)
        .where(ReminderRow.next_due <= bindparam("now"))
        .order_by(ReminderRow.next_due)  # the index alone: thousands are due at the same hour
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=ReminderRow)
    )


def _due(row: Row[Any]) -> Due:
    return Due(
        reminder_id=row.reminder_id,
        person_id=row.person_id,
        subject=row.subject,
        snooze_of=row.snooze_of,
        rule=row.rule,
        starts_on=row.starts_on,
        local_time=row.local_time,
        next_due=row.next_due,
        deadline=row.deadline,
        told=row.told,
        created_at=row.created_at,
        seen_at=row.seen_at,
        kind=Kind(row.kind),
        zone=ZoneInfo(row.zone),
        may_write=row.proactive and row.reachable,
        is_talking=row.is_talking,
        preferences=preferences_from(
            row.switches, row.quiet_from, row.quiet_until, (row.off_from, row.off_until)
        ),
    )


def _look(work: Work, person_id: str, dues: list[Due], awake_since: datetime | None) -> _Turn:
    zone = dues[0].zone
    turn = _Turn(person_id, work.now.astimezone(zone).date(), zone)
    for due in dues:
        if not (due.may_write and due.preferences.wants(due.kind)):
            turn.moved[due.reminder_id] = _until_they_are_back(work, due)
        elif (back := _back(due, turn.day)) is not None:
            turn.moved[due.reminder_id] = back
        elif due.is_talking:
            turn.moved[due.reminder_id] = work.now + AFTER_TALK
        elif _waits_for_morning(work, due, awake_since):
            turn.moved[due.reminder_id] = _after_quiet(work, due)
        else:
            _consider(work, turn, due, awake_since)
    return turn


def _until_they_are_back(work: Work, due: Due) -> datetime | None:
    """What was asked for at an instant is kept and looked at often; a rhythm goes on without."""
    if _is_asked(due):
        return work.now + AWAY_ASKED
    return _following(work, due) if KINDS[due.kind].is_timed else work.now + AWAY


def _back(due: Due, today: date) -> datetime | None:
    """When it comes instead, on a day off: its next time after that; None where it can't wait."""
    off = due.preferences.off
    if off is None or not off.holds(today):
        return None
    back = resolve(off.back, due.preferences.quiet.ends, due.zone)
    if due.deadline is not None and back > due.deadline:
        return None
    if due.rule == ONCE_RULE:
        return resolve(off.back, due.local_time, due.zone) if KINDS[due.kind].is_timed else back
    rule = rule_from(due.rule, starts_on=due.starts_on, at=due.local_time)
    return next_instant(rule, due.zone, back - timedelta(microseconds=1)) or back


def _consider(work: Work, turn: _Turn, due: Due, awake_since: datetime | None) -> None:
    if _is_stale(work, due, awake_since):
        record(
            work.session,
            now=work.now,
            actor="system",
            event="reminder_skipped_stale",
            subject=due.reminder_id,
            detail={"kind": due.kind, "due": due.next_due.isoformat()},
        )
        turn.moved[due.reminder_id] = _following(work, due)
        return
    told = KINDS[due.kind].tell(work, due)
    if isinstance(told, Telling):
        turn.ready.append((due, told))
    else:
        is_over = told is Silence.FOR_GOOD
        turn.moved[due.reminder_id] = None if is_over else _following(work, due)


def _was_missed(due: Due, awake_since: datetime | None) -> bool:
    return awake_since is None or due.next_due < awake_since


def _waits_for_morning(work: Work, due: Due, awake_since: datetime | None) -> bool:
    """Quiet hours somebody chose hold for everything; the usual night not for an hour they chose."""
    quiet = due.preferences.quiet
    has_its_hour = KINDS[due.kind].is_timed and not _was_missed(due, awake_since)
    if has_its_hour and not quiet.is_chosen:
        return False
    morning = _after_quiet(work, due)
    return morning > work.now and (due.deadline is None or morning <= due.deadline)


def _after_quiet(work: Work, due: Due) -> datetime:
    return after_quiet(work.now, due.zone, due.preferences.quiet)


def _is_stale(work: Work, due: Due, awake_since: datetime | None) -> bool:
    if due.deadline is not None:
        return work.now > due.deadline
    is_late = work.now - due.next_due >= STALE_AFTER
    return KINDS[due.kind].is_timed and _was_missed(due, awake_since) and is_late


def _join_later_today(work: Work, turns: Sequence[_Turn]) -> None:
    """What does not need its hour waits for the message that comes later the same day."""
    waiting = {turn.person_id: turn for turn in turns if turn.ready and not turn.is_timed}
    if not waiting:
        return
    timed = [kind for kind, known in KINDS.items() if known.is_timed]
    query = (
        select(ReminderRow.person_id, ReminderRow.next_due)
        .where(
            ReminderRow.person_id.in_(waiting),
            ReminderRow.kind.in_(timed),
            ReminderRow.kind != Kind.QUEUE,  # says nothing on most days
            ReminderRow.next_due > work.now,
            ReminderRow.next_due < work.now + timedelta(days=1),
        )
        .order_by(ReminderRow.next_due)
    )
    for person_id, next_due in work.session.execute(query).all():
        turn = waiting[person_id]
        assert next_due is not None
        is_today = next_due.astimezone(turn.zone).date() == turn.day
        if is_today and turn.ready and all(_may_wait(due, next_due) for due, _ in turn.ready):
            turn.moved |= {due.reminder_id: next_due for due, _ in turn.ready}
            turn.ready.clear()


def _may_wait(due: Due, until: datetime) -> bool:
    return due.deadline is None or until < due.deadline


def _take_days(work: Work, turns: Sequence[_Turn]) -> set[str]:
    """Mark today as the day of a message; returns whose day it was not yet."""
    if not turns:
        return set()
    days = [{"person_id": turn.person_id, "day": turn.day} for turn in turns]
    taken = work.session.connection().scalars(
        _taking_days(is_postgresql(work.session)), as_parameter(work.session, days)
    )
    return set(taken)


def _tell(work: Work, turn: _Turn, *, is_free: bool) -> Owed | None:
    """One message for everything that is ready; on a day that has its own, only what was asked."""
    if not is_free and not turn.is_asked:
        for due, _ in turn.ready:
            is_timed = KINDS[due.kind].is_timed
            turn.moved[due.reminder_id] = (
                _following(work, due) if is_timed else morning_after(work.now, due.zone, days=1)
            )
        turn.ready.clear()
        return None
    for due, _ in turn.ready:
        turn.moved[due.reminder_id] = _following(work, due)
    return _message(turn)


def _message(turn: _Turn) -> Owed:
    first = turn.ready[0][0]
    parts: list[dict[str, Any]] = [
        {
            "screen": told.screen,
            "args": {**told.args, "reminder_id": due.reminder_id, "told": due.told},
        }
        for due, told in turn.ready
    ]
    classes = {KINDS[due.kind].message_class for due, _ in turn.ready}
    is_deadline = MessageClass.DEADLINE in classes
    return Owed(
        person_id=turn.person_id,
        screen=parts[0]["screen"] if len(parts) == 1 else "nudges",
        args=parts[0]["args"] if len(parts) == 1 else {"parts": parts},
        message_class=MessageClass.DEADLINE if is_deadline else MessageClass.NUDGE,
        key=f"reminder:{first.reminder_id}:{first.next_due.isoformat()}",
    )


def _following(work: Work, due: Due) -> datetime | None:
    return None if due.snooze_of is not None else KINDS[due.kind].following(work, due)


def _is_asked(due: Due) -> bool:
    return KINDS[due.kind].is_asked or due.snooze_of is not None


def _move(work: Work, turns: Sequence[_Turn]) -> None:
    told = {due.reminder_id: due.told + 1 for turn in turns for due, _ in turn.ready}
    moved = [
        {"reminder_id": reminder_id, "next_due": next_due, "told": told.get(reminder_id)}
        for turn in turns
        for reminder_id, next_due in turn.moved.items()
    ]
    if moved:
        work.session.connection().execute(
            _moving(is_postgresql(work.session)), as_parameter(work.session, moved)
        )


# Built once: they run for every batch.
@cache
def _taking_days(on_postgresql: bool) -> Any:  # noqa: FBT001
    new = inserting(DAYS, ("person_id", "day"), on_postgresql=on_postgresql)
    return new.returning(DAYS.c.person_id)


@cache
def _moving(on_postgresql: bool) -> Any:  # noqa: FBT001
    new = given(REMINDERS, ("reminder_id", "next_due", "told"), on_postgresql=on_postgresql)
    return (
        update(REMINDERS)
        .where(REMINDERS.c.reminder_id == new.c.reminder_id)
        .values(next_due=new.c.next_due, told=func.coalesce(new.c.told, REMINDERS.c.told))
    )
