"""A holder shows part of a credential (ecdsa-sd-2023): what is shown holds, what is hidden is not guessed."""

import copy
from datetime import datetime

import pytest
from openvc import signing_key_from_jwk
from openvc.proof import ecdsa_sd

from credentials.openbadges.keys import base64url_encode
from credentials.openbadges.status_list import compose_status_list, new_bits
from tests.interop.college import (
    CREATED,
    DID_JSON,
    KEYS,
    LIST,
    OTHERS,
    Published,
    did_document,
    judged,
    jwk,
    name_of,
)
from tests.interop.issuers import CONTEXTS
from tests.interop.shapes import SHAPES
from tests.unit.credentials.openbadges.samples import signer as own_signer
from tests.unit.credentials.verification.world import signed

SUITE = ecdsa_sd.EcdsaSdProofSuite()
ALWAYS = ("/issuer", "/validFrom", "/validUntil", "/credentialStatus", "/id")
SHOWN = ("/credentialSubject", "/name")
EARLY = datetime.fromisoformat(CREATED)


@pytest.fixture(scope="module")
def published():
    """The issuer's documents with a current list, signed by one of its keys."""
    document = did_document()
    by = own_signer(31, document["id"])
    listed = compose_status_list(
        list_url=LIST,
        issuer_id=document["id"],
        bits=new_bits(),
        valid_from=EARLY,
        valid_until=datetime.fromisoformat("2099-01-01T00:00:00Z"),
    )
    return Published({DID_JSON: document, LIST: signed(listed, by)})


def base(always=ALWAYS, key=KEYS["P-256"], badge=SHAPES["plain"][1]):
    """What the issuer gives to the holder."""
    plain = {**badge, "type": ["VerifiableCredential", "OpenBadgeCredential"]}
    return SUITE.add_base_proof(
        plain,
        signing_key=signing_key_from_jwk(jwk(key), kid=name_of("P-256")),
        verification_method=name_of("P-256"),
        mandatory_pointers=always,
        created=EARLY,
        extra_contexts=CONTEXTS,
    )


def shown(secured, pointers=SHOWN):
    """What the holder passes on."""
    return SUITE.derive_proof(secured, selective_pointers=pointers, extra_contexts=CONTEXTS)


@pytest.fixture(scope="module")
def derived():
    return shown(base())


def rebuilt(document, **changes):
    """The derived proof with some of its parts changed."""
    parts = ecdsa_sd.decode_derived_proof(document["proof"]["proofValue"])
    value = ecdsa_sd.encode_derived_proof(**{**parts, **changes})
    return {**document, "proof": {**document["proof"], "proofValue": value}}


def outcome(published, document):
    verdict = judged(published, document).verdict
    return verdict.verdict.value, verdict.code


def test_what_is_shown_holds(published, derived):
    assert outcome(published, derived) == ("valid", "valid")
    verdict = judged(published, derived).verdict
    assert "signature_holds_shown" in {check.code for check in verdict.checks}


@pytest.mark.parametrize(
    ("hidden", "code"),
    [("/credentialStatus", "status_not_shown"), ("/validUntil", "end_not_shown")],
)
def test_what_is_hidden_is_not_taken_for_a_good_sign(published, hidden, code):
    always = [pointer for pointer in ALWAYS if pointer != hidden]
    verdict = judged(published, shown(base(always))).verdict
    assert verdict.verdict == "could_not_check"
    assert code in {check.code for check in verdict.checks}
    whole = shown(base(always), (*SHOWN, hidden))
    assert outcome(published, whole) == ("valid", "valid")


def test_a_badge_whose_end_is_over_is_not_valid_whatever_is_shown(published):
    badge = {**SHAPES["plain"][1], "validUntil": "2025-01-01T00:00:00Z"}
    assert outcome(published, shown(base(badge=badge))) == ("invalid", "expired")


def test_the_holders_own_copy_is_not_for_others(published):
    assert outcome(published, base()) == ("invalid", "malformed_proof")


def test_signed_by_somebody_else(published):
    assert outcome(published, shown(base(key=OTHERS["P-256"]))) == ("invalid", "invalid_signature")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["credentialSubject"]["achievement"].update(name="Surgery"),
        lambda d: d["credentialSubject"].update(id="did:example:somebody-else"),
        lambda d: d.update(validUntil="2098-01-01T00:00:00Z"),
        lambda d: d.pop("validUntil"),
        lambda d: d.pop("credentialStatus"),
        lambda d: d.pop("name"),
        lambda d: d.update(description="Added"),
        lambda d: d["issuer"].update(name="Harvard University"),
    ],
    ids=range(8),
)
def test_what_is_changed_added_or_left_out_afterwards_breaks_it(published, derived, change):
    faulty = copy.deepcopy(derived)
    change(faulty)
    assert outcome(published, faulty)[0] == "invalid"


def test_parts_of_the_proof_bent_into_others(published, derived):
    parts = ecdsa_sd.decode_derived_proof(derived["proof"]["proofValue"])
    signatures, places = parts["signatures"], parts["mandatory_indexes"]
    names = sorted(parts["label_map"])
    other = ecdsa_sd.decode_derived_proof(shown(base())["proof"]["proofValue"])
    turned = dict(zip(names, reversed([parts["label_map"][n] for n in names]), strict=True))
    bent = [
        {"base_signature": bytes(64)},
        {"base_signature": other["base_signature"]},
        {"public_key": other["public_key"]},
        {"signatures": signatures[1:]},
        {"signatures": [*signatures, signatures[0]]},
        {"signatures": [*signatures[1:], signatures[0]]},
        {"signatures": [bytes(64), *signatures[1:]]},
        {"mandatory_indexes": places[1:]},
        {"mandatory_indexes": [*places, places[-1]]},
        {"mandatory_indexes": list(reversed(places))},
        {"mandatory_indexes": [*places, 9_999]},
        {"label_map": {}},
        {"label_map": dict.fromkeys(names, parts["label_map"][names[0]])},
        {"label_map": turned} if len(names) > 1 else {"label_map": {}},
    ]
    for change in bent:
        code = outcome(published, rebuilt(derived, **change))
        assert code in {("invalid", "invalid_signature"), ("invalid", "malformed_proof")}, change


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        bytes.fromhex("d95d01"),
        bytes.fromhex("d95d0100"),
        bytes.fromhex("d95d0185"),
        bytes.fromhex("d95d01854040404040"),
        bytes.fromhex("d95d019bffffffffffffffff"),
        bytes.fromhex("d95d019f") + b"\x40" * 5 + b"\xff",
        bytes.fromhex("d95d0185") + b"\x5a\xff\xff\xff\xff",
        bytes.fromhex("d95d01") + b"\x81" * 5_000,
        bytes.fromhex("d95d01854040a0f6c0"),
        bytes.fromhex("d95d0185f90000404080a080"),
    ],
    ids=range(11),
)
def test_bytes_that_are_no_derived_proof(published, derived, raw):
    proof = {**derived["proof"], "proofValue": "u" + base64url_encode(raw)}
    assert outcome(published, {**derived, "proof": proof}) == ("invalid", "malformed_proof")
