"""Submissions as others see them: what was asked, what was sent, how it was judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from credentials.catalogue import Achievement, Criterion, LanguageMap, get_achievement
from credentials.errors import NotFoundError
from credentials.evidence.models import EvidenceRow, JudgementRow, SubmissionRow
from credentials.unit_of_work import Work


class State(StrEnum):
    COLLECTING = "collecting"
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Judgement(StrEnum):
    MET = "met"
    NOT_YET = "not_yet"


@dataclass(frozen=True, kw_only=True)
class EvidenceItem:
    """One thing sent. `sha256` finds a file's bytes; `is_new` since the last review."""

    evidence_id: str
    kind: str
    text: str | None
    url: str | None
    link_state: str | None
    sha256: str | None
    size: int | None
    media_type: str | None
    file_name: str | None
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class CriterionState:
    """A criterion of a submission, with what was sent for it and how it was judged.

    `is_kept` says that an earlier review found it met; `earlier` is an earlier review's comment.
    `has_enough` says that there is something (new) to judge.
    """

    index: int
    criterion: Criterion
    items: tuple[EvidenceItem, ...]
    result: Judgement | None
    comment: str | None
    is_kept: bool
    earlier: str | None

    @property
    def has_enough(self) -> bool:
        return self.is_kept or any(item.is_new for item in self.items)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A learner's evidence for one achievement, in one thread that survives being returned."""

    submission_id: str
    person_id: str
    achievement: Achievement
    state: State
    round: int
    started_at: datetime
    sent_at: datetime | None
    promised_by: datetime | None
    origin: str | None
    made_with: str | None
    wants_name: bool
    change_note: str | None
    decided_at: datetime | None
    comment: str | None
    criteria: tuple[CriterionState, ...]

    @property
    def name(self) -> LanguageMap:
        return self.achievement.name

    @property
    def open_criteria(self) -> tuple[CriterionState, ...]:
        """Those no review has found met yet."""
        return tuple(item for item in self.criteria if not item.is_kept)

    @property
    def missing(self) -> tuple[CriterionState, ...]:
        """Those nothing (new) was sent for."""
        return tuple(item for item in self.criteria if not item.has_enough)


def find_submission(work: Work, *, submission_id: str, person_id: str | None = None) -> Submission:
    """A submission; with `person_id` only one of that person.

    Raises:
        NotFoundError: there is none.
    """
    row = work.session.get(SubmissionRow, submission_id)
    if row is None or person_id not in {None, row.person_id}:
        raise NotFoundError("no such submission")
    return view(work, row)


def list_submissions(work: Work, *, person_id: str) -> list[Submission]:
    """A person's submissions, the newest first."""
    return [view(work, row) for row in work.session.scalars(_of_person(), {"person": person_id})]


def view(work: Work, row: SubmissionRow) -> Submission:
    """The row with its achievement (of its version), evidence and judgements."""
    achievement = get_achievement(work, code=row.achievement_code, version=row.achievement_version)
    evidence = evidence_rows(work, row.submission_id)
    judgements = _judgements(work, row.submission_id)
    criteria = tuple(
        _criterion_state(row, index, criterion, evidence, judgements)
        for index, criterion in enumerate(achievement.criteria)
    )
    return Submission(
        submission_id=row.submission_id,
        person_id=row.person_id,
        achievement=achievement,
        state=State(row.state),
        round=row.round,
        started_at=row.started_at,
        sent_at=row.sent_at,
        promised_by=row.promised_by,
        origin=row.origin,
        made_with=row.made_with,
        wants_name=row.wants_name,
        change_note=row.change_note,
        decided_at=row.decided_at,
        comment=row.comment,
        criteria=criteria,
    )


def evidence_rows(work: Work, submission_id: str) -> list[EvidenceRow]:
    return list(work.session.scalars(_evidence(), {"submission": submission_id}))


def _judgements(work: Work, submission_id: str) -> Mapping[str, list[JudgementRow]]:
    """Criterion id → its judgements, the latest first."""
    found: dict[str, list[JudgementRow]] = {}
    for row in work.session.scalars(_judged(), {"submission": submission_id}):
        found.setdefault(row.criterion_id, []).append(row)
    return found


def _criterion_state(
    row: SubmissionRow,
    index: int,
    criterion: Criterion,
    evidence: Sequence[EvidenceRow],
    judgements: Mapping[str, list[JudgementRow]],
) -> CriterionState:
    judged = judgements.get(criterion.id, [])
    now = next((item for item in judged if item.round == row.round), None)
    before = [item for item in judged if item.round < row.round]
    return CriterionState(
        index=index,
        criterion=criterion,
        items=tuple(_item(e, row.round) for e in evidence if e.criterion_id == criterion.id),
        result=Judgement(now.result) if now and now.result else None,
        comment=now.comment if now else None,
        is_kept=any(item.result == Judgement.MET for item in before),
        earlier=before[0].comment if before else None,
    )


def _item(row: EvidenceRow, current_round: int) -> EvidenceItem:
    return EvidenceItem(
        evidence_id=row.evidence_id,
        kind=row.kind,
        text=row.text,
        url=row.url,
        link_state=row.link_state,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        file_name=row.file_name,
        is_new=row.round == current_round,
    )


# Built once: they run for most updates.
@cache
def _of_person() -> Any:
    return (
        select(SubmissionRow)
        .where(SubmissionRow.person_id == bindparam("person"))
        .order_by(SubmissionRow.started_at.desc(), SubmissionRow.submission_id)
    )


@cache
def _evidence() -> Any:
    return (
        select(EvidenceRow)
        .where(EvidenceRow.submission_id == bindparam("submission"))
        .order_by(EvidenceRow.position)
    )


@cache
def _judged() -> Any:
    return (
        select(JudgementRow)
        .where(JudgementRow.submission_id == bindparam("submission"))
        .order_by(JudgementRow.round.desc())
    )
