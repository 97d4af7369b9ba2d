"""Junk in any place of a badge, a token or a document that is looked up: a verdict, never a crash."""

import copy
import json

import pytest

from credentials.openbadges.jwt import sign_jwt
from credentials.openbadges.keys import base64url_decode, base64url_encode
from credentials.openbadges.proofs import sign_document
from tests.unit.credentials.openbadges.samples import full_document, signer
from tests.unit.credentials.verification.world import (
    CREATED,
    LIST,
    World,
    badge,
    p256_signer,
    unsigned,
)

JUNK = [
    None,
    True,
    0,
    -7.5,
    "",
    "junk",
    [],
    [[]],
    [None],
    {},
    {"id": None},
    {"@value": "junk"},
    10**18,
]


@pytest.fixture
def world():
    return World()


def places(node, here=()):
    """The path of every value in a document."""
    if here:
        yield here
    if isinstance(node, dict | list):
        for name, part in node.items() if isinstance(node, dict) else enumerate(node):
            yield from places(part, (*here, name))


def spoiled(document):
    """The document with every junk in every place."""
    for place in places(document):
        for junk in JUNK:
            changed = copy.deepcopy(document)
            node = changed
            for name in place[:-1]:
                node = node[name]
            if node[place[-1]] != junk:
                node[place[-1]] = junk
                yield place, junk, changed


def lenient_badge():
    """With nearly every member, and without a schema that would hold it to its words."""
    document = full_document()
    for name in ("termsOfUse", "credentialSchema", "refreshService"):
        del document[name]
    document["credentialStatus"] |= {"statusListCredential": LIST, "id": f"{LIST}#7"}
    return sign_document(document, signer(), created=CREATED)


#: Without contexts of its own, what the credential carries is read with the credential's.
SAME_MEANING = {("endorsement", 0, "@context")}


def test_junk_in_a_badge_makes_it_invalid(world):
    document = lenient_badge()
    assert world.judge(document).verdict == "valid"
    for place, junk, changed in spoiled(document):
        verdict = world.judge(changed).verdict
        assert verdict == "invalid" or (place in SAME_MEANING and junk == []), (place, junk)


def token_of(payload, header):
    parts = [base64url_encode(json.dumps(part).encode()) for part in (header, payload)]
    signed = ".".join(parts)
    return f"{signed}.{base64url_encode(p256_signer().sign(signed.encode()))}"


@pytest.mark.parametrize("part", ["header", "payload"])
def test_junk_in_a_signed_token_gets_a_verdict(world, part):
    token = sign_jwt(unsigned(), p256_signer())
    header, payload = (
        json.loads(base64url_decode(text)) for text in token.split(".", maxsplit=2)[:2]
    )
    payload["proof"] = badge()["proof"]
    assert world.judge(token_of(payload, header)).verdict == "valid"
    if part == "header":
        tokens = [token_of(payload, changed) for _, _, changed in spoiled(header)]
    else:
        tokens = [
            token_of(changed, header)
            for place, _, changed in spoiled(payload)
            if place[0] in {"proof", "iss", "sub", "jti", "nbf", "issuer", "@context", "type"}
        ]
    assert all(world.judge(one).checks for one in tokens)


def test_junk_in_the_issuers_document_gets_a_verdict(world):
    document, token, known = badge(), sign_jwt(unsigned(), p256_signer()), world.did
    for _, _, changed in spoiled(known):
        world.did = changed
        assert world.judge(document).checks
        assert world.judge(token).checks


def test_junk_in_a_status_list_is_never_a_good_sign(world):
    document = badge()
    for place, junk, changed in spoiled(world.status_list()):
        world.pages = {LIST: changed}
        assert world.judge(document).verdict == "could_not_check", (place, junk)
