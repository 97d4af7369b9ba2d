"""The starter catalogue is large enough to advise in six fields, and nothing in it leads nowhere."""

from itertools import pairwise

import pytest

from credentials.catalogue import FIELDS, check_folder
from credentials.catalogue.folders import STARTER
from credentials.pathways import Profile, advice_for
from tests.starter import CATALOGUE

OCCUPATIONS = sorted(CATALOGUE.occupations)
ACHIEVEMENTS = sorted(CATALOGUE.achievements)


def helpful(code):
    """Achievements made for an occupation that show something it needs."""
    needed = {need.skill for need in CATALOGUE.occupations[code].needs}
    return [
        item.code
        for item in CATALOGUE.achievements.values()
        if code in item.occupations and needed & {part.skill for part in item.skills}
    ]


def test_the_check_finds_nothing():
    assert check_folder(STARTER) == []


def test_a_hundred_and_a_hundred_and_twenty_over_six_fields():
    assert len(ACHIEVEMENTS) >= 100
    assert len(OCCUPATIONS) >= 120
    for field in FIELDS:
        assert sum(item.field == field for item in CATALOGUE.achievements.values()) >= 15
        assert sum(job.field == field for job in CATALOGUE.occupations.values()) >= 12


@pytest.mark.parametrize("code", OCCUPATIONS)
def test_every_occupation_has_three_achievements_that_help(code):
    assert len(helpful(code)) >= 3


@pytest.mark.parametrize("code", OCCUPATIONS)
def test_related_occupations_exist_and_pay_has_a_source(code):
    job = CATALOGUE.occupations[code]
    assert job.related
    assert set(job.related) <= set(CATALOGUE.occupations) - {code}
    assert job.pay is not None
    assert job.pay.source
    assert job.pay.date


@pytest.mark.parametrize("code", ACHIEVEMENTS)
def test_an_achievement_is_an_example_for_known_occupations_and_shows_what_it_names(code):
    item = CATALOGUE.achievements[code]
    assert item.example
    assert item.provider.url.startswith("https://")
    assert item.occupations
    assert set(item.occupations) <= set(CATALOGUE.occupations)
    shown = {skill for criterion in item.criteria for skill in criterion.skills}
    assert {part.skill for part in item.skills} <= shown


@pytest.mark.parametrize("code", ACHIEVEMENTS)
def test_stacking_ends(code):
    steps = [CATALOGUE.achievements[code]]
    while steps[-1].stacks_into:
        steps.append(CATALOGUE.achievements[steps[-1].stacks_into])
        assert len(steps) <= 4
    assert all(small.code != large.code for small, large in pairwise(steps))


@pytest.mark.parametrize("code", OCCUPATIONS)
def test_a_beginner_in_every_occupation_gets_a_way_that_fits_a_year(code):
    job = CATALOGUE.occupations[code]
    profile = Profile(
        person_id="p", occupation_code=code, setting=None, has_told=True,
        hours_per_week=5.0, said={}, shown={},
    )  # fmt: skip
    advice = advice_for(CATALOGUE, profile, job)
    steps = [step.achievement.code for step in advice.steps]
    assert len(steps) >= 2
    assert sum(CATALOGUE.achievements[step].hours for step in steps) <= 5 * 52
    made_for_it = [step for step in steps if step in helpful(code)]
    assert made_for_it
