"""What reminders that facts call for ask of the database in the same way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists

from credentials.catalogue.models import CatalogueEntryRow
from credentials.people.models import PersonRow
from credentials.reminders.kinds.base import BATCH, Arising, Kind, morning_after
from credentials.reminders.models import ReminderRow
from credentials.unit_of_work import Work

NEWS_FOR = timedelta(days=30)


def is_planned(
    kind: Kind, person_id: SQLColumnExpression[str], subject: ColumnElement[str] | str
) -> ColumnElement[bool]:
    """Whether somebody has a reminder of this kind about this, told or not."""
    return exists().where(
        ReminderRow.kind == kind,
        ReminderRow.person_id == person_id,
        ReminderRow.subject == subject,
    )


def may_be_written_to() -> ColumnElement[bool]:
    return and_(PersonRow.proactive, PersonRow.reachable)


def is_news(
    work: Work, kind: str, *, since: SQLColumnExpression[datetime] | None = None
) -> ColumnElement[bool]:
    """Whether a catalogue entry of this kind is current and came lately, after `since`."""
    came = and_(
        CatalogueEntryRow.kind == kind,
        CatalogueEntryRow.is_current,
        CatalogueEntryRow.added_at > work.now - NEWS_FOR,
    )
    return came if since is None else and_(came, CatalogueEntryRow.added_at > since)


def tomorrow_morning(work: Work, query: Select[str, str, str | None]) -> Iterator[Arising]:
    """An occasion for each row of (subject, person_id, zone), told the morning after."""
    for subject, person_id, zone_name in work.session.execute(query.limit(BATCH)):
        zone = ZoneInfo(zone_name or work.settings.zone)
        due = morning_after(work.now, zone, days=1)
        yield Arising(person_id=person_id, subject=subject, due=due, zone=zone)
