"""Which credential somebody names in words, and when they name none."""

import pytest

from actions.naming import all_named, meant_achievement, named_achievement
from actions.said import Said
from credentials.people import register_person
from credentials.people.talk import note_shown

NAMED = {
    "the kyc one": "kyc-and-aml-basics",
    "i want to prove my sql skills": "sql-foundations",
    "share my welding basics badge": "welding-basics",
    "tell me about negotiation and key accounts": "negotiation-and-key-accounts",
}
NAMED_NONE = (
    "here's my work",
    "i did it at work",
    "this is my project for the team",
    "is it online or in a classroom",
    "do you need my credit card",
    "can i send the file",
    "only one lesson left",
)


SHOWN = ("sql-foundations", "health-data-quality", "statistics-basics")


def learner(work):
    return register_person(
        work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
    )


def said(text, **entities):
    return Said(text=text, intent=None, entities=entities, ranking=())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tell me about the second one", SHOWN[1]),
        ("and option 3, what is that", SHOWN[2]),
        ("the last", SHOWN[2]),
        ("that sql thing", SHOWN[0]),
        ("how much is it", SHOWN[0]),
    ],
)
def test_what_was_just_shown_is_meant(stocked, text, code):
    with stocked.begin() as work:
        person = learner(work)
        note_shown(work, person_id=person.person_id, codes=SHOWN)
        assert meant_achievement(work, person, said(text)) == code


def test_nothing_is_meant_before_anything_was_shown(stocked):
    with stocked.begin() as work:
        person = learner(work)
        assert meant_achievement(work, person, said("how much is the second one")) is None
        assert meant_achievement(work, person, said("is it free")) is None


def test_first_aid_is_no_first_place(stocked):
    with stocked.begin() as work:
        person = learner(work)
        note_shown(work, person_id=person.person_id, codes=SHOWN)
        assert named_achievement(work, person, said("any first aid courses")) != SHOWN[0]


def test_everything_that_is_named_is_found_in_order(stocked):
    with stocked.begin() as work:
        person = learner(work)
        note_shown(work, person_id=person.person_id, codes=SHOWN)
        both = said("compare the first and the third")
        assert all_named(work, person, both) == (SHOWN[0], SHOWN[2])
        assert all_named(work, person, said("compare the first two")) == SHOWN[:2]
        named = said("kyc or sql foundations", credential=("kyc", "sql foundations"))
        assert all_named(work, person, named) == ("kyc-and-aml-basics", SHOWN[0])


def test_a_telling_word_names_a_credential_and_everyday_words_name_none(stocked):
    with stocked.begin() as work:
        person = learner(work)
        found = {
            text: named_achievement(work, person, said(text)) for text in (*NAMED, *NAMED_NONE)
        }
    assert found == NAMED | dict.fromkeys(NAMED_NONE)
