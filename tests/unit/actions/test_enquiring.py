"""What employers ask beside the verdict, before and after they have sent a badge."""

import pytest

from actions.anytime import anytime_answer
from actions.said import Said
from credentials.pathways import choose_goal
from credentials.people import find_person, register_person


@pytest.fixture
def emma(stocked):
    with stocked.begin() as work:
        return register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Emma", language_code="en"
        ).person_id


@pytest.fixture
def tell(institution, emma):
    def answer(text, intent="nlu_fallback"):
        said = Said(text=text, intent=intent, entities={}, ranking=((intent, 0.5),))
        with institution.begin() as work:
            return anytime_answer(work, find_person(work, emma), said)

    return answer


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("what should i ask her in the interview", "interview"),
        ("good questions for the interview?", "interview"),
        ("why would a badge be withdrawn", "withdrawn"),
        ("what does on hold mean", "withdrawn"),
        ("is she a good worker", "person"),
        ("should i hire him", "person"),
        ("how do i know the college isnt just selling these", "judged"),
        ("who checked this?", "judged"),
        ("how was this assessed", "judged"),
    ],
)
def test_employers_are_answered(tell, text, about):
    shown = tell(text)
    assert shown.name == "verdict_meaning"
    assert shown.about == about


def test_a_learner_on_their_way_means_something_else(institution, emma, tell):
    with institution.begin() as work:
        choose_goal(work, person_id=emma, code="15-2051.01")
    assert tell("who checked this?") is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("something in IT", "technology"),
        ("anything with computers pls", "technology"),
        ("a job in healthcare", "healthcare"),
        ("work in a bank", "finance"),
    ],
)
def test_a_field_alone_shows_its_jobs(tell, text, field):
    shown = tell(text, "set_career_goal")
    assert shown.name == "jobs_of_field"
    assert shown.field == field


@pytest.mark.parametrize(
    "text", ["I want to be a nurse in a hospital", "ok go with it", "I can work with it"]
)
def test_what_names_no_field_alone_shows_none(tell, text):
    shown = tell(text, "set_career_goal")
    assert shown is None or shown.name != "jobs_of_field"
