"""Status lists of other kinds: in a token, of messages, of ids, of the draft; and none at all."""

import json

import pytest

from credentials.openbadges.jwt import sign_jwt
from credentials.openbadges.status_list import encode_bits, new_bits, with_bit
from tests.unit.credentials.openbadges.samples import DID, ORIGIN
from tests.unit.credentials.verification.world import (
    CREATED,
    INDEX,
    LIST,
    World,
    badge,
    p256_signer,
    signed,
    status_entry,
    unsigned,
    with_status,
)

SIGNED = badge()
SET = with_bit(new_bits(), INDEX, is_set=True)


@pytest.fixture
def world():
    return World()


def test_a_list_as_a_vc_jwt(world):
    unsigned_list = {k: v for k, v in world.status_list().items() if k != "proof"}
    world.pages[LIST] = sign_jwt(unsigned_list, p256_signer()).encode()
    assert world.judge(SIGNED).verdict == "valid"
    world.bits = SET
    unsigned_list = {k: v for k, v in world.status_list().items() if k != "proof"}
    world.pages[LIST] = sign_jwt(unsigned_list, p256_signer()).encode()
    assert world.judge(SIGNED).code == "revoked"
    world.pages[LIST] = sign_jwt(unsigned_list, p256_signer())[:-9].encode() + b"AAAAAAAAA"
    assert world.judge(SIGNED).verdict == "could_not_check"


def test_a_list_with_a_time_to_live(world):
    subject = {**world.status_list()["credentialSubject"], "ttl": 300_000}
    world.list_changes = {"credentialSubject": subject}
    assert world.judge(SIGNED).verdict == "valid"


MESSAGES = [{"status": f"0x{value:x}", "message": f"state {value}"} for value in range(4)]


@pytest.mark.parametrize(
    ("changes", "bits", "expected"),
    [
        ({}, new_bits(), ("valid", "status_message", "state 0")),
        (
            {},
            with_bit(new_bits(), 2 * 1_000 + 1, is_set=True),
            ("valid", "status_message", "state 1"),
        ),
        ({}, with_bit(new_bits(), 2 * 1_000, is_set=True), ("valid", "status_message", "state 2")),
        (
            {"statusMessage": MESSAGES[:3]},
            new_bits(),
            ("invalid", "status_entry_malformed", ""),
        ),
        ({"statusSize": 0}, new_bits(), ("invalid", "status_entry_malformed", "")),
        ({"statusSize": 99}, new_bits(), ("invalid", "status_entry_malformed", "")),
        ({"statusSize": "2"}, new_bits(), ("invalid", "status_entry_malformed", "")),
    ],
    ids=range(7),
)
def test_a_list_of_messages(world, changes, bits, expected):
    world.bits = bits
    subject = {**world.status_list()["credentialSubject"], "statusPurpose": "message"}
    world.list_changes = {"credentialSubject": subject}
    message = {
        "statusPurpose": "message",
        "statusSize": 2,
        "statusMessage": MESSAGES,
        "statusListIndex": "1000",
        **changes,
    }
    verdict = world.judge(with_status(status_entry(**message)))
    check = verdict.checks[-1]
    assert (verdict.verdict, check.code) == expected[:2]
    assert check.detail.startswith(expected[2])


IDS = f"{ORIGIN}/revoked"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ({"issuer": DID, "revokedCredential": []}, "valid"),
        ({"issuer": DID, "revokedCredential": [{"id": "urn:x:y"}]}, "valid"),
        ({"issuer": DID, "revokedCredential": [{"id": unsigned()["id"]}]}, "revoked"),
        (
            {"issuer": DID, "revokedCredential": [{"id": unsigned()["id"], "revoked": False}]},
            "valid",
        ),
        ({"issuer": "did:web:evil.example", "revokedCredential": []}, "status_list_mismatch"),
        ({"issuer": DID, "revokedCredential": "none"}, "status_list_malformed"),
        (b"[]", "status_list_malformed"),
    ],
    ids=range(7),
)
def test_a_list_of_ids(world, page, expected):
    world.pages[IDS] = page
    said = with_status({"id": IDS, "type": "1EdTechRevocationList"})
    assert world.judge(said).code == expected


def test_a_list_of_the_draft(world):
    def page(bits):
        return {
            "@context": [
                "https://www.w3.org/2018/credentials/v1",
                "https://w3id.org/vc/status-list/2021/v1",
                "https://w3id.org/security/data-integrity/v2",
            ],
            "id": LIST,
            "type": ["VerifiableCredential", "StatusList2021Credential"],
            "issuer": DID,
            "issuanceDate": CREATED,
            "credentialSubject": {
                "id": f"{LIST}#list",
                "type": "StatusList2021",
                "statusPurpose": "revocation",
                "encodedList": encode_bits(bits)[1:],
            },
        }

    said = {**unsigned(), "credentialStatus": status_entry(type="StatusList2021Entry")}
    said["@context"] = [*said["@context"], "https://w3id.org/vc/status-list/2021/v1"]
    token = sign_jwt(said, p256_signer())
    for bits, expected in ((new_bits(), "valid"), (SET, "revoked")):
        world.pages[LIST] = json.dumps(signed(page(bits))).encode()
        assert world.judge(token).code == expected


def test_no_status_and_too_many(world):
    plain = {k: v for k, v in unsigned().items() if k != "credentialStatus"}
    verdict = world.judge(signed(plain))
    assert (verdict.verdict, verdict.checks[-1].code) == ("valid", "not_revocable")
    many = [status_entry(id=f"{LIST}#{number}") for number in range(5)]
    assert world.judge(with_status(*many)).code == "status_entry_malformed"
    token = sign_jwt(
        {**unsigned(), "credentialStatus": status_entry(type="OtherStatus")}, p256_signer()
    )
    assert world.judge(token).code == "status_type_not_supported"
