"""Reads a time of day in English: "7pm", "19:30", "half past six", "in the morning"."""

import re
from dataclasses import dataclass
from datetime import time

NOON = 12
EVENING_HOURS = range(1, 8)  # "at 7" without more means the evening: before eight is night
PARTS_OF_DAY = {
    "early morning": time(8),
    "morning": time(9),
    "noon": time(12),
    "midday": time(12),
    "lunch": time(12, 30),
    "afternoon": time(15),
    "after work": time(18),
    "after dinner": time(20),
    "after lunch": time(13, 30),
    "before bed": time(21),
    "bedtime": time(21),
    "evening": time(19),
    "tonight": time(20),
    "midnight": time(0),
    "night": time(20),
}
_LATE = re.compile(r"\b(afternoons?|evenings?|tonight|nights?|after work)\b")
_EARLY = re.compile(r"\b(mornings?|wake)\b")
_CLOCK = re.compile(r"\b(\d{1,2})[:.h](\d{2})\s*(am|pm)?\b")
_PAST = re.compile(r"\b(half|quarter) (?:past )?(\d{1,2})\b\s*(am|pm)?|\bquarter to (\d{1,2})\b")
_HOUR_WITH_HALF = re.compile(r"\b(\d{1,2}) ?(am|pm)\b")
_OCLOCK = re.compile(r"\b(\d{1,2}) ?(?:o'?clock|h|uhr|hours)\b(?! (?:of|a|per))")
_AT = re.compile(
    r"(?:\b(?:at|around|about|to|by)|@) ?(\d{1,2})\b(?!st|nd|rd|th| (?:day|week|month|hour|min))"
)
_ISH = re.compile(r"\b(\d{1,2}) ?-?ish\b")
_LAST_NUMBER = re.compile(r"day s?(\d{1,2})$|days? (\d{1,2})$")


@dataclass(frozen=True)
class TimeOfDay:
    """A local time. `is_guess` says that the other half of the day could be meant as well."""

    at: time
    is_guess: bool = False


def read_time_of_day(said: str) -> TimeOfDay | None:
    """The time in a normalised text (lower case, numbers as digits); None without one."""
    for read in (_clock, _past, _with_half, _bare):
        found = read(said)
        if found is not None:
            return found
    for words, at in PARTS_OF_DAY.items():
        if re.search(rf"\b{words}s?\b", said):
            return TimeOfDay(at)
    return None


def _clock(said: str) -> TimeOfDay | None:
    match = _CLOCK.search(said)
    if match is None:
        return None
    return _time(int(match[1]), int(match[2]), match[3] or _half(said, default="24h"))


def _past(said: str) -> TimeOfDay | None:
    match = _PAST.search(said)
    if match is None:
        return None
    if match[4]:
        hour = int(match[4])
        return _time(hour - 1 if hour > 1 else NOON, 45, _half(said))
    return _time(int(match[2]), 30 if match[1] == "half" else 15, match[3] or _half(said))


def _with_half(said: str) -> TimeOfDay | None:
    match = _HOUR_WITH_HALF.search(said)
    return _time(int(match[1]), 0, match[2]) if match else None


def _bare(said: str) -> TimeOfDay | None:
    for pattern in (_OCLOCK, _AT, _ISH, _LAST_NUMBER):
        match = pattern.search(said)
        if match is not None:
            hour = next(group for group in match.groups() if group)
            return _time(int(hour), 0, _half(said, default="24h" if hour[0] == "0" else None))
    return None


def _half(said: str, default: str | None = None) -> str | None:
    if _EARLY.search(said):
        return "am"
    return "pm" if _LATE.search(said) else default


def _time(hour: int, minute: int, half: str | None) -> TimeOfDay | None:
    is_guess = half is None and hour in EVENING_HOURS
    if hour < NOON and (half == "pm" or is_guess):
        hour += NOON
    elif hour == NOON and half == "am":
        hour = 0
    try:
        return TimeOfDay(time(hour, minute), is_guess)
    except ValueError:
        return None
