"""What a person is written to about: kinds on and off, quiet hours, and ending one by its name."""

import re
from dataclasses import dataclass
from datetime import time

from sqlalchemy import delete, select

from credentials.database import new_short_id
from credentials.errors import StaleError
from credentials.people import (
    Preferences,
    QuietHours,
    Role,
    find_person,
    find_preferences,
    set_quiet_hours,
    switch,
)
from credentials.reminders.kinds import KINDS, Kind
from credentials.reminders.models import ReminderRow
from credentials.reminders.phrases import normal, weekdays
from credentials.reminders.quiet import read_quiet_hours
from credentials.reminders.reminders import Reminder, list_reminders, stop_reminder
from credentials.reminders.rules import Frequency, next_instant, rule_from
from credentials.unit_of_work import Work

DIGEST_RULE, DIGEST_AT = "FREQ=WEEKLY;BYDAY=SU", time(18)
FOR_LEARNERS = (
    Kind.RENEWAL,
    Kind.RETURNED,
    Kind.NEXT_STEP,
    Kind.NEW_CREDENTIAL,
    Kind.CRITERIA_CHANGED,
    Kind.GOAL_CHANGED,
    Kind.DIGEST,
)
_NAMES: tuple[tuple[Kind, str], ...] = (
    (Kind.DIGEST, r"digest|summary|round-?up|recap|overview|newsletter"),
    (Kind.RENEWAL, r"renew\w*|expir\w*|run(?:s|ning)? out|badges?"),
    (Kind.QUEUE, r"queue|reviews?|advisor"),
    (Kind.NEW_CREDENTIAL, r"new (?:courses?|credentials?|micro-?credentials?|offers?)|news"),
    (Kind.GOAL_CHANGED, r"(?:goal|job)s? chang\w+|chang\w+ (?:of|to|in) (?:my|the) (?:goal|job)"),
    (Kind.CRITERIA_CHANGED, r"criteria|changes?"),
    (Kind.RETURNED, r"returned|sent back|evidence"),
    (Kind.NEXT_STEP, r"next steps?|nudges?"),
    (Kind.STUDY, r"study|studying|learning|practi[cs]e"),
)
_RHYTHMS = {Frequency.DAILY: "day", Frequency.WEEKLY: "week", Frequency.MONTHLY: "month"}
_ONE = r"(?:1|reminder|message|nudge)s?\b"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What may be switched, with how it stands, and the quiet hours."""

    switches: tuple[tuple[Kind, bool], ...]
    quiet: QuietHours


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What words like "stop the weekly one" ended; no kind when they may mean several."""

    kind: Kind | None = None
    others: int = 0


_KEEP = re.compile(
    r"\bkeep\b|\bonly the\b|\bjust the\b|\b(?:all|everything) (?:but|except)\b|\bexcept\b"
)


def find_choices(work: Work, *, person_id: str) -> Choices:
    """The kinds that concern this person."""
    person, known = find_person(work, person_id), find_preferences(work, person_id=person_id)
    is_staff = bool(person.roles & {Role.ADVISOR, Role.ADMIN})
    kinds = (*FOR_LEARNERS, Kind.QUEUE) if is_staff else FOR_LEARNERS
    switches = tuple((kind, _is_on(known, kind)) for kind in kinds)
    return Choices(switches=switches, quiet=known.quiet)


def flip_kind(work: Work, *, person_id: str, kind: str) -> Choices:
    """Turn a kind on that is off, or off that is on.

    Raises:
        StaleError: there is no such kind to switch.
    """
    if kind not in {*FOR_LEARNERS, Kind.QUEUE}:
        raise StaleError
    known = find_preferences(work, person_id=person_id)
    set_kind(work, person_id=person_id, kind=Kind(kind), is_on=not _is_on(known, Kind(kind)))
    return find_choices(work, person_id=person_id)


def set_kind(work: Work, *, person_id: str, kind: Kind, is_on: bool) -> None:
    """Turn a kind on or off; the weekly summary gets its rhythm with it."""
    switch(work, person_id=person_id, kind=kind, is_on=is_on)
    if kind is Kind.DIGEST:
        _set_digest(work, person_id, is_on=is_on)


def choose_quiet_hours(work: Work, *, person_id: str, starts: time, ends: time) -> Choices:
    """Keep the quiet hours."""
    set_quiet_hours(work, person_id=person_id, starts=starts, ends=ends)
    return find_choices(work, person_id=person_id)


def hear_quiet_hours(work: Work, *, person_id: str, text: str) -> Choices | None:
    """Take quiet hours from words such as "not before 9"; None when they ask for none."""
    asked = read_quiet_hours(text, find_preferences(work, person_id=person_id).quiet)
    if asked is None:
        return None
    return choose_quiet_hours(work, person_id=person_id, starts=asked.starts, ends=asked.ends)


def end_named(work: Work, *, person_id: str, text: str) -> Ended | None:
    """End what the words name: "stop the weekly one", "no more about new courses".

    None when they name nothing in particular, and everything is meant.
    """
    said = normal(text)
    coming = list_reminders(work, person_id=person_id)
    for kind, words in _NAMES:
        if re.search(rf"\b(?:{words})\b", said):
            return _end(work, person_id, kind, [one for one in coming if one.kind is kind])
    named = [one for one in coming if _is_named(said, one)]
    if len({one.kind for one in named}) > 1:
        return Ended(others=len(coming))
    return _end(work, person_id, named[0].kind, named) if named else None


def keep_named(work: Work, *, person_id: str, text: str) -> list[Reminder]:
    """End all that were asked for but those "only keep the Sunday one" names; what is left.

    Empty when the words keep nothing, and nothing was ended.
    """
    said = normal(text)
    if not _KEEP.search(said):
        return []
    coming = list_reminders(work, person_id=person_id)
    named = [one for one in coming if _is_named(said, one)]
    if not named:
        return []
    for one in coming:
        if one not in named and one.kind in {Kind.STUDY, Kind.ONCE, Kind.DIGEST}:
            stop_reminder(work, person_id=person_id, reminder_id=one.reminder_id)
    return list_reminders(work, person_id=person_id)


def _is_named(said: str, reminder: Reminder) -> bool:
    """Whether words such as "the weekly one" or "my tuesday reminders" mean this one."""
    rhythm = _RHYTHMS.get(reminder.rule.frequency)
    by_rhythm = rhythm is not None and bool(re.search(rf"\bevery {rhythm} {_ONE}", said))
    days = weekdays(said)
    return by_rhythm or (bool(days) and set(days) <= set(reminder.rule.days))


def _end(work: Work, person_id: str, kind: Kind, found: list[Reminder]) -> Ended:
    for one in found:
        stop_reminder(work, person_id=person_id, reminder_id=one.reminder_id)
    if kind not in {Kind.STUDY, Kind.ONCE}:
        set_kind(work, person_id=person_id, kind=kind, is_on=False)
    return Ended(kind=kind, others=len(list_reminders(work, person_id=person_id)))


def _is_on(known: Preferences, kind: Kind) -> bool:
    return known.wants(kind, by_default=KINDS[kind].by_default)


def _set_digest(work: Work, person_id: str, *, is_on: bool) -> None:
    mine = (ReminderRow.person_id == person_id, ReminderRow.kind == Kind.DIGEST)
    if not is_on:
        work.session.execute(delete(ReminderRow).where(*mine))
        return
    if work.session.scalar(select(ReminderRow.reminder_id).where(*mine)) is not None:
        return
    person = find_person(work, person_id)
    today = work.now.astimezone(person.zone_info).date()
    rule = rule_from(DIGEST_RULE, starts_on=today, at=DIGEST_AT)
    work.session.add(
        ReminderRow(
            reminder_id=new_short_id(),
            person_id=person_id,
            kind=Kind.DIGEST,
            rule=DIGEST_RULE,
            starts_on=today,
            local_time=DIGEST_AT,
            zone=person.zone,
            next_due=next_instant(rule, person.zone_info, work.now),
            told=0,
            created_at=work.now,
        )
    )
