"""Every attack gets its code; what could not be looked up is never valid."""

import copy
from datetime import UTC, datetime, timedelta

import pytest

from credentials.openbadges.composition import compose_credential
from credentials.openbadges.proofs import sign_document
from credentials.openbadges.status_list import new_bits, with_bit
from tests.unit.credentials.openbadges.samples import ORIGIN, signer, values
from tests.unit.credentials.verification.world import CREATED, INDEX, LIST, NOW, World, badge


@pytest.fixture
def world():
    return World()


def test_an_untouched_badge_is_valid_and_says_what_its_holder_can_do(world):
    verdict = world.judge(badge())
    assert verdict.verdict == "valid"
    assert [check.name for check in verdict.checks] == [
        "well_formed",
        "valid_signature",
        "registered_issuer",
        "expiration",
        "revocation_status",
    ]
    assert verdict.credential.can == ("join several tables",)
    assert verdict.credential.holder_name == "Ana Ruiz"


def test_an_unknown_issuer_is_its_own_verdict(world):
    assert world.judge(badge(), trust=()).verdict == "issuer_unknown"


def without_proof(document):
    del document["proof"]


def altered(document):
    document["credentialSubject"]["achievement"]["name"] = "Surgery"


def transplanted(document):
    document["proof"] = badge(subject_id="urn:uuid:5a1f2c3e-0000-4000-8000-00000000000f")["proof"]


def with_purpose(document):
    document["proof"][0]["proofPurpose"] = "authentication"


def with_foreign_key(document):
    other = signer(seed=9, did="did:web:evil.example")
    unsigned = {name: part for name, part in document.items() if name != "proof"}
    document["proof"] = sign_document(unsigned, other, created=CREATED)["proof"]


def with_unpublished_key(document):
    unsigned = {name: part for name, part in document.items() if name != "proof"}
    document["proof"] = sign_document(unsigned, signer(seed=9), created=CREATED)["proof"]


def with_extra_term(document):
    document["foo"] = "bar"


def with_context(document):
    document["@context"].append({"name": "https://evil.example/name"})


def from_the_future(document):
    document["proof"][0]["created"] = "2027-01-01T00:00:00Z"


def not_a_badge(document):
    document["type"] = ["VerifiableCredential"]


def without_issuer(document):
    document["issuer"] = ["did:web:badges.example.org"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (without_proof, "no_proof"),
        (altered, "invalid_signature"),
        (transplanted, "invalid_signature"),
        (with_purpose, "wrong_purpose"),
        (with_foreign_key, "issuer_key_mismatch"),
        (with_unpublished_key, "key_not_authorised"),
        (with_extra_term, "undefined_term"),
        (with_context, "context_not_allowed"),
        (from_the_future, "proof_from_the_future"),
        (not_a_badge, "not_a_badge"),
        (without_issuer, "malformed_credential"),
    ],
)
def test_a_changed_badge_is_invalid_and_shows_nothing(world, change, code):
    document = copy.deepcopy(badge())
    change(document)
    verdict = world.judge(document)
    assert (verdict.verdict, verdict.code, verdict.credential) == ("invalid", code, None)


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (datetime(2026, 3, 2, 8, 57, tzinfo=UTC), "proof_from_the_future"),
        (datetime(2026, 3, 2, 8, 58, 30, tzinfo=UTC), "valid"),
        (datetime(2026, 4, 1, 0, 1, 30, tzinfo=UTC), "valid"),
        (datetime(2026, 4, 1, 0, 2, 30, tzinfo=UTC), "expired"),
    ],
)
def test_dates_are_checked_with_two_minutes_of_patience(world, now, code):
    world.list_from = now - timedelta(minutes=1)
    document = badge(valid_until=datetime(2026, 4, 1, tzinfo=UTC))
    assert world.judge(document, now=now).code == code


@pytest.mark.parametrize(
    ("note", "code"), [(None, "revoked"), ("revoked", "revoked"), ("suspended", "suspended")]
)
def test_a_withdrawn_badge_is_invalid_and_says_which(world, note, code):
    world.bits, world.note = with_bit(new_bits(), INDEX, is_set=True), note
    verdict = world.judge(badge())
    assert (verdict.verdict, verdict.code) == ("invalid", code)
    assert verdict.credential is not None


def test_a_list_that_cannot_be_had_is_not_taken_for_a_good_sign(world):
    for code in ("unreachable", "not_found", "too_slow", "http_error"):
        world.failing = {LIST: code}
        assert world.judge(badge()).verdict == "could_not_check"


@pytest.mark.parametrize(
    ("setup", "code"),
    [
        (lambda w: setattr(w, "list_from", NOW - timedelta(days=3)), "status_list_expired"),
        (lambda w: setattr(w, "list_signer", signer(seed=9)), "status_list_not_signed"),
        (
            lambda w: setattr(w, "list_signer", signer(did="did:web:evil.example")),
            "status_list_mismatch",
        ),
        (
            lambda w: setattr(w, "list_changes", {"id": f"{ORIGIN}/status/2"}),
            "status_list_mismatch",
        ),
    ],
    ids=["old", "wrong key", "another issuer", "another list"],
)
def test_a_list_that_is_not_the_issuers_own_current_one_proves_nothing(world, setup, code):
    setup(world)
    verdict = world.judge(badge())
    assert (verdict.verdict, verdict.code) == ("could_not_check", code)


@pytest.mark.parametrize("index", ["-1", "1e3", "131072", "9" * 12, "0x10"])
def test_an_odd_index_proves_nothing(world, index):
    unsigned = compose_credential(values())
    unsigned["credentialStatus"]["statusListIndex"] = index
    document = sign_document(unsigned, signer(), created=CREATED)
    assert world.judge(document).verdict == "invalid"


def test_an_issuer_that_cannot_be_asked_could_not_be_checked(world):
    world.failing = {f"{ORIGIN}/.well-known/did.json": "unreachable"}
    verdict = world.judge(badge())
    assert (verdict.verdict, verdict.code) == ("could_not_check", "issuer_not_resolved")
    assert verdict.credential is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "did:web:evil.example"}, "did_document_mismatch"),
        ({"assertionMethod": []}, "key_not_authorised"),
        ({"verificationMethod": []}, "key_not_found"),
    ],
)
def test_the_issuers_document_decides_which_key_may_sign(world, change, code):
    world.did = {**world.did, **change}
    assert world.judge(badge()).code == code


def test_a_key_that_belongs_to_somebody_else_may_not_sign(world):
    world.did["verificationMethod"][0]["controller"] = "did:web:evil.example"
    assert world.judge(badge()).code == "key_not_authorised"


def test_a_did_key_issuer_is_understood(world):
    did = f"did:key:{signer().public_key_multibase}"
    values_ = values()
    unsigned = compose_credential(values_)
    unsigned["issuer"]["id"] = did
    del unsigned["credentialStatus"]
    document = sign_document(unsigned, signer(did=did), created=CREATED)
    assert world.judge(document, trust=(did,)).verdict == "valid"
