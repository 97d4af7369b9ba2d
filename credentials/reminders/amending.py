"""Changing a reminder that was just set, in a few words: "pm", "not on Wednesdays", "the week after"."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from credentials.errors import InvalidInputError
from credentials.reminders.models import ReminderRow
from credentials.reminders.phrases import normal, read_phrase, weekdays
from credentials.reminders.reminders import PastError, Reminder, local_now, rule_of, view
from credentials.reminders.rules import Frequency, Rule, next_instant
from credentials.reminders.times_of_day import read_time_of_day
from credentials.unit_of_work import Work

NOON = 12
_LATE = re.compile(r"\b(?:pm|evenings?|afternoons?|at night)\b")
_EARLY = re.compile(r"\b(?:am|mornings?)\b")
_WEEK_LATER = re.compile(
    r"\b(?:the |1 |one )?week (?:after|later)\b|\bnot (?:this|next|that) week\b|"
    r"\bstart(?:ing)? (?:in 2 weeks|1 week later|the week after)\b"
)
_WITHOUT = re.compile(
    r"\b(?:not?|except|without|but|never|skip|leave out|can't|cannot|busy|hang on|i have|i've got|i work)\b"
)
_INSTEAD = re.compile(r"\b(?:make it|change|move|rather|instead|better|i meant|put it)\b")


def amend_reminder(work: Work, *, person_id: str, reminder_id: str, text: str) -> Reminder | None:
    """The reminder as the words change it; None when they change nothing of it.

    Raises:
        PastError: it would never come.
        InvalidInputError: no day would be left.
    """
    row = work.session.get(ReminderRow, reminder_id)
    if row is None or row.person_id != person_id or row.next_due is None:
        return None
    before = rule_of(row)
    rule = _amended(before, normal(text), _day_after(row), text, local_now(work, person_id))
    if rule == before:
        return None
    due = next_instant(rule, ZoneInfo(row.zone), work.now)
    if due is None:
        raise PastError
    row.rule, row.starts_on, row.local_time, row.next_due = rule.text, rule.starts_on, rule.at, due
    work.session.flush()
    return view(row)


def _amended(rule: Rule, said: str, week_later: date, text: str, now: datetime) -> Rule:
    named = weekdays(said)
    is_without = bool(named) and bool(_WITHOUT.search(said)) and not _INSTEAD.search(said)
    if is_without and set(named) & set(rule.days):
        left = tuple(day for day in rule.days if day not in named)
        if not left:
            raise InvalidInputError("no day is left")
        rule = replace(rule, days=left)
    elif _WEEK_LATER.search(said):
        rule = replace(rule, starts_on=week_later)
    else:
        phrase = read_phrase(text, now=now)
        if phrase.frequency not in {None, Frequency.ONCE} and phrase.days:
            rule = replace(rule, frequency=phrase.frequency, days=phrase.days)
    return replace(rule, at=_time(rule.at, said))


def _time(at: time, said: str) -> time:
    """A time that is said or, of the same hour, the half of the day."""
    is_late, is_early = bool(_LATE.search(said)), bool(_EARLY.search(said))
    if re.search(r"\d|\bnoon\b|\bmidnight\b", said) and (found := read_time_of_day(said)):
        return found.at
    if is_late and not is_early and at.hour < NOON:
        return at.replace(hour=at.hour + NOON)
    if is_early and not is_late and at.hour >= NOON:
        return at.replace(hour=at.hour - NOON)
    return at


def _day_after(row: ReminderRow) -> date:
    """A week after it would come next."""
    assert row.next_due is not None
    return row.next_due.astimezone(ZoneInfo(row.zone)).date() + timedelta(days=7)
