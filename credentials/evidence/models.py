"""Tables of submissions, their evidence and their reviews."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base


class SubmissionRow(Base):
    __tablename__ = "submissions"
    __table_args__ = (Index("ix_submissions_queue", "state", "sent_at"),)

    submission_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.person_id"), index=True)
    achievement_code: Mapped[str]
    achievement_version: Mapped[str]
    state: Mapped[str]  # collecting | waiting | returned | accepted | rejected | withdrawn
    round: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    promised_by: Mapped[datetime | None]
    told_of_delay: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str | None]  # project | course | work, as the learner says
    made_with: Mapped[str | None]  # who else, and which part is whose, in the learner's words
    wants_name: Mapped[bool] = mapped_column(default=True)
    change_note: Mapped[str | None]
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    comment: Mapped[str | None]


class EvidenceRow(Base):
    __tablename__ = "evidence"

    evidence_id: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.submission_id"), index=True)
    criterion_id: Mapped[str]
    kind: Mapped[str]  # link | file | photo | voice | text
    text: Mapped[str | None]  # a text, the words beside a link, the summary of a voice note
    url: Mapped[str | None]
    link_state: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    size: Mapped[int | None]
    media_type: Mapped[str | None]
    file_name: Mapped[str | None]  # made safe; only ever text
    fingerprint: Mapped[str] = mapped_column(index=True)
    album: Mapped[str | None]
    round: Mapped[int]
    position: Mapped[int]
    added_at: Mapped[datetime]


class JudgementRow(Base):
    __tablename__ = "judgements"

    submission_id: Mapped[str] = mapped_column(
        ForeignKey("submissions.submission_id"), primary_key=True
    )
    round: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[str] = mapped_column(primary_key=True)
    result: Mapped[str | None]  # met | not_yet; None while only a comment stands
    comment: Mapped[str | None]
    judged_by: Mapped[str]
    judged_at: Mapped[datetime]


class PassedOnRow(Base):
    """A submission an advisor said is not theirs to judge."""

    __tablename__ = "submissions_passed_on"

    submission_id: Mapped[str] = mapped_column(
        ForeignKey("submissions.submission_id"), primary_key=True
    )
    advisor_id: Mapped[str] = mapped_column(primary_key=True)


class QueueNoticeRow(Base):
    """An advisor was told that work waits and has not opened the queue since."""

    __tablename__ = "queue_notices"

    advisor_id: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
