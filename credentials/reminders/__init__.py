"""Reminders: rules in local time, due rows, snoozing, the nudge before a badge runs out."""

from credentials.reminders.claiming import Claimed, claim_due_reminders, forget_spent_reminders
from credentials.reminders.phrases import DEFAULT_TIME, Phrase, parse_rule, read_phrase
from credentials.reminders.reminders import (
    Kind,
    PastError,
    Reminder,
    Snooze,
    find_reminder,
    latest_reminder,
    list_reminders,
    local_now,
    move_to_zone,
    set_reminder,
    snooze_latest,
    snooze_reminder,
    stop_reminder,
    stop_writing,
)
from credentials.reminders.renewals import schedule_renewal
from credentials.reminders.rules import Frequency, Rule, instants, next_instant, resolve, rule_from

__all__ = [
    "DEFAULT_TIME",
    "Claimed",
    "Frequency",
    "Kind",
    "PastError",
    "Phrase",
    "Reminder",
    "Rule",
    "Snooze",
    "claim_due_reminders",
    "find_reminder",
    "forget_spent_reminders",
    "instants",
    "latest_reminder",
    "list_reminders",
    "local_now",
    "move_to_zone",
    "next_instant",
    "parse_rule",
    "read_phrase",
    "resolve",
    "rule_from",
    "schedule_renewal",
    "set_reminder",
    "snooze_latest",
    "snooze_reminder",
    "stop_reminder",
    "stop_writing",
]
