"""An advisor's words press a button only when they say just that."""

from dataclasses import replace

import pytest

from actions.anytime import anytime_answer
from actions.said import Said
from credentials.evidence import Judgement, find_submission, open_submission
from credentials.people import Role, find_person, register_person
from credentials.people.persons import remember_buttons
from tests.submissions import people, send

BUTTONS = {
    "Met": "v1:rv_met:s~0",
    "Not yet": "v1:rv_not_yet:s~0",
    "Approve": "v1:rv_approve:s",
    "Return for revision": "v1:rv_return:s",
}


@pytest.fixture
def answer(institution):
    """What an advisor is answered before whom these buttons stand."""

    def answer(text, intent="help", sure=0.7):
        with institution.begin() as work:
            ben = register_person(
                work, telegram_user_id=1, chat_id=1, first_name="Ben", language_code="en"
            )
            remember_buttons(work, ben.person_id, BUTTONS)
            ben = replace(ben, roles=frozenset({Role.ADVISOR}))
            return anytime_answer(
                work, ben, Said(text=text, intent=intent, entities={}, ranking=((intent, sure),))
            )

    return answer


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("met", "Met"),
        ("isn't met", "Not yet"),
        ("not yet", "Not yet"),
        ("send it back to her", "Return for revision"),
        ("ok, approve it", "Approve"),
        ("approve it", "Approve"),
        ("isnt met", "Not yet"),
        ("not yet, there is no pivot table in it at all", "Not yet"),
        ("met, she joins three tables and says why", "Met"),
        ("this isnt good enough to be met", "Not yet"),
        ("this is not good enough", "Not yet"),
        ("it wasn't shown", "Not yet"),
        ("I can't sign this, the photo is not hers", "Not yet"),
        ("the second query doesnt match what she writes below it", "Not yet"),
    ],
)
def test_a_button_named_is_offered(answer, text, label):
    assert answer(text).label == label


@pytest.mark.parametrize(
    "text",
    [
        "Why can't I approve this?",
        "I don't want to approve this",
        "I am not sure it is good enough",
        "I dont know if this is right",
        "Is a photo good evidence?",
        "What does met mean here?",
        "I have no time now, later",
    ],
)
def test_what_is_asked_or_denied_presses_nothing(answer, text):
    assert answer(text) is None


def test_approving_while_a_criterion_is_open_says_it_is_met(answer, monkeypatch):
    monkeypatch.delitem(BUTTONS, "Approve")
    assert answer("approve it").label == "Met"


def test_a_wish_of_ones_own_that_is_clear_leaves_the_review(answer):
    assert answer("I want to become a data analyst", "set_career_goal", sure=0.97) is None


@pytest.mark.parametrize(
    ("text", "pressed", "is_first_met"),
    [("it's fine, met. and b met too", "1", True), ("met, and c is met too", "0", False)],
)
def test_the_next_criterion_is_judged_with_the_first(institution, text, pressed, is_first_met):
    ana, ben, _ = people(institution)
    with institution.begin() as work:
        sent = send(work, ana)
        step = open_submission(work, advisor_id=ben, submission_id=sent)
        remember_buttons(work, ben, {"Met": f"v1:rv_met:{sent}~0~{step.submission.round}"})
        said = Said(text=text, intent="affirm", entities={}, ranking=(("affirm", 0.7),))
        shown = anytime_answer(work, find_person(work, ben), said)
        assert shown.data.split("~")[1] == pressed
        first = find_submission(work, submission_id=sent).criteria[0]
        assert (first.result is Judgement.MET) is is_first_met
