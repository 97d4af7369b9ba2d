"""Advisors ask for what waits for them in their own words."""

import pytest

from actions.progress import ActionShowProgress
from actions.review import ActionReviewWork
from actions.said import Said
from actions.words import ActionDefaultFallback
from credentials.people import Role, accept_invitation, find_person, invite_staff, register_person

SAID = Said(text="anything new?", intent=None, entities={}, ranking=(("review_work", 0.4),))


@pytest.fixture
def ask(institution):
    """Ask an action as somebody with or without the role."""

    def answer(action, *, is_advisor):
        with institution.begin() as work:
            person = register_person(
                work, telegram_user_id=5, chat_id=5, first_name="Ben", language_code="en"
            )
            if is_advisor:
                link = invite_staff(work, role=Role.ADVISOR)
                accept_invitation(work, person_id=person.person_id, token=link.token)
            found = find_person(work, person.person_id)
            return action(institution, b"key").answer(work, found, SAID)

    return answer


@pytest.mark.parametrize("action", [ActionReviewWork, ActionShowProgress])
def test_an_advisor_sees_the_queue(ask, action):
    assert ask(action, is_advisor=True).name == "review_queue"


@pytest.mark.parametrize("action", [ActionReviewWork, ActionShowProgress])
def test_a_learner_sees_their_progress(ask, action):
    assert ask(action, is_advisor=False).name == "progress_card"


@pytest.mark.parametrize("is_advisor", [True, False])
def test_what_was_not_understood_may_be_about_the_queue_for_advisors_only(ask, is_advisor):
    shown = ask(ActionDefaultFallback, is_advisor=is_advisor)
    assert ("review" in shown.options) is is_advisor
