"""Tables of wishes and of what people say they can do."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base


class ProfileRow(Base):
    """What a person aims at and what they can give; every member may still be unknown."""

    __tablename__ = "pathway_profiles"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    occupation_code: Mapped[str | None]
    setting: Mapped[str | None]  # a field of work the job should be in
    has_told: Mapped[bool]  # they said what they can do, be it nothing
    hours_per_week: Mapped[float | None]
    budget: Mapped[float | None]  # None for no limit
    currency: Mapped[str | None]  # of the budget, ISO 4217; None for USD
    deadline: Mapped[date | None]  # the last day; None for no limit
    languages: Mapped[list[Any] | None]  # of instruction; None unsaid, empty for any
    level: Mapped[str | None]  # the highest wanted; None for any
    declined: Mapped[list[Any]]  # codes of achievements they do not want
    finished: Mapped[list[Any] | None]  # codes of those they finished where we award nothing
    held_job: Mapped[dict[str, Any] | None]  # work they did: code, years, asked_for a goal's code
    studying: Mapped[dict[str, Any] | None]  # code of an achievement → since when, an ISO date
    updated_at: Mapped[datetime]


class StatementRow(Base):
    """A skill a person says they have."""

    __tablename__ = "pathway_statements"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    skill: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str | None]
    source: Mapped[str]
    said_at: Mapped[datetime]
