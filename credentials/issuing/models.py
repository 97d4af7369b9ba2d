"""Tables of issuing: sealed keys, issued badges, status lists."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base


class IssuerKeyRow(Base):
    __tablename__ = "issuer_keys"

    key_id: Mapped[str] = mapped_column(primary_key=True)  # the public key as publicKeyMultibase
    did: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]  # ed25519 | p256
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the private key; None once retired
    state: Mapped[str]  # active | retired | compromised
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class StatusListRow(Base):
    __tablename__ = "status_lists"

    list_id: Mapped[str] = mapped_column(primary_key=True)
    did: Mapped[str]
    bits: Mapped[bytes] = mapped_column(LargeBinary)
    taken: Mapped[int] = mapped_column(default=0)  # indexes given out
    credential: Mapped[str] = mapped_column(Text)  # the signed list
    valid_until: Mapped[datetime]
    created_at: Mapped[datetime]


class IssuedBadgeRow(Base):
    __tablename__ = "issued_badges"
    __table_args__ = (UniqueConstraint("list_id", "status_index"),)

    badge_id: Mapped[str] = mapped_column(primary_key=True)  # ours, for buttons
    credential_id: Mapped[str] = mapped_column(unique=True)  # the uuid in the credential's URL
    code: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.person_id"), index=True)
    submission_id: Mapped[str | None] = mapped_column(
        ForeignKey("submissions.submission_id"), index=True
    )
    achievement_code: Mapped[str] = mapped_column(index=True)
    achievement_version: Mapped[str]
    credential: Mapped[str] = mapped_column(Text)  # exactly as signed
    form: Mapped[str]  # json
    list_id: Mapped[str] = mapped_column(ForeignKey("status_lists.list_id"))
    status_index: Mapped[int]
    state: Mapped[str]  # valid | revoked | suspended
    state_changed_at: Mapped[datetime | None]
    reason: Mapped[str | None]  # for the institution and the holder, never for verifiers
    issued_at: Mapped[datetime]
    valid_until: Mapped[datetime | None] = mapped_column(index=True)
