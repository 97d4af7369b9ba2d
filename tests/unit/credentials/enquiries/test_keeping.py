"""What a person asked last is theirs, is kept for a while, and never gets in their way."""

from datetime import timedelta

import pytest

from credentials.drafts import current_draft, save_draft
from credentials.enquiries.keeping import (
    KEPT,
    PER_MINUTE,
    TooManyEnquiriesError,
    begin_enquiry,
    find_enquiry,
    keep_enquiry,
)
from credentials.errors import StaleError


def test_an_answer_can_be_opened_again_by_whoever_asked_only(institution):
    with institution.begin() as work:
        kept = keep_enquiry(work, person_id="maria", facts={"verdict": "valid"}, source="X")
    with institution.read() as work:
        found = find_enquiry(work, person_id="maria", enquiry_id=kept.enquiry_id)
        assert (found.facts, found.source) == ({"verdict": "valid"}, "X")
        with pytest.raises(StaleError):
            find_enquiry(work, person_id="ben", enquiry_id=kept.enquiry_id)


def test_checking_a_badge_does_not_interrupt_what_a_person_is_in_the_middle_of(institution):
    with institution.begin() as work:
        save_draft(
            work.session, person_id="ana", kind="evidence", fields={}, verbatim=True, now=work.now
        )
        keep_enquiry(work, person_id="ana", facts={})
        current = current_draft(work.session, "ana")
    assert (current.kind, current.verbatim) == ("evidence", True)


def test_the_eleventh_badge_within_a_minute_has_to_wait(institution, clock):
    for _ in range(PER_MINUTE):
        with institution.begin() as work:
            begin_enquiry(work, person_id="maria")
    with institution.begin() as work, pytest.raises(TooManyEnquiriesError):
        begin_enquiry(work, person_id="maria")
    with institution.begin() as work:
        begin_enquiry(work, person_id="ben")
    clock.advance(timedelta(seconds=61))
    with institution.begin() as work:
        begin_enquiry(work, person_id="maria")


def test_only_the_last_few_are_kept_and_only_for_a_week(institution, clock):
    with institution.begin() as work:
        ids = [keep_enquiry(work, person_id="m", facts={}).enquiry_id for _ in range(KEPT + 1)]
    with institution.read() as work:
        with pytest.raises(StaleError):
            find_enquiry(work, person_id="m", enquiry_id=ids[0])
        find_enquiry(work, person_id="m", enquiry_id=ids[1])
    clock.advance(timedelta(days=8))
    with institution.begin() as work:
        keep_enquiry(work, person_id="m", facts={})
        with pytest.raises(StaleError):
            find_enquiry(work, person_id="m", enquiry_id=ids[-1])


def test_asking_again_replaces_the_answer_and_keeps_its_buttons(institution):
    with institution.begin() as work:
        first = keep_enquiry(work, person_id="m", facts={"verdict": "could_not_check"}, source="L")
        keep_enquiry(
            work,
            person_id="m",
            facts={"verdict": "valid"},
            source="L",
            enquiry_id=first.enquiry_id,
        )
        found = find_enquiry(work, person_id="m", enquiry_id=first.enquiry_id)
    assert found.facts == {"verdict": "valid"}


def test_a_very_long_source_is_not_kept(institution):
    with institution.begin() as work:
        assert keep_enquiry(work, person_id="m", facts={}, source="x" * 70_000).source is None
