"""Work somebody did before: told once, confirmed in one question, counted towards the goal."""

import pytest

from credentials.catalogue.held_occupations import held_occupation
from credentials.errors import StaleError
from credentials.pathways import (
    choose_goal,
    deny_likely,
    find_profile,
    hear,
    resume_intake,
    take_likely,
    take_some,
)
from credentials.people import register_person

ANALYST, ACCOUNTANT = "15-2051.01", "13-2011.00"


@pytest.fixture
def person_id(stocked):
    with stocked.begin() as work:
        return register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        ).person_id


@pytest.fixture
def say(institution, person_id):
    def tell(*texts):
        for text in texts:
            with institution.begin() as work:
                heard = hear(work, person_id=person_id, text=text)
        return heard

    return tell


@pytest.mark.parametrize(
    ("text", "code", "years"),
    [
        ("i've been an accountant for 25 years and want out", ACCOUNTANT, 25),
        ("I was a nurse for ten years", "29-1141.00", 10),
        ("25 yrs bookkeeping at a garage", "43-3031.00", 25),
        ("I used to be a pharmacy technician", "29-2052.00", None),
        ("electrician by trade", "47-2111.00", None),
        ("got laid off as a software tester", "15-1253.00", None),
        ("i was made redundant from my bank teller job", "43-3071.00", None),
    ],
)
def test_work_that_was_done_is_heard(stocked, text, code, years):
    with stocked.read() as work:
        held = held_occupation(work, text)
    assert held is not None
    assert (held.code, held.years) == (code, years)


@pytest.mark.parametrize(
    "text",
    [
        "my mum is a nurse",
        "I want to be a data analyst, I know excel and some sql",
        "i studied accounting for 3 years",
        "im a student",
        "I'm tired",
        "i'm in vancouver",
        "not a nurse, rather a medical coder",
        "I've done two courses in sql",
        "I have 2 years",
        "5 hours a week",
        "",
        "🙃" * 400,
    ],
)
def test_what_is_no_work_of_theirs_is_none(stocked, text):
    with stocked.read() as work:
        assert held_occupation(work, text) is None


def test_work_that_is_left_behind_is_no_goal_and_counts_for_the_next(say):
    heard = say("i've been an accountant for 25 years and want out")
    assert heard.asking == "goal"
    assert heard.profile.occupation_code is None
    heard = say("data analyst")
    assert heard.asking == "likely"
    assert "excel" in heard.likely


def test_yes_keeps_all_of_it_as_learnt_in_the_job(say):
    likely = say("I was an accountant for 25 years. I want to become a data analyst").likely
    heard = say("yes, all of that")
    assert heard.asking == "hours"
    assert set(heard.added) == set(likely)
    assert {(heard.profile.said[key].source, heard.profile.said[key].level) for key in likely} == {
        ("job", "strong")
    }


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("all but excel", lambda likely: set(likely) - {"excel"}),
        ("only excel", lambda likely: {"excel"}),
        ("just the first two", lambda likely: set(likely[:2])),
        ("yes except the last one", lambda likely: set(likely[:-1])),
    ],
)
def test_part_of_it_is_kept_in_words(say, text, kept):
    likely = say("I was an accountant for 25 years. I want to become a data analyst").likely
    assert set(say(text).profile.said) == kept(likely)


def test_no_asks_what_they_can_do_and_is_not_asked_again(say, institution, person_id):
    say("I was an accountant for 25 years. I want to become a data analyst")
    assert say("no").asking == "have"
    with institution.begin() as work:
        assert choose_goal(work, person_id=person_id, code="43-3031.00").asking == "have"


def test_something_else_said_meanwhile_is_kept_and_the_question_left(say):
    say("I was an accountant for 25 years. I want to become a data analyst")
    heard = say("I know python, 6 hours a week")
    assert heard.asking is None
    assert "python" in heard.profile.said
    assert heard.profile.hours_per_week == 6


def test_some_of_it_is_asked_for_one_by_one(say, institution, person_id):
    say("I was an accountant for 25 years. I want to become a data analyst")
    with institution.begin() as work:
        assert take_some(work, person_id=person_id).asking == "have"


def test_an_old_button_says_so(institution, say, person_id):
    say("I want to become a data analyst")
    with institution.begin() as work, pytest.raises(StaleError):
        take_likely(work, person_id=person_id)


def test_another_goal_asks_for_what_counts_there(say, institution, person_id):
    say("I was an accountant for 25 years. I want to become a data analyst", "yes")
    with institution.begin() as work:
        chosen = choose_goal(work, person_id=person_id, code="43-3031.00")
    assert chosen.asking == "likely"
    with institution.begin() as work:
        deny_likely(work, person_id=person_id)
        assert find_profile(work, person_id=person_id).held_job is None
        assert resume_intake(work, person_id=person_id).asking == "hours"


def test_the_goal_is_taken_back_for_another(say):
    say("bookkeeper")
    assert say("actually not bookkeeper, payroll clerk").profile.occupation_code == "43-3051.00"


def test_years_are_those_of_the_work(stocked):
    with stocked.read() as work:
        held = held_occupation(work, "2 years of evening lessons. I was a nurse for ten years")
    assert held.years == 10
