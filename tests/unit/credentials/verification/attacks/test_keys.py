"""Attacks on keys, V23 to V30: whose they are, and in how many ways one is written."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from credentials.openbadges import suites
from credentials.openbadges.canonical import canonical_form
from credentials.openbadges.keys import ED25519, base58_decode, base58_encode
from tests.unit.credentials.openbadges.samples import DID, signer
from tests.unit.credentials.verification.world import (
    CREATED,
    P256,
    World,
    badge,
    p256_signer,
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


def test_v23_a_key_that_is_not_for_assertions(world):
    world.did["authentication"] = world.did.pop("assertionMethod")
    assert code(world, SIGNED) == "key_not_authorised"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"controller": OTHER}, "key_not_authorised"),
        ({"controller": [DID, OTHER]}, "key_not_authorised"),
        ({"controller": None}, "key_not_authorised"),
        ({"id": f"{OTHER}#key"}, "key_not_found"),
        ({"publicKeyMultibase": None}, "key_malformed"),
        ({"publicKeyMultibase": signer(seed=8).public_key_multibase}, "invalid_signature"),
        ({"publicKeyMultibase": p256_signer().public_key_multibase}, "key_type_mismatch"),
    ],
    ids=range(7),
)
def test_v24_a_method_that_is_not_the_issuers(world, changes, expected):
    world.did["verificationMethod"][0] |= changes
    assert code(world, SIGNED) == expected


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ([DID], "malformed_credential"),
        ([{"id": DID, "type": ["Profile"]}] * 2, "malformed_credential"),
        ({"type": ["Profile"], "name": "Example College"}, "malformed_credential"),
        ({"id": [DID]}, "malformed_credential"),
        ({"id": ""}, "malformed_credential"),
        ({"id": "Example College", "type": ["Profile"]}, "undefined_term"),
        ("", "malformed_credential"),
        (None, "malformed_credential"),
    ],
    ids=range(8),
)
def test_v25_an_issuer_in_another_shape(world, issuer, expected):
    assert code(world, {**SIGNED, "issuer": issuer}) == expected


def test_v25_an_issuer_that_is_only_an_id_is_fine(world):
    assert world.judge(signed({**unsigned(), "issuer": DID})).verdict == "valid"


def test_v26_somebody_elses_key_in_the_issuers_name(world):
    for did in (OTHER, f"did:key:{signer(seed=9).public_key_multibase}"):
        forger = signer(seed=9, did=did)
        assert code(world, signed(unsigned(), forger)) == "issuer_key_mismatch"


def test_v27_a_good_seal_of_an_unknown_issuer(world):
    for trust, expected in (
        ((DID,), "valid"),
        ((), "issuer_unknown"),
        ((OTHER,), "issuer_unknown"),
    ):
        assert world.judge(SIGNED, trust=trust).verdict == expected


def sealed(value):
    return {**SIGNED, "proof": [{**PROOF, "proofValue": value}]}


SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_v28_a_key_under_which_one_seal_fits_everything(world, point):
    key = "z" + base58_encode(ED25519 + bytes.fromhex(point))
    seal = "z" + base58_encode(bytes.fromhex(SMALL_ORDER[0]) + bytes(32))
    did = f"did:key:{key}"
    document = {**unsigned(), "issuer": {"id": did, "type": ["Profile"]}}
    proof = {**PROOF, "verificationMethod": f"{did}#{key}", "proofValue": seal}
    assert code(world, {**document, "proof": [proof]}) == "key_malformed"


GOOD = signer().public_key_multibase
RAW = base58_decode(GOOD[1:])


@pytest.mark.parametrize(
    "key",
    [
        GOOD[1:],
        "u" + GOOD[1:],
        "m" + GOOD[1:],
        "Z" + GOOD[1:],
        GOOD + "1",
        "z1" + GOOD[1:],
        "z" + base58_encode(RAW + b"\0"),
        "z" + base58_encode(RAW[:-1]),
        "z" + base58_encode(b"\xec\x01" + RAW[2:]),
        "z" + base58_encode(b"\x80\x24" + RAW[2:]),
        "z" + base58_encode(b"\x80\x24\x02" + RAW[2:-1]),
        "z" + base58_encode(b"\x80\x24\x04" + RAW[2:]),
        GOOD.replace("M", "0", 1),
        "z",
        "",
        "z" + "6" * 200,
    ],
    ids=range(16),
)
def test_v29_a_key_written_another_way(world, key):
    world.did["verificationMethod"][0]["publicKeyMultibase"] = key
    assert code(world, SIGNED) == "key_malformed"


def test_v29_a_point_that_is_not_on_the_curve(world):
    outside = next(
        x
        for x in (bytes([2]) + number.to_bytes(32, "big") for number in range(1, 99))
        if not _on_curve(x)
    )
    key = "z" + base58_encode(b"\x80\x24" + outside)
    world.did["verificationMethod"][0]["publicKeyMultibase"] = key
    assert code(world, SIGNED) == "key_malformed"
    jwk = {"kty": "EC", "crv": "P-256", "x": "A" * 42 + "E", "y": "A" * 42 + "E"}
    world.did["verificationMethod"][0] |= {"publicKeyMultibase": None, "publicKeyJwk": jwk}
    assert code(world, SIGNED) == "key_malformed"


def _on_curve(point):
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True


L = 2**252 + 27742317777372353535851937790883648493
SEAL = base58_decode(PROOF["proofValue"][1:])


def _shifted(times):
    s = int.from_bytes(SEAL[32:], "little") + times * L
    return SEAL[:32] + s.to_bytes(32, "little")


@pytest.mark.parametrize(
    ("seal", "expected"),
    [
        (_shifted(1), "invalid_signature"),
        (_shifted(2), "invalid_signature"),
        (_shifted(7), "invalid_signature"),
        (SEAL[:32] + bytes(32), "invalid_signature"),
        (bytes(64), "invalid_signature"),
        (b"\xff" * 64, "invalid_signature"),
        (SEAL[32:] + SEAL[:32], "invalid_signature"),
        (bytes([SEAL[0] ^ 1]) + SEAL[1:], "invalid_signature"),
        (SEAL[:31] + bytes([SEAL[31] ^ 0x80]) + SEAL[32:], "invalid_signature"),
        (SEAL[:-1], "malformed_proof"),
        (SEAL + b"\0", "malformed_proof"),
        (b"", "malformed_proof"),
    ],
    ids=range(12),
)
def test_v30_a_seal_bent_into_another(world, seal, expected):
    assert code(world, sealed("z" + base58_encode(seal))) == expected


@pytest.mark.parametrize(
    "value", ["u" + PROOF["proofValue"][1:], PROOF["proofValue"] + "0", 7, None]
)
def test_v30_a_seal_written_another_way(world, value):
    assert code(world, sealed(value)) == "malformed_proof"


def p256_badge(bend=lambda r, s: r.to_bytes(32, "big") + s.to_bytes(32, "big"), **document):
    """A badge with an ecdsa-rdfc-2019 proof; `bend` writes its seal down."""
    plain = {**unsigned(), **document}
    method = document.pop("method", p256_signer().verification_method)
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "ecdsa-rdfc-2019",
        "created": CREATED,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    digest = suites.SUITES["DataIntegrityProof", "ecdsa-rdfc-2019"].digest(P256.public_key())
    config = {**options, "@context": plain["@context"]}
    hashed = digest(canonical_form(config)) + digest(canonical_form(plain))
    r, s = utils.decode_dss_signature(P256.sign(hashed, ec.ECDSA(hashes.SHA256())))
    return {**plain, "proof": [{**options, "proofValue": "z" + base58_encode(bend(r, s))}]}


N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def test_ecdsa_proofs_are_verified(world):
    assert world.judge(p256_badge()).verdict == "valid"
    assert code(world, {**p256_badge(), "name": "Surgery"}) == "invalid_signature"


@pytest.mark.parametrize(
    "bend",
    [
        lambda r, s: bytes(64),
        lambda r, s: r.to_bytes(32, "big") + bytes(32),
        lambda r, s: bytes(32) + s.to_bytes(32, "big"),
        lambda r, s: N.to_bytes(32, "big") + s.to_bytes(32, "big"),
        lambda r, s: s.to_bytes(32, "big") + r.to_bytes(32, "big"),
        lambda r, s: r.to_bytes(48, "big") + s.to_bytes(48, "big"),
        lambda r, s: b"\xff" * 64,
    ],
    ids=range(7),
)
def test_v30_an_ecdsa_seal_bent_into_another(world, bend):
    assert code(world, p256_badge(bend)) == "invalid_signature"
