"""How fast messages may leave: one budget per bot for all its processes, one pace per person.

Telegram allows about 30 messages a second for a bot, one a second in a chat with short bursts, and
20 a minute in a group (Bots FAQ, "My bot is hitting limits"). Both limits are leaky buckets kept as
the instant at which the bucket is empty again (GCRA, ITU-T I.371). A 429 stops its chat for exactly
as long as it says, and the whole bot when it comes from two chats at once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import BigInteger, Table, and_, bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from credentials.database import Base, UtcDateTime

PER_SECOND = 30  # messages of one bot
BURST_SHARE = 6  # a sixth of the budget may go at once: no second sees more than PER_SECOND
KEPT_FOR_REPLIES = 0.4  # of the burst, which what was not asked for leaves alone
PERSON_INTERVAL = timedelta(seconds=1)
GROUP_INTERVAL = timedelta(seconds=3)
REPLY_BURST = timedelta(seconds=20)  # how far answers may run ahead of a chat's pace
FAR = timedelta(seconds=60)  # a bucket is never this full: the clock was set back


class SendingBudget(Base):
    __tablename__ = "sending_budgets"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    empty_at: Mapped[datetime]
    paused_from: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    stopped_because: Mapped[str | None]


class SendingPace(Base):
    __tablename__ = "sending_paces"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    empty_at: Mapped[datetime]
    paused_from: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]


@dataclass
class Tokens:
    """What may be sent now: `for_replies` in all, of which `for_unasked` unasked."""

    session: Session
    bot_id: int
    empty_at: datetime
    now: datetime
    interval: timedelta
    for_replies: int
    for_unasked: int

    def spend(
        self, person_ids: Collection[str], full: Mapping[str, datetime] | None = None
    ) -> None:
        """One message to each of these people is about to leave.

        `full` says when their buckets are empty again, where the caller knows.
        """
        if not person_ids:
            return
        began = max(self.empty_at, self.now)
        filled = {"bot": self.bot_id, "filled": began + self.interval * len(person_ids)}
        self.session.connection().execute(_spending(), filled)
        known = _paces(self.session, person_ids) if full is None else full
        paces = [
            {"person_id": person_id, "empty_at": _later(known.get(person_id, self.now), self.now)}
            for person_id in person_ids
        ]
        self.session.connection().execute(_writing_paces(_insert(self.session)), paces)


def take_tokens(
    session: Session, *, bot_id: int, now: datetime, limit: int, per_second: int
) -> Tokens:
    """Look into the bot's budget, which stays locked until the transaction ends."""
    budget = session.connection().execute(_looking(), {"bot": bot_id}).first()
    if budget is None:
        made = _budget(session, bot_id, now)
        budget = session.connection().execute(_looking(), {"bot": made.bot_id}).one()
    burst = max(1, per_second // BURST_SHARE)
    interval = timedelta(seconds=1 / max(1, per_second - burst))
    empty_at = now if budget.empty_at > now + FAR else budget.empty_at
    filled = max(timedelta(0), empty_at - now)
    free = int(burst - filled / interval) if not _is_closed(budget, now) else 0
    unasked = free - int(burst * KEPT_FOR_REPLIES)
    for_unasked = max(0, min(unasked, limit))
    return Tokens(session, bot_id, empty_at, now, interval, min(free, limit), for_unasked)


def may_leave() -> Any:
    """SQL: whether the pace of a message's person (outer-joined) allows one more.

    Its parameters are those of `at_pace`.
    """
    at, ahead, far = (bindparam(name, type_=UtcDateTime) for name in ("at", "ahead", "far"))
    is_paused = and_(SendingPace.paused_from <= at, SendingPace.paused_until > at)
    return or_(
        SendingPace.person_id.is_(None),
        and_(
            or_(SendingPace.empty_at <= ahead, SendingPace.empty_at > far),
            or_(SendingPace.paused_until.is_(None), ~is_paused),
        ),
    )


def at_pace(now: datetime, *, unasked: bool) -> dict[str, datetime]:
    """The parameters of `may_leave`."""
    ahead = timedelta(0) if unasked else REPLY_BURST - PERSON_INTERVAL
    return {"at": now, "ahead": now + ahead, "far": now + FAR}


def pause_person(
    session: Session, person_id: str, *, bot_id: int, now: datetime, until: datetime
) -> None:
    """Telegram said to wait before the next message in this chat; of two chats, in any."""
    others = session.scalar(
        select(SendingPace.person_id)
        .where(
            SendingPace.person_id != person_id,
            SendingPace.paused_from <= now,
            SendingPace.paused_until > now,
        )
        .limit(1)
    )
    pace = session.get_one(SendingPace, person_id)  # made when the message was claimed
    pace.paused_from, pace.paused_until = now, until
    if others is not None:
        budget = _budget(session, bot_id, now)
        budget.paused_from = now
        budget.paused_until = max(until, budget.paused_until or until)


def slow_group(session: Session, person_id: str, *, now: datetime) -> None:
    """A message has gone to a group, which takes 20 a minute: the next one waits."""
    pace = session.get_one(SendingPace, person_id)
    pace.empty_at = now + REPLY_BURST - PERSON_INTERVAL + GROUP_INTERVAL


def stop_sending(session: Session, *, bot_id: int, because: str, now: datetime) -> None:
    """Nothing leaves until `resume_sending`; for a token that Telegram refuses."""
    _budget(session, bot_id, now).stopped_because = because


def resume_sending(session: Session, *, bot_id: int, now: datetime) -> None:
    """The token works: what was stopped goes on."""
    _budget(session, bot_id, now).stopped_because = None


def _is_closed(budget: Any, now: datetime) -> bool:
    if budget.stopped_because is not None:
        return True
    if budget.paused_from is None or budget.paused_until is None:
        return False
    return bool(budget.paused_from <= now < budget.paused_until)


def _budget(session: Session, bot_id: int, now: datetime) -> SendingBudget:
    found = session.get(SendingBudget, bot_id, with_for_update=True)
    if found is not None:
        return found
    new = _insert(session)(SendingBudget).values(bot_id=bot_id, empty_at=now)
    session.execute(new.on_conflict_do_nothing())
    return session.get_one(SendingBudget, bot_id, with_for_update=True)


def pace_of(person_id: Any) -> Any:
    """SQL: when the bucket of a person is empty again; null for a new one."""
    return select(SendingPace.empty_at).where(SendingPace.person_id == person_id).scalar_subquery()


def _paces(session: Session, person_ids: Collection[str]) -> dict[str, datetime]:
    found = session.connection().execute(_reading_paces(), {"people": list(person_ids)})
    return {row.person_id: row.empty_at for row in found}


def _later(empty_at: datetime, now: datetime) -> datetime:
    is_running = now < empty_at <= now + FAR
    return (empty_at if is_running else now) + PERSON_INTERVAL


# Built once: these run for every message.
@cache
def _looking() -> Any:
    budgets = cast("Table", SendingBudget.__table__)
    this = budgets.c.bot_id == bindparam("bot")
    return select(budgets).where(this).with_for_update()


@cache
def _spending() -> Any:
    budgets = cast("Table", SendingBudget.__table__)
    this = budgets.c.bot_id == bindparam("bot")
    return update(budgets).where(this).values(empty_at=bindparam("filled"))


@cache
def _reading_paces() -> Any:
    known = SendingPace.person_id.in_(bindparam("people", expanding=True))
    return select(SendingPace.person_id, SendingPace.empty_at).where(known)


@cache
def _writing_paces(insert: Any) -> Any:
    new = insert(SendingPace.__table__)
    return new.on_conflict_do_update(
        index_elements=["person_id"], set_={"empty_at": new.excluded.empty_at}
    )


def _insert(session: Session) -> Any:
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert if is_postgresql else sqlite.insert
