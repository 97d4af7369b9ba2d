"""Occupations that were offered stay open until one is chosen, whatever is said meanwhile."""

import pytest

from credentials.pathways import (
    ask_goal,
    begin_intake,
    choose_goal,
    choose_hours,
    find_profile,
    hear,
    start_over,
)
from credentials.people import register_person


@pytest.fixture
def choosing(stocked):
    """A person before whom occupations lie, and which these are."""
    with stocked.begin() as work:
        person_id = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        ).person_id
        asked = hear(work, person_id=person_id, text="something with computers and numbers")
        assert asked.asking == "choose"
        yield work, person_id, asked.choices


@pytest.mark.parametrize(
    ("text", "told", "can"),
    [
        ("I have 6 hours a week", ("hours",), False),
        ("I know Excel very well from my job", (), True),
        ("at most 80 euros", ("budget",), False),
        ("hello", (), False),
        ("i did the ISO-9001-2015 course at work", (), False),
    ],
)
def test_what_is_said_is_kept_and_the_same_jobs_are_asked_about(choosing, text, told, can):
    work, person_id, choices = choosing
    asked = hear(work, person_id=person_id, text=text)
    assert (asked.asking, asked.choices) == ("choose", choices)
    assert asked.told == told
    assert bool(asked.added) is can
    assert asked.is_unclear is not (bool(told) or can)


def test_a_tap_on_hours_leaves_them_open(choosing):
    work, person_id, choices = choosing
    assert choose_hours(work, person_id=person_id, hours=5).choices == choices


def test_other_work_takes_their_place(choosing):
    work, person_id, _choices = choosing
    asked = hear(work, person_id=person_id, text="I want to become a pharmacy technician")
    assert asked.asking == "have"
    assert find_profile(work, person_id=person_id).has_goal


def test_choosing_one_goes_on(choosing):
    work, person_id, choices = choosing
    assert choose_goal(work, person_id=person_id, code=choices[0].code).asking == "have"
    assert begin_intake(work, person_id=person_id).asking == "have"


@pytest.mark.parametrize("leave", [ask_goal, start_over])
def test_none_of_these_and_starting_over_drop_them(choosing, leave):
    work, person_id, _choices = choosing
    assert leave(work, person_id=person_id).asking == "goal"
    assert begin_intake(work, person_id=person_id).asking == "goal"
