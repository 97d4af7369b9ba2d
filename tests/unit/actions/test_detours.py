"""Skipping, going back and correcting in the middle of something."""

import pytest

from actions.base import Said
from actions.pathways import ActionBack, ActionChangeAnswer, ActionInform, ActionSkip
from actions.reminders import ActionSetReminder
from credentials.catalogue import load_starter
from credentials.pathways import begin_intake, find_profile
from credentials.people import find_person, register_person, set_zone


@pytest.fixture
def person_id(institution):
    with institution.begin() as work:
        load_starter(work)
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        set_zone(work, person.person_id, "Europe/Lisbon")
        begin_intake(work, person_id=person.person_id)
        return person.person_id


@pytest.fixture
def say(institution, person_id):
    """Say something, to the action that Rasa would run."""

    def answer(action, text=""):
        said = Said(text=text, intent="inform", entities={}, ranking=())
        with institution.begin() as work:
            return action(institution, b"key").answer(work, find_person(work, person_id), said)

    return answer


def test_whatever_is_asked_can_be_left_out(say):
    assert say(ActionSkip).name == "ask_goal"
    assert say(ActionInform, "bookkeeper").name == "ask_have"
    assert say(ActionSkip).name == "ask_hours"
    pathway = say(ActionSkip)
    assert pathway.name == "pathway_card"
    assert pathway.weekly_hours == 5
    assert say(ActionSkip).name == "menu"


def test_back_leads_to_the_question_before_and_loses_nothing(say, institution, person_id):
    say(ActionInform, "bookkeeper")
    say(ActionSkip)
    assert say(ActionBack).name == "ask_have"
    assert say(ActionInform, "I know Excel").name == "ask_hours"
    assert say(ActionBack).name == "change_answers"
    with institution.read() as work:
        assert find_profile(work, person_id=person_id).said
    say(ActionInform, "6 hours a week")
    assert say(ActionBack).name == "menu"


def test_back_from_what_one_can_do_asks_for_the_work_again(say):
    say(ActionInform, "bookkeeper")
    assert say(ActionBack).name == "ask_goal"
    assert say(ActionInform, "nurse").name in {"ask_have", "choose_job"}


def test_a_correction_while_a_reminder_is_set_is_about_the_reminder(say):
    assert say(ActionSetReminder, "remind me").name != "reminder_set"
    assert say(ActionChangeAnswer, "no, every thursday at 8 pm").name == "reminder_set"
