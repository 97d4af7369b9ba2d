"""Names, places, quiet hours and days off in words, whatever else is asked."""

import pytest

from actions.said import Said
from actions.topics import topical_answer
from credentials.people import find_person, find_preferences, register_person
from credentials.people.talk import note_shown


@pytest.fixture
def ana(institution):
    with institution.begin() as work:
        return register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        ).person_id


@pytest.fixture
def tell(institution, ana):
    def answer(text, intent="nlu_fallback"):
        said = Said(text=text, intent=intent, entities={}, ranking=((intent, 0.5),))
        with institution.begin() as work:
            shown = topical_answer(work, find_person(work, ana), said)
            return shown, find_person(work, ana), find_preferences(work, person_id=ana)

    return answer


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("change my name to Anna Lee", "Anna Lee"),
        ("my name is José Ortiz", "José Ortiz"),
        ("please set the name on my badges to A. O'Neill", "A. O'Neill"),
        ("I am called Sam", "Sam"),
    ],
)
def test_a_name_for_badges_is_kept(tell, text, name):
    shown, person, _ = tell(text)
    assert shown.name == "settings"
    assert person.badge_name == name


@pytest.mark.parametrize(
    "text",
    [
        "what is my name?",
        "call me tomorrow at 7",
        "the name is wrong on my badge",
        "my name is spelled wrong",
        "my name is not on it",
        "change my name",
    ],
)
def test_what_is_no_name_changes_none(tell, text):
    assert tell(text)[1].badge_name is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("I'm in Vancouver", "America/Vancouver"),
        ("i live in lisbon now", "Europe/Lisbon"),
        ("we'll see, im based in Berlin", None),
        ("btw i moved to Berlin", "Europe/Berlin"),
        ("I'm in finance", None),
        ("i'm in trouble", None),
        ("I'm in school", None),
    ],
)
def test_a_place_sets_the_zone(tell, text, zone):
    _, person, _ = tell(text)
    assert (person.zone if person.zone_is_known else None) == zone


def test_days_off_are_taken_and_ended_in_words(tell):
    shown, _, kept = tell("pause till christmas eve, no: until 24 december", "snooze")
    assert shown.name == "days_off_taken"
    assert kept.off.back.month == 12
    shown, _, kept = tell("im back", "greet")
    assert shown.name == "resumed"
    assert kept.off is None


def test_back_without_days_off_means_nothing_of_it(tell):
    assert tell("im back", "greet")[0] is None


def test_quiet_hours_are_heard(tell):
    _, _, kept = tell("don't message me before 9 am", "deny")
    assert kept.quiet.is_chosen


def test_days_off_are_no_snooze(institution, ana, tell):
    with institution.begin() as work:
        note_shown(work, person_id=ana, topic="snooze", about="r1")
    assert tell("pause till 20 december", "snooze")[0].name == "days_off_taken"
