"""Days off: nothing is written unasked until somebody is back, and how people say that."""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from credentials.audit import record
from credentials.errors import InvalidInputError
from credentials.people import DaysOff, set_days_off
from credentials.reminders.phrases import normal, read_day
from credentials.reminders.reminders import local_today
from credentials.unit_of_work import Work

LONGEST = 366  # days
_AWAY = re.compile(
    r"\b(?:away|on (?:annual |sick |parental )?leave|(?:on )?(?:holidays?|vacation)|off (?:work|sick|until|till|from|for)|"
    r"out of (?:the )?office|travel\w*|(?:take|taking|need) a (?:break|rest)|paus\w+|hold (?:off|everything)|"
    r"(?:no|stop) (?:more )?(?:messag\w+|remind\w+|writing)|leave me (?:alone|be)|(?:don'?t|do not) (?:write|remind|message|bother)\b.{0,20}?)\b"
)
_UNTIL = re.compile(r"\b(?:until|till|til|through|to|back(?: on| in)?) ")
_FOR = re.compile(
    r"\bfor (?:the )?(?:next )?(\d+) (day|week|month)s?\b|\b(?:the|this|all|next) (week|month)\b"
)
_FROM = re.compile(
    r"\b(?:from|starting|beginning|as of)\b (.+?)(?=\b(?:until|till|til|through|to|for|back)\b|$)"
)


def read_days_off(text: str, *, today: date) -> DaysOff | None:
    """The days off that a text asks for: "pause till 20 December", "on leave from Friday for two weeks".

    None when it asks for none, or doesn't say until when.
    """
    said = normal(text)
    if not _AWAY.search(said):
        return None
    begun = _FROM.search(said)
    first = (read_day(begun[1], today=today) if begun else None) or today
    rest = said[begun.end() :] if begun else said
    for until in _UNTIL.finditer(rest):
        back = read_day(rest[until.end() :], today=today)
        if back is not None:
            return DaysOff(first, back) if back > first else None
    if spoken := _FOR.search(rest):
        return DaysOff(first, first + _length(spoken))
    return None


def take_days_off(work: Work, *, person_id: str, days: DaysOff) -> None:
    """Write nothing unasked from `days.first` until the day before `days.back`.

    Raises:
        InvalidInputError: that is longer than a year.
    """
    if days.back - local_today(work, person_id) > timedelta(days=LONGEST):
        raise InvalidInputError("longer than a year")
    set_days_off(work, person_id=person_id, days=days)
    record(work.session, now=work.now, actor=person_id, event="days_off_taken", subject=person_id)


def _length(spoken: re.Match[str]) -> relativedelta:
    count, unit = (int(spoken[1]), spoken[2]) if spoken[1] else (1, spoken[3])
    if unit == "month":
        return relativedelta(months=count)
    return relativedelta(days=count * (7 if unit == "week" else 1))
