"""Reminders come at the person's local time, once, and not after they were ended."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from credentials.audit import AuditEvent
from credentials.errors import InvalidInputError, StaleError
from credentials.outbox import OutboxMessage, park_messages
from credentials.people import mark_unreachable, register_person, set_zone
from credentials.reminders import (
    Snooze,
    claim_due_reminders,
    list_reminders,
    local_now,
    move_to_zone,
    parse_rule,
    set_reminder,
    snooze_reminder,
    stop_reminder,
    stop_writing,
)
from tests.passing_time import pass_until


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


def claim(institution, awake_since=None):
    with institution.begin() as work:
        return claim_due_reminders(work, awake_since=awake_since).owed


def sent(institution):
    with institution.read() as work:
        return list(work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.message_id)))


def tick_through(institution, clock, *, hours):
    """Let time pass, as a process that runs sees it."""
    pass_until(institution, clock, clock.now() + timedelta(hours=hours))


def test_a_weekly_reminder_comes_at_the_local_time_every_week(institution, clock, ana):
    remind(institution, ana, "every Tuesday at 19:00")
    tick_through(institution, clock, hours=24 * 7 * 5)
    assert [message.created_at for message in sent(institution)] == [
        datetime(2026, 3, 3, 19, tzinfo=UTC),
        datetime(2026, 3, 10, 19, tzinfo=UTC),
        datetime(2026, 3, 17, 19, tzinfo=UTC),
        datetime(2026, 3, 24, 19, tzinfo=UTC),
        datetime(2026, 3, 31, 18, tzinfo=UTC),  # summer time has begun
    ]
    assert [message.args["told"] for message in sent(institution)] == [0, 1, 2, 3, 4]


def test_claiming_twice_sends_once(institution, clock, ana):
    remind(institution, ana, "every day at 10:00")
    clock.advance(timedelta(hours=1))
    assert claim(institution) == 1
    assert claim(institution) == 0


def test_a_new_rhythm_replaces_the_old_one(institution, ana):
    remind(institution, ana, "every Tuesday at 19:00")
    remind(institution, ana, "every Sunday at 10:00")
    with institution.read() as work:
        assert [r.rule.text for r in list_reminders(work, person_id=ana)] == [
            "FREQ=WEEKLY;BYDAY=SU"
        ]


def test_a_past_time_is_refused(institution, ana):
    with pytest.raises(InvalidInputError):
        remind(institution, ana, "today at 08:00")


def test_missed_for_a_short_while_comes_late(institution, clock, ana):
    remind(institution, ana, "every day at 10:00")
    clock.advance(timedelta(hours=8))
    assert claim(institution) == 1


def test_missed_for_long_is_skipped_and_noted(institution, clock, ana):
    remind(institution, ana, "every day at 10:00")
    clock.advance(timedelta(days=5, hours=-1))
    assert claim(institution) == 0
    with institution.read() as work:
        events = list(work.session.scalars(select(AuditEvent.event)))
        assert "reminder_skipped_stale" in events
        assert list_reminders(work, person_id=ana)[0].next_due > clock.now()


def test_missed_and_found_at_night_waits_for_the_morning(institution, clock, ana):
    remind(institution, ana, "every day at 19:00")
    clock.advance(timedelta(hours=14))  # 23:00
    assert claim(institution) == 0
    tick_through(institution, clock, hours=10)
    assert [message.created_at.hour for message in sent(institution)] == [8]


def test_a_clock_that_jumps_while_we_are_awake_sends_once(institution, clock, ana):
    remind(institution, ana, "every day at 19:00")
    before = clock.now()
    clock.advance(timedelta(days=7))
    assert claim(institution, awake_since=before) == 1


def test_a_night_time_that_was_asked_for_is_kept(institution, clock, ana):
    assert remind(institution, ana, "every day at 22:00").is_quiet
    tick_through(institution, clock, hours=24)
    assert [message.created_at.hour for message in sent(institution)] == [22]


def test_nothing_comes_after_stop(institution, clock, ana):
    remind(institution, ana, "every day at 10:00")
    with institution.begin() as work:
        assert stop_writing(work, person_id=ana) == 1
    tick_through(institution, clock, hours=24 * 4)
    assert sent(institution) == []


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_single_reminder_waits_for_somebody_who_cannot_be_reached(
    institution, clock, ana, is_sent
):
    remind(institution, ana, "tomorrow at 10:00")
    if is_sent:  # Telegram refuses the message itself
        tick_through(institution, clock, hours=26)
    with institution.begin() as work:
        mark_unreachable(work, ana)
        park_messages(work.session, ana, error="Forbidden")
    tick_through(institution, clock, hours=24 * 5)
    assert [message.state for message in sent(institution)] == ["parked"] * is_sent
    with institution.begin() as work:
        register_person(work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en")
    tick_through(institution, clock, hours=24 * 5)
    assert [message.state for message in sent(institution)] == ["waiting"]


@pytest.mark.parametrize(
    ("choice", "comes"),
    [
        (Snooze.HOUR, datetime(2026, 3, 2, 11, tzinfo=UTC)),
        (Snooze.TOMORROW, datetime(2026, 3, 3, 10, tzinfo=UTC)),
        (Snooze.WEEK, datetime(2026, 3, 9, 10, tzinfo=UTC)),
    ],
)
def test_snoozing_brings_it_back_once_and_keeps_the_rhythm(institution, clock, ana, choice, comes):
    reminder = remind(institution, ana, "every Monday at 10:00")
    clock.advance(timedelta(hours=1))
    assert claim(institution) == 1
    with institution.begin() as work:
        later = snooze_reminder(
            work, person_id=ana, reminder_id=reminder.reminder_id, choice=choice
        )
        assert later.next_due == comes
        kept = [r.next_due for r in list_reminders(work, person_id=ana)]
    assert datetime(2026, 3, 9, 10, tzinfo=UTC) in kept
    if choice is Snooze.HOUR:
        clock.advance(timedelta(hours=1))
        assert claim(institution) == 1


def test_snoozing_into_the_night_waits_for_the_morning(institution, clock, ana):
    reminder = remind(institution, ana, "every Monday at 20:30")
    clock.advance(timedelta(hours=11, minutes=30))
    claim(institution)
    with institution.begin() as work:
        later = snooze_reminder(
            work, person_id=ana, reminder_id=reminder.reminder_id, choice=Snooze.HOUR
        )
    assert later.next_due == datetime(2026, 3, 3, 8, tzinfo=UTC)


def test_one_tap_ends_a_reminder_and_its_snooze(institution, clock, ana):
    reminder = remind(institution, ana, "every Monday at 10:00")
    with institution.begin() as work:
        snooze_reminder(work, person_id=ana, reminder_id=reminder.reminder_id, choice=Snooze.HOUR)
    with institution.begin() as work:
        stop_reminder(work, person_id=ana, reminder_id=reminder.reminder_id)
        assert list_reminders(work, person_id=ana) == []
    with institution.begin() as work, pytest.raises(StaleError):
        stop_reminder(work, person_id=ana, reminder_id=reminder.reminder_id)


def test_moving_to_another_zone_keeps_the_wall_clock(institution, ana):
    remind(institution, ana, "every Tuesday at 19:00")
    with institution.begin() as work:
        set_zone(work, ana, "Asia/Tokyo")
        move_to_zone(work, person_id=ana, zone="Asia/Tokyo")
        assert list_reminders(work, person_id=ana)[0].next_due == datetime(
            2026, 3, 3, 10, tzinfo=UTC
        )
