"""When a reminder comes: local dates by an RFC 5545 rule, each resolved to one instant.

Dates are computed without a zone and resolved afterwards, so that clocks going forward or back
neither skip nor double a day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from credentials.errors import InvalidInputError

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHORTEST_MONTH = 28
MAX_INTERVAL = 100
_BYDAY = re.compile(r"(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


class Frequency(StrEnum):
    ONCE = "ONCE"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A recurrence at a local time.

    `days` holds RFC 5545 BYDAY values (`TU`, or `1MO` in a month); without them the day of
    `starts_on` counts. `starts_on` is the first possible date; intervals are counted from it.
    """

    frequency: Frequency
    at: time
    starts_on: date
    interval: int = 1
    days: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The rule as RFC 5545 writes it, without its start and time."""
        if self.frequency is Frequency.ONCE:
            return "FREQ=DAILY;COUNT=1"
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.days:
            parts.append("BYDAY=" + ",".join(self.days))
        elif self.frequency is Frequency.MONTHLY:
            parts.append(_month_day(self.starts_on.day))
        return ";".join(parts)

    def dates(self, first: date) -> Iterator[date]:
        """The rule's dates from `first` on, without end for a recurrence."""
        start = self.starts_on
        if self._has_no_anchor:
            yield from self._plain_dates(max(first, start))
            return
        recurrence = rrulestr(self.text, dtstart=datetime.combine(start, time()))
        assert isinstance(recurrence, rrule)
        for moment in recurrence.xafter(datetime.combine(first, time()), inc=True):
            yield moment.date()

    def _plain_dates(self, first: date) -> Iterator[date]:
        """Every day, or every week on the same days; a recurrence library takes ten times as long."""
        wanted = {WEEKDAYS.index(day) for day in self.days} or set(range(7))
        for number in range(first.toordinal(), date.max.toordinal()):
            day = date.fromordinal(number)
            if day.weekday() in wanted:
                yield day

    @property
    def _has_no_anchor(self) -> bool:
        daily = self.frequency is Frequency.DAILY
        weekly = self.frequency is Frequency.WEEKLY and bool(self.days)
        return self.interval == 1 and (daily or weekly)


def rule_from(text: str, *, starts_on: date, at: time) -> Rule:
    """The rule of an RFC 5545 text in the subset `Rule.text` writes.

    Raises:
        InvalidInputError: the text is not in the subset.
    """
    parts = dict(part.split("=", 1) for part in text.upper().split(";") if "=" in part)
    if parts.get("COUNT") == "1":
        return Rule(frequency=Frequency.ONCE, at=at, starts_on=starts_on)
    days = tuple(day for day in parts.get("BYDAY", "").split(",") if day)
    try:
        frequency = Frequency(parts.get("FREQ", ""))
        interval = int(parts.get("INTERVAL", "1"))
    except ValueError as error:
        raise InvalidInputError(f"not a rule: {text!r}") from error
    if not 1 <= interval <= MAX_INTERVAL or not all(_BYDAY.fullmatch(day) for day in days):
        raise InvalidInputError(f"not a rule: {text!r}")
    return Rule(frequency=frequency, at=at, starts_on=starts_on, interval=interval, days=days)


def resolve(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant of a local date and time, in UTC.

    Of a time that comes twice, the first; a time that a change of clocks leaves out is the first
    instant after the gap.
    """
    local = datetime.combine(day, at, tzinfo=zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local)


def instants(rule: Rule, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """The rule's instants in UTC, later than `after`, in order."""
    first = after.astimezone(zone).date() - timedelta(days=1)  # a gap may move one over midnight
    for day in rule.dates(first):
        instant = resolve(day, rule.at, zone)
        if instant > after:
            yield instant


def next_instant(rule: Rule, zone: ZoneInfo, after: datetime) -> datetime | None:
    """The rule's first instant later than `after`; None when there is none."""
    return next(islice(instants(rule, zone, after), 1), None)


def _month_day(day: int) -> str:
    """The day of the month or, in a shorter month, its last."""
    if day <= SHORTEST_MONTH:
        return f"BYMONTHDAY={day}"
    days = ",".join(str(number) for number in range(SHORTEST_MONTH, day + 1))
    return f"BYMONTHDAY={days};BYSETPOS=-1"


def _end_of_gap(local: datetime) -> datetime:
    """The instant the clocks were moved forward, found by halving the time around it."""
    zone = local.tzinfo
    before = local.replace(fold=1).astimezone(UTC)
    after = local.replace(fold=0).astimezone(UTC)
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
