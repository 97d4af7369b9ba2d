"""Reminders: set with buttons or words, put off, ended."""

from collections.abc import Callable
from datetime import time, timedelta

from actions.screens import Screen, Shown
from actions.screens.reminders import (
    DaysOffChoices,
    DaysOffTaken,
    QuietHoursChoices,
    ReminderDeclined,
    ReminderEnded,
    ReminderHours,
    ReminderKinds,
    ReminderSet,
    SnoozeChoices,
    Snoozed,
    reminders_screen,
    step_screen,
)
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.drafts import close_draft
from credentials.errors import StaleError
from credentials.people import DaysOff, Person, Role
from credentials.reminders import (
    Snooze,
    Step,
    change_time,
    choose_quiet_hours,
    choose_rule,
    choose_time,
    choose_zone,
    find_choices,
    find_reminder,
    finish_days,
    flip_kind,
    list_reminders,
    local_today,
    open_days,
    open_reminder,
    resume_step,
    say_when,
    snooze_reminder,
    stop_reminder,
    take_days_off,
    toggle_day,
)
from credentials.unit_of_work import Work

DIGITS = 3


async def show_reminders(context: Context) -> None:
    """What is to come; words after the command, such as `/remind sundays at 10`, set one."""
    if context.argument:
        await _step(context, lambda w, p: say_when(w, person_id=p, text=context.argument))
        return

    def use_case(work: Work, person: Person) -> Screen:
        coming = list_reminders(work, person_id=person.person_id)
        if coming:
            return reminders_screen(work, person)
        return step_screen(open_reminder(work, person_id=person.person_id))

    await context.show(use_case)


async def ask_when(context: Context) -> None:
    await _step(context, lambda work, person_id: open_reminder(work, person_id=person_id))


async def read_when(context: Context) -> None:
    await _step(context, lambda w, person_id: say_when(w, person_id=person_id, text=context.text))


async def take_preset(context: Context) -> None:
    day, _, at = context.press.id.partition("-")
    await _step(
        context, lambda w, person_id: choose_rule(w, person_id=person_id, day=day, at=_time(at))
    )


async def ask_days(context: Context) -> None:
    await _step(context, lambda work, person_id: open_days(work, person_id=person_id))


async def take_day(context: Context) -> None:
    day = context.press.id
    await _step(context, lambda work, person_id: toggle_day(work, person_id=person_id, day=day))


async def take_days(context: Context) -> None:
    await _step(context, lambda work, person_id: finish_days(work, person_id=person_id))


async def take_time(context: Context) -> None:
    at = _time(context.press.id)
    await _step(context, lambda work, person_id: choose_time(work, person_id=person_id, at=at))


async def take_zone(context: Context) -> None:
    zone = context.press.id.replace("~", "/")
    await _step(context, lambda work, person_id: choose_zone(work, person_id=person_id, zone=zone))


async def decline(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        close_draft(work.session, person.person_id, "reminder")
        return ReminderDeclined()

    await context.show(use_case)


async def shift_time(context: Context) -> None:
    """Take the other half of the day."""
    reminder_id, _, at = context.press.id.partition("~")
    await context.show(
        lambda work, person: ReminderSet.of(
            change_time(work, person_id=person.person_id, reminder_id=reminder_id, at=_time(at))
        )
    )


async def end_reminder(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        stop_reminder(work, person_id=person.person_id, reminder_id=context.press.id)
        return ReminderEnded(others=len(list_reminders(work, person_id=person.person_id)))

    await context.show(use_case)


async def ask_how_much_later(context: Context) -> None:
    reminder_id = context.press.id

    def use_case(work: Work, person: Person) -> Screen:
        find_reminder(work, person_id=person.person_id, reminder_id=reminder_id)
        return SnoozeChoices(reminder_id=reminder_id)

    await context.show(use_case)


async def snooze(context: Context) -> None:
    reminder_id, _, choice = context.press.id.partition("~")

    def use_case(work: Work, person: Person) -> Screen:
        if choice not in {option.value for option in Snooze}:
            raise StaleError
        return Snoozed.of(
            snooze_reminder(
                work,
                person_id=person.person_id,
                reminder_id=reminder_id,
                choice=Snooze(choice),
            )
        )

    await context.show(use_case)


async def show_kinds(context: Context) -> None:
    await context.show(
        lambda work, person: ReminderKinds.of(find_choices(work, person_id=person.person_id))
    )


async def switch_kind(context: Context) -> None:
    kind = context.press.id
    await context.show(
        lambda work, person: ReminderKinds.of(
            flip_kind(work, person_id=person.person_id, kind=kind)
        )
    )


async def take_quiet_hours(context: Context) -> None:
    """Keep the hours of the button, or offer some."""
    starts, _, ends = context.press.id.partition("-")
    if not starts:
        await context.show(lambda work, person: QuietHoursChoices())
        return
    await context.show(
        lambda work, person: ReminderKinds.of(
            choose_quiet_hours(
                work, person_id=person.person_id, starts=_time(starts), ends=_time(ends)
            )
        )
    )


async def take_break(context: Context) -> None:
    """Days off from today: so many, or offer some."""
    said = context.press.id
    if not said:
        await context.show(
            lambda work, person: DaysOffChoices(is_advisor=Role.ADVISOR in person.roles)
        )
        return
    count = int(said) if said.isdecimal() and len(said) <= DIGITS else 0

    def use_case(work: Work, person: Person) -> Screen:
        if not count:
            raise StaleError
        today = local_today(work, person.person_id)
        days = DaysOff(today, today + timedelta(days=count))
        take_days_off(work, person_id=person.person_id, days=days)
        return DaysOffTaken.of(days, person, today)

    await context.show(use_case)


async def ask_hour(context: Context) -> None:
    reminder_id = context.press.id

    def use_case(work: Work, person: Person) -> Screen:
        find_reminder(work, person_id=person.person_id, reminder_id=reminder_id)
        return ReminderHours(reminder_id=reminder_id)

    await context.show(use_case)


async def _step(context: Context, take: Callable[[Work, str], Step]) -> None:
    await context.show(lambda work, person: step_screen(take(work, person.person_id)))


def _time(digits: str) -> time:
    """`1930` is 19:30.

    Raises:
        StaleError: no button of ours carries it.
    """
    try:
        return time(int(digits[:2]), int(digits[2:]))
    except (ValueError, OverflowError) as error:
        raise StaleError from error


def _open_question(work: Work, person: Person) -> Shown:
    step = resume_step(work, person_id=person.person_id)
    return step_screen(step) if step else None


ROUTES = Routes(
    commands={"remind": show_reminders, "reminders": show_reminders},
    presses={
        "reminders": show_reminders,
        "remind_change": ask_when,
        "remind_at": take_preset,
        "remind_days": ask_days,
        "remind_day": take_day,
        "remind_days_ok": take_days,
        "remind_time": take_time,
        "remind_zone": take_zone,
        "remind_no": decline,
        "remind_shift": shift_time,
        "remind_stop": end_reminder,
        "remind_kinds": show_kinds,
        "remind_kind": switch_kind,
        "remind_quiet": take_quiet_hours,
        "days_off": take_break,
        "remind_hours": ask_hour,
        "snooze_ask": ask_how_much_later,
        "snooze": snooze,
    },
    texts={"reminder": read_when},
    resumes={"reminder": _open_question},
)
