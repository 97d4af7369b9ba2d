"""Reminders in words."""

from actions.base import DomainAction, Said
from actions.screens import Screen
from actions.screens.account import Stopped
from actions.screens.reminders import (
    NothingToSnooze,
    ReminderList,
    SnoozeChoices,
    Snoozed,
    step_screen,
)
from credentials.people import Person
from credentials.reminders import (
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


class ActionSetReminder(DomainAction):
    """Set a reminder from words, or show those there are."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        if says_when(work, person_id=person.person_id, text=said.text):
            open_reminder(work, person_id=person.person_id)
            return step_screen(say_when(work, person_id=person.person_id, text=said.text))
        coming = list_reminders(work, person_id=person.person_id)
        if coming:
            return ReminderList.of(coming, is_on=person.proactive)
        return step_screen(open_reminder(work, person_id=person.person_id))


class ActionSnooze(DomainAction):
    """Put the reminder off: until when was said, or by choice."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        latest = latest_reminder(work, person_id=person.person_id)
        if latest is None:
            return NothingToSnooze()
        until = read_later(work, person_id=person.person_id, text=said.text)
        if until is None:
            return SnoozeChoices(reminder_id=latest.reminder_id)
        return Snoozed.of(snooze_latest(work, person_id=person.person_id, until=until))


class ActionStopReminders(DomainAction):
    """End everything unasked."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return Stopped(resting=stop_writing(work, person_id=person.person_id))
