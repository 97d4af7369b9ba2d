"""Verifiable Credentials Data Model 2.0, statement by statement, at the VC-API."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from credentials.openbadges.bundled import document_bytes
from credentials.openbadges.jwt import sign_jwt
from credentials.openbadges.keys import P256Signer, multikey
from tests.conformance.conftest import EXAMPLES, V2, Holder, changed

BASE = document_bytes(V2)
SRI = "sha384-" + base64.b64encode(hashlib.sha384(BASE).digest()).decode()
MULTIBASE = "u" + base64.urlsafe_b64encode(hashlib.sha256(BASE).digest()).decode().rstrip("=")
WRONG_SRI = "sha256-" + base64.b64encode(bytes(32)).decode()
EARLIER_SRI = "sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg"
EARLIER_MULTIBASE = "uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k"
TYPED = {"type": "https://example.org/#Service", "id": "did:example:1"}
TAGGED = {"@value": "Name", "@language": "en"}

ISSUED = [
    ("a second context by URL", "@context", [V2, EXAMPLES]),
    ("a context given inline", "@context", [V2, {"Extra": "https://example.org/#Extra"}]),
    ("no id", "name", "x"),
    ("an id", "id", "urn:uuid:5a1f2c3e-0000-4000-8000-000000000001"),
    ("a DID as the subject's id", "credentialSubject", {"id": "did:example:subject"}),
    ("a subject without id", "credentialSubject", {"name": "Pat"}),
    ("several subjects", "credentialSubject", [{"id": "did:example:1"}, {"name": "Pat"}]),
    ("a type by URL", "type", ["VerifiableCredential", "https://example.org/#Extra"]),
    ("types in another order", "type", ["https://example.org/#Extra", "VerifiableCredential"]),
    ("a name in a language", "name", TAGGED),
    ("a name with a direction", "name", {**TAGGED, "@direction": "ltr"}),
    ("names in several languages", "name", [TAGGED, {"@value": "Nom", "@language": "fr"}]),
    ("a description with a direction", "description", {**TAGGED, "@direction": "rtl"}),
    ("an issuer object", "issuer", {"id": "did:example:issuer"}),
    (
        "an issuer with names",
        "issuer",
        {"id": "did:example:i", "name": [TAGGED], "description": "x"},
    ),
    ("fractions of seconds", "validFrom", "2023-02-26T00:37:06.123Z"),
    ("an offset", "validUntil", "2043-02-26T00:37:06-05:00"),
    ("a start in the far future", "validFrom", "2093-02-26T00:37:06Z"),
    ("a status", "credentialStatus", TYPED),
    ("a status without id", "credentialStatus", {"type": TYPED["type"]}),
    ("a schema", "credentialSchema", TYPED),
    ("schemas", "credentialSchema", [TYPED, {**TYPED, "id": "did:example:2"}]),
    ("a refresh service", "refreshService", TYPED),
    ("refresh services", "refreshService", [TYPED, {**TYPED, "id": "did:example:2"}]),
    ("terms of use", "termsOfUse", [TYPED, {"type": TYPED["type"]}]),
    ("evidence", "evidence", [TYPED, {**TYPED, "id": "did:example:2"}]),
    ("a related resource by SRI", "relatedResource", [{"id": V2, "digestSRI": SRI}]),
    (
        "a related resource by multibase",
        "relatedResource",
        {"id": V2, "digestMultibase": MULTIBASE},
    ),
    (
        "a related resource as it was earlier",
        "relatedResource",
        [{"id": V2, "digestSRI": EARLIER_SRI, "digestMultibase": EARLIER_MULTIBASE}],
    ),
    (
        "a related resource with a media type",
        "relatedResource",
        [{"id": V2, "digestSRI": SRI, "mediaType": "application/ld+json"}],
    ),
]

REFUSED = [
    ("no context", "@context", ...),
    ("no base context", "@context", [EXAMPLES]),
    ("contexts in the wrong order", "@context", [EXAMPLES, V2]),
    ("a context that is no URL", "@context", [V2, "https ://not-a-url/v1"]),
    ("a context that is a number", "@context", [V2, 123192875]),
    ("an unknown context", "@context", [V2, "https://example.com/unknown"]),
    ("a context that redefines a term", "@context", [V2, {"VerifiableCredential": "urn:x:y"}]),
    ("a context that redefines a member", "@context", [V2, {"name": "https://example.org/name"}]),
    ("a null id", "id", None),
    ("several ids", "id", ["did:example:1", "did:example:2"]),
    ("an id that is no URL", "id", "not-a-url"),
    ("several ids of the subject", "credentialSubject/id", ["did:example:1", "did:example:2"]),
    ("a subject's id that is no URL", "credentialSubject/id", "not a url"),
    ("no type", "type", ...),
    ("no type VerifiableCredential", "type", ["https://example.org/#Extra"]),
    ("a null type", "type", [None]),
    ("no issuer's URL", "issuer", "not-a-url"),
    ("a null issuer", "issuer", None),
    ("an issuer with a null id", "issuer", {"id": None}),
    ("an issuer's id that is no URL", "issuer", {"id": "not-a-url"}),
    ("no subject", "credentialSubject", ...),
    ("an empty subject", "credentialSubject", {}),
    ("an empty subject among others", "credentialSubject", [{"id": "did:example:1"}, {}]),
    ("no subjects at all", "credentialSubject", []),
    ("a subject that is a text", "credentialSubject", "did:example:subject"),
    ("a date without a zone", "validFrom", "2023-02-26T00:37:06"),
    ("a date that is none", "validUntil", "02/26/2043"),
    ("an end before the start", "validUntil", "2022-02-26T00:37:06Z"),
    ("a name with more members", "name", {**TAGGED, "url": "did:example:1"}),
    ("a name that is a number", "name", 7),
    ("a description with more members", "description", {**TAGGED, "extra": "x"}),
    ("an issuer's name with more members", "issuer", {"id": "did:e:1", "name": {**TAGGED, "x": "y"}}),
    ("a status without type", "credentialStatus", {"id": "did:example:1"}),
    ("a status with several ids", "credentialStatus", {**TYPED, "id": ["did:e:1", "did:e:2"]}),
    ("a status' id that is no URL", "credentialStatus", {**TYPED, "id": "not-a-url"}),
    ("a status' type that is no URL", "credentialStatus", {**TYPED, "type": "not a url"}),
    ("a schema without type", "credentialSchema", {"id": "did:example:1"}),
    ("a schema without id", "credentialSchema", {"type": TYPED["type"]}),
    ("a schema's id that is no URL", "credentialSchema", {**TYPED, "id": 7}),
    ("a refresh service without type", "refreshService", {"id": "did:example:1"}),
    ("terms of use without type", "termsOfUse", {"id": "did:example:1"}),
    ("evidence without type", "evidence", [{"id": "did:example:1"}]),
    ("related resources as texts", "relatedResource", [V2]),
    ("a related resource without id", "relatedResource", [{"digestSRI": SRI}]),
    ("a related resource twice", "relatedResource", [{"id": V2, "digestSRI": SRI}] * 2),
    ("a related resource without digest", "relatedResource", [{"id": V2}]),
    ("a wrong digestSRI", "relatedResource", [{"id": V2, "digestSRI": WRONG_SRI}]),
    ("a digestSRI that is none", "relatedResource", [{"id": V2, "digestSRI": "abc"}]),
    ("a digestMultibase that is none", "relatedResource", [{"id": "did:e:1", "digestMultibase": "uZTQ0"}]),
    ("a wrong digestMultibase", "relatedResource", [{"id": V2, "digestMultibase": "uEiA" + "A" * 43}]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "path", "value"), ISSUED, ids=lambda part: str(part)[:40])
async def test_a_credential_may_have(api, credential, what, path, value):
    status, answer = await api.issue(changed(credential, path, value))
    assert status == 201, answer
    issued = answer["verifiableCredential"]
    if path == "issuer":
        assert issued[path] == {**value, "id": issued[path]["id"]}
    else:
        assert issued[path] == value
    if value != "2093-02-26T00:37:06Z":
        assert (await api.verify(issued))[0] == 200


@pytest.mark.parametrize(("what", "path", "value"), REFUSED, ids=lambda part: str(part)[:40])
async def test_a_credential_may_not_have(api, credential, what, path, value):
    status, answer = await api.issue(changed(credential, path, value))
    assert status == 400
    assert answer["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("contexts", "kind", "status"),
    [
        ([V2], "Undefined", 400),
        ([V2, {"Mapped": "https://example.org/#Mapped"}], "Mapped", 201),
        ([V2, {"Mapped": "https ://not-a-url#Mapped"}], "Mapped", 400),
    ],
)
async def test_a_type_needs_a_meaning(api, credential, contexts, kind, status):
    typed = {**credential, "@context": contexts, "type": ["VerifiableCredential", kind]}
    assert (await api.issue(typed))[0] == status


async def test_a_member_needs_a_meaning(api, credential):
    undefined = {**credential, "@context": [V2], "anything": "x"}
    assert (await api.issue(undefined))[0] == 400
    assert (await api.issue({**undefined, "@context": [V2, EXAMPLES]}))[0] == 201


async def test_a_credential_without_issuer_gets_ours(api, credential):
    _, told = await api.get("/vc-api")
    status, answer = await api.issue(changed(credential, "issuer", ...))
    assert status == 201
    assert answer["verifiableCredential"]["issuer"] == told["issuer"]
    assert told["issuer"].startswith("did:key:z6Mk")


async def test_a_presentation_verifies(api, holder, presentation, credential):
    own = holder.prove(credential | {"issuer": holder.did})
    for more in (
        {},
        {"id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000001"},
        {"holder": holder.did},
        {"holder": {"id": holder.did}},
        {"verifiableCredential": [own, own | {}]},
        {"@context": [V2, EXAMPLES], "type": ["VerifiablePresentation", "ExamplePresentation"]},
        {
            "@context": [V2, {"X": "https://example.org/#X"}],
            "type": ["VerifiablePresentation", "X"],
        },
    ):
        shown = holder.prove({**presentation, **more}, proofPurpose="authentication")
        status, answer = await api.present(shown)
        assert status == 200, (more, answer)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("@context", ...),
        ("@context", [EXAMPLES, V2]),
        ("@context", [EXAMPLES]),
        ("@context", [V2, "https://example.com"]),
        ("@context", [V2, "https ://not-a-url"]),
        ("@context", [V2, 123192875]),
        ("type", ...),
        ("type", ["Other"]),
        ("id", "not-a-url"),
        ("holder", {"name": "no id"}),
        ("holder", "not-a-url"),
        ("verifiableCredential", ["https://example.org/credential"]),
        ("verifiableCredential", [7]),
        ("termsOfUse", [{"id": "did:example:1"}]),
        ("proof/proofValue", "z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"),
        ("proof/proofValue", ...),
    ],
)
async def test_a_presentation_may_not_have(api, holder, presentation, path, value):
    shown = holder.prove(presentation, proofPurpose="authentication")
    begun = shown if path in shown or "/" in path else {**shown, path: "x"}
    for checks in (["proof"], []):
        assert (await api.present(changed(begun, path, value), checks=checks))[0] == 400


async def test_a_credential_without_proof_must_be_the_holders_own(
    api, holder, presentation, credential
):
    def shown(issuer, **more):
        members = {"verifiableCredential": [{**credential, "issuer": issuer}], **more}
        return holder.prove({**presentation, **members}, proofPurpose="authentication")

    assert (await api.present(shown(holder.did)))[0] == 400
    assert (await api.present(shown(holder.did, holder=holder.did)))[0] == 200
    assert (await api.present(shown(holder.did, holder="did:example:acme")))[0] == 400
    assert (await api.present(shown("did:example:acme", holder=holder.did)))[0] == 400
    other = Holder(4).did
    assert (await api.present(shown(other, holder=other)))[0] == 400


async def test_an_altered_credential_in_a_presentation_is_refused(
    api, holder, presentation, credential
):
    own = holder.prove(credential | {"issuer": holder.did})
    own["validFrom"] = "2023-02-27T00:00:00Z"
    shown = {**presentation, "verifiableCredential": [own]}
    assert (await api.present(holder.prove(shown, proofPurpose="authentication")))[0] == 400


@pytest.mark.parametrize(
    "envelope",
    [
        {"@context": [], "type": "EnvelopedVerifiableCredential", "id": "data:application/jwt,a.b.c"},
        {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": "a.b.c"},
        {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,a.b.c"},
        {"@context": V2, "type": "VerifiableCredential", "id": "data:application/vc+jwt,a.b.c"},
    ],
)  # fmt: skip
async def test_an_envelope_that_holds_nothing_to_rely_on_is_refused(api, presentation, envelope):
    assert (await api.verify(envelope))[0] == 400
    shown = {**presentation, "verifiableCredential": [envelope]}
    assert (await api.present(shown))[0] == 400


async def test_what_is_no_credential_is_refused(api):
    for odd in ({"type": ["NonconformingDocument"]}, {}, [], "x", None):
        assert (await api.verify(odd))[0] == 400
        assert (await api.present(odd))[0] == 400


def enveloped(credential, **changes):
    """In the envelope of a token by a did:key of its own."""
    key = ec.derive_private_key(7, ec.SECP256R1())
    did = f"did:key:{multikey(key.public_key())}"
    document = {**credential, "id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000003", "issuer": did}
    token = sign_jwt({**document, **changes}, P256Signer(did, key))
    return {
        "@context": V2,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 200),
        ({"validUntil": "2024-01-01T00:00:00Z"}, 400),
        ({"validFrom": "2093-01-01T00:00:00Z"}, 400),
        ({"credentialSubject": {}}, 400),
        ({"type": ["Other"]}, 400),
        ({"issuer": "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"}, 400),
    ],
    ids=range(6),
)
async def test_a_credential_in_an_envelope_is_held_to_the_same(
    api, presentation, credential, changes, status
):
    envelope = enveloped(credential, **changes)
    assert (await api.verify(envelope))[0] == status
    assert (await api.present({**presentation, "verifiableCredential": [envelope]}))[0] == status
    assert (await api.verify({**envelope, "id": envelope["id"][:-4] + "AAAA"}))[0] == 400
