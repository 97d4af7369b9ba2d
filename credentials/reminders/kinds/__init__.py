"""Every kind of reminder, in the order of what matters most when several are due at once."""

from collections.abc import Mapping

from credentials.reminders.kinds.asked import Digest, Once, Study
from credentials.reminders.kinds.base import (
    ONCE_RULE,
    Arising,
    Due,
    Kind,
    ReminderKind,
    Silence,
    Telling,
)
from credentials.reminders.kinds.goal import GoalChanged
from credentials.reminders.kinds.news import CriteriaChanged, NewCredential
from credentials.reminders.kinds.queue import Queue
from credentials.reminders.kinds.renewal import Renewal
from credentials.reminders.kinds.unfinished import NextStep, Returned

KINDS: Mapping[Kind, ReminderKind] = {
    found.kind: found
    for found in (
        Once(),
        Renewal(),
        Returned(),
        Queue(),
        CriteriaChanged(),
        GoalChanged(),
        Study(),
        NewCredential(),
        NextStep(),
        Digest(),
    )
}
IMPORTANCE = {kind: place for place, kind in enumerate(KINDS)}

__all__ = [
    "IMPORTANCE",
    "KINDS",
    "ONCE_RULE",
    "Arising",
    "Due",
    "Kind",
    "ReminderKind",
    "Silence",
    "Telling",
]
