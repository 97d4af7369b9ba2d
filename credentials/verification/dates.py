"""Dates of credentials, proofs and lists: with a zone, and two minutes of patience."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

SKEW = timedelta(seconds=120)
# XML Schema dateTime with a zone; `fromisoformat` alone also takes week dates and spaces.
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def parse_instant(value: Any) -> datetime | None:
    """An XML Schema dateTime with a zone; None for anything else."""
    if not isinstance(value, str) or not _DATE_TIME.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def begin_of(document: Mapping[str, Any]) -> datetime | None:
    """When a credential begins: validFrom, or issuanceDate in Verifiable Credentials 1.1."""
    return parse_instant(document.get("validFrom", document.get("issuanceDate")))


def code_of_dates(document: Mapping[str, Any], now: datetime) -> str:
    """`current`, `not_yet_valid`, `expired` or `dates_malformed`."""
    begins, ends = begin_of(document), document.get("validUntil", document.get("expirationDate"))
    expires = parse_instant(ends)
    if begins is None or (ends is not None and expires is None):
        return "dates_malformed"
    if expires is not None and expires < begins:
        return "dates_malformed"
    if begins > now + SKEW:
        return "not_yet_valid"
    if expires is not None and expires < now - SKEW:
        return "expired"
    return "current"
