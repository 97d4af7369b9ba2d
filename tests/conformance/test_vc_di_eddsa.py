"""Data Integrity with eddsa-rdfc-2022 (VC-DI, VC-DI-EdDSA), statement by statement, at the VC-API."""

import re

import pytest

from credentials.openbadges.keys import base58_decode, base58_encode
from credentials.openbadges.suites import jcs
from tests.conformance.conftest import EXAMPLES, V2, Holder, changed

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture
def proved(holder, credential):
    return holder.prove({**credential, "issuer": holder.did})


async def test_an_issued_proof_has_what_the_standard_asks(api, credential):
    _, told = await api.get("/vc-api")
    _, answer = await api.issue(credential)
    proof = answer["verifiableCredential"]["proof"]
    assert proof["type"] == "DataIntegrityProof"
    assert proof["cryptosuite"] == "eddsa-rdfc-2022"
    assert proof["proofPurpose"] == "assertionMethod"
    assert DATE.fullmatch(proof["created"])
    key = told["issuer"].removeprefix("did:key:")
    assert proof["verificationMethod"] == f"{told['issuer']}#{key}"
    assert proof["proofValue"].startswith("z")
    assert len(base58_decode(proof["proofValue"][1:])) == 64
    assert len(base58_decode(key[1:])) == 34


async def test_a_valid_proof_verifies(api, proved):
    assert await api.verify(proved) == (200, {"verified": True, "checks": ["proof"], "errors": []})


@pytest.mark.parametrize(
    "changes",
    [
        {"created": None},
        {"created": "2026-03-02T08:00:00"},
        {"created": "2026-03-02T08:00:00+02:00"},
        {"expires": "2036-03-02T08:00:00Z"},
        {"expires": "2036-03-02T08:00:00"},
        {"domain": "https://a.example"},
        {"id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000001"},
        {"nonce": "abc"},
    ],
    ids=str,
)
async def test_a_proof_may_have(api, holder, credential, changes):
    assert (await api.verify(holder.prove(credential, **changes)))[0] == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"cryptosuite": "eddsa-jcs-2022"},
        {"cryptosuite": "unknown-cryptosuite-2017"},
        {"cryptosuite": None},
        {"type": "UnknownProofType"},
        {"type": "Ed25519Signature2020"},
        {"verificationMethod": None},
        {"verificationMethod": "did:key:@invalidVm@"},
        {"proofPurpose": None},
        {"proofPurpose": "invalidPurpose"},
        {"proofPurpose": "authentication"},
        {"created": "invalidDate"},
        {"created": "2026-03-02"},
        {"expires": "2020-03-02T08:00:00Z"},
        {"digest": "sha512"},
        {"previousProof": "urn:uuid:5a1f2c3e-0000-4000-8000-00000000000f"},
        {"previousProof": ["urn:uuid:5a1f2c3e-0000-4000-8000-00000000000f"]},
    ],
    ids=str,
)
async def test_a_proof_may_not_have(api, holder, proved, credential, changes):
    try:
        odd = holder.prove(credential, **changes)
    except ValueError:  # it cannot even be made here
        odd = {**proved, "proof": {**proved["proof"], **changes}}
    assert (await api.verify(odd))[0] == 400


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("proof", ...),
        ("proof", None),
        ("proof", []),
        ("proof/type", ...),
        ("proof/proofValue", ...),
        ("proof/proofValue", None),
        ("proof/proofPurpose", ...),
        ("proof/verificationMethod", ...),
        ("proof/cryptosuite", 7),
        ("proof/previousProof", 7),
        ("proof/previousProof", {"id": "urn:x:y"}),
        ("credentialSubject/id", "did:example:other"),
        ("issuer", "did:example:other"),
        ("name", "added"),
    ],
)
async def test_a_changed_document_does_not_verify(api, proved, path, value):
    assert (await api.verify(changed(proved, path, value)))[0] == 400


async def test_a_document_made_canonical_in_another_way_does_not_verify(api, holder, credential):
    def by_jcs(document, *, with_proof=False, leeway=None):
        return jcs(document)

    assert (await api.verify(holder.prove(credential, form=by_jcs)))[0] == 400


async def test_no_part_of_a_document_is_dropped(api, holder, credential):
    proved = holder.prove({**credential, "@context": [V2], "issuer": holder.did})
    assert (await api.verify(proved))[0] == 200
    for path, value in (
        ("undefinedTerm", "x"),
        ("credentialSubject/undefinedTerm", "x"),
        ("type", ["VerifiableCredential", "UndefinedType"]),
    ):
        assert (await api.verify(changed(proved, path, value)))[0] == 400


async def test_a_graph_of_labels_that_would_take_for_ever_is_refused(api, credential):
    names = [f"_:b{number}" for number in range(7)]
    nodes = [{"near": name, "knows": [x for x in names if x != name]} for name in names]
    terms = {"near": "@id", "knows": {"@id": "https://example.org/#knows", "@type": "@id"}}
    odd = {**credential, "@context": [V2, terms, EXAMPLES], "credentialSubject": nodes}
    assert (await api.issue(odd))[0] == 400


async def test_a_proof_value_needs_its_header_and_its_length(api, proved):
    value = proved["proof"]["proofValue"]
    longer = "z" + base58_encode(base58_decode(value[1:]) + bytes(32))
    for odd in (value[1:], "u" + value[1:], longer, "z", "z0OIl"):
        assert (await api.verify(changed(proved, "proof/proofValue", odd)))[0] == 400


async def test_another_key_did_not_make_it(api, holder, credential):
    odd = holder.prove(credential, verificationMethod=Holder(4).method)
    assert (await api.verify(odd))[0] == 400


async def test_what_the_caller_expects_must_be_there(api, holder, proved, presentation):
    assert (await api.verify(proved, expectedProofPurpose="authentication"))[0] == 400
    assert (await api.verify(proved, domain="domain.example"))[0] == 400
    assert (await api.verify(proved, challenge="1235abcd6789"))[0] == 400
    asked = {"domain": "domain.example", "challenge": "1235abcd6789"}
    shown = holder.prove(presentation, proofPurpose="authentication", **asked)
    assert (await api.present(shown, **asked))[0] == 200
    assert (await api.present(shown, **{**asked, "challenge": "other"}))[0] == 400
    assert (await api.present(presentation, **asked))[0] == 400


@pytest.mark.parametrize("names", [str, lambda name: [name]], ids=["a text", "a list"])
async def test_a_proof_may_stand_on_another(api, holder, credential, names):
    name = "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"
    first = holder.prove(credential, id=name)["proof"]
    other = Holder(4)
    second = other.prove(credential, previous=[first], previousProof=names(name))["proof"]
    assert (await api.verify({**credential, "proof": [first, second]}))[0] == 200
    assert (await api.verify({**credential, "proof": [second]}))[0] == 400
    moved = {**first, "created": "2026-03-02T07:00:00Z"}
    assert (await api.verify({**credential, "proof": [moved, second]}))[0] == 400


async def test_every_proof_of_a_set_must_hold(api, holder, credential):
    first, second = (who.prove(credential)["proof"] for who in (holder, Holder(4)))
    assert (await api.verify({**credential, "proof": [first, second]}))[0] == 200
    broken = {**second, "proofValue": first["proofValue"]}
    assert (await api.verify({**credential, "proof": [first, broken]}))[0] == 400
