"""Where a person lives; their reminders keep the wall clock when that changes."""

from credentials.drafts import close_draft, save_draft
from credentials.people import Person, find_person, find_zone, set_zone
from credentials.reminders.reminders import move_to_zone
from credentials.unit_of_work import Work

DRAFT = "zone"


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
