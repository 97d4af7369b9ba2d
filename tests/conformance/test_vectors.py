"""The test vectors of the W3C's recommendations: proofs made by others, and the one we must make.

https://www.w3.org/TR/vc-di-eddsa/#test-vectors · https://www.w3.org/TR/vc-di-ecdsa/#test-vectors
"""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credentials.openbadges.keys import Ed25519Signer, parse_multikey
from credentials.openbadges.proofs import open_proof, sign_document
from credentials.verification.any_credential import LEEWAY
from tests.conformance.conftest import EXAMPLES, V2, changed

DOCUMENT = {
    "@context": [V2, EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
CREATED = "2023-02-24T23:36:38Z"
SEED = "c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6"
ED25519 = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
P256 = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"
P384 = "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ"
ISSUER = "https://vc.example/issuers/5678"
RDFC = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"


def proof(suite, key, value, *, controller=None, created=CREATED, **more):
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": created,
        "verificationMethod": f"{controller or f'did:key:{key}'}#{key}",
        "proofPurpose": "assertionMethod",
        **more,
        "proofValue": value,
    }


ALONE = [
    proof("eddsa-rdfc-2022", ED25519, RDFC),
    proof(
        "eddsa-jcs-2022",
        ED25519,
        "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
        **{"@context": [V2, EXAMPLES]},
    ),
    proof(
        "ecdsa-rdfc-2019",
        P256,
        "zaHXrr7AQdydBk3ahpCDpWbxfLokDqmCToYm2dyWvpcFVyWooC2he63w1f7UNQoAMKdhaRtcnaE2KTo5o5vTCcfw",
    ),
    proof(
        "ecdsa-rdfc-2019",
        P256,
        "z4KKHqaD4F7GHyLA6f3wK9Ehxtogv5jQRFpQBM4sXkSf7Bozd7bAf7dF6UkfM2aSCBMm24mPvaFXmzQmimzaEC3SL",
        controller=ISSUER,
    ),
    proof(
        "ecdsa-rdfc-2019",
        P384,
        "zpuEu1cJ7Wpb453b4RiV3ex7SKGYm3fdAd4WUTVpR8Me3ZXkCCVUfd4M4TvHF9Wv1tRNWe5SkZhQTGYLUxdugFRGC2"
        "uyYRNTnimS6UMN6wkenTViRK1Mei7DooSBpumHHjYu",
        controller=ISSUER,
    ),
    proof(
        "ecdsa-jcs-2019",
        P384,
        "zFYhRwKuucKxM7dnL69VpnwmU9UD2wc5HfFjXfxKH82pEybv18EfxaT8m53kyMfrDQneYnsLCZ35UE2KwZTkd4zN7v"
        "NHdVseyjW5apJJ9NkfpUiTGUayG2yaZvWu6Gd8EDYk",
        controller=ISSUER,
    ),
]
FIRST, SECOND, THIRD = (
    "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544",
    "urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54",
    "urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23",
)
LAST_KEY = "z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1"
CHAIN = [
    proof(
        "eddsa-rdfc-2022",
        "z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7",
        "z5KTX5yikM4eUukZW9qh66LGT3KZEUCACGpWcT2t4Yd54NMoFRchGmH4778omyNFAD3weSt6sNk5fuaMQmhhzNmEC",
        controller=f"{ISSUER}1",
        id=FIRST,
    ),
    proof(
        "eddsa-rdfc-2022",
        "z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E",
        "z5KXNyXDcm822dHS37tmS6Xc7FFNo8c73AfeqmfHoywPxnXWNjWKYK3VQzt3CMUoK9uAqsboVHKJXxuYwbdnfxZeA",
        controller=f"{ISSUER}2",
        id=SECOND,
    ),
    proof(
        "eddsa-rdfc-2022",
        LAST_KEY,
        "z2hcFbMaj3BJufikuLZQ36gAXVT9J3ZiwB9rqN3j7VdqyT1GaQPbMTaF1Q2gn7h75ZcJ6JpV9pvNoDumvcjtmSRAV",
        controller=f"{ISSUER}3",
        id=THIRD,
        created="2023-02-26T22:06:38Z",
        previousProof=[FIRST, SECOND],
    ),
    proof(
        "eddsa-rdfc-2022",
        LAST_KEY,
        "z6f4Lx4xiwWq8sucv6pg2vVvD5R4bxr58q2TagpwDXCxPVVS28S1iFwhor4ikhG6u4RKrNx7uSkYrCHdiiw5Js3d",
        controller=f"{ISSUER}4",
        created="2023-02-26T22:16:38Z",
        previousProof=THIRD,
    ),
]


def holds(document, one):
    key = parse_multikey(one["verificationMethod"].partition("#")[2])
    return open_proof(document, one, LEEWAY).was_made_with(key)


@pytest.mark.parametrize("one", ALONE, ids=range(6))
def test_a_proof_of_the_recommendations_holds_until_something_is_changed(one):
    document = {**DOCUMENT, "proof": one}
    assert holds(document, one)
    assert not holds(changed(document, "credentialSubject/alumniOf", "Another School"), one)
    assert not holds(document, {**one, "created": "2023-02-24T23:36:39Z"})


def test_every_link_of_their_chain_of_proofs_holds():
    document = {**DOCUMENT, "proof": CHAIN}
    assert all(holds(document, one) for one in CHAIN)
    moved = changed(document, "proof/0/created", "2023-02-24T23:36:39Z")
    assert [holds(moved, one) for one in moved["proof"]] == [False, True, False, True]


def test_our_own_proof_is_theirs_to_the_byte():
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SEED))
    signer = Ed25519Signer(f"did:key:{ED25519}", private)
    signed = sign_document(DOCUMENT, signer, created=CREATED, leeway=LEEWAY)
    assert signed["proof"] == [ALONE[0]]
