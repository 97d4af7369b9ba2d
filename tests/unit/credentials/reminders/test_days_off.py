"""On days off nothing is written unasked; afterwards everything goes on."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from credentials.errors import InvalidInputError
from credentials.outbox import OutboxMessage
from credentials.people import DaysOff, find_preferences, may_be_written_to, set_zone
from credentials.reminders import (
    claim_due_reminders,
    list_reminders,
    parse_rule,
    read_days_off,
    resume_writing,
    set_reminder,
    take_days_off,
)
from credentials.reminders.reminders import local_now
from tests.passing_time import pass_days
from tests.submissions import people, person, send

TODAY = date(2026, 12, 1)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "first", "back"),
    [
        ("pause till 20 dec", TODAY, date(2026, 12, 20)),
        ("please pause everything until friday", TODAY, date(2026, 12, 4)),
        ("I'm on leave from friday for two weeks", date(2026, 12, 4), date(2026, 12, 18)),
        ("away until the 12th of january", TODAY, date(2027, 1, 12)),
        ("im on holiday from 14 dec to 3 jan", date(2026, 12, 14), date(2027, 1, 3)),
        ("no reminders for a month pls", TODAY, date(2027, 1, 1)),
        ("don't write to me till january", TODAY, date(2027, 1, 1)),
        ("on vacation, back on monday", TODAY, date(2026, 12, 7)),
        ("leave me alone for three days", TODAY, date(2026, 12, 4)),
    ],
)
def test_days_off_are_read_as_people_say_them(text, first, back):
    assert read_days_off(text, today=TODAY) == DaysOff(first, back)


@pytest.mark.parametrize(
    "text",
    [
        "not today, tomorrow",
        "remind me until friday",
        "take it away",
        "away until yesterday",
        "stop reminders",
        "",
        "pause until " + "x" * 2000,
    ],
)
def test_what_asks_for_no_days_off_is_none(text):
    assert read_days_off(text, today=TODAY) is None


@pytest.fixture
def ana(institution):
    with institution.begin() as work:
        found = person(work, 1)
        set_zone(work, found, "Europe/Lisbon")
        rule = parse_rule("every day at 10", now=local_now(work, found))
        set_reminder(work, person_id=found, rule=rule)
        return found


def told(institution):
    with institution.read() as work:
        return len(work.session.scalars(select(OutboxMessage)).all())


def off(institution, ana, *, starts=0, days=3):
    with institution.begin() as work:
        today = local_now(work, ana).date()
        first = today + timedelta(days=starts)
        take_days_off(work, person_id=ana, days=DaysOff(first, first + timedelta(days=days)))


def test_a_rhythm_rests_and_goes_on_afterwards(institution, clock, ana):
    off(institution, ana, days=3)
    pass_days(institution, clock, 2)
    assert told(institution) == 0
    pass_days(institution, clock, 3)
    assert told(institution) >= 2
    with institution.read() as work:
        coming = list_reminders(work, person_id=ana)[0]
        assert coming.next_due.astimezone(ZoneInfo(coming.zone)).hour == 10


def test_days_off_that_come_later_change_nothing_now(institution, clock, ana):
    off(institution, ana, starts=2, days=2)
    pass_days(institution, clock, 2)
    assert told(institution) >= 1


def test_being_back_early_ends_them(institution, clock, ana):
    off(institution, ana, days=30)
    with institution.begin() as work:
        resume_writing(work, person_id=ana)
        assert find_preferences(work, person_id=ana).off is None
    pass_days(institution, clock, 2)
    assert told(institution) >= 1


def test_a_reminder_asked_for_on_a_day_off_ends_them(institution, ana):
    off(institution, ana, days=30)
    with institution.begin() as work:
        rule = parse_rule("tomorrow at 10", now=local_now(work, ana))
        set_reminder(work, person_id=ana, rule=rule)
        assert find_preferences(work, person_id=ana).off is None


def test_more_than_a_year_is_refused(institution, ana):
    with pytest.raises(InvalidInputError):
        off(institution, ana, days=400)


def test_an_advisor_on_leave_is_not_sent_for(institution):
    ana, ben, alan = people(institution)
    off(institution, ben, days=5)
    with institution.begin() as work:
        assert not may_be_written_to(work, ben)
        send(work, ana)
    with institution.read() as work:
        rows = work.session.scalars(
            select(OutboxMessage.person_id).where(OutboxMessage.screen == "review_wanted")
        )
        assert set(rows) == {alan}


def test_nothing_is_claimed_twice_for_it(institution, clock, ana):
    off(institution, ana, days=2)
    clock.advance(timedelta(days=1, hours=3))
    with institution.begin() as work:
        assert claim_due_reminders(work, awake_since=work.now - timedelta(hours=1)).owed == 0
        assert claim_due_reminders(work).looked_at == 0
