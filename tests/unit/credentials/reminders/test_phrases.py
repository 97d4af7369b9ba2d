"""How people say when, and what is understood."""

from datetime import date, datetime, time

import pytest

from credentials.errors import InvalidInputError
from credentials.reminders import parse_rule
from credentials.reminders.phrases import read_phrase

NOW = datetime.fromisoformat("2026-03-04T09:00")  # a Wednesday, local


@pytest.mark.parametrize(
    ("said", "rule", "at"),
    [
        ("every Sunday at 10", "FREQ=WEEKLY;BYDAY=SU", "10:00"),
        ("weekly on tue 7pm", "FREQ=WEEKLY;BYDAY=TU", "19:00"),
        ("every weekday at half past six", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "18:30"),
        ("every other Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "19:00"),
        ("every second thursday at quarter to eight", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "19:45"),
        ("Tuesday 19:00", "FREQ=WEEKLY;BYDAY=TU", "19:00"),
        ("tue, thu 18:15", "FREQ=WEEKLY;BYDAY=TU,TH", "18:15"),
        ("mondays and wednesdays 19:00", "FREQ=WEEKLY;BYDAY=MO,WE", "19:00"),
        ("Saturdays in the morning", "FREQ=WEEKLY;BYDAY=SA", "09:00"),
        ("on sundays", "FREQ=WEEKLY;BYDAY=SU", "19:00"),
        ("every thursday after work", "FREQ=WEEKLY;BYDAY=TH", "18:00"),
        ("every Monday at 7", "FREQ=WEEKLY;BYDAY=MO", "19:00"),
        ("every Monday at 07:00", "FREQ=WEEKLY;BYDAY=MO", "07:00"),
        ("every monday morning at 7", "FREQ=WEEKLY;BYDAY=MO", "07:00"),
        ("remind me every friday at 8 in the evening", "FREQ=WEEKLY;BYDAY=FR", "20:00"),
        ("every day at noon", "FREQ=DAILY", "12:00"),
        ("daily at 8 a.m.", "FREQ=DAILY", "08:00"),
        ("every evening at 8", "FREQ=DAILY", "20:00"),
        ("every morning", "FREQ=DAILY", "09:00"),
        ("every night at 10", "FREQ=DAILY", "22:00"),
        ("each day 6:45", "FREQ=DAILY", "06:45"),
        ("every other day at 17h", "FREQ=DAILY;INTERVAL=2", "17:00"),
        ("every 3 days at 9.30", "FREQ=DAILY;INTERVAL=3", "09:30"),
        ("every three days", "FREQ=DAILY;INTERVAL=3", "19:00"),
        ("every weekend at 11 am", "FREQ=WEEKLY;BYDAY=SA,SU", "11:00"),
        ("Monday to Friday at six o'clock", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "18:00"),
        ("every week", "FREQ=WEEKLY;BYDAY=WE", "19:00"),
        ("once a week at 5pm", "FREQ=WEEKLY;BYDAY=WE", "17:00"),
        ("every two weeks on monday at 12:30", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "12:30"),
        ("fortnightly on fri", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "19:00"),
        ("monthly", "FREQ=MONTHLY;BYMONTHDAY=4", "19:00"),
        ("the first Monday of the month at 9am", "FREQ=MONTHLY;BYDAY=1MO", "09:00"),
        ("last friday of every month", "FREQ=MONTHLY;BYDAY=-1FR", "19:00"),
        ("on the 15th of each month at 10:00", "FREQ=MONTHLY;BYMONTHDAY=15", "10:00"),
        ("tomorrow at 9", "FREQ=DAILY;COUNT=1", "09:00"),
        ("tonight", "FREQ=DAILY;COUNT=1", "20:00"),
        ("next Friday 5 pm", "FREQ=DAILY;COUNT=1", "17:00"),
        ("in an hour", "FREQ=DAILY;COUNT=1", "10:00"),
        ("in half an hour", "FREQ=DAILY;COUNT=1", "09:30"),
        ("in two weeks at 18:00", "FREQ=DAILY;COUNT=1", "18:00"),
        ("at 8pm", "FREQ=DAILY", "20:00"),
        ("FREQ=WEEKLY;BYDAY=TU;BYHOUR=19;BYMINUTE=30", "FREQ=WEEKLY;BYDAY=TU", "19:30"),
        ("RRULE:FREQ=DAILY;INTERVAL=2 at 08:15", "FREQ=DAILY;INTERVAL=2", "08:15"),
    ],
)
def test_a_phrase_is_understood(said, rule, at):
    found = parse_rule(said, now=NOW)
    assert (found.text, found.at) == (rule, time.fromisoformat(at))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today at 18:00", date(2026, 3, 4)),
        ("tomorrow", date(2026, 3, 5)),
        ("the day after tomorrow", date(2026, 3, 6)),
        ("this friday", date(2026, 3, 6)),
        ("next wednesday", date(2026, 3, 11)),
        ("next week", date(2026, 3, 11)),
        ("in 3 days", date(2026, 3, 7)),
        ("for a few days", date(2026, 3, 7)),
        ("for two weeks", date(2026, 3, 18)),
        ("until monday", date(2026, 3, 9)),
        ("next month", date(2026, 4, 4)),
    ],
)
def test_a_single_day_is_understood(said, day):
    assert parse_rule(said, now=NOW).starts_on == day


@pytest.mark.parametrize(
    "said", ["", "please", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=31", "🙂" * 300]
)
def test_what_says_nothing_about_when_is_refused(said):
    with pytest.raises(InvalidInputError):
        parse_rule(said, now=NOW)


def test_what_is_not_said_stays_open():
    assert read_phrase("remind me twice a week", now=NOW).says_days is False
    assert read_phrase("every tuesday", now=NOW).at is None
    assert read_phrase("plan 2 hours of study on friday", now=NOW).at is None
    assert read_phrase("every monday at 7", now=NOW).time_is_guess
    assert not read_phrase("every monday at 7pm", now=NOW).time_is_guess
