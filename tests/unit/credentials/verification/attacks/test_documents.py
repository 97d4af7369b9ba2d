"""Attacks on JSON and JSON-LD, V10 to V18."""

import hashlib
import json
import socket
import unicodedata
from pathlib import Path

import pytest
import rfc8785

from credentials.openbadges.canonical import canonical_form
from credentials.openbadges.keys import base58_encode
from credentials.openbadges.proofs import ProofError
from credentials.openbadges.reading import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_INTEGER,
    ReadingError,
    read_json,
)
from credentials.openbadges.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from tests.unit.credentials.openbadges.samples import ORIGIN, full_document, signer
from tests.unit.credentials.verification.world import World, badge, changed, signed, unsigned

CORPUS = Path(__file__).parent / "corpus"
SIGNED = badge()
TEXT = json.dumps(SIGNED)


@pytest.fixture
def world():
    return World()


def code(world, said):
    verdict = world.judge(said)
    assert verdict.verdict == "invalid"
    assert verdict.credential is None
    return verdict.code


@pytest.mark.parametrize(
    "said",
    [
        TEXT.replace('"name":', '"name": "Surgery", "name":', 1),
        TEXT.replace('"id":', '"id": "urn:uuid:other", "id":', 1),
        TEXT.replace('"achievement":', '"achievement": {}, "achievement":', 1),
        TEXT.replace('"proofValue":', '"proofValue": "z1", "proofValue":', 1),
        TEXT.replace('"name":', '"na\\u006de": "Surgery", "name":', 1),
    ],
    ids=["top", "id", "nested", "proof", "escaped"],
)
def test_v10_a_member_said_twice(world, said):
    assert code(world, said) == "duplicate_key"


def corpus():
    return [
        pytest.param(line["json"], line["ok"], id=f"{number}-{line['name']}")
        for number, line in enumerate(json.loads((CORPUS / "json.json").read_text()))
    ]


@pytest.mark.parametrize(("text", "is_json"), corpus())
def test_v10_strict_json_and_nothing_else(text, is_json):
    content = b'{"a":' + text.encode("utf-8", "surrogatepass") + b"}"
    if is_json:
        assert "a" in read_json(content)
    else:
        with pytest.raises(ReadingError):
            read_json(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "too_large"),
        (b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1), "too_deep"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep"),
        (b"{" + b" " * MAX_BYTES + b"}", "too_large"),
        (b"{" + b",".join(b'"%d":1' % n for n in range(60_000)) + b"}", "too_large"),
        (b'{"a":' + b"9" * 4_301 + b"}", "bad_number"),
        (b'{"a":%d}' % (MAX_INTEGER + 1), "bad_number"),
        (b'{"a":1e999}', "bad_number"),
        (b'{"a":-1e999}', "bad_number"),
        (b'{"a":NaN}', "bad_number"),
        (b'{"a":Infinity}', "bad_number"),
    ],
    ids=range(11),
)
def test_v11_more_than_a_credential_needs(content, expected):
    with pytest.raises(ReadingError) as refused:
        read_json(content)
    assert refused.value.code == expected


def test_v11_the_limits_themselves_are_allowed():
    deep = b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH
    assert read_json(deep)
    assert read_json(b'{"a":%d}' % MAX_INTEGER) == {"a": MAX_INTEGER}
    assert read_json(b"{" + b" " * (MAX_BYTES - 2) + b"}") == {}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-32-be"),
        TEXT.encode().replace(b"SQL", b"\xff\xfe", 1),
        TEXT.encode().replace(b"SQL", b"\xc0\x80", 1),
        TEXT.replace("SQL", "\\ud800", 1).encode(),
        TEXT.replace("SQL", "\x00", 1).encode(),
    ],
    ids=range(10),
)
def test_v12_another_encoding(world, content):
    assert code(world, content) in {"not_utf8", "malformed_json"}


def test_v13_what_looks_alike_is_not_the_same(world):
    named = badge(holder_name="José Peña")
    assert world.judge(named).verdict == "valid"
    decomposed = json.loads(unicodedata.normalize("NFD", json.dumps(named, ensure_ascii=False)))
    assert code(world, decomposed) == "invalid_signature"
    homoglyph = json.loads(
        json.dumps(SIGNED).replace("badges.example.org", "b\u0430dges.example.org")
    )
    assert world.judge(homoglyph).verdict == "invalid"


def test_v13_what_reorders_or_hides_text_is_not_shown(world):
    document = unsigned()
    document["issuer"]["name"] = "Example \u202egelloC\u202c Coll\u2066ege\x1b[31m"
    # Signed by an issuer whose tools let it pass.
    verdict = world.judge(sealed(document))
    assert verdict.verdict == "valid"
    shown = verdict.credential.issuer_name
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b")


def sealed(document):
    """Signed as `sign_document` does, without its refusal of texts that deceive."""
    by = signer()
    options = {name: part for name, part in SIGNED["proof"][0].items() if name != "proofValue"}
    config = {**options, "@context": document["@context"]}
    hashed = b"".join(hashlib.sha256(canonical_form(part)).digest() for part in (config, document))
    return {**document, "proof": [{**options, "proofValue": "z" + base58_encode(by.sign(hashed))}]}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (1e-7, "1e-7"),
        (0.000001, "0.000001"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (333333333.33333329, "333333333.3333333"),
        (9007199254740992.0, "9007199254740992"),
    ],
)
def test_v14_numbers_have_one_spelling_in_jcs(number, text):
    # RFC 8785 appendix B.
    assert rfc8785.dumps([number]).decode() == f"[{text}]"


def test_v14_a_number_written_another_way_is_the_same_number(world):
    document = full_document()
    del document["endorsement"], document["termsOfUse"], document["credentialStatus"]
    del document["refreshService"]
    document = signed({**document, "issuer": unsigned()["issuer"]})
    assert world.judge(document).verdict == "valid"
    text = json.dumps(document)
    assert world.judge(text.replace("3.5", "35e-1")).verdict == "valid"
    assert world.judge(text.replace("3.5", "3.50001")).verdict == "invalid"
    assert world.judge(text.replace("3.5", '"3.5"')).verdict == "invalid"


INLINE = [
    {"achievement": "https://evil.example/achievement"},
    {"@vocab": "https://evil.example/"},
    {"@base": "https://evil.example/"},
    {"name": {"@id": "https://schema.org/name", "@protected": False}},
    {"@import": "https://evil.example/"},
    {},
    None,
    ["https://evil.example/"],
]


@pytest.mark.parametrize("context", INLINE, ids=repr)
def test_v15_a_context_given_inline(world, context):
    for place in (1, 2, len(SIGNED["@context"])):
        known = [*SIGNED["@context"][:place], context, *SIGNED["@context"][place:]]
        assert code(world, {**SIGNED, "@context": known}) == "context_not_allowed"


@pytest.mark.parametrize(
    ("contexts", "expected"),
    [
        (CREDENTIALS_V2, "malformed_credential"),
        ([], "malformed_credential"),
        ([CREDENTIALS_V2], "malformed_credential"),
        ([OPEN_BADGES, CREDENTIALS_V2], "malformed_credential"),
        ([CREDENTIALS_V2, OPEN_BADGES], "undefined_term"),
        ([*SIGNED["@context"], "https://evil.example/context.json"], "context_not_allowed"),
        ([CREDENTIALS_V2, OPEN_BADGES, "https://evil.example/"], "context_not_allowed"),
        (
            [CREDENTIALS_V2, OPEN_BADGES.replace("3.0.3", "3.9.9"), SIGNED["@context"][2]],
            "context_not_allowed",
        ),
    ],
    ids=range(8),
)
def test_v15_other_contexts_than_the_signed_ones(world, contexts, expected):
    assert code(world, {**SIGNED, "@context": contexts}) == expected


def test_v15_a_context_inside(world):
    for path in ("issuer/@context", "credentialSubject/@context", "evidence/0/@context"):
        said = changed(path, {"name": "https://evil.example/name"})
        assert code(world, said) == "context_not_allowed"


def test_v16_nothing_is_fetched_for_a_context(world, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    contexts = [*SIGNED["@context"], f"{ORIGIN}/context.json"]
    assert code(world, {**SIGNED, "@context": contexts}) == "context_not_allowed"
    assert world.judge(SIGNED).verdict == "valid"
    assert not [url for url in world.asked if "context" in url]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("foo", "bar", "undefined_term"),
        ("grade", "A+", "undefined_term"),
        ("grade", [], "undefined_term"),
        ("credentialSubject/grade", [[], [[]]], "undefined_term"),
        ("credentialSubject/name", "Dr. Ana Ruiz", "invalid_signature"),
        ("credentialSubject/grade", "A+", "undefined_term"),
        ("credentialSubject/achievement/level", "expert", "undefined_term"),
        ("evidence/0/verified", True, "undefined_term"),
        ("proof/0/note", "checked", "undefined_term"),
        ("type", ["VerifiableCredential", "OpenBadgeCredential", "Licence"], "undefined_term"),
        ("image", {"id": "https://exa mple.org/b.png", "type": "Image"}, "undefined_term"),
    ],
)
def test_v17_what_is_added_after_signing(world, path, value, expected):
    assert code(world, changed(path, value)) == expected


def test_v17_a_signer_cannot_hide_behind_an_undefined_term_either(world):
    with pytest.raises(ProofError):
        signed({**unsigned(), "foo": "bar"})


def result(*names):
    alignment = {"type": ["Alignment"], "targetUrl": "https://a.example/"}
    return {
        "type": ["Result"],
        "alignment": [{**alignment, "targetName": name} for name in names],
    }


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([result(*"aaaaaaaaaaaa")] * 2, "too_complex"),
        # The second looks like the first to itself, and its members like nothing else.
        ([result(*"aaaaaaa"), result(*"bcdefgh")], "too_complex"),
        ([result(*"aaaaaaaaaaaaa"), result(*"bcdefghijklmn")], "too_complex"),
        ([result(*"aaaaaa"), result(*"bcdefg")], "invalid_signature"),
        ([result("a")] * 8, "invalid_signature"),
        ([result("a")] * 9, "too_complex"),
    ],
    ids=range(6),
)
def test_v18_a_graph_built_to_explode(world, results, expected):
    assert code(world, changed("credentialSubject/result", results)) == expected
