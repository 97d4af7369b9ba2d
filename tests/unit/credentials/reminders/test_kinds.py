"""What facts call for is told once, in time, and only while it is so."""

from datetime import date, timedelta

import pytest
import yaml
from sqlalchemy import select

from credentials.catalogue import load_folder
from credentials.catalogue.folders import STARTER
from credentials.evidence import Outcome
from credentials.issuing import award_badge, decide_submission, revoke_badge
from credentials.issuing.models import IssuedBadgeRow
from credentials.outbox import MessageClass, OutboxMessage
from credentials.pathways.profiles import note_skill, set_goal
from credentials.people import Role, accept_invitation, invite_staff, switch
from credentials.reminders import (
    Kind,
    claim_due_reminders,
    find_choices,
    flip_kind,
    local_now,
    parse_rule,
    plan_reminders,
    resume_writing,
    set_reminder,
    stop_writing,
)
from tests.passing_time import pass_days
from tests.submissions import EXCEL, SQL, judge_all, people, person, send

ANALYST = "15-2051.00"


def told(institution):
    """(day, screen, args) of everything said unasked."""
    with institution.read() as work:
        rows = work.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.message_class.in_([MessageClass.NUDGE, MessageClass.DEADLINE]))
            .order_by(OutboxMessage.message_id)
        )
        return [(row.created_at, row.screen, row.args) for row in rows]


@pytest.fixture
def house(institution):
    return people(institution)


def badge_for(institution, learner, *, days, code=SQL):
    """A badge that runs out in so many days."""
    with institution.begin() as work:
        badge = award_badge(work, achievement_code=code, person_id=learner)
        row = work.session.get_one(IssuedBadgeRow, badge.badge_id)
        row.valid_until, row.issued_at = (
            work.now + timedelta(days=days),
            work.now - timedelta(days=30),
        )
        return badge


def test_a_badge_that_runs_out_is_told_ninety_thirty_and_seven_days_before(
    institution, clock, house
):
    learner, *_ = house
    badge_for(institution, learner, days=95)
    ends = clock.now() + timedelta(days=95)
    pass_days(institution, clock, 97)
    renewals = [(at, args) for at, screen, args in told(institution) if screen == "renewal_nudge"]
    assert [(ends.date() - at.date()).days for at, _ in renewals] == [90, 30, 7]
    assert all(args["path"]["en"] for _, args in renewals)
    assert [args["told"] for _, args in renewals] == [0, 1, 2]


def test_a_renewed_or_withdrawn_badge_is_not_told_of(institution, clock, house):
    learner, other, _ = house
    badge_for(institution, learner, days=40)
    revoked = badge_for(institution, other, days=40)
    with institution.begin() as work:
        plan_reminders(work)
        award_badge(work, achievement_code=SQL, person_id=learner)
        revoke_badge(
            work, credential_id=revoked.credential_id, reason="a mistake", actor="operator"
        )
    pass_days(institution, clock, 41)
    assert "renewal_nudge" not in [screen for _, screen, _ in told(institution)]


def test_after_days_without_us_one_message_tells_what_was_missed(institution, clock, house):
    learner, *_ = house
    for days, code in ((35, SQL), (36, EXCEL)):
        badge_for(institution, learner, days=days, code=code)
    with institution.begin() as work:
        plan_reminders(work)
        set_reminder(
            work,
            person_id=learner,
            rule=parse_rule("every day at 10:00", now=local_now(work, learner)),
        )
    clock.advance(timedelta(days=12))
    for _ in range(3):
        with institution.begin() as work:
            plan_reminders(work)
            claim_due_reminders(work)
    (message,) = told(institution)
    assert message[1] == "nudges"
    assert [part["screen"] for part in message[2]["parts"]] == ["renewal_nudge"] * 2


def test_what_needs_no_hour_travels_with_what_does(institution, clock, house):
    learner, *_ = house
    with institution.begin() as work:
        rule = parse_rule("every day at 19:00", now=local_now(work, learner))
        set_reminder(work, person_id=learner, rule=rule)
    badge_for(institution, learner, days=31)
    pass_days(institution, clock, 3)
    days = [at.date() for at, *_ in told(institution)]
    assert len(days) == len(set(days)) == 3
    together = [args for _, screen, args in told(institution) if screen == "nudges"]
    assert [part["screen"] for part in together[0]["parts"]] == ["renewal_nudge", "study_nudge"]
    assert all(at.hour == 19 for at, *_ in told(institution))


def test_returned_work_is_recalled_three_times_and_not_after_it_was_taken_up(
    institution, clock, house
):
    learner, grace, _ = house
    with institution.begin() as work:
        submission_id = send(work, learner)
    with institution.begin() as work:
        judge_all(work, grace, submission_id, results=("met", "not_yet", "met"))
        decide_submission(
            work, advisor_id=grace, submission_id=submission_id, outcome=Outcome.RETURNED
        )
    pass_days(institution, clock, 40)
    returned = [(at, args) for at, screen, args in told(institution) if screen == "returned_nudge"]
    assert [(at.date() - date(2026, 3, 2)).days for at, _ in returned] == [3, 10, 24]
    assert {args["missing"] for _, args in returned} == {1}


def test_a_silent_learner_with_a_goal_hears_of_the_next_step_three_times(institution, clock, house):
    learner, *_ = house
    load_occupation(institution)
    with institution.begin() as work:
        set_goal(work, person_id=learner, code=ANALYST)
    pass_days(institution, clock, 80)
    steps = [at for at, screen, _ in told(institution) if screen == "next_step_nudge"]
    assert [(at.date() - date(2026, 3, 2)).days for at in steps] == [7, 21, 51]


def test_who_comes_back_is_not_called_back(institution, clock, house):
    learner, *_ = house
    load_occupation(institution)
    with institution.begin() as work:
        set_goal(work, person_id=learner, code=ANALYST)
    pass_days(institution, clock, 5)
    with institution.begin() as work:
        person(work, 1)
    pass_days(institution, clock, 5)
    assert told(institution) == []


def test_something_new_for_the_goal_is_told_once(institution, clock, house):
    learner, *_ = house
    load_occupation(institution)
    with institution.begin() as work:
        set_goal(work, person_id=learner, code=ANALYST)
    clock.advance(timedelta(days=1))
    load_changed(institution, lambda item: item | {"code": "sql-windows", "occupations": [ANALYST]})
    pass_days(institution, clock, 4)
    (message,) = told(institution)
    assert (message[1], message[2]["code"]) == ("new_credential_nudge", "sql-windows")


def test_a_changed_list_is_told_to_holders_with_what_is_new(institution, clock, house):
    learner, *_ = house
    with institution.begin() as work:
        award_badge(work, achievement_code=SQL, person_id=learner)
    clock.advance(timedelta(days=1))

    def changed(item):
        first, *others = item["criteria"]
        new = first | {"can": {"en": "explain a query plan"}, "text": {"en": "Explains a plan"}}
        return item | {"version": "2099-1", "criteria": [new, *others]}

    load_changed(institution, changed)
    pass_days(institution, clock, 3)
    (message,) = told(institution)
    assert message[1] == "criteria_changed_nudge"
    assert (message[2]["count"], message[2]["first"]) == (1, {"en": "Explains a plan"})


def test_a_goal_that_asks_for_more_is_told_with_what_is_new(institution, clock, house):
    learner, *_ = house
    load_occupation(institution)
    with institution.begin() as work:
        set_goal(work, person_id=learner, code=ANALYST)
    clock.advance(timedelta(days=1))
    load_occupation(institution, "sql", "databases")
    pass_days(institution, clock, 4)
    (args,) = goal_news(institution)
    assert (args["count"], args["first"]) == (1, {"en": "Databases"})
    load_occupation(institution, "sql", "databases")
    pass_days(institution, clock, 4)
    assert len(goal_news(institution)) == 1


def test_a_goal_that_asks_for_what_one_has_or_for_less_is_no_news(institution, clock, house):
    learner, *_ = house
    load_occupation(institution, "sql", "databases")
    with institution.begin() as work:
        set_goal(work, person_id=learner, code=ANALYST)
        note_skill(work, person_id=learner, key="databases")
    for needs in (("sql",), ("sql", "databases")):
        clock.advance(timedelta(days=1))
        load_occupation(institution, *needs)
        pass_days(institution, clock, 3)
    assert goal_news(institution) == []


def goal_news(institution):
    return [args for _, screen, args in told(institution) if screen == "goal_changed_nudge"]


def test_advisors_hear_of_waiting_work_once_a_working_day_and_admins_of_late_work(
    institution, clock, house
):
    learner, _, _ = house
    with institution.begin() as work:
        admin = person(work, 9, "Ida")
        accept_invitation(work, person_id=admin, token=invite_staff(work, role=Role.ADMIN).token)
        send(work, learner)
    pass_days(institution, clock, 7)  # Monday to Monday
    queue = [(at, args) for at, screen, args in told(institution) if screen == "queue_nudge"]
    assert {at.weekday() for at, _ in queue} == {0, 1, 2, 3, 4}
    assert len(queue) == 2 * 5
    assert all(args["may_judge"] for _, args in queue)
    pass_days(institution, clock, 3)
    late = [args for _, screen, args in told(institution) if screen == "queue_nudge"]
    assert any(not args["may_judge"] and args["late"] == 1 for args in late)


def test_the_weekly_summary_comes_only_when_it_was_turned_on(institution, clock, house):
    learner, *_ = house
    with institution.begin() as work:
        award_badge(work, achievement_code=SQL, person_id=learner)
    pass_days(institution, clock, 7)
    assert told(institution) == []
    with institution.begin() as work:
        flip_kind(work, person_id=learner, kind="digest")
        award_badge(work, achievement_code=EXCEL, person_id=learner)
    pass_days(institution, clock, 8)
    (message,) = told(institution)
    assert (message[1], message[2]["badges"]) == ("weekly_digest", 1)
    assert (message[0].weekday(), message[0].hour) == (6, 18)


def test_a_kind_that_is_off_is_not_told_and_one_turned_on_again_is(institution, clock, house):
    learner, *_ = house
    badge_for(institution, learner, days=31)
    with institution.begin() as work:
        switch(work, person_id=learner, kind=Kind.RENEWAL, is_on=False)
    pass_days(institution, clock, 10)
    assert told(institution) == []
    with institution.begin() as work:
        assert dict(flip_kind(work, person_id=learner, kind="renewal").switches)[Kind.RENEWAL]
    pass_days(institution, clock, 2)
    assert [screen for _, screen, _ in told(institution)] == ["renewal_nudge"]


def test_after_stop_nothing_comes_and_after_resuming_what_still_matters_does(
    institution, clock, house
):
    learner, *_ = house
    badge_for(institution, learner, days=31)
    with institution.begin() as work:
        stop_writing(work, person_id=learner)
    pass_days(institution, clock, 10)
    assert told(institution) == []
    with institution.begin() as work:
        resume_writing(work, person_id=learner)
    pass_days(institution, clock, 2)
    assert len(told(institution)) == 1


def test_only_staff_may_switch_the_queue(institution, house):
    learner, grace, _ = house
    with institution.begin() as work:
        assert Kind.QUEUE not in dict(find_choices(work, person_id=learner).switches)
        assert Kind.QUEUE in dict(find_choices(work, person_id=grace).switches)


def load_occupation(institution, *skills):
    """The catalogue with one occupation to aim at, that asks for these skills."""
    folder = institution.settings.data_dir / "catalogue"
    (file,) = (STARTER / "occupations").glob(f"{ANALYST}*.yaml")
    job = yaml.safe_load(file.read_text())
    needs = [{"skill": s, "importance": 0.9, "level": "working"} for s in skills or ("sql",)]
    job |= {"needs": needs, "related": []}
    (folder / "occupations").mkdir(exist_ok=True)
    (folder / "occupations" / file.name).write_text(yaml.safe_dump(job))
    with institution.begin() as work:
        load_folder(work, folder)


def load_changed(institution, change):
    """The catalogue with the first achievement changed."""
    folder = institution.settings.data_dir / "catalogue"
    item = change(yaml.safe_load((STARTER / "achievements" / f"{SQL}.yaml").read_text()))
    (folder / "achievements" / f"{item['code']}.yaml").write_text(yaml.safe_dump(item))
    with institution.begin() as work:
        load_folder(work, folder)
