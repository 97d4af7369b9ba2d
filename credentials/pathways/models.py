"""Tables of wishes and of what people say they can do."""

from datetime import datetime
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
    budget: Mapped[float | None]  # in USD; None for no limit
    declined: Mapped[list[Any]]  # codes of achievements they do not want
    updated_at: Mapped[datetime]


class StatementRow(Base):
    """A skill a person says they have."""

    __tablename__ = "pathway_statements"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    skill: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str | None]
    source: Mapped[str]
    said_at: Mapped[datetime]
