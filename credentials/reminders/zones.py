"""Where a person lives; reminders keep the wall clock when that changes, or the zone's own rules."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from credentials.drafts import close_draft, save_draft
from credentials.people import Person, find_person, find_zone, set_zone
from credentials.reminders.kinds import KINDS
from credentials.reminders.models import ReminderRow
from credentials.reminders.reminders import move_to_zone
from credentials.reminders.rules import resolve
from credentials.unit_of_work import Work

DRAFT = "zone"
DAY = timedelta(days=1)


def open_zone(work: Work, *, person_id: str) -> None:
    """Take the person's next words as the place where they live."""
    save_draft(
        work.session,
        person_id=person_id,
        kind=DRAFT,
        now=work.now,
        fields={},
        asking="zone",
        verbatim=True,
    )


def answer_zone(work: Work, *, person_id: str, text: str) -> Person | None:
    """Keep the zone of the place; None when the place is not known."""
    zone = find_zone(text)
    return change_zone(work, person_id=person_id, zone=zone) if zone else None


def change_zone(work: Work, *, person_id: str, zone: str) -> Person:
    """Keep the zone and move the reminders along.

    Raises:
        InvalidInputError: there is no such zone.
    """
    set_zone(work, person_id, zone)
    move_to_zone(work, person_id=person_id, zone=zone)
    close_draft(work.session, person_id, DRAFT)
    return find_person(work, person_id)


def follow_clocks(work: Work) -> int:
    """Keep the local time of reminders that were reckoned by a zone's earlier rules.

    For the start of a process, which reads the zone data that is installed. What comes within a
    day may have been put off and stays. Returns how many were moved.
    """
    its_time = (
        ReminderRow.kind.in_([kind for kind, known in KINDS.items() if known.is_timed]),
        ReminderRow.snooze_of.is_(None),
        ReminderRow.next_due > work.now + DAY,
    )
    shared = (ReminderRow.zone, ReminderRow.local_time, ReminderRow.next_due)
    moved = 0
    for zone, at, due in work.session.execute(select(*shared).where(*its_time).distinct()).all():
        assert due is not None
        right = _nearest(due, at, ZoneInfo(zone))
        if right != due:
            this = (ReminderRow.zone == zone, ReminderRow.local_time == at)
            rows = update(ReminderRow).where(*its_time, *this, ReminderRow.next_due == due)
            found = work.session.scalars(
                rows.values(next_due=right).returning(ReminderRow.reminder_id)
            )
            moved += len(found.all())
    return moved


def _nearest(instant: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The instant nearest to this one at which the clocks of the zone show the time."""
    day = instant.astimezone(zone).date()
    near = (resolve(day + days * DAY, at, zone) for days in (-1, 0, 1))
    return min(near, key=lambda one: abs(one - instant))
