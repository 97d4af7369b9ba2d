"""Skipping, going back and correcting in the middle of something."""

import pytest

from actions.details import ActionCredentialDetails
from actions.options import ActionAskDeadline, ActionCompareOptions
from actions.pathways import (
    ActionBack,
    ActionChangeAnswer,
    ActionInform,
    ActionSetCareerGoal,
    ActionSkip,
    ActionTellSkills,
)
from actions.progress import ActionReportProgress
from actions.questions import ActionAskPay
from actions.reminders import ActionSetReminder
from actions.said import Said
from actions.words import ActionAffirm, ActionDefaultFallback, ActionDeny, ActionOutOfScope
from credentials.pathways import begin_intake, find_profile
from credentials.people import find_person, register_person, set_zone
from credentials.people.talk import note_shown


@pytest.fixture
def person_id(stocked):
    with stocked.begin() as work:
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        set_zone(work, person.person_id, "Europe/Lisbon")
        begin_intake(work, person_id=person.person_id)
        return person.person_id


@pytest.fixture
def say(institution, person_id):
    """Say something, to the action that Rasa would run."""

    def answer(action, text="", ranking=(), **entities):
        found = {name: (value,) for name, value in entities.items()}
        said = Said(text=text, intent="inform", entities=found, ranking=ranking)
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
    assert say(ActionSkip) == pathway


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


def test_hours_are_heard_whatever_is_asked(say, institution, person_id):
    say(ActionInform, "bookkeeper")
    asked = say(ActionInform, "three hours i guess", hours_per_week="three hours")
    assert (asked.name, asked.is_unclear) == ("ask_have", False)
    with institution.read() as work:
        assert find_profile(work, person_id=person_id).hours_per_week == 3
    assert say(ActionTellSkills, "the till at my uncle's shop").name == "pathway_card"


def test_a_choice_is_named_by_its_place(say):
    choices = say(ActionSetCareerGoal, "bookkeeper or web developer").jobs
    assert len(choices) > 1
    assert (
        say(ActionCompareOptions, "what's the difference between the first two").name
        == "choose_job"
    )
    chosen = say(ActionInform, "the second one then")
    assert (chosen.name, chosen.job) == ("ask_have", choices[1].title)


def test_a_licence_is_no_course(say):
    say(ActionInform, "registered nurse")
    reasons = say(ActionCredentialDetails, "do i need a degree or licence for it?")
    assert reasons.name == "pathway_reasons"
    assert reasons.licensed
    assert say(ActionCredentialDetails, "is there an age limit").name == "age_limit"


def test_a_job_in_a_joke_is_no_goal(say):
    joke = say(ActionOutOfScope, "tell me a joke about teachers", ranking=(("out_of_scope", 0.97),))
    assert joke.name == "out_of_scope"
    assert say(ActionOutOfScope, "bookkeeper", ranking=(("out_of_scope", 0.5),)).name == "ask_have"


def test_yes_leads_on(say):
    say(ActionInform, "bookkeeper")
    assert say(ActionAffirm, "yeah go on then").name == "ask_hours"


def test_a_detail_is_no_other_goal(say, institution, person_id):
    say(ActionInform, "bookkeeper")
    say(ActionTellSkills, "the till at my uncle's shop")
    assert say(ActionInform, "ok. 4 hrs", hours_per_week="4 hrs").name == "pathway_card"
    changed = say(ActionChangeAnswer, "make it 8 hours, i quit the gym", hours_per_week="8 hours")
    assert (changed.name, changed.weekly_hours) == ("pathway_card", 8)
    assert say(ActionInform, "max 50 euros", money="50 euros").name != "choose_job"


def test_what_changes_nothing_leaves_the_question_open(say):
    say(ActionInform, "bookkeeper")
    say(ActionSkip)
    asked = say(ActionChangeAnswer, "never did that before")
    assert (asked.name, asked.is_unclear) == ("ask_hours", True)
    assert say(ActionChangeAnswer, "that was wrong").name == "change_answers"


def test_what_work_pays_is_told_and_makes_no_goal(say, institution, person_id):
    told = say(ActionAskPay, "what does a loan officer earn", occupation="loan officer")
    assert [(line.job["en"], line.pay.median > 0) for line in told.jobs] == [("loan officer", True)]
    assert told.offered == "13-2072.00"
    with institution.read() as work:
        assert not find_profile(work, person_id=person_id).has_goal
    assert say(ActionAskPay, "what's the salary").jobs == ()
    say(ActionInform, "bookkeeper")
    mine = say(ActionAskPay, "what's the salary")
    assert (mine.jobs[0].job["en"], mine.offered) == ("bookkeeper", None)


def test_what_was_just_shown_and_is_finished_is_asked_for(say, institution, person_id):
    say(ActionInform, "bookkeeper, 5 hours a week, nothing yet")
    with institution.begin() as work:
        note_shown(work, person_id=person_id, codes=["spreadsheet-analysis"])
    for text in ("I started it today", "almost done", "one module is done"):
        assert say(ActionReportProgress, text).name == "progress_card"
    assert say(ActionReportProgress, "i finished it yesterday").name == "evidence_intro"


def test_a_no_may_say_what_is_wanted_instead(say):
    say(ActionInform, "bookkeeper")
    assert say(ActionDeny, "nah, something with computers rather").name == "choose_job"


def test_a_language_is_no_wish_for_work(say, institution, person_id):
    say(ActionInform, "bookkeeper")
    asked = say(ActionInform, "I would rather have it in Spanish")
    assert asked.name == "ask_have"
    with institution.read() as work:
        profile = find_profile(work, person_id=person_id)
    assert (profile.occupation_code, profile.languages) == ("43-3031.00", frozenset({"es"}))


def test_nobody_is_too_old_and_little_is_needed(say):
    assert say(ActionAskDeadline, "I am 58, is it too late for me?").name == "age_limit"
    needed = say(ActionCredentialDetails, "do i need maths for this")
    assert (needed.name, needed.free_standing < needed.total) == ("nothing_needed", True)


@pytest.mark.parametrize("action", [ActionDefaultFallback, ActionOutOfScope])
def test_work_that_is_told_unasked_is_kept_for_its_place(say, action):
    told = "I wrote a report on a phishing attack at my uncle's shop and how to stop the next one"
    say(ActionInform, "bookkeeper")
    say(ActionSkip)
    say(ActionSkip)
    shown = say(action, told)
    assert shown.name == "choose_evidence"
    assert told.startswith(shown.stray.rstrip("…"))


def test_what_was_done_before_is_a_skill_where_it_is_asked_for(say):
    say(ActionInform, "bookkeeper")
    assert say(ActionReportProgress, "did the excel sheets at work, all done").name == "ask_hours"
