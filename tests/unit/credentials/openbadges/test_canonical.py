"""Written directly or through a processor: the same words and numbers give the same form."""

import pytest

from credentials.openbadges.canonical import canonical_form
from credentials.openbadges.composition import compose_credential
from tests.unit.credentials.openbadges.samples import values

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
