"""Attacks on proofs, V19 to V22."""

import copy

import pytest

from credentials.openbadges import suites
from credentials.openbadges.canonical import canonical_form
from credentials.openbadges.keys import base58_encode
from credentials.openbadges.proofs import sign_document
from tests.unit.credentials.openbadges.samples import DID, full_document, signer
from tests.unit.credentials.verification.world import (
    NOW,
    World,
    badge,
    changed,
    signed,
    unsigned,
)

SIGNED = badge()
PROOF = SIGNED["proof"][0]
OTHER = "did:web:evil.example"


@pytest.fixture
def world():
    return World()


def code(world, said, **parts):
    verdict = world.judge(said, **parts)
    assert verdict.verdict == "invalid"
    return verdict.code


def with_proof(**changes):
    return {**SIGNED, "proof": [{**PROOF, **changes}]}


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        (None, "no_proof"),
        ([], "no_proof"),
        ({}, "no_proof"),
        ("z123", "malformed_proof"),
        ([PROOF] * 5, "no_proof"),
        ([PROOF, {**PROOF, "proofValue": "z" + "1" * 64}], "invalid_signature"),
        ([PROOF, {**PROOF, "created": "2026-03-02T09:00:01Z"}], "invalid_signature"),
        ([{**PROOF, "cryptosuite": "eddsa-rdfc-2023"}], "cryptosuite_unknown"),
        ([{**PROOF, "cryptosuite": "bbs-2023"}], "cryptosuite_unknown"),
        ([{**PROOF, "cryptosuite": None}], "cryptosuite_unknown"),
        ([{**PROOF, "type": "Proof"}], "proof_type_unknown"),
        ([{**PROOF, "type": "Ed25519Signature2018"}], "malformed_proof"),
        ([{**PROOF, "type": "Ed25519Signature2020"}], "undefined_term"),
        ([PROOF, {**PROOF, "type": "Proof"}], "proof_type_unknown"),
        ([{**PROOF, "cryptosuite": "ecdsa-rdfc-2019"}], "key_type_mismatch"),
        ([{**PROOF, "cryptosuite": "eddsa-jcs-2022"}], "invalid_signature"),
        ([PROOF, None], "malformed_proof"),
    ],
    ids=range(17),
)
def test_v19_no_proof_or_a_bad_one(world, proof, expected):
    assert code(world, {**SIGNED, "proof": proof}) == expected


@pytest.mark.parametrize("inner", ["x", {}, None, PROOF, {"id": "urn:example:x"}], ids=repr)
def test_v19_a_proof_with_a_proof_in_it(world, inner):
    assert world.judge({**SIGNED, "proof": [{**PROOF, "proof": inner}]}).verdict == "invalid"


def test_v19_two_good_proofs_are_good(world):
    again = sign_document(unsigned(), signer(), created="2026-03-02T10:00:00Z")["proof"]
    assert world.judge({**SIGNED, "proof": [PROOF, *again]}).verdict == "valid"


def test_v19_a_proof_that_others_verify_could_not_be_checked(world):
    proof = {**PROOF, "cryptosuite": "bbs-2023", "proofValue": "u2V0ChVhA"}
    verdict = world.judge({**SIGNED, "proof": [proof]})
    assert (verdict.verdict, verdict.code) == ("could_not_check", "cryptosuite_not_supported")


def test_v20_a_proof_of_another_credential(world):
    other = badge(subject_id="urn:uuid:5a1f2c3e-0000-4000-8000-00000000000f")
    assert code(world, {**SIGNED, "proof": other["proof"]}) == "invalid_signature"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"created": "2026-03-02T09:00:01Z"}, "invalid_signature"),
        ({"created": "2026-03-02 09:00:00Z"}, "malformed_proof"),
        ({"created": "2026-03-02T09:00:00"}, "malformed_proof"),
        ({"created": None}, "malformed_proof"),
        ({"proofPurpose": "authentication"}, "wrong_purpose"),
        ({"verificationMethod": f"{DID}#z6Mkother"}, "key_not_authorised"),
        ({"verificationMethod": {"id": f"{DID}#x"}}, "issuer_key_mismatch"),
        ({"expires": "2027-01-01T00:00:00Z"}, "invalid_signature"),
        ({"expires": "2026-03-01T00:00:00Z"}, "proof_expired"),
        ({"domain": "example.org"}, "invalid_signature"),
        ({"challenge": "1"}, "invalid_signature"),
        ({"nonce": "1"}, "invalid_signature"),
        ({"id": "urn:uuid:5a1f2c3e-0000-4000-8000-0000000000aa"}, "invalid_signature"),
        ({"previousProof": "urn:uuid:5a1f2c3e-0000-4000-8000-0000000000aa"}, "malformed_proof"),
        ({"@context": ["https://evil.example/"]}, "context_not_allowed"),
    ],
    ids=range(15),
)
def test_v21_what_the_proof_says_of_itself_changed(world, changes, expected):
    assert code(world, with_proof(**changes)) == expected


def test_v21_a_date_taken_away(world):
    proof = {name: part for name, part in PROOF.items() if name != "created"}
    assert code(world, {**SIGNED, "proof": [proof]}) == "invalid_signature"


@pytest.mark.parametrize(
    "purpose",
    ["authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation", "x", None],
)
def test_v22_another_purpose(world, purpose):
    assert code(world, with_proof(proofPurpose=purpose)) == "wrong_purpose"


def chained(previous, name="urn:uuid:5a1f2c3e-0000-4000-8000-0000000000aa"):
    """A badge with two proofs, the second over the first (VC-DI §2.1.2)."""
    plain, by = unsigned(), signer()
    first = _proof(plain, by, {"id": name})
    second = _proof({**plain, "proof": [first]}, by, {"previousProof": previous})
    return {**plain, "proof": [first, second]}


def _proof(document, by, more):
    options = {**{k: v for k, v in PROOF.items() if k != "proofValue"}, **more}
    digest = suites.SUITES["DataIntegrityProof", "eddsa-rdfc-2022"].digest(None)
    config = {**options, "@context": document["@context"]}
    canonical = canonical_form(document, with_proof="proof" in document)
    seal = by.sign(digest(canonical_form(config)) + digest(canonical))
    return {**options, "proofValue": "z" + base58_encode(seal)}


NAME = "urn:uuid:5a1f2c3e-0000-4000-8000-0000000000aa"


@pytest.mark.parametrize("previous", [NAME, [NAME]], ids=["text", "list"])
def test_a_chain_of_proofs_is_verified_link_by_link(world, previous):
    chain = chained(previous)
    assert world.judge(chain).verdict == "valid"
    without = {**chain, "proof": chain["proof"][1:]}
    assert code(world, without) == "malformed_proof"
    bent = copy.deepcopy(chain)
    bent["proof"][0]["proofValue"] = PROOF["proofValue"]
    assert code(world, bent) == "invalid_signature"
    loose = copy.deepcopy(chain)
    del loose["proof"][1]["previousProof"]
    assert code(world, loose) == "invalid_signature"


def test_proofs_that_stand_on_one_another_end(world):
    circle = [{**PROOF, "id": NAME, "previousProof": NAME + "b"}]
    circle.append({**PROOF, "id": NAME + "b", "previousProof": NAME})
    assert code(world, {**SIGNED, "proof": circle}) == "malformed_proof"


def test_every_text_and_number_of_a_full_badge_is_sealed(world):
    document = full_document()
    for name in ("endorsement", "termsOfUse", "refreshService", "credentialStatus"):
        del document[name]
    did = f"did:key:{signer().public_key_multibase}"
    document["issuer"]["id"] = did
    del document["credentialSubject"]["achievement"]["creator"]
    whole = signed(document, signer(did=did))
    assert world.judge(whole, trust=(did,)).verdict == "valid"
    for place in _places(whole):
        node = whole
        for name in place:
            node = node[name]
        if isinstance(node, str | bool | int | float):
            other = (
                node + "x" if isinstance(node, str) else not node if node in (True, False) else 9
            )
            said = changed("/".join(map(str, place)), other, whole)
            assert world.judge(said, now=NOW).verdict == "invalid", place


def _places(node, here=()):
    known = node if isinstance(node, dict | list) else ()
    for name in known if isinstance(known, dict) else range(len(known)):
        yield (*here, name)
        yield from _places(known[name], (*here, name))
