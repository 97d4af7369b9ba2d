"""From screens to words, keyboards and attachments. One module per journey; all are loaded here."""

from bot.telegram.screens import (
    account,
    badges,
    evidence,
    general,
    handoff,
    incoming,
    intake,
    issued,
    nudges,
    options,
    pathways,
    reminders,
    review,
    verify,
    words,
)

__all__ = [
    "account",
    "badges",
    "evidence",
    "general",
    "handoff",
    "incoming",
    "intake",
    "issued",
    "nudges",
    "options",
    "pathways",
    "reminders",
    "review",
    "verify",
    "words",
]
