"""A course that is chosen is under way until it is finished, sent in or left out."""

from datetime import timedelta

import pytest

from actions.details import ActionEnroll
from actions.pathways import ActionRecommend
from actions.progress import ActionReportProgress
from actions.said import Said
from actions.screens.credential import chosen_screen
from actions.screens.pathways import progress_screen
from credentials.issuing import begin_submission
from credentials.pathways import (
    choose_goal,
    choose_hours,
    decline,
    find_profile,
    finish_elsewhere,
    say_nothing_yet,
)
from credentials.people import find_person, register_person
from tests.starter import CATALOGUE


@pytest.fixture
def ana(stocked):
    with stocked.begin() as work:
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        choose_goal(work, person_id=person.person_id, code="15-2051.01")
        say_nothing_yet(work, person_id=person.person_id)
        choose_hours(work, person_id=person.person_id, hours=5)
        return person


@pytest.fixture
def code():
    return next(c for c, one in CATALOGUE.achievements.items() if "sql" in c and one.criteria)


@pytest.fixture
def tell(institution, ana):
    def answer(action, text):
        said = Said(text=text, intent=None, entities={}, ranking=())
        with institution.begin() as work:
            return action(institution, b"key").answer(work, find_person(work, ana.person_id), said)

    return answer


@pytest.fixture
def under_way(institution, ana):
    def read():
        with institution.read() as work:
            return [one.code for one in progress_screen(work, ana).studying]

    return read


@pytest.mark.parametrize(
    ("action", "text"),
    [
        (ActionReportProgress, "I've started the sql course"),
        (ActionReportProgress, "im half way through the sql course"),
        (ActionReportProgress, "on week 3 of the sql one"),
        (ActionEnroll, "I signed up for the sql course"),
        (ActionEnroll, "I'll take the sql course"),
    ],
)
def test_who_has_begun_a_course_is_taking_it(tell, under_way, action, text):
    shown = tell(action, text)
    assert shown.name == "credential_card"
    assert shown.is_chosen
    assert under_way() == [shown.code]


def test_who_only_asks_takes_nothing(tell, under_way):
    tell(ActionEnroll, "how do I sign up for the sql course?")
    assert under_way() == []


def test_begun_twice_it_keeps_its_day(institution, ana, code, clock):
    with institution.begin() as work:
        since = chosen_screen(work, ana, code).since
    clock.advance(timedelta(days=3))
    with institution.begin() as work:
        assert chosen_screen(work, ana, code).since == since


def test_the_next_step_is_another_than_the_one_under_way(institution, ana):
    with institution.begin() as work:
        first = progress_screen(work, ana).next_step.code
        chosen_screen(work, ana, first)
        card = progress_screen(work, ana)
    assert [one.code for one in card.studying] == [first]
    assert card.next_step is None or card.next_step.code != first


@pytest.mark.parametrize("end", ["sent", "declined", "finished"])
def test_it_ends(institution, ana, code, under_way, end):
    with institution.begin() as work:
        chosen_screen(work, ana, code)
    assert under_way() == [code]
    with institution.begin() as work:
        if end == "sent":
            begin_submission(work, person_id=ana.person_id, achievement_code=code)
        elif end == "declined":
            decline(work, person_id=ana.person_id, code=code)
        else:
            finish_elsewhere(work, person_id=ana.person_id, item=CATALOGUE.achievements[code])
    assert under_way() == []
    with institution.read() as work:
        assert (code in find_profile(work, person_id=ana.person_id).studying) == (end == "sent")


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("is there anything shorter", lambda one: one.hours),
        ("what is the cheapest", lambda one: one.amount),
    ],
)
def test_steps_are_compared_by_what_is_asked_for(tell, text, trait):
    shown = tell(ActionRecommend, text)
    assert shown.name == "compare_options"
    assert [trait(one) for one in shown.options] == sorted(trait(one) for one in shown.options)
