"""The table of what is owed, and what a message is to those who write and send it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import BigInteger, Index, Integer, Table, text
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base

OPEN = ("waiting", "claimed", "sending")
IN_FLIGHT = ("claimed", "sending")
STUCK = ("dead", "parked", "uncertain")
# Words, not parameters: they have to match the conditions of the partial indexes.
IS_OPEN = text("outbox_messages.state IN ('waiting', 'claimed', 'sending')")
IS_WAITING = text("outbox_messages.state = 'waiting'")


class MessageClass(StrEnum):
    """How much a message matters: what a lost answer means, what `/stop` ends, who goes first."""

    REPLY = "reply"  # answers what a person just did
    RESULT = "result"  # a decision or a badge: at least once, `/stop` does not end it
    DEADLINE = "deadline"  # unasked, at least once, never after `/stop`
    NUDGE = "nudge"  # unasked, at most once, never after `/stop`


UNASKED = (MessageClass.DEADLINE, MessageClass.NUDGE)


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class OutboxMessage(Base):
    __tablename__ = "outbox_messages"
    __table_args__ = (
        _partial(
            "ix_outbox_messages_open",
            "person_id",
            "message_id",
            where="state IN ('waiting', 'claimed', 'sending')",
        ),
        _partial("ix_outbox_messages_waiting", "unasked", "message_id", where="state = 'waiting'"),
        _partial(
            "ix_outbox_messages_stuck",
            "message_id",
            where="state IN ('dead', 'parked', 'uncertain')",
        ),
        Index("ix_outbox_messages_created_at", "created_at"),
    )

    message_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    person_id: Mapped[str]
    screen: Mapped[str]
    args: Mapped[dict[str, Any]]
    message_class: Mapped[str]
    unasked: Mapped[bool]  # by its class; a column for the index
    key: Mapped[str | None] = mapped_column(unique=True)
    edit_target: Mapped[int | None] = mapped_column(BigInteger)
    caused_by: Mapped[str | None]  # see credentials.correlation
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    not_before: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]


MESSAGES = cast("Table", OutboxMessage.__table__)


@dataclass(frozen=True, kw_only=True)
class OwedMessage:
    """A claimed message, ready to draw. `edit_target` is a Telegram message to edit in place."""

    message_id: int
    person_id: str
    screen: str
    args: Mapping[str, Any]
    message_class: MessageClass
    edit_target: int | None
    caused_by: str | None
    attempts: int
    created_at: datetime
