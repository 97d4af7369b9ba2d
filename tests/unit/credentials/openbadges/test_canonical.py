"""Written directly or through a processor: the same words and numbers give the same form."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from credentials.openbadges.canonical import canonical_form
from credentials.openbadges.composition import compose_credential
from credentials.openbadges.jwt import JwtError, read_jwt, sign_jwt
from credentials.openbadges.keys import P256Signer
from credentials.openbadges.proofs import ProofError, sign_document
from tests.unit.credentials.openbadges.samples import DID, signer, values

# A member of type @json sends a document through the JSON-LD processor.
RAW_JSON = {"type": "JsonSchema", "id": "https://a.example/s", "jsonSchema": {"b": [2], "a": "x"}}


@pytest.fixture(params=["written directly", "processed"])
def document(request):
    composed = compose_credential(values())
    if request.param == "processed":
        composed["credentialSchema"].append(RAW_JSON)
    return composed


def test_a_text_may_say_anything(document):
    for text in ("id", "@id", "a b", "https://a.example/a b", "\u200b"):
        assert canonical_form({**document, "description": text}) != canonical_form(document)


def test_a_language_and_a_direction_are_signed(document):
    said = [
        canonical_form({**document, "description": {"@value": "x", **tags}})
        for tags in ({}, {"@language": "ar"}, {"@language": "ar", "@direction": "rtl"})
    ]
    assert len(set(said)) == 3
    assert b'"x"@ar .' in said[1]
    assert b'"x"^^<https://www.w3.org/ns/i18n#ar_rtl> .' in said[2]


def test_numbers_are_written_as_every_processor_writes_them(document):
    subject = document["credentialSubject"]
    for number, written in (
        (3.0, '"3"'),
        (0.1 + 0.2, '"3.0E-1"'),
        (1e18, '"1000000000000000000"'),
        (1.5e-7, '"1.5E-7"'),
        (-12.25, '"-1.225E1"'),
    ):
        changed = {**document, "credentialSubject": {**subject, "creditsEarned": number}}
        assert f"creditsEarned> {written}^^".encode() in canonical_form(changed)


def test_things_that_look_alike_are_told_apart_by_search(document):
    alike = {"type": ["Evidence"], "name": "the same"}
    form = canonical_form({**document, "evidence": [alike, alike]})
    assert form.count(b'"the same"') == 2


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\t", "a\tb", "a\x07b", "\r", "a\x7fb", "\u202eabc", "\u00a0", "\x85"]
)
def test_neither_form_signs_a_text_that_readers_could_see_differently(text):
    unsigned = {**compose_credential(values()), "description": text}
    with pytest.raises(ProofError):
        sign_document(unsigned, signer(), created="2026-03-02T09:00:00Z")
    with pytest.raises(JwtError):
        sign_jwt(unsigned, P256Signer(DID, ec.generate_private_key(ec.SECP256R1())))


@pytest.mark.parametrize("text", ["\\t", "a\nb", '"', '""', ' "" ', "\\", "\\u0007", "NaN", "é"])
def test_both_forms_sign_what_only_looks_odd(text):
    unsigned = {**compose_credential(values()), "description": text}
    assert sign_document(unsigned, signer(), created="2026-03-02T09:00:00Z")["proof"]
    token = sign_jwt(unsigned, P256Signer(DID, ec.generate_private_key(ec.SECP256R1())))
    assert read_jwt(token).document["description"] == text
