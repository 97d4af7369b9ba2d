"""Who else vouches for a badge is named, and judged on their own."""

import copy

import pytest

from credentials.openbadges.jwt import sign_jwt
from tests.unit.credentials.openbadges.samples import FULL, signer
from tests.unit.credentials.verification.world import (
    NOW,
    World,
    changed,
    p256_signer,
    signed,
    unsigned,
)

BADGE = unsigned()
BOARD = f"did:key:{signer(seed=5).public_key_multibase}"
P256_BOARD = f"did:key:{p256_signer().public_key_multibase}"


@pytest.fixture
def world():
    return World()


def endorsement(about=BADGE["credentialSubject"]["achievement"]["id"], issuer=BOARD):
    document = copy.deepcopy(FULL["endorsement"][0])
    document["issuer"]["id"] = issuer
    document["credentialSubject"]["id"] = about
    return document


def by_board(document):
    return signed(document, signer(seed=5, did=BOARD))


def told(world, *carried, trust=("did:web:badges.example.org", BOARD)):
    verdict = world.judge(signed({**BADGE, "endorsement": list(carried)}), trust=trust)
    assert verdict.verdict == "valid"
    return [
        (one.issuer_name, one.comment, one.verdict.value, one.code) for one in verdict.endorsements
    ]


def test_a_good_one_is_named(world):
    good = by_board(endorsement())
    assert told(world, good) == [("Board", "We hire on it.", "valid", "valid")]
    unknown = told(world, good, trust=("did:web:badges.example.org",))
    assert unknown == [("Board", "We hire on it.", "issuer_unknown", "issuer_not_registered")]


@pytest.mark.parametrize(
    ("carried", "code"),
    [
        (changed("name", "Another", by_board(endorsement())), "invalid_signature"),
        (
            changed("credentialSubject/endorsementComment", "No", by_board(endorsement())),
            "invalid_signature",
        ),
        (endorsement(), "no_proof"),
        (
            by_board(endorsement(about="https://badges.example.org/achievements/other")),
            "malformed_credential",
        ),
        (signed(endorsement(), signer(seed=6, did=BOARD)), "issuer_key_mismatch"),
        (by_board({**endorsement(), "validUntil": "2026-03-02T00:00:00Z"}), "expired"),
    ],
    ids=range(6),
)
def test_a_bad_one_says_nothing_and_changes_nothing(world, carried, code):
    [(name, comment, verdict, said)] = told(world, carried)
    assert (verdict, said) == ("invalid", code)
    if code != "expired":
        assert (name, comment) == ("", "")


def test_tokens_are_judged_too(world):
    token = sign_jwt(endorsement(issuer=P256_BOARD), p256_signer(P256_BOARD))
    document = changed("credentialSubject/achievement/endorsementJwt", [token, token[:-4]], BADGE)
    verdict = world.judge(
        sign_jwt(document, p256_signer()), trust=("did:web:badges.example.org", P256_BOARD)
    )
    assert verdict.verdict == "valid"
    assert [one.verdict.value for one in verdict.endorsements] == ["valid", "invalid"]


def test_only_a_few_are_looked_at(world):
    many = [by_board({**endorsement(), "id": f"urn:uuid:{n}"}) for n in range(6)]
    assert len(told(world, *many)) == 4


def test_a_changed_endorsement_is_a_changed_badge(world):
    whole = signed({**BADGE, "endorsement": [by_board(endorsement())]})
    bent = changed("endorsement/0/credentialSubject/endorsementComment", "Hire!", whole)
    assert world.judge(bent, now=NOW).code == "invalid_signature"
