"""What every kind of reminder says of itself: when it arises, what it tells, when it comes again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum, auto
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from credentials.outbox import MessageClass
from credentials.people import Preferences
from credentials.reminders.rules import Rule, next_instant, resolve, rule_from
from credentials.unit_of_work import Work

BATCH = 500
MORNING = time(10)
ONCE_RULE = "FREQ=DAILY;COUNT=1"


class Kind(StrEnum):
    STUDY = "study"  # the one rhythm of study a person keeps
    ONCE = "once"  # asked for once, or put off
    RENEWAL = "renewal"  # before a badge runs out
    RETURNED = "returned"  # work came back and waits for more
    NEXT_STEP = "next_step"  # after a silence
    DIGEST = "digest"  # the week in a few lines
    NEW_CREDENTIAL = "new_credential"  # something new that leads to the goal
    CRITERIA_CHANGED = "criteria_changed"  # a badge's list has changed: what to add
    GOAL_CHANGED = "goal_changed"  # the goal asks for something new
    QUEUE = "queue"  # an advisor's waiting work


class Silence(Enum):
    """Why nothing is told."""

    NOW = auto()  # this time; it may come again
    FOR_GOOD = auto()  # its reason is gone


@dataclass(frozen=True)
class Telling:
    """What is told: a screen's name and its arguments, without `reminder_id` and `told`."""

    screen: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Arising:
    """A reminder that a fact calls for: once for the same person, kind and subject."""

    person_id: str
    subject: str
    due: datetime
    zone: ZoneInfo
    deadline: datetime | None = None
    rule: str = ONCE_RULE


@dataclass(slots=True)
class Due:
    """A reminder that is due, and what its person wants."""

    reminder_id: str
    person_id: str
    subject: str | None
    snooze_of: str | None
    rule: str
    starts_on: date
    local_time: time
    next_due: datetime
    deadline: datetime | None
    told: int
    created_at: datetime
    seen_at: datetime
    kind: Kind
    zone: ZoneInfo
    may_write: bool
    is_talking: bool  # to an advisor; the bot keeps quiet then
    preferences: Preferences


class ReminderKind:
    """One kind of reminder.

    Attributes:
        by_default: whether people get it without having asked for it.
        is_asked: it was asked for at its instant, and comes even on a day that has its message.
        is_timed: it belongs to its hour: missed for long, or on a day that has its message, it is
            left out. What is not timed waits for the next good moment.
    """

    kind: Kind
    by_default = True
    is_asked = False
    is_timed = False
    message_class = MessageClass.NUDGE

    def arising(self, work: Work) -> Iterable[Arising]:
        """Reminders that facts call for and that are not planned yet, some hundreds at most."""
        return ()

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        """What to say now."""
        raise NotImplementedError

    def following(self, work: Work, due: Due) -> datetime | None:
        """When it comes again after this time; None for never."""
        return None


def next_of_rule(work: Work, due: Due) -> datetime | None:
    """The rule's next instant; people who share a rhythm and a zone share the reckoning."""
    has_anchor = due.rule != "FREQ=DAILY" and not due.rule.startswith("FREQ=WEEKLY;BYDAY=")
    starts_on = due.starts_on if has_anchor or due.starts_on > work.now.date() else date.min
    return _next_instant(due.rule, starts_on, due.local_time, due.zone, work.now)


@lru_cache(4_096)
def _next_instant(
    text: str, starts_on: date, at: time, zone: ZoneInfo, now: datetime
) -> datetime | None:
    return next_instant(rule_of(text, starts_on, at), zone, now)


def rule_of(text: str, starts_on: date, at: time) -> Rule:
    """The rule as a row keeps it."""
    return rule_from(text, starts_on=starts_on, at=at)


def morning_after(moment: datetime, zone: ZoneInfo, *, days: int) -> datetime:
    """Ten in the morning, so many days after an instant."""
    return resolve(moment.astimezone(zone).date() + timedelta(days=days), MORNING, zone)
