"""Which credential somebody names in words, and when they name none."""

from actions.base import Said
from actions.evidence import named_achievement
from credentials.catalogue import load_starter

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


def test_a_telling_word_names_a_credential_and_everyday_words_name_none(institution):
    with institution.begin() as work:
        load_starter(work)
        found = {
            text: named_achievement(work, Said(text=text, intent=None, entities={}, ranking=()))
            for text in (*NAMED, *NAMED_NONE)
        }
    assert found == NAMED | dict.fromkeys(NAMED_NONE)
