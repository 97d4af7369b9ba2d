"""Hours of quiet: how people ask for them, and what they hold back."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from credentials.people import QuietHours
from credentials.reminders.quiet import after_quiet, read_quiet_hours

NOW = QuietHours()
LISBON = ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("not before 9", "21:00", "09:00"),
        ("please don't write before 9:30 in the morning", "21:00", "09:30"),
        ("never before ten", "21:00", "10:00"),
        ("nothing after 8pm", "20:00", "08:00"),
        ("no messages after ten", "22:00", "08:00"),
        ("not later than half past eight", "20:30", "08:00"),
        ("quiet from 22 to 7", "22:00", "07:00"),
        ("no reminders between 9pm and 10am", "21:00", "10:00"),
        ("don't message me between eleven and six", "23:00", "06:00"),
    ],
)
def test_words_that_ask_for_quiet(text, starts, ends):
    asked = read_quiet_hours(text, NOW)
    assert (f"{asked.starts:%H:%M}", f"{asked.ends:%H:%M}") == (starts, ends)
    assert asked.is_chosen


@pytest.mark.parametrize(
    "text", ["remind me at 9", "every Tuesday at 19:00", "stop", "before 9 I am at work", ""]
)
def test_words_that_do_not(text):
    assert read_quiet_hours(text, NOW) is None


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(7, (2, 8)), (8, (2, 8)), (12, (2, 12)), (20, (2, 20)), (21, (3, 8)), (23, (3, 8))],
)
def test_the_night_is_waited_out(hour, expected):
    day, morning = expected
    found = after_quiet(datetime(2026, 3, 2, hour, tzinfo=UTC), LISBON)
    assert found == datetime(2026, 3, day, morning, tzinfo=UTC)


def test_quiet_by_day_ends_the_same_day():
    siesta = QuietHours(time(13), time(16), is_chosen=True)
    asked = datetime(2026, 3, 2, 14, tzinfo=UTC)
    assert after_quiet(asked, LISBON, siesta) == asked + timedelta(hours=2)


def test_equal_times_are_no_quiet_at_all():
    assert not QuietHours(time(0), time(0), is_chosen=True).holds(time(3))
