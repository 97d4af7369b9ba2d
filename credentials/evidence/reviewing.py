"""Reviewing: the queue, one advisor at a time on a submission, one criterion at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select

from credentials.audit import record
from credentials.catalogue import LanguageMap, get_achievement
from credentials.drafts import Draft, close_draft, find_draft, save_draft
from credentials.errors import CredentialsError, NotFoundError, StaleError
from credentials.evidence.claiming import claim, forget_marks, release
from credentials.evidence.fingerprints import Elsewhere, find_elsewhere
from credentials.evidence.models import (
    EvidenceRow,
    JudgementRow,
    PassedOnRow,
    QueueNoticeRow,
    SubmissionRow,
)
from credentials.evidence.submissions import (
    CriterionState,
    Judgement,
    State,
    Submission,
    evidence_rows,
    view,
)
from credentials.files import read_file
from credentials.people import Role, find_person, require_role
from credentials.unit_of_work import Work

DRAFT = "review"
TEXT_NAME = "words.txt"
MAX_COMMENT = 500  # characters
LISTED = 8


class CommentNeededError(CredentialsError):
    """What is not yet met needs a word of explanation."""

    code = "comment_needed"


class CommentTooLongError(CredentialsError):
    """Longer than a comment may be."""

    code = "comment_too_long"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A submission in the queue."""

    submission_id: str
    name: LanguageMap
    learner: str | None
    sent_at: datetime
    round: int


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What one advisor may judge, the oldest first; `first` are the first few of `count`."""

    count: int
    oldest: datetime | None
    first: tuple[Waiting, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewStep:
    """What an advisor sees now.

    `asking` is `criterion`, `comment` (both with `current`) or `summary`; `is_needed` says that a
    comment has to be given. `learner` is the name the learner goes by; `elsewhere` says by
    evidence id what was sent before.
    """

    submission: Submission
    asking: str
    learner: str | None
    current: CriterionState | None = None
    is_needed: bool = False
    elsewhere: Mapping[str, Elsewhere]


def review_queue(work: Work, *, advisor_id: str) -> Queue:
    """The queue as this advisor may work on it; opening it ends "review wanted" until the next.

    Raises:
        NotAllowedError: they are no advisor.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    work.session.execute(delete(QueueNoticeRow).where(QueueNoticeRow.advisor_id == advisor_id))
    rows = _queue(work, advisor_id)
    first = tuple(_waiting(work, row) for row in rows[:LISTED])
    return Queue(count=len(rows), oldest=first[0].sent_at if first else None, first=first)


def open_oldest(work: Work, *, advisor_id: str) -> ReviewStep | None:
    """Go on with the submission in hand, or take the oldest; None when nothing waits.

    Raises:
        NotAllowedError: they are no advisor.
    """
    require_role(work, advisor_id, Role.ADVISOR)
    work.session.execute(delete(QueueNoticeRow).where(QueueNoticeRow.advisor_id == advisor_id))
    rows = _queue(work, advisor_id)
    in_hand = [row for row in rows if row.claimed_by == advisor_id]
    for row in (*in_hand, *rows):
        return open_submission(work, advisor_id=advisor_id, submission_id=row.submission_id)
    return None


def open_submission(work: Work, *, advisor_id: str, submission_id: str) -> ReviewStep:
    """Take a submission for half an hour and show the first criterion that is not judged.

    Raises:
        NotAllowedError: they are no advisor, or it is their own.
        AlreadyDecidedError, TakenError, TakenBackError: it is not open to them.
    """
    row = claim(work, advisor_id, submission_id)
    return _next_step(work, row)


def show_criterion(work: Work, *, advisor_id: str, submission_id: str, index: int) -> ReviewStep:
    """Show this criterion, judged or not."""
    row = claim(work, advisor_id, submission_id)
    _expect(work, row, "criterion", {"index": index})
    return _step(work, row, "criterion", index)


def judge_criterion(
    work: Work,
    *,
    advisor_id: str,
    submission_id: str,
    index: int,
    result: Judgement,
    comment: str | None = None,
    round_: int | None = None,
) -> ReviewStep:
    """Say whether a criterion is met and show the next; "not yet" asks for a comment first.

    `round_` is the round the card was drawn in.

    Raises:
        NotAllowedError: they are no advisor, or it is their own.
        AlreadyDecidedError, TakenError, TakenBackError: it is not open to them.
        CommentTooLongError: more than 500 characters.
    """
    row = claim(work, advisor_id, submission_id, round_)
    criterion = _open_criterion(work, row, index)
    said = clean_comment(comment) if comment is not None else criterion.comment
    if result is Judgement.NOT_YET and said is None:
        return _ask_comment(work, row, index, result)
    _judge(work, row, criterion, result, said)
    return _next_step(work, row)


def open_comment(work: Work, *, advisor_id: str, submission_id: str, index: int) -> ReviewStep:
    """Take the advisor's next words as the comment on this criterion."""
    row = claim(work, advisor_id, submission_id)
    _open_criterion(work, row, index)
    return _ask_comment(work, row, index, None)


def write_comment(work: Work, *, advisor_id: str, text: str) -> ReviewStep:
    """Keep the comment that was asked for.

    Raises:
        StaleError: none was asked for.
        CommentNeededError, CommentTooLongError: it cannot be kept.
    """
    draft = _comment_draft(work, advisor_id)
    row = claim(work, advisor_id, str(draft.subject))
    criterion = _open_criterion(work, row, int(draft.fields["index"]))
    wanted = draft.fields.get("result")
    _judge(work, row, criterion, wanted or criterion.result, clean_comment(text))
    if wanted is None and criterion.result is None:
        _expect(work, row, "criterion", {"index": criterion.index})
        return _step(work, row, "criterion", criterion.index)
    return _next_step(work, row)


def choose_comment(work: Work, *, advisor_id: str, submission_id: str, number: int) -> ReviewStep:
    """Use the achievement's saved comment of this number, in the learner's language."""
    draft = _comment_draft(work, advisor_id)
    row = claim(work, advisor_id, submission_id)
    saved = view(work, row).achievement.saved_comments
    if draft.subject != submission_id or number >= len(saved):
        raise StaleError
    language = find_person(work, row.person_id).language
    words = saved[number].get(language) or next(iter(saved[number].values()))
    return write_comment(work, advisor_id=advisor_id, text=words)


def pass_on(work: Work, *, advisor_id: str, submission_id: str) -> Queue:
    """Leave it to another advisor for good ("not mine to judge")."""
    row = claim(work, advisor_id, submission_id)
    if work.session.get(PassedOnRow, (submission_id, advisor_id)) is None:
        work.session.add(PassedOnRow(submission_id=submission_id, advisor_id=advisor_id))
    forget_marks(work, row)
    close_draft(work.session, advisor_id, DRAFT)
    release(work, row)
    record(
        work.session,
        now=work.now,
        actor=advisor_id,
        event="submission_passed_on",
        subject=submission_id,
    )
    return review_queue(work, advisor_id=advisor_id)


def stop_reviewing(work: Work, *, advisor_id: str) -> Queue:
    """Lay down what is in hand; marks made so far are kept for whoever goes on."""
    require_role(work, advisor_id, Role.ADVISOR)
    held = select(SubmissionRow).where(
        SubmissionRow.claimed_by == advisor_id, SubmissionRow.state == State.WAITING
    )
    for row in work.session.scalars(held):
        release(work, row)
    close_draft(work.session, advisor_id, DRAFT)
    return review_queue(work, advisor_id=advisor_id)


def resume_review(work: Work, *, advisor_id: str) -> ReviewStep | None:
    """What the advisor was being asked; None when nothing is in hand."""
    draft = find_draft(work.session, advisor_id, DRAFT)
    if draft is None or draft.subject is None:
        return None
    row = claim(work, advisor_id, draft.subject)
    index = draft.fields.get("index")
    if draft.asking == "comment" and index is not None:
        result = draft.fields.get("result")
        return _ask_comment(work, row, int(index), Judgement(result) if result else None)
    return _next_step(work, row)


def read_evidence(work: Work, *, evidence_id: str) -> tuple[bytes, str]:
    """What was sent, as the bytes of a file and its name; a text is a file of its own.

    Raises:
        NotFoundError: there is none.
    """
    found = work.session.get(EvidenceRow, evidence_id)
    if found is None or (found.sha256 is None and found.text is None):
        raise NotFoundError("no such file")
    if found.sha256 is None:
        return (found.text or "").encode(), TEXT_NAME
    return read_file(work.session, found.sha256), found.file_name or TEXT_NAME


def _queue(work: Work, advisor_id: str) -> list[SubmissionRow]:
    passed = select(PassedOnRow.submission_id).where(PassedOnRow.advisor_id == advisor_id)
    is_free: ColumnElement[bool] = or_(
        SubmissionRow.claimed_until.is_(None),
        SubmissionRow.claimed_until <= work.now,
        SubmissionRow.claimed_by == advisor_id,
    )
    query = (
        select(SubmissionRow)
        .where(
            SubmissionRow.state == State.WAITING,
            SubmissionRow.person_id != advisor_id,
            SubmissionRow.submission_id.not_in(passed),
            is_free,
        )
        .order_by(SubmissionRow.sent_at, SubmissionRow.submission_id)
    )
    return list(work.session.scalars(query))


def _waiting(work: Work, row: SubmissionRow) -> Waiting:
    achievement = get_achievement(work, code=row.achievement_code, version=row.achievement_version)
    assert row.sent_at is not None
    return Waiting(
        submission_id=row.submission_id,
        name=achievement.name,
        learner=_learner(work, row),
        sent_at=row.sent_at,
        round=row.round,
    )


def _next_step(work: Work, row: SubmissionRow) -> ReviewStep:
    open_criteria = view(work, row).open_criteria
    first = next((item.index for item in open_criteria if item.result is None), None)
    _expect(work, row, "criterion" if first is not None else "summary", {"index": first})
    return _step(work, row, "summary" if first is None else "criterion", first)


def _step(work: Work, row: SubmissionRow, asking: str, index: int | None) -> ReviewStep:
    submission = view(work, row)
    if index is not None and index >= len(submission.criteria):
        raise StaleError
    return ReviewStep(
        submission=submission,
        asking=asking,
        learner=_learner(work, row),
        current=None if index is None else submission.criteria[index],
        elsewhere=find_elsewhere(work, evidence_rows(work, row.submission_id)),
    )


def _learner(work: Work, row: SubmissionRow) -> str | None:
    person = find_person(work, row.person_id)
    return person.badge_name or person.first_name


def _expect(
    work: Work, row: SubmissionRow, asking: str, fields: Mapping[str, int | str | None]
) -> None:
    assert row.claimed_by is not None
    save_draft(
        work.session,
        person_id=row.claimed_by,
        kind=DRAFT,
        subject=row.submission_id,
        fields=fields,
        asking=asking,
        verbatim=asking == "comment",
        now=work.now,
    )


def _ask_comment(
    work: Work, row: SubmissionRow, index: int, result: Judgement | None
) -> ReviewStep:
    _expect(work, row, "comment", {"index": index, "result": result})
    return replace(_step(work, row, "comment", index), is_needed=result is not None)


def _comment_draft(work: Work, advisor_id: str) -> Draft:
    draft = find_draft(work.session, advisor_id, DRAFT)
    if draft is None or draft.asking != "comment" or draft.subject is None:
        raise StaleError
    return draft


def _open_criterion(work: Work, row: SubmissionRow, index: int) -> CriterionState:
    for item in view(work, row).open_criteria:
        if item.index == index:
            return item
    raise StaleError


def _judge(
    work: Work,
    row: SubmissionRow,
    criterion: CriterionState,
    result: Judgement | None,
    comment: str | None,
) -> None:
    assert row.claimed_by is not None
    key = (row.submission_id, row.round, criterion.criterion.id)
    found = work.session.get(JudgementRow, key)
    if found is None:
        found = JudgementRow(submission_id=key[0], round=key[1], criterion_id=key[2])
        work.session.add(found)
    found.result, found.comment = result, comment
    found.judged_by, found.judged_at = row.claimed_by, work.now
    work.session.flush()


def clean_comment(text: str) -> str:
    """A comment to keep.

    Raises:
        CommentNeededError: there are no words in it.
        CommentTooLongError: more than 500 characters.
    """
    words = " ".join(text.split())
    if not any(mark.isalnum() for mark in words):
        raise CommentNeededError
    if len(words) > MAX_COMMENT:
        raise CommentTooLongError(limit=MAX_COMMENT)
    return words
