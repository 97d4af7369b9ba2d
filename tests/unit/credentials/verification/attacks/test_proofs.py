"""Attacks on proofs, keys and dates, V19 to V32."""

import copy
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from credentials.openbadges import suites
from credentials.openbadges.canonical import canonical_form
from credentials.openbadges.keys import ED25519, base58_decode, base58_encode, multikey
from credentials.openbadges.proofs import sign_document
from tests.unit.credentials.openbadges.samples import DID, full_document, signer
from tests.unit.credentials.verification.world import (
    CREATED,
    NOW,
    P256,
    World,
    badge,
    changed,
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


def with_proof(**changes):
    return {**SIGNED, "proof": [{**PROOF, **changes}]}


def with_seal(value):
    return with_proof(proofValue=value)


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
    assert code(world, with_seal("z" + base58_encode(seal))) == expected


@pytest.mark.parametrize(
    "value", ["u" + PROOF["proofValue"][1:], PROOF["proofValue"] + "0", 7, None]
)
def test_v30_a_seal_written_another_way(world, value):
    assert code(world, with_seal(value)) == "malformed_proof"


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


def dated(begins="2026-03-02T09:00:00Z", ends=None):
    document = {**unsigned(), "validFrom": begins}
    if ends is not None:
        document["validUntil"] = ends
    if begins is None:
        del document["validFrom"]
    return signed(document)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (dated(ends="2026-03-03T11:57:59Z"), "expired"),
        (dated(begins="2026-03-03T12:02:01Z"), "not_yet_valid"),
        (dated(ends="2026-03-01T00:00:00Z"), "dates_malformed"),
        (dated(begins="2026-03-02T09:00:00"), "dates_malformed"),
        (dated(begins="2026-03-02"), "dates_malformed"),
        (dated(begins="2026-W10-1T09:00:00Z"), "dates_malformed"),
        (dated(begins="2026-02-30T09:00:00Z"), "dates_malformed"),
        (dated(ends="soon"), "dates_malformed"),
        (dated(begins=None), "schema_mismatch"),
    ],
    ids=range(9),
)
def test_v31_dates_out_of_order(world, document, expected):
    assert code(world, document) == expected


@pytest.mark.parametrize(
    "document",
    [
        dated(ends="2026-03-03T11:58:00Z"),
        dated(begins="2026-03-03T12:02:00Z"),
        dated(begins="2026-03-02T09:00:00.123456+05:30"),
        dated(ends="2026-03-03T13:58:00.5+02:00"),
    ],
    ids=range(4),
)
def test_v31_two_minutes_of_patience_and_every_zone(world, document):
    assert world.judge(document).verdict == "valid"


def at(hours):
    return (
        (datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(hours=hours))
        .isoformat()
        .replace("+00:00", "Z")
    )


@pytest.mark.parametrize(
    ("limits", "made", "expected"),
    [
        ({}, 0, "valid"),
        ({}, 27, "valid"),
        ({}, 28, "proof_from_the_future"),
        ({"expires": at(1)}, 0, "valid"),
        ({"expires": at(1)}, 2, "key_expired"),
        ({"revoked": at(1)}, 0, "key_revoked"),
        ({"revoked": at(1)}, 2, "key_revoked"),
        ({"expires": "yesterday"}, 0, "key_malformed"),
        ({"revoked": 7}, 0, "key_malformed"),
    ],
)
def test_v32_made_at_the_wrong_time(world, limits, made, expected):
    world.did["verificationMethod"][0] |= limits
    said = signed(unsigned(), created=at(made))
    assert world.judge(said).code == expected


def test_v32_a_log_shows_what_was_made_before_a_theft(world):
    world.did["verificationMethod"][0]["revoked"] = at(1)
    assert world.judge(SIGNED, was_logged=lambda document: True).verdict == "valid"
    later = signed(unsigned(), created=at(2))
    assert code(world, later, was_logged=lambda document: True) == "key_revoked"


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
    did = f"did:key:{GOOD}"
    document["issuer"]["id"] = did
    del document["credentialSubject"]["achievement"]["creator"]
    whole = signed(document, signer(did=did))
    assert world.judge(whole, trust=(did,)).verdict == "valid"
    assert multikey(signer()._key.public_key()) == GOOD
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
