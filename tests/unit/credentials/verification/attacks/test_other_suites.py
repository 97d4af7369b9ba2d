"""Proofs that others make and we do not: P-384, and signatures in a detached JWS."""

import copy
import hashlib
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credentials.openbadges.canonical import canonical_form
from credentials.openbadges.keys import base58_encode, base64url_encode, multikey
from tests.unit.credentials.openbadges.samples import DID, full_document
from tests.unit.credentials.verification.world import CREATED, ED25519, World, signer

P384 = ec.derive_private_key(11, ec.SECP384R1())
HEADER = {"alg": "EdDSA", "b64": False, "crit": ["b64"]}


@pytest.fixture
def world():
    return World()


def older():
    """A badge of the data model 1.1, whose contexts know signatures of 2018."""
    document = full_document()
    document["@context"] = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    begin, end = document.pop("validFrom"), document.pop("validUntil")
    dropped = (
        "credentialStatus",
        "credentialSchema",
        "termsOfUse",
        "refreshService",
        "endorsement",
    )
    plain = {name: part for name, part in document.items() if name not in dropped}
    return {**plain, "issuanceDate": begin, "expirationDate": end}


def options(**members):
    return {"created": CREATED, "proofPurpose": "assertionMethod", **members}


def signed_2018(document, header=HEADER, key=ED25519):
    proof = options(type="Ed25519Signature2018", verificationMethod=signer().verification_method)
    config = {**proof, "@context": document["@context"]}
    opening = base64url_encode(json.dumps(header).encode())
    hashed = b"".join(hashlib.sha256(canonical_form(part)).digest() for part in (config, document))
    seal = base64url_encode(key.sign(opening.encode() + b"." + hashed))
    return {**document, "proof": {**proof, "jws": f"{opening}..{seal}"}}


def signed_p384(document, hash_name):
    """With the hash that orders blank nodes; the digests are SHA-384 in any case."""
    method = f"{DID}#{multikey(P384.public_key())}"
    proof = options(
        type="DataIntegrityProof", cryptosuite="ecdsa-rdfc-2019", verificationMethod=method
    )
    config = {**proof, "@context": document["@context"]}
    hashed = b"".join(
        hashlib.sha384(canonical_form(part, hash_name=hash_name)).digest()
        for part in (config, document)
    )
    r, s = utils.decode_dss_signature(P384.sign(hashed, ec.ECDSA(hashes.SHA384())))
    seal = r.to_bytes(48, "big") + s.to_bytes(48, "big")
    return {**document, "proof": [{**proof, "proofValue": "z" + base58_encode(seal)}]}


def without_policy():
    document = full_document()
    for name in ("termsOfUse", "credentialStatus", "refreshService"):
        del document[name]
    return document


def test_the_key_orders_the_blank_nodes_of_a_p384_proof(world):
    document = without_policy()
    forms = {name: canonical_form(document, hash_name=name) for name in ("sha256", "sha384")}
    assert forms["sha256"] != forms["sha384"]
    key = multikey(P384.public_key())
    world.did["verificationMethod"].append(
        {
            "id": f"{DID}#{key}",
            "type": "Multikey",
            "controller": DID,
            "publicKeyMultibase": key,
        }
    )
    world.did["assertionMethod"].append(f"{DID}#{key}")
    for name in forms:
        badge = signed_p384(document, name)
        assert world.judge(badge).verdict == "valid", name
        assert world.judge({**badge, "name": "Surgery"}).code == "invalid_signature"


def test_a_signature_of_2018_is_verified(world):
    assert world.judge(signed_2018(older())).verdict == "valid"


def test_a_badge_changed_under_a_signature_of_2018_is_refused(world):
    badge = signed_2018(older())
    changed = copy.deepcopy(badge)
    changed["credentialSubject"]["achievement"]["name"] = "Surgery"
    assert world.judge(changed).code == "invalid_signature"
    other = signed_2018(older(), key=Ed25519PrivateKey.generate())
    assert world.judge(other).code == "invalid_signature"


@pytest.mark.parametrize(
    "header",
    [
        {**HEADER, "alg": "none"},
        {**HEADER, "alg": "HS256"},
        {**HEADER, "b64": True},
        {"alg": "EdDSA"},
        {**HEADER, "crit": []},
        {**HEADER, "crit": ["b64", "b64"]},
        {**HEADER, "jwk": {}},
        [],
    ],
    ids=str,
)
def test_a_detached_signature_has_one_header_only(world, header):
    assert world.judge(signed_2018(older(), header)).code == "malformed_proof"


@pytest.mark.parametrize(
    "bend",
    [
        lambda jws: jws.replace("..", "."),
        lambda jws: jws.replace("..", ".e30."),
        lambda jws: jws + ".",
        lambda jws: jws + "=",
        lambda jws: jws[:-1],
        lambda jws: jws + "A" * 500,
        lambda jws: "..",
        lambda jws: "",
        lambda jws: None,
        lambda jws: 7,
    ],
    ids=range(10),
)
def test_a_detached_signature_written_another_way_is_refused(world, bend):
    badge = signed_2018(older())
    badge["proof"]["jws"] = bend(badge["proof"]["jws"])
    assert world.judge(badge).code == "malformed_proof"
