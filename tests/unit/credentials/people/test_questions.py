"""A learner's question reaches every advisor; the first answer reaches the learner."""

import pytest
from sqlalchemy import select

from credentials.errors import InvalidInputError, NotAllowedError, StaleError
from credentials.outbox import OutboxMessage
from credentials.people import (
    Role,
    TooManyQuestionsError,
    accept_invitation,
    answer_question,
    ask_question,
    find_question,
    hand_over_waiting,
    invite_staff,
    register_person,
)


def register(work, number):
    return register_person(
        work,
        telegram_user_id=number,
        chat_id=number,
        first_name=f"Person {number}",
        language_code="en",
    ).person_id


def make_advisor(work, person_id):
    token = invite_staff(work, role=Role.ADVISOR).token
    accept_invitation(work, person_id=person_id, token=token)


@pytest.fixture
def people(institution):
    """A learner and two advisors."""
    with institution.begin() as work:
        learner, first, second = (register(work, number) for number in (1, 2, 3))
        make_advisor(work, first)
        make_advisor(work, second)
    return learner, first, second


def owed(institution, person_id):
    with institution.read() as work:
        query = select(OutboxMessage).where(OutboxMessage.person_id == person_id)
        return list(work.session.scalars(query))


def ask(institution, person_id, text="Can I do two at once?"):
    with institution.begin() as work:
        return ask_question(work, person_id=person_id, text=text)


def test_every_advisor_gets_the_words_and_no_account(institution, people):
    learner, first, second = people
    asked = ask(institution, learner)
    assert asked.advisors == 2
    for advisor in (first, second):
        (message,) = owed(institution, advisor)
        assert message.screen == "question_for_advisor"
        assert message.args["question"] == "Can I do two at once?"
        assert learner not in str(message.args)
        assert "Person 1" not in str(message.args)


def test_the_first_answer_reaches_the_learner_and_the_second_is_stale(institution, people):
    learner, first, second = people
    question_id = ask(institution, learner).question_id
    with institution.begin() as work:
        answer_question(work, advisor_id=first, question_id=question_id, text="Yes, you can.")
    (message,) = owed(institution, learner)
    assert message.args == {"question": "Can I do two at once?", "answer": "Yes, you can."}
    with institution.begin() as work, pytest.raises(StaleError):
        answer_question(work, advisor_id=second, question_id=question_id, text="No.")


def test_only_advisors_answer(institution, people):
    learner = people[0]
    question_id = ask(institution, learner).question_id
    with institution.begin() as work, pytest.raises(NotAllowedError):
        answer_question(work, advisor_id=learner, question_id=question_id, text="Yes.")
    with institution.begin() as work, pytest.raises(NotAllowedError):
        find_question(work, advisor_id=learner, question_id=question_id)


def test_an_empty_question_and_a_sixth_open_one_are_refused(institution, people):
    learner = people[0]
    with pytest.raises(InvalidInputError):
        ask(institution, learner, "  \n ")
    for number in range(5):
        ask(institution, learner, f"Question {number}")
    with pytest.raises(TooManyQuestionsError):
        ask(institution, learner)


def test_a_new_advisor_gets_what_still_waits(institution):
    with institution.begin() as work:
        learner, advisor = register(work, 1), register(work, 2)
        assert ask_question(work, person_id=learner, text="Anybody?").advisors == 0
        make_advisor(work, advisor)
        assert hand_over_waiting(work, advisor_id=advisor) == 1
    assert owed(institution, advisor)[0].args["question"] == "Anybody?"
