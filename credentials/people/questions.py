"""A question a learner puts to a person, and an advisor's answer; both see roles, not accounts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from credentials.audit import record
from credentials.database import new_short_id
from credentials.drafts import close_draft, find_draft, save_draft
from credentials.errors import CredentialsError, InvalidInputError, NotFoundError, StaleError
from credentials.outbox import MessageClass, enqueue
from credentials.people.models import QuestionRow
from credentials.people.roles import Role, require_role, staff_with_role
from credentials.unit_of_work import Work

QUESTION, ANSWER = "question", "answer"  # kinds of drafts
LIMIT = 1_000  # characters
MAX_OPEN = 5
ANSWER_WITHIN = timedelta(days=2)


class TooManyQuestionsError(CredentialsError):
    """Several questions of this person still wait for an answer."""

    code = "too_many_questions"


@dataclass(frozen=True, kw_only=True)
class Question:
    """`advisors` is how many people were told."""

    question_id: str
    text: str
    asked_at: datetime
    is_answered: bool
    advisors: int = 0


def ask_question(work: Work, *, person_id: str, text: str) -> Question:
    """Keep the question and hand it to every advisor but the person.

    Raises:
        InvalidInputError: there are no words in it.
        TooManyQuestionsError: several still wait.
    """
    words = _words(text)
    waiting = select(func.count()).where(
        QuestionRow.person_id == person_id, QuestionRow.answered_at.is_(None)
    )
    if (work.session.scalar(waiting) or 0) >= MAX_OPEN:
        raise TooManyQuestionsError
    row = QuestionRow(
        question_id=new_short_id(), person_id=person_id, text=words, asked_at=work.now
    )
    work.session.add(row)
    work.session.flush()
    advisors = [advisor for advisor in staff_with_role(work, Role.ADVISOR) if advisor != person_id]
    for advisor in advisors:
        _hand_over(work, row, advisor)
    record(
        work.session,
        now=work.now,
        actor=person_id,
        event="question_asked",
        subject=row.question_id,
    )
    return _question(row, advisors=len(advisors))


def open_question(work: Work, *, person_id: str) -> None:
    """Take the person's next words as their question."""
    _expect(work, person_id, QUESTION, subject=None)


def send_question(work: Work, *, person_id: str, text: str) -> Question:
    """Ask what was just written.

    Raises:
        InvalidInputError: there are no words in it.
        TooManyQuestionsError: several still wait.
    """
    question = ask_question(work, person_id=person_id, text=text)
    close_draft(work.session, person_id, QUESTION)
    return question


def open_answer(work: Work, *, advisor_id: str, question_id: str) -> Question:
    """Take the advisor's next words as the answer.

    Raises:
        NotAllowedError: they are no advisor.
        StaleError: it has an answer already, or is gone.
    """
    question = find_question(work, advisor_id=advisor_id, question_id=question_id)
    _expect(work, advisor_id, ANSWER, subject=question_id)
    return question


def send_answer(work: Work, *, advisor_id: str, text: str) -> Question:
    """Answer with what was just written.

    Raises:
        StaleError: nothing is being answered, or somebody was faster.
    """
    draft = find_draft(work.session, advisor_id, ANSWER)
    if draft is None or draft.subject is None:
        raise StaleError
    question = answer_question(work, advisor_id=advisor_id, question_id=draft.subject, text=text)
    close_draft(work.session, advisor_id, ANSWER)
    return question


def find_question(work: Work, *, advisor_id: str, question_id: str) -> Question:
    """The question, for an advisor who wants to answer it.

    Raises:
        NotAllowedError: they are no advisor.
        StaleError: it has an answer already, or is gone.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    row = work.session.get(QuestionRow, question_id)
    if row is None or row.answered_at is not None:
        raise StaleError
    return _question(row)


def answer_question(work: Work, *, advisor_id: str, question_id: str, text: str) -> Question:
    """Keep the answer and owe it to whoever asked. The first answer counts.

    Raises:
        NotAllowedError: they are no advisor.
        StaleError: it has an answer already.
        InvalidInputError: there are no words in it.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    row = work.session.scalar(
        select(QuestionRow).where(QuestionRow.question_id == question_id).with_for_update()
    )
    if row is None:
        raise NotFoundError("no such question")
    if row.answered_at is not None:
        raise StaleError
    row.answer, row.answered_by, row.answered_at = _words(text), advisor_id, work.now
    enqueue(
        work.session,
        person_id=row.person_id,
        screen="question_answered",
        args={"question": row.text, "answer": row.answer},
        message_class=MessageClass.RESULT,
        key=f"answer:{row.question_id}",
        now=work.now,
    )
    record(
        work.session, now=work.now, actor=advisor_id, event="question_answered", subject=question_id
    )
    return _question(row)


def hand_over_waiting(work: Work, *, advisor_id: str) -> int:
    """Give a new advisor the questions nobody has answered; returns how many."""
    query = select(QuestionRow).where(
        QuestionRow.answered_at.is_(None), QuestionRow.person_id != advisor_id
    )
    return sum(_hand_over(work, row, advisor_id) for row in work.session.scalars(query))


def _hand_over(work: Work, row: QuestionRow, advisor_id: str) -> bool:
    return enqueue(
        work.session,
        person_id=advisor_id,
        screen="question_for_advisor",
        args={
            "question_id": row.question_id,
            "question": row.text,
            "asked_at": row.asked_at.isoformat(),
        },
        message_class=MessageClass.RESULT,
        key=f"question:{row.question_id}:{advisor_id}",
        now=work.now,
    )


def _expect(work: Work, person_id: str, kind: str, *, subject: str | None) -> None:
    save_draft(
        work.session,
        person_id=person_id,
        kind=kind,
        now=work.now,
        subject=subject,
        fields={},
        asking="text",
        verbatim=True,
    )


def _words(text: str) -> str:
    words = text.strip()[:LIMIT]
    if not words:
        raise InvalidInputError("no words in it")
    return words


def _question(row: QuestionRow, advisors: int = 0) -> Question:
    return Question(
        question_id=row.question_id,
        text=row.text,
        asked_at=row.asked_at,
        is_answered=row.answered_at is not None,
        advisors=advisors,
    )
