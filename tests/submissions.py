"""People, a small catalogue and the steps of a submission, for the tests of evidence and issuing."""

import shutil

from credentials.catalogue import load_folder
from credentials.catalogue.folders import STARTER
from credentials.evidence import (
    Judgement,
    answer_in_words,
    judge_criterion,
    open_submission,
    send_submission,
    start_submission,
)
from credentials.people import Role, accept_invitation, invite_staff, register_person

SQL, EXCEL = "sql-foundations", "spreadsheet-analysis"
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
    """A small catalogue, a learner and two advisors."""
    with institution.begin() as work:
        load_folder(work, small_catalogue(institution.settings.data_dir / "catalogue"))
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


def small_catalogue(folder):
    """Two of the starter's achievements, because reading all of it takes a second."""
    for kind in ("skills", "achievements"):
        (folder / kind).mkdir(parents=True)
    for code in (SQL, EXCEL):
        shutil.copy(STARTER / "achievements" / f"{code}.yaml", folder / "achievements")
    (folder / "skills" / "few.yaml").write_text(
        "- {key: sql, framework: ESCO, kind: software, label: {en: SQL},"
        " id: 'http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742'}\n"
        "- {key: databases, framework: O*NET, kind: software, label: {en: Databases},"
        " id: 'Microsoft SQL Server'}\n"
    )
    return folder
