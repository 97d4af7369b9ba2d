"""When advisors are there: opening hours as OpenStreetMap writes them, in an IANA zone.

https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

from credentials.unit_of_work import Work


def opens_at(work: Work) -> datetime | None:
    """When advisors are there next: `work.now` when they are now, None when they never are."""
    settings = work.settings
    zone = ZoneInfo(settings.advisor_zone or settings.zone)
    hours, local = _hours(settings.advisor_hours, zone), work.now.astimezone(zone)
    if hours.is_open(local):
        return work.now
    opening = hours.next_change(local)
    return opening.astimezone(UTC) if isinstance(opening, datetime) else None


@lru_cache(maxsize=8)
def _hours(rule: str, zone: ZoneInfo) -> OpeningHours:
    return OpeningHours(rule, timezone=zone)
