"""What words mean beside their intent: to somebody without an idea, about the last card."""

import pytest

from actions.evidence import ActionShareBadge
from actions.said import Said
from actions.topics import topical_answer
from credentials.pathways import begin_intake, find_profile, hear
from credentials.people import find_person, register_person
from credentials.people.persons import remember_buttons
from credentials.people.talk import note_shown


@pytest.fixture
def person_id(stocked):
    with stocked.begin() as work:
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        begin_intake(work, person_id=person.person_id)
        return person.person_id


@pytest.fixture
def tell(institution, person_id):
    """Say something that is taken for this intent; what topics answer, None for nothing."""

    def answer(text, intent, action=None, sure=0.7):
        said = Said(text=text, intent=intent, entities={}, ranking=((intent, sure),))
        with institution.begin() as work:
            person = find_person(work, person_id)
            if action is not None:
                return action(institution, b"key").answer(work, person, said)
            return topical_answer(work, person, said)

    return answer


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("dunno", "skip"),
        ("no clue", "deny"),
        ("no idea what I want to do", "ask_recommendation"),
        ("i dont really know", "nlu_fallback"),
        ("haven't decided yet", "out_of_scope"),
    ],
)
def test_whoever_has_no_idea_is_offered_to_look_around(tell, text, intent):
    asked = tell(text, intent)
    assert (asked.name, asked.is_unsure) == ("ask_goal", True)


def test_not_to_know_something_else_is_a_question_of_its_own(tell):
    assert tell("i don't know what a badge is", "ask_what_is_microcredential") is None


def test_hours_in_a_what_if_answer_the_question_where_none_were_told(tell, institution, person_id):
    with institution.begin() as work:
        hear(work, person_id=person_id, text="bookkeeper")
        hear(work, person_id=person_id, text="I know Excel")
    assert tell("what if I only have 3 hours?", "ask_time").name == "pathway_card"
    with institution.read() as work:
        assert find_profile(work, person_id=person_id).hours_per_week == 3
    shown = tell("what if I only have 2 hours?", "ask_time")
    assert (shown.name, shown.weekly, shown.usual) == ("path_time", 2, 3)


def test_who_has_a_certificate_and_no_badge_means_evidence(tell):
    text = "i have finished it last year, where do i send my certificate"
    assert tell(text, "share_badge", ActionShareBadge).name == "choose_evidence"
    assert tell("share my badge", "share_badge", ActionShareBadge).name == "badge_list"


def test_what_somebody_likes_is_looked_up(tell):
    shown = tell("idk, i like fixing computers but not phones", "nlu_fallback")
    assert shown.name in {"choose_job", "ask_have"}


def test_erasing_is_explained_once_and_a_clear_yes_alone_presses_its_button(
    tell, institution, person_id
):
    assert tell("please erase all about me", "stop_reminders").name == "delete_confirm"
    with institution.begin() as work:
        note_shown(work, person_id=person_id, topic="delete")
        remember_buttons(work, person_id, {"Delete my data": "v1:erase:"})
    assert tell("no leave it, just checking", "cancel").name == "delete_kept"
    assert tell("yes maybe", "affirm").name == "delete_kept"
    assert tell("yes i am sure", "affirm", sure=0.95).data == "v1:erase:"


def test_a_person_may_be_asked_whatever_is_shown(tell):
    asked = tell("could i ask someone at the college on monday", "ask_credential_details")
    assert asked.name == "handoff_waiting"


def test_a_clear_wish_for_a_reminder_is_one_after_a_verdict(tell, institution, person_id):
    with institution.begin() as work:
        note_shown(work, person_id=person_id, topic="verdict", about="")
    assert tell("remind me to learn on saturday", "set_reminder", sure=0.95) is None


def test_whoever_is_fine_after_all_is_left_alone(tell, institution, person_id):
    with institution.begin() as work:
        hear(work, person_id=person_id, text="I like computers")
        note_shown(work, person_id=person_id, topic="distress")
    assert tell("i'm fine, was just tired", "distress").name != "distress_more"
    assert tell("first one", "nlu_fallback").name == "ask_have"


def test_hours_of_quiet_may_be_said_at_any_time(tell):
    assert tell("dont message me after 8 pm", "nlu_fallback").name == "quiet_hours_set"
    assert tell("nothing after that", "nlu_fallback") is None


@pytest.mark.parametrize("intent", ["set_reminder", "report_progress", "appeal_decision"])
def test_an_open_question_has_the_first_claim_on_the_words(tell, institution, person_id, intent):
    with institution.begin() as work:
        hear(work, person_id=person_id, text="bookkeeper")
    asked = tell("excel sheets every day, and I deal with complaints", intent)
    assert asked.name == "ask_hours"
    assert tell("remind me every day at six", "set_reminder", sure=0.95) is None


@pytest.mark.parametrize("text", ["ok web", "web developer maybe"])
def test_a_word_of_one_offered_job_chooses_it(tell, institution, person_id, text):
    with institution.begin() as work:
        hear(work, person_id=person_id, text="web developer or nurse or bookkeeper")
    assert tell(text, "nlu_fallback").job["en"] == "web developer"


def test_nobody_is_called_for_whoever_wants_nobody(tell, institution, person_id):
    with institution.begin() as work:
        note_shown(work, person_id=person_id, topic="distress")
    assert tell("no i dont want to call anyone", "talk_to_advisor").name == "distress_more"
    assert tell("can I talk to a person", "talk_to_advisor") is None


def test_a_title_alone_is_the_goal_whatever_it_is_taken_for(tell, institution, person_id):
    assert tell("customer service rep", "talk_to_advisor", sure=0.95).name == "ask_have"
    with institution.read() as work:
        assert find_profile(work, person_id=person_id).occupation_code == "43-4051.00"
