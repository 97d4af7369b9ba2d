"""Changing the name badges may carry."""

from credentials.drafts import close_draft, save_draft
from credentials.people.persons import Person, find_person, set_badge_name
from credentials.unit_of_work import Work

DRAFT = "name"


def open_badge_name(work: Work, *, person_id: str) -> None:
    """Take the person's next words as the name."""
    save_draft(
        work.session,
        person_id=person_id,
        kind=DRAFT,
        now=work.now,
        fields={},
        asking="name",
        verbatim=True,
    )


def choose_badge_name(work: Work, *, person_id: str, name: str | None) -> Person:
    """Keep the name, or none, and end the asking."""
    set_badge_name(work, person_id, name)
    close_draft(work.session, person_id, DRAFT)
    return find_person(work, person_id)
