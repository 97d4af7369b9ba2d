"""Tables of hand-offs: who asked for a person, who took it, what they wrote to each other."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base

IS_ACTIVE = text("state IN ('waiting', 'open')")


class HandoffRow(Base):
    """One conversation of a learner with an advisor, from the wish for it to its end."""

    __tablename__ = "handoffs"
    __table_args__ = (
        # A learner talks with one advisor at a time.
        Index(
            "ix_handoffs_active",
            "person_id",
            unique=True,
            sqlite_where=IS_ACTIVE,
            postgresql_where=IS_ACTIVE,
        ),
        Index("ix_handoffs_queue", "state", "queued_at"),
        Index("ix_handoffs_person_id", "person_id"),
        Index("ix_handoffs_advisor_id", "advisor_id"),
    )

    handoff_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.person_id"))
    reason: Mapped[str]  # asked | misses | appeal | urgent
    subject: Mapped[str | None]  # the submission an appeal is about
    state: Mapped[str]  # waiting | open | closed
    advisor_id: Mapped[str | None]
    last_words: Mapped[str | None]  # what was written before; passed on only if the person agrees
    asked_at: Mapped[datetime]
    queued_at: Mapped[datetime]  # asked, or given back by an advisor who had to leave
    taken_at: Mapped[datetime | None]
    touched_at: Mapped[datetime]  # when something was written last
    closed_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class HandoffMessageRow(Base):
    """A message of a hand-off.

    Without `handoff_id`, its advisor has yet to say to whom it goes. `source_id` and
    `delivered_as` number it in the two chats; `passed_on_at` is when it was owed to the other one.
    """

    __tablename__ = "handoff_messages"
    __table_args__ = (
        Index("ix_handoff_messages_handoff_id", "handoff_id"),
        Index("ix_handoff_messages_author_id", "author_id", "source_id"),
        Index("ix_handoff_messages_delivered_as", "delivered_as"),
    )

    message_id: Mapped[str] = mapped_column(primary_key=True)
    handoff_id: Mapped[str | None] = mapped_column(ForeignKey("handoffs.handoff_id"))
    author_id: Mapped[str | None]
    is_from_learner: Mapped[bool]
    kind: Mapped[str]  # text | photo | voice | file
    text: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    media_type: Mapped[str | None]
    file_name: Mapped[str | None]
    source_id: Mapped[int | None] = mapped_column(BigInteger)
    delivered_as: Mapped[int | None] = mapped_column(BigInteger)
    written_at: Mapped[datetime]
    position: Mapped[int]  # order within the conversation
    passed_on_at: Mapped[datetime | None]
