"""Attacks on VC-JWTs, V1 to V9: whatever the header promises, only the issuer's key counts."""

import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from credentials.openbadges.jwt import sign_jwt
from credentials.openbadges.keys import base64url_decode, base64url_encode, public_jwk
from credentials.verification.trust import TrustRegistry
from tests.unit.credentials.openbadges.samples import DID, ORIGIN, signer
from tests.unit.credentials.verification.world import (
    DID_JSON,
    ED25519,
    OTHER_P256,
    P256,
    RSA,
    World,
    changed,
    p256_signer,
    unsigned,
)

TOKEN = sign_jwt(unsigned(), p256_signer())
HEADER, PAYLOAD = (json.loads(base64url_decode(part)) for part in TOKEN.split(".")[:2])
KID = HEADER["kid"]


def es256(message, key=P256):
    r, s = utils.decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def rs256(message, key=RSA):
    return key.sign(message, padding.PKCS1v15(), hashes.SHA256())


def token(header=None, payload=None, by=es256):
    parts = [HEADER if header is None else header, PAYLOAD if payload is None else payload]
    signed = ".".join(base64url_encode(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{base64url_encode(by(signed.encode()))}"


@pytest.fixture
def world():
    return World()


def code(world, said, **parts):
    verdict = world.judge(said, **parts)
    assert verdict.verdict == "invalid"
    assert verdict.credential is None
    return verdict.code


def test_an_untouched_token_is_valid(world):
    assert world.judge(TOKEN).verdict == "valid"


@pytest.mark.parametrize(
    "alg", ["none", "None", "nOnE", "NONE", "", None, 7, ["ES256"], "absent"], ids=repr
)
@pytest.mark.parametrize("signature", [b"", b"\0" * 64], ids=["unsigned", "zeros"])
def test_v1_a_token_that_is_not_signed(world, alg, signature):
    header = {**HEADER, "alg": alg}
    if alg == "absent":
        del header["alg"]
    assert code(world, token(header, by=lambda _: signature)) == "alg_not_allowed"


FORMS = {
    "PEM": P256.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ),
    "DER": P256.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    ),
    "JWK": json.dumps(public_jwk(P256.public_key())).encode(),
    "raw": P256.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512", "hs256"])
def test_v2_the_public_key_used_as_a_secret(world, form, alg):
    forged = token(
        {**HEADER, "alg": alg}, by=lambda m: hmac.new(FORMS[form], m, hashlib.sha256).digest()
    )
    assert code(world, forged) == "alg_not_allowed"


@pytest.mark.parametrize("alg", ["RS256", "PS256", "RS512", "ES384", "ES512", "ES256K", "EdDSA"])
def test_v3_another_algorithm_than_the_keys(world, alg):
    assert code(world, token({**HEADER, "alg": alg})) == "key_type_mismatch"


def test_v3_a_key_that_says_what_it_is_for(world):
    for member, expected in (
        ({"alg": "ES384"}, "key_type_mismatch"),
        (
            {"use": "enc"},
            "key_not_authorised",
        ),
    ):
        world.did["verificationMethod"][1]["publicKeyJwk"] |= member
        assert code(world, TOKEN) == expected
        world.__init__()


def test_v3_a_weak_rsa_key(world):
    weak = rsa.generate_private_key(65537, 1024)
    numbers = weak.public_key().public_numbers()
    jwk = {
        "kty": "RSA",
        "n": base64url_encode(numbers.n.to_bytes(128, "big")),
        "e": "AQAB",
    }
    world.did["verificationMethod"][1]["publicKeyJwk"] = jwk
    forged = token({"alg": "RS256", "kid": KID}, by=lambda m: rs256(m, weak))
    assert code(world, forged) == "key_malformed"


def by_attacker(message):
    return es256(message, OTHER_P256)


def test_v4_a_key_brought_along_proves_nothing(world):
    jwk = public_jwk(OTHER_P256.public_key())
    with_kid = token({**HEADER, "jwk": jwk}, by=by_attacker)
    without = token({"alg": "ES256", "typ": "JWT", "jwk": jwk}, by=by_attacker)
    assert code(world, with_kid) == "issuer_key_mismatch"
    assert code(world, without) == "key_not_authorised"


def test_v4_a_key_brought_along_for_an_address_is_bound_by_the_registry_alone(world):
    issuer = "https://peer.example/issuer"
    document = unsigned()
    document["issuer"]["id"] = issuer
    del document["credentialStatus"]
    jwk = public_jwk(OTHER_P256.public_key())
    payload = {**PAYLOAD, **document, "iss": issuer}
    del payload["credentialStatus"]
    said = token({"alg": "ES256", "jwk": jwk}, payload, by_attacker)
    for keys, expected in (
        ((), ("issuer_unknown", "key_not_bound")),
        ((P256.public_key(),), ("issuer_unknown", "key_not_bound")),
        ((OTHER_P256.public_key(),), ("valid", "valid")),
    ):
        verdict = world.judge(said, registry=TrustRegistry({issuer: "Peer"}, keys={issuer: keys}))
        assert (verdict.verdict, verdict.code) == expected
    assert world.asked == []


@pytest.mark.parametrize("name", ["jku", "x5u", "x5c", "x5t"])
def test_v5_a_header_that_points_to_a_key(world, name):
    forged = token({**HEADER, name: "https://evil.example/keys.json"}, by=by_attacker)
    assert code(world, forged) == "header_not_allowed"
    assert world.asked == []


@pytest.mark.parametrize(
    ("kid", "expected"),
    [
        ("../../etc/passwd", "key_not_authorised"),
        ("' or 1=1 --", "key_not_authorised"),
        (f"{DID}#z6Mkother", "key_not_authorised"),
        (f"did:web:evil.example#{KID.partition('#')[2]}", "issuer_key_mismatch"),
        ("https://evil.example/key", "issuer_key_mismatch"),
        (f"{ORIGIN}/key", "issuer_key_mismatch"),
        ("file:///etc/passwd", "key_not_authorised"),
        ("", "issuer_key_mismatch"),
        (7, "header_not_allowed"),
    ],
)
def test_v6_a_kid_that_is_not_the_issuers(world, kid, expected):
    assert code(world, token({"alg": "ES256", "kid": kid}, by=by_attacker)) == expected
    assert set(world.asked) <= {DID_JSON}


@pytest.mark.parametrize(
    "extra", [{"crit": ["x"], "x": 1}, {"b64": False, "crit": ["b64"]}, {"zip": "DEF"}], ids=str
)
def test_v7_a_header_that_changes_what_is_signed(world, extra):
    assert code(world, token({**HEADER, **extra})) == "header_not_allowed"


HEAD, BODY, SEAL = TOKEN.split(".")


@pytest.mark.parametrize(
    "said",
    [
        f"{HEAD}.{BODY}",
        f"{HEAD}.{BODY}.",
        f"{HEAD}.{BODY}.{SEAL}.",
        f"{HEAD}.{BODY}.{SEAL}.{SEAL}",
        f"{HEAD}.{BODY}.{SEAL}.{SEAL}.{SEAL}",
        f"{HEAD}. {BODY}.{SEAL}",
        f"{HEAD}\n.{BODY}.{SEAL}",
        f"{HEAD}.{BODY}.{SEAL}=",
        f"{HEAD}.{BODY}.{SEAL}==",
        f"{HEAD}.{BODY}.{SEAL[:-1]}",
        f"{HEAD}.{BODY}.{SEAL[:-1]}_",
        f"{HEAD}.{BODY}.{SEAL.replace('-', '+').replace('_', '/')}+",
        f".{BODY}.{SEAL}",
    ],
    ids=range(13),
)
def test_v8_a_token_written_another_way(world, said):
    assert code(world, said) in {"malformed_jwt", "malformed_json", "invalid_signature"}


def test_v8_every_character_of_a_token_counts(world):
    for place in range(0, len(TOKEN), 7):
        if TOKEN[place] != ".":
            other = "A" if TOKEN[place] != "A" else "B"
            said = TOKEN[:place] + other + TOKEN[place + 1 :]
            assert world.judge(said).verdict == "invalid", place


@pytest.mark.parametrize(
    "claim",
    [
        {"iss": "did:web:evil.example"},
        {"sub": "urn:uuid:5a1f2c3e-0000-4000-8000-00000000000f"},
        {"jti": "urn:uuid:5a1f2c3e-0000-4000-8000-00000000000f"},
        {"nbf": PAYLOAD["nbf"] + 1},
        {"nbf": True},
        {"nbf": str(PAYLOAD["nbf"])},
        {"exp": 4_000_000_000},
        {"vc": {"credentialSubject": {}}},
        {"iss": None},
    ],
    ids=str,
)
def test_v9_claims_that_contradict_the_credential(world, claim):
    assert code(world, token(payload={**PAYLOAD, **claim})) == "claim_mismatch"


@pytest.mark.parametrize("name", ["iss", "sub", "jti", "nbf"])
def test_v9_claims_that_are_missing(world, name):
    payload = {key: value for key, value in PAYLOAD.items() if key != name}
    assert code(world, token(payload=payload)) == "claim_mismatch"


def test_v9_the_older_form_has_its_claims_checked_as_well(world):
    vc = unsigned()
    claims = {name: PAYLOAD[name] for name in ("iss", "sub", "jti", "nbf")}
    assert world.judge(token(payload={**claims, "vc": vc})).verdict == "valid"
    for name in ("iss", "sub", "jti"):
        forged = token(payload={**claims, name: "did:web:evil.example", "vc": vc})
        assert code(world, forged) == "claim_mismatch"
    ended = changed("validUntil", "2030-01-01T00:00:00Z", vc)
    assert code(world, token(payload={**claims, "exp": 1, "vc": ended})) == "claim_mismatch"


def test_rs256_and_eddsa_tokens_of_the_issuer_are_valid(world):
    numbers = RSA.public_key().public_numbers()
    rsa_jwk = {
        "kty": "RSA",
        "n": base64url_encode(numbers.n.to_bytes(256, "big")),
        "e": "AQAB",
    }
    kid = f"{DID}#rsa"
    world.did["verificationMethod"].append(
        {"id": kid, "type": "JsonWebKey", "controller": DID, "publicKeyJwk": rsa_jwk}
    )
    world.did["assertionMethod"].append(kid)
    assert world.judge(token({"alg": "RS256", "kid": kid}, by=rs256)).verdict == "valid"
    eddsa = {"alg": "EdDSA", "kid": signer().verification_method}
    assert world.judge(token(eddsa, by=ED25519.sign)).verdict == "valid"
