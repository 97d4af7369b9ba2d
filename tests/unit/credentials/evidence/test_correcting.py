"""Correcting what was just sent, in words."""

import pytest

from credentials.evidence import (
    answer_in_words,
    belongs_to,
    find_stray,
    is_about_names,
    is_taken_back,
    leave_names_out,
    move_latest,
    names_somebody,
    place_of,
    resume_step,
    start_submission,
    take_back_latest,
)
from credentials.evidence.correcting import without_names
from tests.submissions import SQL, WORDS, people


@pytest.mark.parametrize(
    ("text", "index", "words"),
    [
        ("for a: every week I count", 0, "every week I count"),
        ("b) a list of rows", 1, "a list of rows"),
    ],
)
def test_words_may_name_their_criterion(text, index, words):
    placed = place_of(text)
    assert (placed.index, placed.words) == (index, words)


@pytest.mark.parametrize("text", ["for all of us: this", "a list of rows", "for years I did this"])
def test_other_words_name_none(text):
    assert place_of(text) is None


def test_what_was_meant_for_another_criterion_is_known():
    assert belongs_to("no wait, that goes to c") == 2
    assert belongs_to("put it under (b)") == 1
    assert belongs_to("this belongs to a colleague") is None


@pytest.mark.parametrize("text", ["undo", "oops, delete that", "oh no please remove it"])
def test_taking_back_is_known(text):
    assert is_taken_back(text)


@pytest.mark.parametrize("text", ["I delete double rows", "remove duplicates with DISTINCT"])
def test_work_about_deleting_is_work(text):
    assert not is_taken_back(text)


@pytest.mark.parametrize(
    "text",
    ["Dr Smith asked for it", "she was born 3.4.1960", "call 0151 2345 6789", "a@example.org"],
)
def test_personal_details_are_noticed(text):
    assert names_somebody(text)


@pytest.mark.parametrize(
    "text", ["SELECT 1 FROM visits", "41 doubles in 2,300 rows", "MS SQL Server"]
)
def test_work_is_no_personal_detail(text):
    assert not names_somebody(text)


def test_names_give_way():
    assert is_about_names("please leave their names out")
    assert without_names("I wrote it, Max drew the slides and Lea Bell the SQL") == (
        "I wrote it, a colleague drew the slides and a colleague the SQL"
    )


@pytest.fixture
def collecting(institution):
    """Ana has sent words for the first criterion; the work, her id and the submission's."""
    learner = people(institution)[0]
    with institution.begin() as work:
        start_submission(work, person_id=learner, achievement_code=SQL)
        step = answer_in_words(work, person_id=learner, text=WORDS[0])
        yield work, learner, step.submission.submission_id


def items(step):
    return [len(one.items) for one in step.submission.criteria]


def test_what_was_sent_last_moves_and_its_place_is_asked_for_again(collecting):
    work, learner, number = collecting
    step = move_latest(work, person_id=learner, submission_id=number, index=1)
    assert items(step) == [0, 1, 0]
    assert step.index == 0


def test_what_was_taken_back_can_be_put_back(collecting):
    work, learner, number = collecting
    step = take_back_latest(work, person_id=learner, submission_id=number)
    assert items(step) == [0, 0, 0]
    assert step.index == 0
    assert find_stray(work, person_id=learner).text == WORDS[0]
    assert take_back_latest(work, person_id=learner, submission_id=number) is None


def test_the_names_of_others_leave_what_was_said_of_them(collecting):
    work, learner, number = collecting
    step = leave_names_out(work, person_id=learner, submission_id=number)
    assert step.submission.made_with is None
    assert resume_step(work, person_id=learner) is not None
