"""Screens of reminders: asking when, saying when, the nudges themselves."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.people import DaysOff, Person, Role, find_preferences
from credentials.reminders import (
    Choices,
    Reminder,
    Step,
    list_reminders,
    local_today,
)
from credentials.unit_of_work import Work


class Rhythm(BaseModel):
    """When a reminder comes: BYDAY values, `HH:MM` local, an IANA zone, the next ISO instant."""

    reminder_id: str
    kind: str
    frequency: str
    interval: int
    days: tuple[str, ...]
    month_day: int
    at: str
    zone: str
    next_due: str | None
    is_quiet: bool

    @classmethod
    def of(cls, reminder: Reminder) -> Self:
        rule = reminder.rule
        return cls(
            reminder_id=reminder.reminder_id,
            kind=reminder.kind,
            frequency=rule.frequency,
            interval=rule.interval,
            days=rule.days,
            month_day=rule.starts_on.day,
            at=rule.at.strftime("%H:%M"),
            zone=reminder.zone,
            next_due=reminder.next_due.isoformat() if reminder.next_due else None,
            is_quiet=reminder.is_quiet,
        )


@register
class AskReminder(Screen):
    """When to remind; `is_unclear` after words that said nothing about it."""

    is_unclear: bool = False


@register
class ReminderDays(Screen):
    """A grid of weekdays; `chosen` are marked."""

    chosen: tuple[str, ...] = ()


@register
class ReminderTime(Screen):
    """At what time of day."""

    is_unclear: bool = False


@register
class AskZone(Screen):
    """Which zone the person lives in; asked once."""

    is_unclear: bool = False


@register
class ReminderSet(Screen):
    """A reminder is set. `other_time` (`HH:MM`) is the other half of the day, if in doubt."""

    rhythm: Rhythm
    other_time: str | None = None

    @property
    def topic(self) -> tuple[str, str]:
        return "reminder", self.rhythm.reminder_id

    @classmethod
    def of(cls, reminder: Reminder) -> Self:
        return cls(rhythm=Rhythm.of(reminder))


@register
class ReminderList(Screen):
    """What is to come; `is_on` is false after `/stop`. `back` ends their days off (ISO date)."""

    reminders: tuple[Rhythm, ...]
    is_on: bool
    back: str | None = None

    @classmethod
    def of(cls, reminders: list[Reminder], *, is_on: bool, off: DaysOff | None = None) -> Self:
        return cls(
            reminders=tuple(Rhythm.of(found) for found in reminders),
            is_on=is_on,
            back=off.back.isoformat() if off else None,
        )


@register
class DaysOffChoices(Screen):
    """For how many days nothing should be written."""

    is_advisor: bool


@register
class DaysOffTaken(Screen):
    """Nothing is written unasked from `first` until they are `back` (ISO dates)."""

    first: str
    back: str
    starts_today: bool
    is_advisor: bool

    @classmethod
    def of(cls, days: DaysOff, person: Person, today: date) -> Self:
        return cls(
            first=days.first.isoformat(),
            back=days.back.isoformat(),
            starts_today=days.first <= today,
            is_advisor=Role.ADVISOR in person.roles,
        )


@register
class StudyNudge(Screen):
    """Time to study; `told` rotates the wording of this and every other nudge."""

    reminder_id: str
    kind: str
    told: int

    @property
    def topic(self) -> tuple[str, str]:
        return "snooze", self.reminder_id


@register
class RenewalNudge(Screen):
    """A badge runs out on `ends` (ISO instant); `path` says how it is renewed, `code` as what."""

    reminder_id: str
    told: int
    badge_id: str
    code: str
    ends: str
    title: LanguageMap
    path: LanguageMap | None = None


@register
class ReturnedNudge(Screen):
    """Work came back and waits; `missing` criteria are open."""

    reminder_id: str
    told: int
    submission_id: str
    code: str
    title: LanguageMap
    missing: int


@register
class NextStepNudge(Screen):
    """After a silence: the goal, and what was begun and not sent."""

    reminder_id: str
    told: int
    goal: LanguageMap
    begun: LanguageMap | None = None


@register
class WeeklyDigest(Screen):
    """The week: new `badges`, work `waiting` for an advisor, `returned`, or begun (`collecting`)."""

    reminder_id: str
    told: int
    badges: int
    waiting: int
    returned: int
    collecting: int
    goal: LanguageMap | None = None


@register
class NewCredentialNudge(Screen):
    """Something new that leads to the goal."""

    reminder_id: str
    told: int
    code: str
    title: LanguageMap
    goal: LanguageMap
    hours: float


@register
class CriteriaChangedNudge(Screen):
    """A badge's list has `count` new criteria, of which this is the `first`."""

    reminder_id: str
    told: int
    badge_id: str
    code: str
    title: LanguageMap
    count: int
    first: LanguageMap
    ends: str | None = None


@register
class GoalChangedNudge(Screen):
    """The goal asks for `count` skills it did not ask for before, of which this is the `first`."""

    reminder_id: str
    told: int
    goal: LanguageMap
    count: int
    first: LanguageMap


@register
class QueueNudge(Screen):
    """Work waits for an advisor, the oldest for `days`; `late` passed its promised day.

    `people` wait to talk.
    """

    reminder_id: str
    told: int
    count: int
    days: int
    late: int
    may_judge: bool
    people: int = 0


class NudgePart(BaseModel):
    """One of several nudges told together."""

    screen: str
    args: dict[str, Any]


@register
class Nudges(Screen):
    """Several nudges in one message, the most important first."""

    parts: tuple[NudgePart, ...]


class KindSwitch(BaseModel):
    kind: str
    is_on: bool


@register
class ReminderKinds(Screen):
    """What is written about unasked; quiet hours as local `HH:MM`."""

    switches: tuple[KindSwitch, ...]
    quiet_from: str
    quiet_until: str

    @classmethod
    def of(cls, choices: Choices) -> Self:
        return cls(
            switches=tuple(KindSwitch(kind=k, is_on=is_on) for k, is_on in choices.switches),
            quiet_from=choices.quiet.starts.strftime("%H:%M"),
            quiet_until=choices.quiet.ends.strftime("%H:%M"),
        )


@register
class QuietHoursChoices(Screen):
    """Which hours are to be quiet."""


@register
class QuietHoursSet(Screen):
    """The quiet hours are kept, as local `HH:MM`."""

    quiet_from: str
    quiet_until: str

    @classmethod
    def of(cls, choices: Choices) -> Self:
        kept = ReminderKinds.of(choices)
        return cls(quiet_from=kept.quiet_from, quiet_until=kept.quiet_until)


@register
class KindEnded(Screen):
    """A kind of message was ended by its name."""

    kind: str
    others: int


@register
class ReminderHours(Screen):
    """At what hour a daily message should come instead."""

    reminder_id: str


@register
class SnoozeChoices(Screen):
    """How much later."""

    reminder_id: str

    @property
    def topic(self) -> tuple[str, str]:
        return "snooze", self.reminder_id


@register
class Snoozed(Screen):
    """It comes again at `until` (ISO instant)."""

    reminder_id: str
    until: str

    @property
    def topic(self) -> tuple[str, str]:
        return "snooze", self.reminder_id

    @classmethod
    def of(cls, reminder: Reminder) -> Self:
        assert reminder.next_due is not None
        return cls(reminder_id=reminder.reminder_id, until=reminder.next_due.isoformat())


@register
class NothingToSnooze(Screen):
    """There is no reminder that could come later."""


@register
class ReminderEnded(Screen):
    """One reminder was ended; others may remain."""

    others: int


@register
class ReminderDeclined(Screen):
    """No reminder, as wished."""


def reminders_screen(work: Work, person: Person) -> ReminderList:
    """What is to come, and whether it rests."""
    off = find_preferences(work, person_id=person.person_id).off
    is_past = off is not None and off.back <= local_today(work, person.person_id)
    return ReminderList.of(
        list_reminders(work, person_id=person.person_id),
        is_on=person.proactive,
        off=None if is_past else off,
    )


def step_screen(step: Step) -> Screen:
    """The screen that asks what is open, or tells what was set."""
    if step.reminder is not None:
        other = step.other_time.strftime("%H:%M") if step.other_time else None
        return ReminderSet(rhythm=Rhythm.of(step.reminder), other_time=other)
    if step.asking == "days":
        return ReminderDays(chosen=step.days)
    if step.asking == "time":
        return ReminderTime(is_unclear=step.is_unclear)
    if step.asking == "zone":
        return AskZone(is_unclear=step.is_unclear)
    return AskReminder(is_unclear=step.is_unclear)
