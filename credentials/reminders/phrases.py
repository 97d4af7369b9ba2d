"""Reads how people say when: "every other Tuesday at half past six", "tomorrow at 9", "in an hour".

English. What is not said stays open, so that it can be asked for.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from credentials.errors import InvalidInputError
from credentials.reminders.rules import WEEKDAYS, Frequency, Rule, rule_from
from credentials.reminders.times_of_day import read_time_of_day

DEFAULT_TIME = time(19)
LONGEST = 200  # characters
FAR = 400  # no number in a phrase about days is larger

_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_DAY = r"(mon|tue|wed|thu|fri|sat|sun)"
_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"[’`]", "'"),
    (r"\b([ap])\.\s?m\b\.?", r"\1m"),
    (r"\b(monday|tues?day|tues|wednesday|weds|thursday|thurs|thur|friday|saturday|sunday)(s?)\b", ""),
    (r"\b(mon|tue|wed|thu|fri|sat|sun)\.", r"\1"),
    (r"\b(work ?days?|week ?days?|mon (?:to|till|until|through|-) fri)\b", "weekday"),
    (r"\bhalf an hour\b", "30 minutes"),
    (r"\b(?:an?|the) (hour|day|week|month)\b", r"1 \1"),
    (r"\b(?:a )?(?:couple of|couple)\b", "2"),
    (r"\b(?:a )?few\b", "3"),
    (r"\beach\b", "every"),
    (r"\b(?:daily|everyday)\b", "every day"),
    (r"\bnightly\b", "every night"),
    (r"\b(?:fortnightly|bi-?weekly|every fortnight)\b", "every 2 weeks"),
    (r"\bweekly\b", "every week"),
    (r"\bmonthly\b", "every month"),
    (r"\bonce (?:every|per|1) (day|week|month)\b", r"every \1"),
    (r"\bonce 1 (day|week|month)\b", r"every \1"),
    (r"\btwice\b", "2 times"),
    (r"\bevery (?:other|second)\b", "every 2"),
)  # fmt: skip
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4,
             "4th": 4, "last": -1}  # fmt: skip
_EVERY = re.compile(r"\bevery (\d+)?")
_DAILY = re.compile(r"\bevery (?:\d+ )?(?:day|morning|afternoon|evening|night)s?\b")
_WEEKLY = re.compile(r"\bevery (?:\d+ )?weeks?\b|\btimes? (?:every|per|1) week\b")
_MONTHLY = re.compile(r"\bevery (?:\d+ )?months?\b|\bof (?:1|every|the) month\b")
_ORDINAL_DAY = re.compile(rf"\b({'|'.join(_ORDINALS)}) {_DAY}s?\b")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_NAMED = "|".join(f"{name}|{name[:3]}" for name in (*_MONTHS, "sept"))
_OF_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_NAMED})\b|"
    rf"\b(?P<month2>{_NAMED})\.? (?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)"
)
_MONTH_ALONE = re.compile(rf"(?:the )?(?:start|beginning|middle)?(?: ?of )?({_NAMED})\b")
_MONTH_DAY = re.compile(r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th)\b")
_SPAN = re.compile(r"\b(?:in|for|after|another|give me|wait|snooze) (\d+)(?: more)? (\w+?)s?\b")
_WHOLE_SPAN = re.compile(r"(\d+)(?: more)? (\w+?)s?(?: please)?")
_NEXT_DAY = re.compile(rf"\b(?:this|next|coming|until|till|to) (?:coming )?{_DAY}\b")


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """What was said about when; None is what was not said.

    `on` is the date of a single reminder or the anchor of a monthly one. `time_is_guess` says that
    the other half of the day could be meant as well, `is_span` that it was counted from now.
    """

    frequency: Frequency | None = None
    interval: int = 1
    days: tuple[str, ...] = ()
    on: date | None = None
    at: time | None = None
    time_is_guess: bool = False
    is_span: bool = False

    @property
    def says_days(self) -> bool:
        """Whether it says on which days: a bare "every week" does not."""
        return self.frequency is not None and (
            self.frequency is not Frequency.WEEKLY or bool(self.days)
        )

    def rule(self, *, today: date, at: time | None = None) -> Rule:
        """The rule; what was not said is filled with today's weekday and `at`.

        Raises:
            InvalidInputError: neither a day nor a rhythm was said.
        """
        if self.frequency is None:
            raise InvalidInputError("no day or rhythm in it")
        days = self.days
        if self.frequency is Frequency.WEEKLY and not days:
            days = (WEEKDAYS[today.weekday()],)
        return Rule(
            frequency=self.frequency,
            interval=self.interval,
            days=days,
            starts_on=self.on or today,
            at=self.at or at or DEFAULT_TIME,
        )


def parse_rule(text: str, *, now: datetime) -> Rule:
    """The rule a phrase or an RFC 5545 text means; without a time, 19:00.

    Args:
        text: plain English, or `FREQ=WEEKLY;BYDAY=TU;BYHOUR=19;BYMINUTE=30`.
        now: the person's local time.

    Raises:
        InvalidInputError: it says neither a day nor a rhythm nor a time.
    """
    phrase = read_phrase(text, now=now)
    if phrase.frequency is None and phrase.at is not None:
        phrase = replace(phrase, frequency=Frequency.DAILY)
    return phrase.rule(today=now.date())


def read_phrase(text: str, *, now: datetime) -> Phrase:
    """What the text says about when.

    Raises:
        InvalidInputError: it is an RFC 5545 text outside the subset.
    """
    if "FREQ=" in text.upper():
        return _rfc(text[:LONGEST].strip(), now)
    said = normal(text)
    span = _span(said, now)
    if span is not None and span.at is not None:
        return span
    found = read_time_of_day(said)
    when = span or _when(said, now.date()) or Phrase()
    if found is None:
        return when
    return replace(when, at=found.at, time_is_guess=found.is_guess)


def normal(text: str) -> str:
    """Lower case, single spaces, numbers as digits, one spelling for days and rhythms."""
    said = " ".join(text.casefold()[:LONGEST].split())
    said = re.sub(rf"\b({'|'.join(_NUMBERS)})\b", lambda m: str(_NUMBERS.index(m[1])), said)
    for pattern, replacement in _SPELLINGS:
        said = re.sub(pattern, replacement or _short_day, said)
    return said


def _short_day(match: re.Match[str]) -> str:
    return match[1][:3] + match[2]


def _rfc(said: str, now: datetime) -> Phrase:
    body, _, rest = said.upper().removeprefix("RRULE:").partition(" ")
    parts = dict(part.split("=", 1) for part in body.split(";") if "=" in part)
    found = read_time_of_day(rest.lower())
    at, day = found.at if found else None, now.date()
    try:
        if "BYHOUR" in parts:
            at = time(int(parts["BYHOUR"]), int(parts.get("BYMINUTE", "0")))
        if "BYMONTHDAY" in parts:
            day = _with_day(day, int(parts["BYMONTHDAY"]))
    except (ValueError, StopIteration) as error:
        raise InvalidInputError(f"not a rule: {body!r}") from error
    rule = rule_from(body, starts_on=day, at=at or DEFAULT_TIME)
    return Phrase(
        frequency=rule.frequency, interval=rule.interval, days=rule.days, on=rule.starts_on, at=at
    )


def _span(said: str, now: datetime) -> Phrase | None:
    """A time from now: "in 2 hours", "for 3 days", "30 minutes"."""
    match = _SPAN.search(said) or _WHOLE_SPAN.fullmatch(said)
    if match is None or int(match[1]) > FAR:
        return None
    amount, unit = int(match[1]), match[2]
    if unit in {"minute", "min", "hour", "hr", "h"}:
        length = timedelta(minutes=amount) if unit[0] == "m" else timedelta(hours=amount)
        moment = (now + length).replace(second=0, microsecond=0)
        return Phrase(frequency=Frequency.ONCE, on=moment.date(), at=moment.time(), is_span=True)
    if unit in {"day", "week", "month"}:
        return _once(now.date() + _days_weeks_months(amount, unit))
    return None


def _days_weeks_months(amount: int, unit: str) -> relativedelta:
    if unit == "month":
        return relativedelta(months=amount)
    return relativedelta(days=amount * (7 if unit == "week" else 1))


def _when(said: str, today: date) -> Phrase | None:
    if _EVERY.search(said) is None:
        single = _single(said, today)
        if single is not None:
            return single
    return _monthly(said, today) or _rhythm(said)


def _single(said: str, today: date) -> Phrase | None:
    """One day: tomorrow, tonight, next Friday."""
    for words, days in (
        (r"day after tomorrow", 2),
        (r"tomorrow|tmrw|tmr", 1),
        (r"today|tonight|this (?:morning|afternoon|evening)|later today", 0),
        (r"next week", 7),
    ):
        if re.search(rf"\b(?:{words})\b", said):
            return _once(today + timedelta(days=days))
    if dated := _dated(said, today):
        return dated
    if re.search(r"\bnext month\b", said):
        return _once(today + relativedelta(months=1))
    match = _NEXT_DAY.search(said)
    if match is None:
        return None
    ahead = (WEEKDAYS.index(match[1][:2].upper()) - today.weekday() - 1) % 7 + 1
    return _once(today + timedelta(days=ahead))


def read_day(said: str, *, today: date) -> date | None:
    """The one day that normalised words mean: "fri", "20 december", "next week", "january"."""
    single = _single(f"until {said.strip()}", today)
    if single is not None:
        return single.on
    named = _MONTH_ALONE.match(said.strip())
    if named is None:
        return None
    month = next(n for n, known in enumerate(_MONTHS, 1) if known[:3] == named[1][:3])
    return date(today.year + (month <= today.month), month, 1)


def _dated(said: str, today: date) -> Phrase | None:
    """A day of a month by its name: "12th of december", "march 3"."""
    match = _OF_MONTH.search(said)
    if match is None:
        return None
    name, number = match["month"] or match["month2"], int(match["day"] or match["day2"])
    month = next(n for n, known in enumerate(_MONTHS, 1) if known[:3] == name[:3])
    for year in (today.year, today.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            return None
        if day >= today:
            return _once(day)
    return None


def _once(day: date) -> Phrase:
    return Phrase(frequency=Frequency.ONCE, on=day)


def _monthly(said: str, today: date) -> Phrase | None:
    interval = _interval(said)
    ordinal = _ORDINAL_DAY.search(said)
    if ordinal is not None and "month" in said:
        day = f"{_ORDINALS[ordinal[1]]}{ordinal[2][:2].upper()}"
        return Phrase(frequency=Frequency.MONTHLY, days=(day,))
    numbered = _MONTH_DAY.search(said)
    if numbered is not None and 1 <= int(numbered[1]) <= 31:
        anchor = _with_day(today, int(numbered[1]))
        return Phrase(frequency=Frequency.MONTHLY, interval=interval, on=anchor)
    if _MONTHLY.search(said):
        return Phrase(frequency=Frequency.MONTHLY, interval=interval, on=today)
    return None


def _with_day(today: date, day: int) -> date:
    """The first date from today on that has this day of the month."""
    first = today.replace(day=1)
    months = (first + relativedelta(months=ahead, day=day) for ahead in range(3))
    return next(found for found in months if found >= today and found.day == day)


def _rhythm(said: str) -> Phrase | None:
    interval = _interval(said)
    days = weekdays(said)
    if days or _WEEKLY.search(said):
        return Phrase(frequency=Frequency.WEEKLY, interval=interval, days=days)
    if _DAILY.search(said):
        return Phrase(frequency=Frequency.DAILY, interval=interval)
    return None


def _interval(said: str) -> int:
    match = _EVERY.search(said)
    return min(max(int(match[1]), 1), 52) if match and match[1] else 1


def weekdays(said: str) -> tuple[str, ...]:
    """The BYDAY values a normalised text names."""
    if re.search(r"\bweekday\b", said):
        return WEEKDAYS[:5]
    if re.search(r"\bweekends?\b", said):
        return WEEKDAYS[5:]
    named = {match[:2].upper() for match in re.findall(rf"\b{_DAY}s?\b", said)}
    return tuple(day for day in WEEKDAYS if day in named)
