"""A daily reminder comes exactly once on each local date, wherever and whenever clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from credentials.reminders import Frequency, Rule, instants, resolve

ZONES = sorted(name for name in available_timezones() if name not in {"localtime", "Factory"})
CHANGING = sorted(
    name
    for name in ZONES
    if len(
        {
            datetime(2026, month, 15, 12, tzinfo=UTC).astimezone(ZoneInfo(name)).utcoffset()
            for month in range(1, 13)
        }
    )
    > 1
)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 1))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@settings(max_examples=300, deadline=None)
@given(zone=st.sampled_from(ZONES), first=DAYS, at=TIMES)
@example(zone="Europe/Paris", first=date(2026, 3, 20), at=time(2, 30))
@example(zone="Europe/Paris", first=date(2026, 10, 20), at=time(2, 30))
@example(zone="Africa/Cairo", first=date(2026, 4, 20), at=time(0, 0))
@example(zone="Australia/Lord_Howe", first=date(2026, 10, 1), at=time(2, 15))
@example(zone="America/Nuuk", first=date(2024, 3, 20), at=time(23, 30))
def test_a_daily_reminder_comes_once_on_every_date(zone, first, at):
    info = ZoneInfo(zone)
    rule = Rule(frequency=Frequency.DAILY, at=at, starts_on=first)
    before = resolve(first, time(0), info) - timedelta(seconds=1)
    found = [instant for instant, _ in zip(instants(rule, info, before), range(20), strict=False)]
    local = [instant.astimezone(info) for instant in found]
    assert found == sorted(set(found))
    for day, moment in zip((first + timedelta(days=n) for n in range(20)), local, strict=True):
        wished = datetime.combine(day, at)
        assert moment.replace(tzinfo=None) == wished or _is_end_of_gap(moment, wished, info)


@pytest.mark.parametrize("zone", CHANGING[::6])
def test_no_date_is_skipped_or_doubled_in_seven_years(zone):
    info = ZoneInfo(zone)
    for at in (time(0), time(2, 30), time(19)):
        day, last = date(2024, 1, 1), None
        while day.year < 2031:
            instant = resolve(day, at, info)
            wished = datetime.combine(day, at)
            local = instant.astimezone(info)
            assert local.date() == day or _is_end_of_gap(local, wished, info)
            assert last is None or instant > last
            day, last = day + timedelta(days=1), instant


def test_a_time_left_out_is_the_first_one_after():
    assert resolve(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Paris")) == datetime(
        2026, 3, 29, 1, 0, tzinfo=UTC
    )


def test_a_time_that_comes_twice_is_the_first():
    assert resolve(date(2026, 10, 25), time(2, 30), ZoneInfo("Europe/Paris")) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def _is_end_of_gap(moment, wished, info):
    """The wished time does not exist, and a moment before this one is on the gap's other side."""
    exists = wished.replace(tzinfo=info).astimezone(UTC).astimezone(info).replace(tzinfo=None)
    before = (moment.astimezone(UTC) - timedelta(seconds=1)).astimezone(info).replace(tzinfo=None)
    return exists != wished and before < wished < moment.replace(tzinfo=None)
