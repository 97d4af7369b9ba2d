"""What a person is written to about: ended by its name, switched, kept quiet."""

from datetime import time

import pytest

from credentials.errors import StaleError
from credentials.people import find_preferences, register_person, set_zone
from credentials.reminders import (
    Kind,
    end_named,
    flip_kind,
    hear_quiet_hours,
    list_reminders,
    local_now,
    parse_rule,
    set_reminder,
)
from tests.passing_time import pass_days
from tests.unit.credentials.reminders.test_reminders import sent


@pytest.fixture
def ana(institution):
    with institution.begin() as work:
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        set_zone(work, person.person_id, "Europe/Lisbon")
    return person.person_id


def remind(work, person_id, text):
    return set_reminder(
        work, person_id=person_id, rule=parse_rule(text, now=local_now(work, person_id))
    )


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("stop the weekly one", Kind.STUDY),
        ("cancel my tuesday reminders please", Kind.STUDY),
        ("no more study reminders", Kind.STUDY),
        ("I don't want the summary", Kind.DIGEST),
        ("stop telling me about expiring badges", Kind.RENEWAL),
        ("no news about new courses", Kind.NEW_CREDENTIAL),
    ],
)
def test_one_kind_is_ended_by_its_name(institution, ana, text, ended):
    with institution.begin() as work:
        remind(work, ana, "every Tuesday at 19:00")
        assert end_named(work, person_id=ana, text=text).kind is ended
        left = [one.kind for one in list_reminders(work, person_id=ana)]
        assert left == ([] if ended is Kind.STUDY else [Kind.STUDY])
        if ended is not Kind.STUDY:
            assert not find_preferences(work, person_id=ana).wants(ended)


@pytest.mark.parametrize("text", ["stop", "stop all reminders", "leave me alone", "enough!"])
def test_words_that_name_none_mean_all(institution, ana, text):
    with institution.begin() as work:
        remind(work, ana, "every Tuesday at 19:00")
        assert end_named(work, person_id=ana, text=text) is None


def test_words_that_fit_two_are_asked_about(institution, ana):
    with institution.begin() as work:
        remind(work, ana, "every Sunday at 19:00")
        flip_kind(work, person_id=ana, kind="digest")
        ended = end_named(work, person_id=ana, text="stop the weekly one")
        assert (ended.kind, ended.others) == (None, 2)
        assert len(list_reminders(work, person_id=ana)) == 2


def test_quiet_hours_hold_even_an_hour_that_was_asked_for(institution, clock, ana):
    with institution.begin() as work:
        remind(work, ana, "every day at 08:30")
        assert hear_quiet_hours(work, person_id=ana, text="not before 10").quiet.ends == time(10)
    pass_days(institution, clock, 3)
    assert [message.created_at.hour for message in sent(institution)] == [10, 10]


def test_a_kind_that_cannot_be_switched_is_refused(institution, ana):
    with institution.begin() as work, pytest.raises(StaleError):
        flip_kind(work, person_id=ana, kind="study")


def test_quiet_by_day_puts_a_single_time_off_until_it_ends(institution, clock, ana):
    with institution.begin() as work:
        remind(work, ana, "tomorrow at 12:00")
        hear_quiet_hours(work, person_id=ana, text="quiet from 11 to 13:30")
    pass_days(institution, clock, 2)
    (message,) = sent(institution)
    assert (message.created_at.hour, message.created_at.minute) == (13, 30)
