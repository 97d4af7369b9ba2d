"""Reminders in words."""

import re

from actions.base import DomainAction
from actions.said import Said
from actions.screens import Screen, Shown, before
from actions.screens.account import Stopped
from actions.screens.asides import ReminderWhat
from actions.screens.reminders import (
    KindEnded,
    NothingToSnooze,
    QuietHoursSet,
    ReminderList,
    SnoozeChoices,
    Snoozed,
    reminders_screen,
    step_screen,
)
from credentials.people import Person, set_proactive
from credentials.reminders import (
    end_named,
    hear_quiet_hours,
    keep_named,
    latest_reminder,
    list_reminders,
    open_reminder,
    read_later,
    say_when,
    says_when,
    snooze_latest,
    stop_writing,
)
from credentials.unit_of_work import Work

_WHAT = re.compile(r"\b(?:what|which things?)\b.*\bremind\w* (?:me )?(?:of|about)\b", re.IGNORECASE)


class ActionSetReminder(DomainAction):
    """Set a reminder from words, or show those there are."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        quiet = hear_quiet_hours(work, person_id=person.person_id, text=said.text)
        if quiet is not None:
            return QuietHoursSet.of(quiet)
        if says_when(work, person_id=person.person_id, text=said.text):
            open_reminder(work, person_id=person.person_id)
            return step_screen(say_when(work, person_id=person.person_id, text=said.text))
        coming = list_reminders(work, person_id=person.person_id)
        if _WHAT.search(said.text):
            asked = step_screen(open_reminder(work, person_id=person.person_id))
            return before([asked], ReminderWhat())
        if coming:
            return reminders_screen(work, person)
        return step_screen(open_reminder(work, person_id=person.person_id))


class ActionSnooze(DomainAction):
    """Put the reminder off: until when was said, or by choice. Days off are no such wish."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        latest = latest_reminder(work, person_id=person.person_id)
        if latest is None:
            return NothingToSnooze()
        until = read_later(work, person_id=person.person_id, text=said.text)
        if until is None:
            return SnoozeChoices(reminder_id=latest.reminder_id)
        return Snoozed.of(snooze_latest(work, person_id=person.person_id, until=until))


class ActionStopReminders(DomainAction):
    """End the named one, or everything unasked; hours of quiet are no end."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        quiet = hear_quiet_hours(work, person_id=person.person_id, text=said.text)
        if quiet is not None:
            return QuietHoursSet.of(quiet)
        kept = keep_named(work, person_id=person.person_id, text=said.text)
        if kept:
            set_proactive(work, person.person_id, proactive=True)
            return ReminderList.of(kept, is_on=True)
        ended = end_named(work, person_id=person.person_id, text=said.text)
        if ended is not None and ended.kind is not None:
            return KindEnded(kind=ended.kind, others=ended.others)
        if ended is not None:
            return reminders_screen(work, person)
        return Stopped(resting=stop_writing(work, person_id=person.person_id))
