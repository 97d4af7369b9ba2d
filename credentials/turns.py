"""Answers the actions gave, so that a repeated call changes nothing and says the same."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from credentials.database import Base

KEEP = timedelta(days=7)


class TurnAnswer(Base):
    __tablename__ = "turn_answers"

    update_id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    screens: Mapped[list[Any]]
    answered_at: Mapped[datetime]


def find_answer(
    session: Session, update_id: str, action: str, ordinal: int = 0
) -> list[Any] | None:
    """What this action answered to this update; None when it has not run."""
    row = session.get(TurnAnswer, (update_id, action, ordinal))
    return row.screens if row else None


def find_answers(session: Session, update_id: str) -> list[Any]:
    """The screens of every action that has run for this update, in the order they ran."""
    rows = session.scalars(
        select(TurnAnswer)
        .where(TurnAnswer.update_id == update_id)
        .order_by(TurnAnswer.answered_at, TurnAnswer.action, TurnAnswer.ordinal)
    )
    return [screen for row in rows for screen in row.screens]


def keep_answer(
    session: Session,
    update_id: str,
    action: str,
    screens: list[Any],
    *,
    now: datetime,
    ordinal: int = 0,
) -> None:
    """Keep the answer; the unique key refuses a second one."""
    session.add(
        TurnAnswer(
            update_id=update_id, action=action, ordinal=ordinal, screens=screens, answered_at=now
        )
    )
    session.flush()


def forget_old_answers(session: Session, *, now: datetime) -> None:
    session.execute(delete(TurnAnswer).where(TurnAnswer.answered_at < now - KEEP))
