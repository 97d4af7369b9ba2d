"""A badge's code in words is answered at once; without one, the bot says how to send a badge."""

import pytest

from actions.said import Said
from actions.verification import ActionVerifyBadge
from credentials.people import find_person, register_person
from tests.issued import issue


@pytest.fixture
def ask(institution):
    with institution.begin() as work:
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Maria", language_code="en"
        )

    def answer(**entities):
        found = {name: (value,) for name, value in entities.items()}
        said = Said(text="", intent="verify_badge", entities=found, ranking=())
        with institution.begin() as work:
            known = find_person(work, person.person_id)
            return ActionVerifyBadge(institution, b"key").answer(work, known, said)

    return answer


def test_a_code_gets_the_verdict(institution, ask):
    badge = issue(institution)
    shown = ask(badge_id=badge.code.lower())
    assert (shown.name, shown.facts.verdict) == ("verdict_card", "valid")


def test_without_a_code_it_says_how(ask):
    assert ask().name == "how_to_verify"


def test_what_is_no_code_asks_for_one(ask):
    assert ask(badge_id="the sql one").facts.deciding_code == "nothing_found"
