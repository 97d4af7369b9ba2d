"""What a yes, a no, and what was not understood lead to."""

from dataclasses import replace

import pytest

from actions.account import ActionCancel, ActionTalkToAdvisor
from actions.reminders import ActionSetReminder, ActionSnooze, ActionStopReminders
from actions.said import Said
from actions.words import (
    ActionAffirm,
    ActionComfort,
    ActionDefaultFallback,
    ActionDeny,
    likeliest,
)
from credentials.pathways import hear
from credentials.people import find_person, register_person, set_zone
from credentials.people.persons import remember_buttons


@pytest.fixture
def ask(institution):
    """Ask an action, as Ana says something after a card with these buttons."""
    with institution.begin() as work:
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        set_zone(work, person.person_id, "Europe/Lisbon")

    def answer(action, text="", buttons=None, ranking=()):
        said = Said(text=text, intent=None, entities={}, ranking=ranking)
        with institution.begin() as work:
            if buttons is not None:
                remember_buttons(work, person.person_id, buttons)
            found = find_person(work, person.person_id)
            return action(institution, b"key").answer(work, found, said)

    return answer


@pytest.mark.parametrize("hotline", [None, "0800 123"])
def test_who_is_not_well_is_told_the_hotline_of_the_house(institution, hotline):
    house = replace(
        institution, settings=institution.settings.model_copy(update={"hotline": hotline})
    )
    with house.begin() as work:
        edna = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Edna", language_code="en"
        )
        said = Said(text="i can't go on", intent="distress", entities={}, ranking=())
        shown = ActionComfort(house, b"key").answer(work, edna, said)
    assert (shown.name, shown.hotline) == ("distress", hotline)


def test_yes_means_the_only_way_on(ask):
    buttons = {"Send it": "v1:submit:abc", "Back": "v1:back:", "Cancel": "v1:cancel:"}
    shown = ask(ActionAffirm, buttons=buttons)
    assert (shown.label, shown.data) == ("Send it", "v1:submit:abc")


def test_yes_to_several_ways_is_the_menu(ask):
    buttons = {"Met": "v1:met:a", "Not yet": "v1:unmet:a", "Later": "v1:skip_it:a"}
    assert ask(ActionAffirm, buttons=buttons).name == "menu"
    assert ask(ActionAffirm, buttons={}).name == "menu"


def test_no_to_the_jobs_offered_asks_for_the_work_again(stocked):
    with stocked.begin() as work:
        ana = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        asked = hear(work, person_id=ana.person_id, text="something with computers and numbers")
        assert asked.asking == "choose"
        said = Said(text="nope", intent="deny", entities={}, ranking=())
        assert ActionDeny(stocked, b"key").answer(work, ana, said).name == "ask_goal"


def test_yes_and_no_find_their_button(ask):
    buttons = {"Yes, accept": "v1:join:t", "No, thanks": "v1:decline_role:"}
    assert ask(ActionAffirm, buttons=buttons).data == "v1:join:t"
    assert ask(ActionDeny, buttons=buttons).data == "v1:decline_role:"


def test_a_miss_offers_three_meanings_and_the_next_one_a_person(ask):
    ranking = (("nlu_fallback", 0.3), ("ask_cost", 0.3), ("change_goal", 0.2), ("affirm", 0.1))
    first = ask(ActionDefaultFallback, buttons={}, ranking=ranking)
    assert first.options == ("ask_cost", "set_career_goal", "submit_evidence")
    assert ask(ActionDefaultFallback, ranking=ranking).name == "not_understood"
    assert ask(ActionDefaultFallback, ranking=ranking).name == "not_understood"


def test_meanings_are_never_offered_twice():
    assert likeliest(["change_goal", "set_career_goal", "enroll"]) == (
        "set_career_goal",
        "ask_recommendation",
        "submit_evidence",
    )


@pytest.mark.parametrize(
    ("said", "screen"),
    [
        ("remind me every sunday at 10", "reminder_set"),
        ("remind me", "ask_reminder"),
        ("remind me twice a week", "reminder_days"),
        ("remind me on mondays", "reminder_time"),
        ("remind me at 8pm", "reminder_days"),
    ],
)
def test_a_reminder_in_words_asks_only_for_what_is_open(ask, said, screen):
    assert ask(ActionSetReminder, said).name == screen


def test_a_reminder_is_snoozed_by_what_was_said_or_by_choice(ask):
    assert ask(ActionSnooze, "later").name == "nothing_to_snooze"
    ask(ActionSetReminder, "every sunday at 10")
    assert ask(ActionSnooze, "later").name == "snooze_choices"
    assert ask(ActionSnooze, "in an hour").until == "2026-03-02T10:00:00+00:00"
    assert ask(ActionSnooze, "tomorrow maybe").until == "2026-03-03T10:00:00+00:00"


def test_stopping_says_how_many_rest(ask):
    ask(ActionSetReminder, "every sunday at 10")
    assert ask(ActionStopReminders, "no more reminders").resting == 1


def test_cancelling_says_what_was_begun(ask):
    assert ask(ActionCancel).kind is None
    ask(ActionTalkToAdvisor)
    assert ask(ActionCancel).kind == "handoff"
    assert ask(ActionCancel).kind is None
