"""Limits, comparisons and "what if", in words."""

import pytest

from actions.options import ActionCompareOptions
from actions.pathways import ActionInform, ActionSetCareerGoal
from actions.said import Said
from credentials.pathways import ask_limit, find_profile
from credentials.people import find_person, register_person


@pytest.fixture
def ana(stocked):
    with stocked.begin() as work:
        return register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )


@pytest.fixture
def tell(institution, ana):
    """Say something to an action; `occupations` are those Rasa found in it."""

    def answer(action, text, occupations=()):
        entities = {"occupation": tuple(occupations)} if occupations else {}
        said = Said(text=text, intent=None, entities=entities, ranking=())
        with institution.begin() as work:
            person = find_person(work, ana.person_id)
            return action(institution, b"key").answer(work, person, said)

    return answer


@pytest.fixture
def profile(institution, ana):
    def read():
        with institution.read() as work:
            return find_profile(work, person_id=ana.person_id)

    return read


@pytest.fixture
def ask(institution, ana):
    """Open the question about a limit."""

    def open_question(limit):
        with institution.begin() as work:
            ask_limit(work, person_id=ana.person_id, limit=limit)

    return open_question


def test_everything_said_at_once_is_kept(tell, profile):
    shown = tell(
        ActionSetCareerGoal,
        "I want to become a data analyst, I know excel from my job, 6 hours a week, at most 80 "
        "euros, by June, only beginner courses",
        ["data analyst"],
    )
    found = profile()
    assert shown.name == "pathway_card"
    assert (found.occupation_code, found.hours_per_week) == ("15-2051.01", 6)
    assert (found.budget, found.currency, found.highest_level) == (80, "EUR", "foundation")
    assert found.deadline.isoformat() == "2026-06-01"
    assert found.languages == {"en"}


@pytest.mark.parametrize(
    ("limit", "text", "member", "kept"),
    [
        ("budget", "100", "budget", 100),
        ("budget", "free", "budget", 0),
        ("budget", "any", "budget", None),
        ("deadline", "no", "deadline", None),
        ("language", "spanish or english", "languages", {"es", "en"}),
        ("level", "intermediate", "highest_level", "intermediate"),
    ],
)
def test_an_open_question_about_a_limit_takes_a_short_answer(
    ask, tell, profile, limit, text, member, kept
):
    tell(ActionSetCareerGoal, "I want to be a data analyst", ["data analyst"])
    ask(limit)
    tell(ActionInform, text)
    assert getattr(profile(), member) == kept


def test_what_if_weighs_and_keeps_the_goal(tell, profile):
    tell(ActionSetCareerGoal, "I want to be a data analyst", ["data analyst"])
    shown = tell(ActionSetCareerGoal, "what if I became a registered nurse?", ["registered nurse"])
    assert shown.name == "compare_goals"
    assert [goal.code for goal in shown.goals] == ["15-2051.01", "29-1141.00"]
    assert [goal.is_goal for goal in shown.goals] == [True, False]
    assert shown.goals[1].licensed
    assert all(goal.has <= goal.has_after <= goal.asked for goal in shown.goals)
    assert profile().occupation_code == "15-2051.01"


def test_occupations_that_are_compared_are_weighed_as_goals(tell):
    shown = tell(
        ActionCompareOptions, "compare bookkeeper and electrician", ["bookkeeper", "electrician"]
    )
    assert [goal.code for goal in shown.goals] == ["43-3031.00", "47-2111.00"]


def test_micro_credentials_are_compared_for_the_goal(tell):
    tell(
        ActionSetCareerGoal,
        "I want to be a data analyst. I know excel. 5 hours a week",
        ["data analyst"],
    )
    shown = tell(ActionCompareOptions, "compare them")
    assert shown.name == "compare_options"
    assert shown.job["en"] == "data analyst"
    assert all(option.closes is not None and option.weeks for option in shown.options)
