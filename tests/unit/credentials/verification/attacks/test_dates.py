"""Attacks on dates, V31 and V32: the credential's, the proof's and the key's."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.credentials.verification.world import World, badge, signed, unsigned

SIGNED = badge()


@pytest.fixture
def world():
    return World()


def code(world, said, **parts):
    verdict = world.judge(said, **parts)
    assert verdict.verdict == "invalid"
    return verdict.code


def dated(begins="2026-03-02T09:00:00Z", ends=None):
    document = {**unsigned(), "validFrom": begins}
    if ends is not None:
        document["validUntil"] = ends
    if begins is None:
        del document["validFrom"]
    return signed(document)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (dated(ends="2026-03-03T11:57:59Z"), "expired"),
        (dated(begins="2026-03-03T12:02:01Z"), "not_yet_valid"),
        (dated(ends="2026-03-01T00:00:00Z"), "dates_malformed"),
        (dated(begins="2026-03-02T09:00:00"), "dates_malformed"),
        (dated(begins="2026-03-02"), "dates_malformed"),
        (dated(begins="2026-W10-1T09:00:00Z"), "dates_malformed"),
        (dated(begins="2026-02-30T09:00:00Z"), "dates_malformed"),
        (dated(ends="soon"), "dates_malformed"),
        (dated(begins=None), "schema_mismatch"),
    ],
    ids=range(9),
)
def test_v31_dates_out_of_order(world, document, expected):
    assert code(world, document) == expected


@pytest.mark.parametrize(
    "document",
    [
        dated(ends="2026-03-03T11:58:00Z"),
        dated(begins="2026-03-03T12:02:00Z"),
        dated(begins="2026-03-02T09:00:00.123456+05:30"),
        dated(ends="2026-03-03T13:58:00.5+02:00"),
    ],
    ids=range(4),
)
def test_v31_two_minutes_of_patience_and_every_zone(world, document):
    assert world.judge(document).verdict == "valid"


def at(hours):
    return (
        (datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(hours=hours))
        .isoformat()
        .replace("+00:00", "Z")
    )


@pytest.mark.parametrize(
    ("limits", "made", "expected"),
    [
        ({}, 0, "valid"),
        ({}, 27, "valid"),
        ({}, 28, "proof_from_the_future"),
        ({"expires": at(1)}, 0, "valid"),
        ({"expires": at(1)}, 1, "key_expired"),
        ({"expires": at(1)}, 2, "key_expired"),
        ({"revoked": at(1)}, 0, "key_revoked"),
        ({"revoked": at(1)}, 2, "key_revoked"),
        ({"expires": "yesterday"}, 0, "key_malformed"),
        ({"revoked": 7}, 0, "key_malformed"),
    ],
)
def test_v32_made_at_the_wrong_time(world, limits, made, expected):
    world.did["verificationMethod"][0] |= limits
    said = signed(unsigned(), created=at(made))
    assert world.judge(said).code == expected


def test_v32_a_log_shows_what_was_made_before_a_theft(world):
    world.did["verificationMethod"][0]["revoked"] = at(1)
    assert world.judge(SIGNED, was_logged=lambda document: True).verdict == "valid"
    later = signed(unsigned(), created=at(2))
    assert code(world, later, was_logged=lambda document: True) == "key_revoked"
