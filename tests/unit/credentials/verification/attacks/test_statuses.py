"""Attacks on status lists, V33 to V37: what could not be had is never a good sign."""

import base64
import gzip
from datetime import timedelta

import pytest

from credentials.openbadges.status_list import (
    LENGTH,
    StatusListError,
    decode_bits,
    encode_bits,
    new_bits,
    with_bit,
)
from tests.unit.credentials.openbadges.samples import ORIGIN, signer
from tests.unit.credentials.verification.world import (
    INDEX,
    LIST,
    NOW,
    World,
    badge,
    status_entry,
    with_status,
)

SIGNED = badge()
SET = with_bit(new_bits(), INDEX, is_set=True)


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize(
    ("purposes", "bits", "note", "expected"),
    [
        ("revocation", new_bits(), None, "valid"),
        ("revocation", SET, None, "revoked"),
        ("revocation", SET, "suspended", "suspended"),
        (["revocation", "suspension"], SET, None, "revoked"),
        ("suspension", SET, None, "suspended"),
        ("suspension", new_bits(), None, "valid"),
    ],
)
def test_v33_withdrawn_on_hold_or_both(world, purposes, bits, note, expected):
    world.bits, world.note = bits, note
    names = purposes if isinstance(purposes, list) else [purposes]
    subject = {**world.status_list()["credentialSubject"], "statusPurpose": purposes}
    world.list_changes = {"credentialSubject": subject}
    entries = [status_entry(statusPurpose=name, id=f"{LIST}#{name}") for name in names]
    assert world.judge(with_status(*entries)).code == expected


@pytest.mark.parametrize(
    "problem", ["unreachable", "not_found", "http_error", "too_slow", "address_not_public"]
)
def test_v34_a_list_that_cannot_be_had(world, problem):
    world.failing = {LIST: problem}
    verdict = world.judge(SIGNED)
    assert (verdict.verdict, verdict.code) == ("could_not_check", "status_list_unavailable")
    assert verdict.checks[-1].detail == problem


def without_proof(world):
    world.pages[LIST] = {k: v for k, v in world.status_list().items() if k != "proof"}


def by_another_key(world):
    world.list_signer = signer(seed=9)


def by_another_issuer(world):
    world.list_signer = signer(did="did:web:evil.example")


def expired(world):
    world.list_from = NOW - timedelta(days=3)


def not_yet(world):
    world.list_from = NOW + timedelta(days=3)


def another_list(world):
    world.list_changes = {"id": f"{ORIGIN}/status/2"}


def another_purpose(world):
    subject = {**world.status_list()["credentialSubject"], "statusPurpose": "message"}
    world.list_changes = {"credentialSubject": subject}


def another_type(world):
    world.list_changes = {"type": ["VerifiableCredential"]}


def not_json(world):
    world.pages[LIST] = b"<html>"


def bent(world):
    listed = world.status_list()
    listed["credentialSubject"]["encodedList"] = encode_bits(SET)
    world.pages[LIST] = listed


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (without_proof, "status_list_not_signed"),
        (by_another_key, "status_list_not_signed"),
        (bent, "status_list_not_signed"),
        (by_another_issuer, "status_list_mismatch"),
        (another_list, "status_list_mismatch"),
        (another_purpose, "status_list_mismatch"),
        (another_type, "status_list_mismatch"),
        (expired, "status_list_expired"),
        (not_yet, "status_list_expired"),
        (not_json, "status_list_malformed"),
    ],
)
def test_v35_a_list_that_is_not_the_issuers_own_current_one(world, spoil, expected):
    spoil(world)
    verdict = world.judge(SIGNED)
    assert (verdict.verdict, verdict.code) == ("could_not_check", expected)


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ("0", "valid"),
        (str(LENGTH - 1), "valid"),
        (str(LENGTH), "status_entry_malformed"),
        (INDEX, "valid"),
        (LENGTH, "status_entry_malformed"),
        (-1, "status_entry_malformed"),
        (1.5, "status_entry_malformed"),
        (True, "status_entry_malformed"),
        ("-1", "status_entry_malformed"),
        ("1.0", "status_entry_malformed"),
        ("1e3", "status_entry_malformed"),
        ("01", "status_entry_malformed"),
        ("0x10", "status_entry_malformed"),
        ("\u0661", "status_entry_malformed"),
        ("9" * 12, "status_entry_malformed"),
        (None, "status_entry_malformed"),
    ],
    ids=repr,
)
def test_v36_an_index_at_the_edge_and_beyond(world, index, expected):
    verdict = world.judge(with_status(status_entry(statusListIndex=index)))
    assert verdict.code == expected
    assert verdict.verdict == ("valid" if expected == "valid" else "invalid")


@pytest.mark.parametrize(
    ("encoded", "expected"),
    [
        (gzip.compress(bytes(200 * 1024 * 1024), 9), "status_list_malformed"),
        (gzip.compress(bytes(16 * 1024 * 1024 + 1)), "status_list_malformed"),
        (gzip.compress(bytes(16 * 1024 * 1024)), "valid"),
        (gzip.compress(bytes(LENGTH // 8 - 1)), "status_list_malformed"),
        (gzip.compress(new_bits())[:-9], "status_list_malformed"),
        (gzip.compress(new_bits()) + b"more", "status_list_malformed"),
        (b"not gzip", "status_list_malformed"),
    ],
    ids=range(7),
)
def test_v37_a_list_that_swells(world, encoded, expected):
    text = "u" + base64.urlsafe_b64encode(encoded).rstrip(b"=").decode()
    if len(text) > 200_000:
        text = text[:200_000]
    subject = {**world.status_list()["credentialSubject"], "encodedList": text}
    world.list_changes = {"credentialSubject": subject}
    assert world.judge(SIGNED).code == expected


def test_v37_the_bits_alone_are_bounded():
    bomb = gzip.compress(bytes(200 * 1024 * 1024), 9)
    with pytest.raises(StatusListError):
        decode_bits("u" + base64.urlsafe_b64encode(bomb).rstrip(b"=").decode())


def test_v45_status_lists_are_always_asked_for_anew(world):
    seen, ask = [], world.fetch
    world.fetch = lambda lookup: (seen.append(lookup), ask(lookup))[1]
    assert world.judge(SIGNED).verdict == "valid"
    assert [one.fresh for one in seen if one.url == LIST] == [True]
