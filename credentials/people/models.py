"""Tables of people. Telegram's ids stop here; everything else knows the person_id."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base


class PersonRow(Base):
    __tablename__ = "people"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    telegram_user_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    first_name: Mapped[str | None]  # as Telegram tells it; never signed
    badge_name: Mapped[str | None]  # as the learner confirmed it for badges
    language: Mapped[str]
    zone: Mapped[str | None]
    proactive: Mapped[bool] = mapped_column(default=True)
    reachable: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    last_buttons: Mapped[str | None]  # the choices last shown, so that a typed word can press one


class RoleRow(Base):
    __tablename__ = "roles"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.person_id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime]


class InvitationRow(Base):
    __tablename__ = "staff_invitations"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    expires_at: Mapped[datetime]
    used_by: Mapped[str | None]


class PreferencesRow(Base):
    """What a person wants to be written to about, and when not. No row: the defaults."""

    __tablename__ = "preferences"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.person_id"), primary_key=True)
    switches: Mapped[dict[str, Any]]  # kind of message → whether it is wanted
    quiet_from: Mapped[time | None]  # local
    quiet_until: Mapped[time | None]
    off_from: Mapped[date | None]  # local; the first day on which nothing is written unasked
    off_until: Mapped[date | None]  # the day they are back
