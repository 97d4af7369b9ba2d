"""Draws reminders: asking when, saying when, what is written about at all."""

from markupsafe import Markup

from actions.screens.reminders import (
    AskReminder,
    AskZone,
    DaysOffChoices,
    DaysOffTaken,
    KindEnded,
    NothingToSnooze,
    QuietHoursChoices,
    QuietHoursSet,
    ReminderDays,
    ReminderDeclined,
    ReminderEnded,
    ReminderHours,
    ReminderKinds,
    ReminderList,
    ReminderSet,
    ReminderTime,
    Rhythm,
    SnoozeChoices,
    Snoozed,
)
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, paragraphs
from bot.texts import Say
from credentials.people import city_of

Rows = tuple[tuple[Button, ...], ...]

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PRESETS = (("TU", "19:00"), ("SU", "10:00"))
TIMES = ("08:00", "09:00", "12:00", "15:00", "17:00", "18:00", "19:00", "20:00")
CITIES = (
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Asia/Kolkata",
)
QUIET_CHOICES = (("20:00", "08:00"), ("21:00", "08:00"), ("22:00", "07:00"), ("21:00", "10:00"))


def city_rows(action: str) -> Rows:
    """Cities that stand for a zone; a slash does not fit a button."""
    buttons = [button(city_of(zone), action, zone.replace("/", "~")) for zone in CITIES]
    return tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))


BREAKS = (3, 7, 14, 28)  # days


@draws(AskReminder)
def draw_ask_reminder(screen: AskReminder, say: Say) -> Drawn:
    presets = tuple(
        button(
            say.plain("button-preset", day=say.plain(f"short-{day}"), time=at),
            "remind_at",
            f"{day}-{_digits(at)}",
        )
        for day, at in PRESETS
    )
    other = button(say.plain("button-other-times"), "remind_days")
    no = button(say.plain("button-no-reminder"), "remind_no")
    kinds = button(say.plain("button-kinds"), "remind_kinds")
    text = say("ask-reminder-unclear" if screen.is_unclear else "ask-reminder")
    return Drawn(text, (presets, (other, no), (kinds,)))


@draws(ReminderDays)
def draw_reminder_days(screen: ReminderDays, say: Say) -> Drawn:
    days = [
        button(_day_label(say, day, is_chosen=day in screen.chosen), "remind_day", day)
        for day in WEEK
    ]
    on = button(say.plain("button-go-on"), "remind_days_ok")
    return Drawn(
        say("reminder-days"),
        (tuple(days[:4]), tuple(days[4:]), (on, _cancel(say))),
    )


@draws(ReminderTime)
def draw_reminder_time(screen: ReminderTime, say: Say) -> Drawn:
    times = [button(at, "remind_time", _digits(at)) for at in TIMES]
    back = button(say.plain("button-back"), "remind_days")
    text = say("reminder-time-unclear" if screen.is_unclear else "reminder-time")
    return Drawn(text, (tuple(times[:4]), tuple(times[4:]), (back, _cancel(say))))


@draws(AskZone)
def draw_ask_zone(screen: AskZone, say: Say) -> Drawn:
    text = say("ask-zone-unclear" if screen.is_unclear else "ask-zone")
    return Drawn(text, (*city_rows("remind_zone"), (_cancel(say),)))


@draws(ReminderSet)
def draw_reminder_set(screen: ReminderSet, say: Say) -> Drawn:
    found = screen.rhythm
    when = say.time(found.next_due) if found.next_due else ""
    zone = city_of(found.zone)
    text = lines(
        say("reminder-set", rhythm=rhythm_text(found, say), zone=zone),
        say("reminder-next", when=when),
        say("reminder-quiet") if found.is_quiet else None,
    )
    rows: list[tuple[Button, ...]] = [
        (
            button(say.plain("button-change"), "remind_change"),
            button(say.plain("button-stop-reminder"), "remind_stop", found.reminder_id),
        )
    ]
    if screen.other_time is not None:
        label = say.plain("button-make-it", time=screen.other_time)
        target = f"{found.reminder_id}~{_digits(screen.other_time)}"
        rows.insert(0, (button(label, "remind_shift", target),))
    return Drawn(text, tuple(rows))


@draws(ReminderList)
def draw_reminder_list(screen: ReminderList, say: Say) -> Drawn:
    items = [_item(found, say) for found in screen.reminders]
    is_on = screen.is_on and not screen.back
    off = None if screen.is_on else say("reminder-list-off")
    back = say("reminder-list-back", day=say.day(screen.back)) if screen.back else None
    text = paragraphs(say("reminder-list"), lines(*items), off or back)
    resume = button(say.plain("button-resume"), "resume")
    change = button(say.plain("button-change"), "remind_change")
    stops = tuple(
        (button(_stop_label(found, say, alone=len(items) == 1), "remind_stop", found.reminder_id),)
        for found in screen.reminders
    )
    menu = button(say.plain("button-menu"), "menu")
    rest = button(say.plain("button-break"), "days_off")
    kinds = button(say.plain("button-kinds"), "remind_kinds")
    return Drawn(
        text, (*stops, (change if is_on else resume, kinds), (rest, menu) if is_on else (menu,))
    )


@draws(ReminderKinds)
def draw_reminder_kinds(screen: ReminderKinds, say: Say) -> Drawn:
    kinds = [
        (button(_switch_label(say, one.kind, is_on=one.is_on), "remind_kind", one.kind),)
        for one in screen.switches
    ]
    quiet = say.plain("button-quiet", starts=screen.quiet_from, ends=screen.quiet_until)
    back = button(say.plain("button-back"), "reminders")
    return Drawn(say("reminder-kinds"), (*kinds, (button(quiet, "remind_quiet"),), (back,)))


@draws(QuietHoursChoices)
def draw_quiet_hours_choices(screen: QuietHoursChoices, say: Say) -> Drawn:
    choices = tuple(
        button(
            say.plain("button-quiet-choice", starts=starts, ends=ends),
            "remind_quiet",
            f"{_digits(starts)}-{_digits(ends)}",
        )
        for starts, ends in QUIET_CHOICES
    )
    back = button(say.plain("button-back"), "remind_kinds")
    return Drawn(say("quiet-choices"), (choices[:2], choices[2:], (back,)))


@draws(QuietHoursSet)
def draw_quiet_hours_set(screen: QuietHoursSet, say: Say) -> Drawn:
    text = say("quiet-set", starts=screen.quiet_from, ends=screen.quiet_until)
    change = button(say.plain("button-change"), "remind_quiet")
    return Drawn(text, ((change, button(say.plain("button-menu"), "menu")),))


@draws(DaysOffChoices)
def draw_days_off_choices(screen: DaysOffChoices, say: Say) -> Drawn:
    choices = tuple(
        button(say.plain("button-days-off", days=days), "days_off", str(days)) for days in BREAKS
    )
    back = "rv_list" if screen.is_advisor else "reminders"
    return Drawn(
        say("days-off-choices"),
        (choices[:2], choices[2:], (button(say.plain("button-back"), back),)),
    )


@draws(DaysOffTaken)
def draw_days_off(screen: DaysOffTaken, say: Say) -> Drawn:
    text = paragraphs(
        say(
            "days-off",
            first=say.day(screen.first),
            back=say.day(screen.back),
            begun="yes" if screen.starts_today else "no",
        ),
        say("days-off-advisor" if screen.is_advisor else "days-off-learner"),
    )
    resume = button(say.plain("button-resume"), "resume")
    return Drawn(text, ((resume, button(say.plain("button-menu"), "menu")),))


@draws(KindEnded)
def draw_kind_ended(screen: KindEnded, say: Say) -> Drawn:
    others = say("reminder-ended-others", count=screen.others) if screen.others else None
    text = paragraphs(say("kind-ended", kind=say.plain(f"kind-{screen.kind}")), others)
    kinds = button(say.plain("button-kinds"), "remind_kinds")
    return Drawn(text, ((kinds, button(say.plain("button-menu"), "menu")),))


@draws(ReminderHours)
def draw_reminder_hours(screen: ReminderHours, say: Say) -> Drawn:
    times = [button(at, "remind_shift", f"{screen.reminder_id}~{_digits(at)}") for at in TIMES]
    return Drawn(say("reminder-hours"), (tuple(times[:4]), tuple(times[4:])))


@draws(SnoozeChoices)
def draw_snooze_choices(screen: SnoozeChoices, say: Say) -> Drawn:
    def choice(key: str, choice: str) -> Button:
        return button(say.plain(key), "snooze", f"{screen.reminder_id}~{choice}")

    rows = (
        (choice("button-snooze-hour", "hour"), choice("button-snooze-tomorrow", "tomorrow")),
        (choice("button-snooze-week", "week"),),
        (button(say.plain("button-stop-reminder"), "remind_stop", screen.reminder_id),),
    )
    return Drawn(say("snooze-choices"), rows)


@draws(Snoozed)
def draw_snoozed(screen: Snoozed, say: Say) -> Drawn:
    stop = button(say.plain("button-stop-reminder"), "remind_stop", screen.reminder_id)
    return Drawn(say("snoozed", when=say.time(screen.until)), ((stop,),))


@draws(NothingToSnooze)
def draw_nothing_to_snooze(screen: NothingToSnooze, say: Say) -> Drawn:
    new = button(say.plain("button-set-reminder"), "remind_change")
    return Drawn(say("nothing-to-snooze"), ((new, button(say.plain("button-menu"), "menu")),))


@draws(ReminderEnded)
def draw_reminder_ended(screen: ReminderEnded, say: Say) -> Drawn:
    others = say("reminder-ended-others", count=screen.others) if screen.others else None
    new = button(say.plain("button-set-reminder"), "remind_change")
    rows = ((new, button(say.plain("button-menu"), "menu")),)
    return Drawn(paragraphs(say("reminder-ended"), others), rows)


@draws(ReminderDeclined)
def draw_reminder_declined(screen: ReminderDeclined, say: Say) -> Drawn:
    return Drawn(say("reminder-declined"), ((button(say.plain("button-menu"), "menu"),),))


def rhythm_text(found: Rhythm, say: Say) -> str:
    """`every Tuesday at 19:00`."""
    return say.plain("rhythm-at", rhythm=_days_text(found, say), time=found.at)


def _days_text(found: Rhythm, say: Say) -> str:
    if found.frequency == "DAILY":
        return say.plain("rhythm-daily", interval=found.interval)
    if found.frequency == "MONTHLY":
        return _month_text(found, say)
    if found.frequency != "WEEKLY":
        return say.plain("rhythm-once")
    if found.days == WEEK[:5] and found.interval == 1:
        return say.plain("rhythm-weekdays")
    days = say.listed([say.plain(f"weekday-{day}") for day in found.days])
    return say.plain("rhythm-weekly", interval=found.interval, days=days)


def _month_text(found: Rhythm, say: Say) -> str:
    if not found.days:
        return say.plain("rhythm-monthly-day", interval=found.interval, day=found.month_day)
    day = found.days[0]
    place = int(day[:-2] or "1")
    weekday = say.plain(f"weekday-{day[-2:]}")
    return say.plain("rhythm-monthly-weekday", place=place, weekday=weekday)


def _item(found: Rhythm, say: Say) -> Markup:
    when = say.time(found.next_due) if found.next_due else ""
    if found.kind in {"renewal", "digest", "queue"}:
        return say(f"reminder-list-{found.kind}", when=when)
    if found.frequency == "ONCE":
        return say("reminder-list-once", when=when)
    return say("reminder-list-item", rhythm=rhythm_text(found, say), when=when)


def _stop_label(found: Rhythm, say: Say, *, alone: bool) -> str:
    if alone:
        return say.plain("button-stop-reminder")
    when = say.date(found.next_due) if found.next_due else ""
    return say.plain("button-stop-reminder-of", when=when)


def _switch_label(say: Say, kind: str, *, is_on: bool) -> str:
    name = say.plain(f"kind-{kind}")
    return say.plain("kind-on" if is_on else "kind-off", kind=name)


def _day_label(say: Say, day: str, *, is_chosen: bool) -> str:
    name = say.plain(f"short-{day}")
    return say.plain("day-chosen", day=name) if is_chosen else name


def _cancel(say: Say) -> Button:
    return button(say.plain("button-cancel"), "cancel")


def _digits(at: str) -> str:
    return at.replace(":", "")
