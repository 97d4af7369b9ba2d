"""From a goal to the shortest affordable way: what is asked, planned and explained."""

import pytest

from credentials.catalogue.catalogue import Catalogue
from credentials.catalogue.folders import STARTER, read_folder
from credentials.pathways import Profile, Statement, advice_for
from credentials.pathways.hours import read_hours

SCIENTIST, NURSE = "15-2051.00", "29-1141.00"


@pytest.fixture(scope="module")
def catalogue():
    found = read_folder(STARTER)
    return Catalogue(found.skills, found.occupations, found.achievements)


def advice(catalogue, code=SCIENTIST, said=(), **changes):
    told = {key: Statement(skill=key, level=level, source="project") for key, level in said}
    given = {"hours_per_week": 5.0, "shown": {}, **changes}
    profile = Profile(person_id="p", occupation_code=code, has_told=True, said=told, **given)
    return advice_for(catalogue, profile, catalogue.occupations[code])


@pytest.mark.parametrize(
    ("text", "asked", "hours"),
    [
        ("5 hours a week", False, 5),
        ("about 5h/week", False, 5),
        ("an hour a day", False, 7),
        ("a couple of hours on weekends", False, 2),
        ("2-4 hours per week", False, 3),
        ("half an hour every day", False, 3.5),
        ("i have 10 hours", False, 10),
        ("web developer, built a site with html, 10 hours", False, 10),
        ("maybe a couple hours on weekends", False, 2),
        ("I took a course, 40 hours, at night school", False, None),
        ("a course of 10 hours", False, None),
        ("I can give it weekends, say 7 hours", False, 7),
        ("i have 10 hours", True, 10),
        ("8", True, 8),
        ("maybe six", True, 6),
        ("5ish", True, 5),
        ("2 hours, 4 nights", True, 8),
        ("half an hour, 5 times a week", True, 2.5),
        ("10 hours a week. no sorry, 4", False, 4),
        ("sorry, 10 hours a week", False, 10),
        ("one hour in the evening", True, 5),
        ("web developer, 5ish hours", False, 5),
        ("200 hours a week", False, 80),
        ("5 hous p/w", False, 5),
        ("20 minutes a day", False, 2.3),
        ("half an hour daily", False, 3.5),
        ("mon to fri 1 hour", True, 5),
        ("hour a day", True, 7),
        ("half a day on saturdays", True, 4),
        ("two evenings a week", True, 4),
        ("an evening or two", True, 3),
        ("I work evenings", True, None),
        ("version 3", True, None),
        ("none", True, None),
    ],
)
def test_hours_as_people_put_them(text, asked, hours):
    assert read_hours(text, is_asked=asked) == hours


def test_what_one_can_already_do_is_offered_first(catalogue):
    found = advice(catalogue, said=[("sql", "working"), ("data-analysis", None)])
    assert found.steps[0].is_provable
    assert found.steps[0].achievement.code == "sql-foundations"
    assert found.steps[0].achievement.code not in found.plan.codes


def test_without_skills_nothing_is_claimed(catalogue):
    assert not any(step.is_provable for step in advice(catalogue).steps)


def test_a_plan_keeps_to_the_budget_and_the_hours(catalogue):
    found = advice(catalogue, budget=0.0, hours_per_week=1.0)
    assert found.plan.codes
    items = [catalogue.achievements[code] for code in found.plan.codes]
    assert sum(item.cost.amount for item in items) == 0
    assert sum(item.hours for item in items) <= 52


def test_prerequisites_come_before(catalogue):
    codes = advice(catalogue, code=NURSE).plan.codes
    for place, code in enumerate(codes):
        for clause in catalogue.achievements[code].prerequisites:
            assert set(clause) & set(codes[:place])


def test_the_same_question_has_the_same_answer_near_the_bound(catalogue):
    first, second = advice(catalogue), advice(catalogue)
    assert first == second
    assert 0.9 * first.plan.bound <= first.plan.value <= first.plan.bound


def test_held_and_declined_ones_are_left_out(catalogue):
    code = advice(catalogue).plan.codes[0]
    assert code not in advice(catalogue, held=frozenset({code})).plan.codes
    assert code not in advice(catalogue, declined=frozenset({code})).plan.codes


def test_reasons_add_up(catalogue):
    found = advice(catalogue)
    closed = sum(one.of_all for step in found.steps for one in step.closes)
    assert 0 < closed <= 1.001
    assert all(gap.missing > 0 for gap in found.uncovered)
