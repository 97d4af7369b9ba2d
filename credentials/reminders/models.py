"""Tables of reminders: the rules with their next instant, and who was written to on which day."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base


class ReminderRow(Base):
    """`next_due` is null once nothing more will come."""

    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_due", "next_due"),)

    reminder_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.person_id"), index=True)
    kind: Mapped[str]  # one of `kinds.Kind`
    subject: Mapped[str | None] = mapped_column(index=True)  # what an occasion is about
    snooze_of: Mapped[str | None]
    rule: Mapped[str]  # RFC 5545 recurrence rule
    starts_on: Mapped[date]
    local_time: Mapped[time]
    zone: Mapped[str]  # IANA name
    next_due: Mapped[datetime | None]
    deadline: Mapped[datetime | None]  # later than this, the message would be of no use
    told: Mapped[int] = mapped_column(default=0)  # messages so far: rotates the wording
    created_at: Mapped[datetime]


class NudgeDayRow(Base):
    """A person's local day on which something was sent unasked: one at most."""

    __tablename__ = "nudge_days"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.person_id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
