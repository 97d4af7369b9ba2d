"""A new release of the zone data moves what was reckoned by the old one, and nothing else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from credentials.people import register_person, set_zone
from credentials.reminders import (
    Snooze,
    follow_clocks,
    list_reminders,
    local_now,
    parse_rule,
    set_reminder,
    snooze_reminder,
)
from credentials.reminders.models import ReminderRow

LISBON = ZoneInfo("Europe/Lisbon")
HOUR = timedelta(hours=1)


@pytest.fixture
def ana(institution):
    with institution.begin() as work:
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        set_zone(work, person.person_id, "Europe/Lisbon")
    return person.person_id


def remind(institution, person_id, text):
    with institution.begin() as work:
        rule = parse_rule(text, now=local_now(work, person_id))
        return set_reminder(work, person_id=person_id, rule=rule)


def shift(institution, reminder_id, by):
    """As if the zone's rules had been others when it was reckoned."""
    with institution.begin() as work:
        row = work.session.get_one(ReminderRow, reminder_id)
        row.next_due += by
        return row.next_due


def due_of(institution, person_id, reminder_id):
    with institution.begin() as work:
        coming = list_reminders(work, person_id=person_id)
        return next(one.next_due for one in coming if one.reminder_id == reminder_id)


@pytest.mark.parametrize("words", ["every friday at 0:30", "every friday at 23:30"])
@pytest.mark.parametrize("by", [HOUR, -HOUR, HOUR / 2])
def test_what_is_to_come_keeps_its_local_time(institution, clock, ana, words, by):
    clock.instant = datetime(2026, 3, 2, 12, tzinfo=UTC)
    rhythm = remind(institution, ana, words)
    shift(institution, rhythm.reminder_id, by)
    with institution.begin() as work:
        assert follow_clocks(work) == 1
    assert due_of(institution, ana, rhythm.reminder_id) == rhythm.next_due
    with institution.begin() as work:
        assert follow_clocks(work) == 0


def test_a_time_the_clocks_leave_out_stays_after_the_gap(institution, clock, ana):
    clock.instant = datetime(2026, 3, 25, 12, tzinfo=UTC)
    rhythm = remind(institution, ana, "every sunday at 1:30")
    assert rhythm.next_due.astimezone(LISBON).hour == 2
    with institution.begin() as work:
        assert follow_clocks(work) == 0


def test_what_was_put_off_or_comes_within_a_day_stays(institution, clock, ana):
    clock.instant = datetime(2026, 3, 2, 12, tzinfo=UTC)
    daily = remind(institution, ana, "every day at 9")
    with institution.begin() as work:
        later = snooze_reminder(
            work, person_id=ana, reminder_id=daily.reminder_id, choice=Snooze.WEEK
        )
    held = shift(institution, daily.reminder_id, HOUR)
    moved = shift(institution, later.reminder_id, HOUR)
    with institution.begin() as work:
        assert follow_clocks(work) == 0
    assert due_of(institution, ana, daily.reminder_id) == held
    assert due_of(institution, ana, later.reminder_id) == moved
