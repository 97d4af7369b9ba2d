"""Hand-offs and the hours: when advisors are there, and what waits meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from credentials.handoff import (
    ask_for_person,
    end_handoff,
)
from credentials.reminders import claim_due_reminders, plan_reminders
from credentials.reminders.models import ReminderRow
from credentials.settings import Settings
from tests.handoffs import ask, owed, talk
from tests.institutions import open_fresh
from tests.submissions import people


def test_no_reminder_comes_into_a_conversation_and_none_is_lost(institution, trio, clock):
    learner, first, _ = trio
    with institution.begin() as work:
        work.session.add(
            ReminderRow(
                reminder_id="r", person_id=learner, kind="study", rule="FREQ=DAILY",
                starts_on=work.now.date(), local_time=work.now.time(), zone="UTC",
                next_due=work.now, told=0, created_at=work.now,
            )
        )  # fmt: skip
    talk(institution, learner, first)
    before = clock.now()
    with institution.begin() as work:
        assert claim_due_reminders(work, awake_since=before).owed == 0
        end_handoff(work, person_id=learner)
    clock.advance(timedelta(minutes=11))
    with institution.begin() as work:
        assert claim_due_reminders(work, awake_since=before).owed == 1


def test_who_waits_stands_in_the_advisors_daily_message(institution, trio, clock):
    learner, first, _ = trio
    with institution.begin() as work:
        plan_reminders(work)
    ask(institution, learner)
    clock.advance(timedelta(days=1))
    with institution.begin() as work:
        claim_due_reminders(work, awake_since=clock.now() - timedelta(minutes=1))
    (nudge,) = owed(institution, first, "queue_nudge")
    assert (nudge.args["people"], nudge.args["count"]) == (1, 0)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-27T15:59:00", None),  # Friday, 16:59 in Berlin
        ("2026-03-27T16:00:00", "2026-03-30T07:00:00"),  # the clocks change over the weekend
        ("2026-12-23T17:00:00", "2027-01-04T08:00:00"),  # closed over the holidays
    ],
)
def test_hours_are_the_institutions_and_know_its_clock(tmp_path, clock, now, opens):
    institution = settle_in(
        tmp_path, clock, "Mo-Fr 09:00-17:00; Dec 24-Jan 01 off", "Europe/Berlin"
    )
    clock.instant = datetime.fromisoformat(now).replace(tzinfo=UTC)
    learner, first, _ = people(institution)
    with institution.begin() as work:
        request = ask_for_person(work, person_id=learner)
    assert request.is_open == (opens is None)
    expected = datetime.fromisoformat(opens or now).replace(tzinfo=UTC)
    assert request.opens_at == expected
    assert owed(institution, first, "handoff_wanted")[0].not_before == expected


def test_hours_that_never_come_promise_nothing(tmp_path, clock):
    institution = settle_in(tmp_path, clock, "off", "UTC")
    learner, *_ = people(institution)
    with institution.begin() as work:
        request = ask_for_person(work, person_id=learner)
    assert (request.opens_at, request.is_open) == (None, False)


@pytest.mark.parametrize("given", [{"advisor_hours": "nine to five"}, {"advisor_zone": "Mars"}])
def test_hours_nobody_can_read_are_refused_at_the_start(given):
    with pytest.raises(ValidationError):
        Settings(**given)


def settle_in(tmp_path, clock, hours, zone):
    return open_fresh(tmp_path, clock, advisor_hours=hours, advisor_zone=zone)
