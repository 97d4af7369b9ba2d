"""People, a catalogue and the steps of a submission, for the tests of evidence and issuing."""

from credentials.catalogue import load_starter
from credentials.evidence import (
    Judgement,
    answer_in_words,
    judge_criterion,
    open_submission,
    send_submission,
    start_submission,
)
from credentials.people import Role, accept_invitation, invite_staff, register_person

SQL = "sql-foundations"
WORDS = (
    "SELECT a.x FROM a JOIN b ON b.id = a.id -- joins two tables",
    "SELECT ward, count(*) FROM visits GROUP BY ward",
    "Most people waited on Mondays; the numbers cover March only.",
)


def person(work, number, name="Ana Ruiz"):
    return register_person(
        work, telegram_user_id=number, chat_id=number, first_name=name, language_code="en"
    ).person_id


def advisor(work, number, name="Grace"):
    found = person(work, number, name)
    token = invite_staff(work, role=Role.ADVISOR).token
    accept_invitation(work, person_id=found, token=token)
    return found


def people(institution):
    """The starter catalogue, a learner and two advisors."""
    with institution.begin() as work:
        load_starter(work)
        return person(work, 1), advisor(work, 2), advisor(work, 3, "Alan")


def collect(work, learner, code=SQL, words=WORDS):
    step = start_submission(work, person_id=learner, achievement_code=code)
    for text in words:
        step = answer_in_words(work, person_id=learner, text=text)
    return step.submission.submission_id


def send(work, learner, code=SQL, words=WORDS):
    submission_id = collect(work, learner, code, words)
    send_submission(work, person_id=learner, submission_id=submission_id)
    return submission_id


def judge_all(
    work, advisor_id, submission_id, results=("met", "met", "met"), comment="Please try."
):
    step = open_submission(work, advisor_id=advisor_id, submission_id=submission_id)
    while step.asking == "criterion":
        result = Judgement(results[step.current.index])
        step = judge_criterion(
            work,
            advisor_id=advisor_id,
            submission_id=submission_id,
            index=step.current.index,
            result=result,
            comment=comment if result is Judgement.NOT_YET else None,
        )
    return step
