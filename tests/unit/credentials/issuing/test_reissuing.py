"""A badge issued anew keeps its id; the older copy fails and the holder knows first."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from credentials.audit import AuditEvent
from credentials.errors import InvalidInputError
from credentials.issuing import (
    BadgeState,
    BadgeStateError,
    compromise_key,
    ensure_keys,
    find_badge,
    read_did_document,
    read_status_list,
    reissue_badge,
    revoke_badge,
    suspend_badge,
)
from credentials.issuing.models import IssuedBadgeRow, StatusListRow
from credentials.openbadges.status_list import decode_bits, parse_index, read_bit
from credentials.outbox import OutboxMessage
from tests.issued import issue
from tests.submissions import people

REASON = "The name was misspelt"


def bit_of(institution, document):
    entry = document["credentialStatus"]
    with institution.read() as work:
        listed = read_status_list(work, entry["statusListCredential"].rpartition("/")[2])
    bits = decode_bits(listed["credentialSubject"]["encodedList"])
    return read_bit(bits, parse_index(entry["statusListIndex"]))


def reissue(institution, badge, reason=REASON):
    with institution.begin() as work:
        return reissue_badge(work, credential_id=badge.credential_id, reason=reason)


def test_the_newer_copy_has_the_same_id_and_a_newer_start(institution, clock):
    old = issue(institution)
    new = reissue(institution, old)
    before, after = old.document, new.document
    assert (new.url, new.code, new.badge_id) == (old.url, old.code, old.badge_id)
    assert after["id"] == before["id"]
    assert after["credentialSubject"]["id"] == before["credentialSubject"]["id"]
    assert after["awardedDate"] == before["awardedDate"]
    assert after["validFrom"] > before["validFrom"]
    assert after.get("validUntil") == before.get("validUntil")
    assert after["issuer"]["id"] == before["issuer"]["id"]
    clock.instant += timedelta(days=3)
    assert reissue(institution, new).document["validFrom"] > after["validFrom"]


def test_the_older_copy_is_revoked_and_the_newer_is_not(institution):
    old = issue(institution)
    new = reissue(institution, old)
    assert bit_of(institution, old.document)
    assert not bit_of(institution, new.document)
    with institution.read() as work:
        assert find_badge(work, credential_id=old.url).state is BadgeState.VALID


def test_the_holder_is_told_each_time_and_before_the_list_changes(institution):
    learner, *_ = people(institution)
    old = issue(institution, person_id=learner)
    for _ in range(2):
        reissue(institution, old)
    with institution.read() as work:
        owed = list(
            work.session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == learner))
        )
        events = [event.event for event in work.session.scalars(select(AuditEvent))]
    assert [message.screen for message in owed][-2:] == ["badge_awarded"] * 2
    assert all(message.args["comment"] == REASON for message in owed[-2:])
    assert events.count("badge_reissued") == 2


def test_a_badge_on_hold_stays_on_hold(institution):
    old = issue(institution)
    with institution.begin() as work:
        suspend_badge(work, credential_id=old.credential_id, reason="an inquiry")
    new = reissue(institution, old)
    assert new.state is BadgeState.SUSPENDED
    assert bit_of(institution, new.document)


def test_a_revoked_badge_stays_revoked_and_a_reason_is_needed(institution):
    old = issue(institution)
    with pytest.raises(InvalidInputError):
        reissue(institution, old, reason="  ")
    with institution.begin() as work:
        revoke_badge(work, credential_id=old.credential_id, reason="a mistake")
    with pytest.raises(BadgeStateError):
        reissue(institution, old)


def test_a_place_of_an_older_copy_is_never_given_out_again(institution):
    old = issue(institution)
    reissue(institution, old)
    with institution.begin() as work:
        row = work.session.scalars(select(StatusListRow)).one()
        taken = set(work.session.scalars(select(IssuedBadgeRow.status_index)))
        place = int(old.document["credentialStatus"]["statusListIndex"])
        assert place not in taken  # so only its bit says that it was somebody's
        assert read_bit(row.bits, place)


def test_a_burnt_key_is_named_with_its_instant_and_asserts_nothing(institution):
    badge = issue(institution)
    method = badge.document["proof"][0]["verificationMethod"]
    with institution.begin() as work:
        before = {key.key_id for key in ensure_keys(work)}
        compromise_key(work, name=method)
        after = {key.key_id for key in ensure_keys(work)}
        did = json.loads(json.dumps(read_did_document(work)))
    burnt = next(entry for entry in did["verificationMethod"] if entry["id"] == method)
    assert burnt["revoked"] == "2026-03-02T09:00:00Z"
    assert "expires" not in burnt
    assert method not in did["assertionMethod"]
    assert len(after - before) == 1  # replaced at once


def test_a_badge_that_ran_out_is_issued_anew_as_one_that_ran_out(institution, clock):
    old = issue(institution)
    assert old.valid_until is not None
    clock.instant = old.valid_until + timedelta(days=1)
    new = reissue(institution, old)
    assert old.document["validFrom"] < new.document["validFrom"] < new.document["validUntil"]
    assert new.document["validUntil"] == old.document["validUntil"]
    assert new.is_expired(clock.instant)
