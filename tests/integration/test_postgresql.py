"""The journey from a goal to a verdict on PostgreSQL, with the migrated schema."""

import json

import pytest

from credentials.catalogue import is_empty, load_starter
from credentials.database import describe_database
from credentials.evidence import Outcome
from credentials.issuing import decide_submission, find_badge_by_code, list_badges
from credentials.migrations import migrate, require_current_schema
from credentials.outbox import claim_messages
from credentials.pathways import advise, hear
from credentials.reminders import claim_due_reminders, plan_reminders
from credentials.rights import erase_person, export_person
from tests.submissions import advisor, judge_all, person, send

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("postgres")]


def test_from_a_goal_to_a_badge_and_out_again(postgres_institution):
    institution = postgres_institution
    assert "PostgreSQL" in describe_database(institution.engine)
    with institution.begin() as work:
        assert is_empty(work)
        load_starter(work)
        ana, ben = person(work, 1), advisor(work, 2)
    with institution.begin() as work:
        hear(
            work,
            person_id=ana,
            text="I want to be a data scientist, I know sql and excel, 5 hours a week",
        )
        assert advise(work, person_id=ana).steps
        submission_id = send(work, ana)
    with institution.begin() as work:
        judge_all(work, ben, submission_id)
        decide_submission(
            work, advisor_id=ben, submission_id=submission_id, outcome=Outcome.ACCEPTED
        )
    with institution.begin() as work:
        badge = list_badges(work, person_id=ana)[0]
        assert find_badge_by_code(work, code=badge.code) == badge
        assert claim_messages(work.session, bot_id=7, now=work.now)
        plan_reminders(work)
        claim_due_reminders(work, awake_since=None)
        kept = export_person(work, person_id=ana)
        assert json.loads(json.dumps(kept, default=str))["data"]["issued_badges"]
        erase_person(work, person_id=ana)
        assert list_badges(work, person_id=ana) == []


def test_the_schema_goes_up_and_down(postgres_institution):
    migrate(postgres_institution.engine, "base")
    migrate(postgres_institution.engine)
    require_current_schema(postgres_institution.engine)
