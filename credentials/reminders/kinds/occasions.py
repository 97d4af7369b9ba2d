"""What reminders that facts call for ask of the database in the same way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, func, select

from credentials.catalogue.models import CatalogueEntryRow
from credentials.issuing.models import IssuedBadgeRow
from credentials.pathways.models import ProfileRow
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


def is_news(work: Work, entry: str) -> ColumnElement[bool]:
    """Whether a catalogue entry of this kind is current and came lately."""
    return and_(
        CatalogueEntryRow.kind == entry,
        CatalogueEntryRow.is_current,
        CatalogueEntryRow.added_at > work.now - NEWS_FOR,
    )


def new_versions(
    work: Work,
    kind: Kind,
    entry: str,
    *,
    held: type[IssuedBadgeRow | ProfileRow],
    code: SQLColumnExpression[Any],
    about: SQLColumnExpression[Any],
    since: SQLColumnExpression[datetime],
) -> Select[str, str, str | None]:
    """Who holds a row about a catalogue entry that has had a new version since.

    Rows of (`about:version`, person_id, zone), without those of whom this is planned.
    """
    subject = func.concat(about, ":", CatalogueEntryRow.version)
    return select(subject, PersonRow.person_id, PersonRow.zone).where(
        PersonRow.person_id == held.person_id,
        CatalogueEntryRow.code == code,
        CatalogueEntryRow.added_at > since,
        is_news(work, entry),
        ~is_planned(kind, PersonRow.person_id, subject),
    )


def tomorrow_morning(work: Work, query: Select[str, str, str | None]) -> Iterator[Arising]:
    """An occasion for each row of (subject, person_id, zone), told the morning after."""
    for subject, person_id, zone_name in work.session.execute(query.limit(BATCH)):
        zone = ZoneInfo(zone_name or work.settings.zone)
        due = morning_after(work.now, zone, days=1)
        yield Arising(person_id=person_id, subject=subject, due=due, zone=zone)
