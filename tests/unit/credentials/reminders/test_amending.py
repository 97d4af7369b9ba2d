"""Changing a reminder that was just set, in a few words."""

import pytest

from credentials.errors import InvalidInputError
from credentials.people import register_person, set_zone
from credentials.reminders import amend_reminder, local_now, parse_rule, set_reminder
from credentials.reminders.phrases import read_phrase
from credentials.reminders.rules import Frequency


@pytest.fixture
def amend(institution):
    def change(rule, *words):
        with institution.begin() as work:
            person = register_person(
                work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
            ).person_id
            set_zone(work, person, "Europe/Lisbon")
            now = local_now(work, person)
            found = set_reminder(work, person_id=person, rule=parse_rule(rule, now=now))
            for said in words:
                found = amend_reminder(
                    work, person_id=person, reminder_id=found.reminder_id, text=said
                )
            return found

    return change


@pytest.mark.parametrize(
    ("rule", "words", "text", "at"),
    [
        ("every tuesday at 18:30", "in the morning rather", "FREQ=WEEKLY;BYDAY=TU", "06:30"),
        ("every tuesday at 6:30am", "pm I mean", "FREQ=WEEKLY;BYDAY=TU", "18:30"),
        ("every weekday at 19:00", "not on fridays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH", "19:00"),
        ("every sunday at 9:00", "quarter past ten", "FREQ=WEEKLY;BYDAY=SU", "10:15"),
        ("every sunday at 9:00", "make it saturdays", "FREQ=WEEKLY;BYDAY=SA", "09:00"),
    ],
)
def test_a_few_words_change_it(amend, rule, words, text, at):
    found = amend(rule, words)
    assert (found.rule.text, f"{found.rule.at:%H:%M}") == (text, at)


def test_a_week_later_begins_a_week_later(amend):
    first = amend("every other tuesday at 18:30")
    later = amend("every other tuesday at 18:30", "no, the week after")
    assert (later.next_due - first.next_due).days == 7


def test_other_words_change_nothing(amend):
    assert amend("every sunday at 9:00", "thank you") is None


def test_no_day_left_is_refused(amend):
    with pytest.raises(InvalidInputError):
        amend("every sunday at 9:00", "not on sundays")


@pytest.mark.parametrize("said", ["once on the 12th of may", "may 12 please", "on 12 May at 7pm"])
def test_a_day_of_a_month_is_one_day(clock, said):
    phrase = read_phrase(said, now=clock.now().replace(tzinfo=None))
    assert (phrase.frequency, phrase.on.isoformat()) == (Frequency.ONCE, "2026-05-12")
