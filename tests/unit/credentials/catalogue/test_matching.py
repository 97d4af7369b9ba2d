"""What people say they want and can do, in their own words."""

import pytest

from credentials.catalogue.catalogue import Catalogue
from credentials.catalogue.folders import STARTER, read_folder
from credentials.catalogue.occupation_match import match_occupations
from credentials.catalogue.skill_match import match_skills


@pytest.fixture(scope="module")
def catalogue():
    found = read_folder(STARTER)
    assert found.problems == () or not found.problems
    return Catalogue(found.skills, found.occupations, found.achievements)


@pytest.mark.parametrize(
    ("text", "current", "target"),
    [
        ("wanna be a RN", [], "29-1141.00"),
        ("how do i become a data scientist", [], "15-2051.00"),
        ("i'm a cashier but want to get into cyber security", [], "15-1212.00"),
        ("not a nurse, rather a medical coder", [], "29-2072.00"),
        ("15-1252.00", [], "15-1252.00"),
        ("data analist", [], "15-2051.01"),
    ],
)
def test_a_named_job_is_matched(catalogue, text, current, target):
    match = match_occupations(catalogue, text)
    assert match.kind == "match"
    assert [hit.code for hit in match.current] == current
    assert match.targets[0][0].code == target


def test_what_one_does_now_is_not_what_one_wants(catalogue):
    match = match_occupations(
        catalogue, "I am a nurse and I would like to become a software developer"
    )
    assert [hit.code for hit in match.current] == ["29-1141.00"]
    assert [hits[0].code for hits in match.targets] == ["15-1252.00"]


def test_two_wishes_are_two_targets(catalogue):
    match = match_occupations(catalogue, "web developer or ux designer")
    assert len(match.targets) == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("something with computers", "clarify"),
        ("i want to help sick people", "clarify"),
        ("pharmasist tech", "clarify"),
        ("hello", "off_topic"),
        ("what's the weather", "off_topic"),
        ("I don't know", "off_topic"),
        ("pizza", "off_topic"),
        ("i want to kill myself", "distress"),
    ],
)
def test_what_names_no_job_is_told_apart(catalogue, text, kind):
    assert match_occupations(catalogue, text).kind == kind


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("I know excel and some sql", {"excel": None, "sql": "basic"}),
        ("advanced photoshop; a bit of html", {"photoshop": "strong", "html": "basic"}),
        ("want to learn Python", {}),
        ("I excel at everything", {}),
    ],
)
def test_skills_and_levels(catalogue, text, skills):
    assert {one.key: one.level for one in match_skills(catalogue, text)} == skills


def test_negation_and_source(catalogue):
    found = {one.key: one for one in match_skills(catalogue, "R, not Java; a coursera sql course")}
    assert found["java"].negated
    assert not found["r-language"].negated
    assert found["sql"].source == "course"
