"""The answer to an enquiry: a verdict and, for badges of ours, what helps an employer further."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from credentials.verification.verdict import Check, Outcome, Verdict, decide

# What says nothing against a badge; every other reason not to read a file does.
HARMLESS = frozenset(
    {
        "empty",
        "no_badge_in_picture",
        "no_code_in_picture",
        "nothing_found",
        "open_badges_2",
        "too_large",
        "too_slow",
        "unknown_file",
        "unreadable_picture",
    }
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A verdict and what is known beside it.

    `source` is a text that asks the same again; `page` is the badge's page; `withdrawn_on` the
    instant it was withdrawn; `questions` are language maps.
    """

    verdict: Verdict
    checked_at: datetime
    source: str | None = None
    page: str | None = None
    withdrawn_on: datetime | None = None
    questions: tuple[Mapping[str, str], ...] = ()


def refuse(code: str, now: datetime) -> Answer:
    """The answer when there is nothing to judge."""
    harmless = code in HARMLESS
    check = (
        Check("retrieved", Outcome.UNKNOWN, code)
        if harmless
        else Check("well_formed", Outcome.FAILED, code)
    )
    checks = (check,)
    return Answer(verdict=Verdict(verdict=decide(checks), checks=checks), checked_at=now)
