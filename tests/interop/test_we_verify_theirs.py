"""Badges that other people's libraries signed: valid untouched, invalid after any change."""

import copy

import pytest

from tests.interop.college import DID, judged
from tests.interop.faults import (
    CHANGES,
    PROOF_CHANGES,
    TOKEN_CHANGES,
    TRULY_SIGNED,
    changed,
    changed_token,
    cut,
    with_changed_proof,
)
from tests.interop.issuers import ISSUERS, as_file
from tests.interop.shapes import REPRESENTATIVES, SHAPES

pytestmark = pytest.mark.interop

SIGNED = {}


def signed_by(issuer, peer, shape, before=None, is_stranger=False):
    """A badge that a library signed, once for all tests."""
    known = (str(issuer), shape, before, is_stranger)
    if known not in SIGNED:
        badge = SHAPES[shape][1]
        if before is not None:
            badge = {**badge, "credentialStatus": dict(badge["credentialStatus"])}
            TRULY_SIGNED[before](badge)
        SIGNED[known] = issuer.sign(issuer, peer, badge, is_stranger)
    return SIGNED[known]


def grid(shapes):
    return [
        pytest.param(issuer, shape, id=f"{issuer} {shape}")
        for issuer in ISSUERS
        for shape in shapes
        if SHAPES[shape][0] in issuer.versions and shape not in issuer.refuses
    ]


def said(answer):
    return answer.verdict.verdict.value, [
        (check.name, check.code, check.detail) for check in answer.verdict.checks
    ]


@pytest.mark.parametrize(("issuer", "shape"), grid(SHAPES))
def test_untouched_is_valid(peer, published, issuer, shape):
    answer = judged(published, signed_by(issuer, peer, shape))
    assert answer.verdict.verdict == "valid", said(answer)


@pytest.mark.parametrize(("issuer", "shape"), grid(REPRESENTATIVES.values()))
def test_anything_changed_is_invalid(peer, published, issuer, shape):
    signed = signed_by(issuer, peer, shape)
    if isinstance(signed, str):
        faulty = {fault: changed_token(signed, fault) for fault in {**TOKEN_CHANGES, **CHANGES}}
    else:
        faulty = {fault: changed(signed, fault) for fault in CHANGES}
        faulty |= {fault: with_changed_proof(signed, fault) for fault in PROOF_CHANGES}
    faulty["cut"] = cut(as_file(signed))
    verdicts = {fault: said(judged(published, badge)) for fault, badge in faulty.items()}
    assert {fault: found for fault, found in verdicts.items() if found[0] != "invalid"} == {}


def test_an_endorsement_with_a_proof_of_its_own_is_part_of_what_is_signed(peer, published):
    issuer = ISSUERS[0]
    badge = copy.deepcopy(SHAPES["endorsed"][1])
    endorsement = badge["endorsement"][0]
    endorsement["issuer"]["id"] = DID
    badge["endorsement"] = [issuer.sign(issuer, peer, endorsement, False)]
    signed = issuer.sign(issuer, peer, badge, False)
    answer = judged(published, signed)
    assert answer.verdict.verdict == "valid", said(answer)
    assert [one.verdict for one in answer.verdict.endorsements] == ["valid"]
    for change in ({"name": "Endorsed by the king"}, {"proof": []}, {"proof": None}):
        faulty = {**signed, "endorsement": [{**signed["endorsement"][0], **change}]}
        assert judged(published, faulty).verdict.verdict == "invalid", change


@pytest.mark.parametrize("fault", TRULY_SIGNED)
@pytest.mark.parametrize(("issuer", "shape"), grid(REPRESENTATIVES.values()))
def test_signed_but_expired_or_revoked_is_invalid(peer, published, issuer, shape, fault):
    answer = judged(published, signed_by(issuer, peer, shape, before=fault))
    codes = {check.code for check in answer.verdict.checks}
    assert (answer.verdict.verdict, fault in codes) == ("invalid", True), said(answer)


@pytest.mark.parametrize(("issuer", "shape"), grid(REPRESENTATIVES.values()))
def test_signed_with_somebody_elses_key_is_invalid(peer, published, issuer, shape):
    answer = judged(published, signed_by(issuer, peer, shape, is_stranger=True))
    assert answer.verdict.verdict == "invalid", said(answer)
