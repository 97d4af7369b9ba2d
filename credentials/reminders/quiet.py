"""Hours in which nothing is written unasked, and how people say them."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from credentials.people import QuietHours
from credentials.reminders.phrases import normal
from credentials.reminders.rules import resolve
from credentials.reminders.times_of_day import read_time_of_day

_NOT_BEFORE = re.compile(
    r"\b(?:not|never|nothing|no \w+|don'?t \w+(?: me)?) (?:before|until|till)\b(.+)"
)
_NOT_AFTER = re.compile(
    r"\b(?:not|never|nothing|no \w+|don'?t \w+(?: me)?) (?:after|later than)\b(.+)"
)
_BETWEEN = re.compile(
    r"\b(?:quiet|silen\w+|not|nothing|no \w+|don'?t \w+(?: me)?)\b.*?\b(?:between|from) (.+?) (?:and|to|until|till|-) (.+)"
)


def is_quiet(instant: datetime, zone: ZoneInfo, quiet: QuietHours | None = None) -> bool:
    """Whether it is night where the person is, or an hour they asked to be left alone."""
    return (quiet or QuietHours()).holds(instant.astimezone(zone).time())


def after_quiet(instant: datetime, zone: ZoneInfo, quiet: QuietHours | None = None) -> datetime:
    """The instant itself or, in quiet hours, their end."""
    hours = quiet or QuietHours()
    local = instant.astimezone(zone)
    if not hours.holds(local.time()):
        return instant
    days = 1 if local.time() >= hours.ends else 0
    return resolve(local.date() + timedelta(days=days), hours.ends, zone)


def read_quiet_hours(text: str, now: QuietHours) -> QuietHours | None:
    """The quiet hours a text asks for: "not before 9", "nothing after 8pm", "quiet from 22 to 7".

    What it leaves open stays as it is `now`; None when it asks for none.
    """
    said = normal(text)
    between = _BETWEEN.search(said)
    if between is not None:
        starts, ends = _evening(between[1]), _morning(between[2])
        return _chosen(starts, ends) if starts and ends else None
    before, after = _NOT_BEFORE.search(said), _NOT_AFTER.search(said)
    ends = _morning(before[1]) if before else None
    starts = _evening(after[1]) if after else None
    if ends is None and starts is None:
        return None
    return _chosen(starts or now.starts, ends or now.ends)


def _chosen(starts: time, ends: time) -> QuietHours:
    return QuietHours(starts, ends, is_chosen=True)


def _morning(said: str) -> time | None:
    """An hour that ends the night: "7" is seven in the morning."""
    found = read_time_of_day(f"at{said}" if said.startswith(" ") else f"at {said}")
    if found is None:
        return None
    return found.at.replace(hour=found.at.hour - 12) if found.is_guess else found.at


def _evening(said: str) -> time | None:
    """An hour that begins the night: "9" is nine in the evening."""
    found = read_time_of_day(f"at{said}" if said.startswith(" ") else f"at {said}")
    if found is None:
        return None
    says_half = re.search(r"\d ?am\b|morning", said)
    if found.at.hour < 12 and found.at.hour > 4 and not says_half:
        return found.at.replace(hour=found.at.hour + 12)
    return found.at
