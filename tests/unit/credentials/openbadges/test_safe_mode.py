"""Nothing stands in a signed document that its signature would not cover."""

import copy

import pytest

from credentials.openbadges.bundled import context_of
from credentials.openbadges.canonical import CanonicalError, canonical_form
from credentials.openbadges.composition import compose_credential
from credentials.openbadges.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from tests.unit.credentials.openbadges.samples import values

UNSIGNED = compose_credential(values())
STATUS = UNSIGNED["credentialStatus"]["id"]
SUBJECT = UNSIGNED["credentialSubject"]["id"]
EVIDENCE = {"type": ["Evidence"], "name": "Joins"}


def changed(path, value):
    document = copy.deepcopy(UNSIGNED)
    node = document
    *above, last = [int(name) if name.isdigit() else name for name in path.split("/")]
    for name in above:
        node = node[name]
    node[last] = value
    return document


DROPPED = [
    ("foo", "bar", "undefined_term"),
    ("foo bar", "x", "undefined_term"),
    ("100%", "x", "undefined_term"),
    ("", "x", "undefined_term"),
    ("schema:name", "x", "undefined_term"),
    ("urn:schema:name", "x", "undefined_term"),
    ("@type", "Other", "undefined_term"),
    ("@graph", [], "undefined_term"),
    ("@included", [{"name": "x"}], "undefined_term"),
    ("evidence/0/foo", "x", "undefined_term"),
    ("evidence/0/foo bar", "x", "undefined_term"),
    ("evidence/0/type", ["Evidence", "Foo"], "undefined_term"),
    ("evidence/0/type", ["Evidence", "Foo Bar"], "undefined_term"),
    ("evidence/0/id", "work.pdf", "undefined_term"),
    ("evidence/0/id", "#work", "undefined_term"),
    ("evidence/0/id", "https://exa mple.org/", "undefined_term"),
    ("evidence/0/id", "https://example.org/{a}", "undefined_term"),
    ("evidence/0/id", "https://example.org/%zz", "undefined_term"),
    ("evidence/0/id", "https://example.org/\x01", "undefined_term"),
    ("evidence/0/name", None, "null_value"),
    ("evidence", ["https://exa mple.org/"], "undefined_term"),
    ("image", "https://exa mple.org/badge.png", "undefined_term"),
    ("credentialSubject/achievement/type", ["Achievement", "Surgeon Licence"], "undefined_term"),
    ("issuer/id", "_:b0", "hidden_member"),
    ("name", {"@value": "SQL", "@direction": "up"}, "undefined_term"),
    ("name", {"@value": "SQL", "@language": "en us"}, "undefined_term"),
    ("name", {"@value": "SQL", "@language": None}, "undefined_term"),
    ("name", {"@value": "SQL", "@type": "http://www.w3.org/2001/XMLSchema#int"}, "undefined_term"),
    ("name", {"@set": ["SQL"]}, "undefined_term"),
    ("evidence/0/@context", [CREDENTIALS_V2], "context_not_allowed"),
    ("evidence/0/@context", {"name": "https://evil.example/name"}, "context_not_allowed"),
    (
        "endorsement",
        [{"@context": [{"name": "urn:x"}], "type": ["VerifiableCredential"]}],
        "context_not_allowed",
    ),
    (
        "endorsement",
        [{"@context": ["https://evil.example/"], "type": ["VerifiableCredential"]}],
        "context_unknown",
    ),
    ("endorsement", [{"type": ["VerifiableCredential"], "proof": ["urn:x:y"]}], "hidden_member"),
    (
        "endorsement",
        [{"type": ["VerifiableCredential"], "proof": {"id": "urn:x:y"}}],
        "hidden_member",
    ),
    ("evidence/0", {**EVIDENCE, "id": UNSIGNED["id"]}, "hidden_member"),
    ("evidence/0", {**EVIDENCE, "id": STATUS}, "hidden_member"),
    (
        "issuer/parentOrg",
        {"id": SUBJECT, "type": ["Profile"], "result": [{"type": ["Result"]}]},
        "hidden_member",
    ),
]


@pytest.mark.parametrize(("path", "value", "code"), DROPPED, ids=lambda part: repr(part)[:200])
def test_what_a_processor_would_drop_or_read_elsewhere_is_refused(path, value, code):
    with pytest.raises(CanonicalError) as refused:
        canonical_form(changed(path, value))
    assert refused.value.code == code


ENDORSEMENT = {
    "@context": [CREDENTIALS_V2, OPEN_BADGES],
    "id": "urn:uuid:5a1f2c3e-0000-4000-8000-0000000000aa",
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "issuer": {"id": "did:web:board.example.org", "type": ["Profile"]},
    "validFrom": "2026-03-01T00:00:00Z",
    "credentialSubject": {
        "id": UNSIGNED["id"],
        "type": ["EndorsementSubject"],
        "endorsementComment": "We hire on it.",
    },
}

SIGNED_TOO = [
    ("evidence/0/id", "https://example.org/ünicode?a=%20#x"),
    ("evidence/0/name", "a tab\tand a bell\x07"),
    ("image", {"id": "data:image/png;base64,iVBORw0KGgo=", "type": "Image"}),
    ("name", {"@value": "SQL", "@language": "en-US"}),
    ("name", {"@value": "SQL", "@direction": "rtl"}),
    ("endorsement", [ENDORSEMENT]),
    ("evidence/0", {"id": "https://example.org/work", **EVIDENCE}),
    ("credentialSubject/achievement/creator", {"id": UNSIGNED["issuer"]["id"], "type": "Profile"}),
]


@pytest.mark.parametrize(("path", "value"), SIGNED_TOO, ids=lambda part: repr(part)[:200])
def test_what_is_kept_is_signed(path, value):
    assert canonical_form(changed(path, value)) != canonical_form(UNSIGNED)


def test_every_text_of_a_credential_is_in_its_canonical_form():
    lines = canonical_form(changed("endorsement", [ENDORSEMENT])).decode()
    for text in ("We hire on it.", "Ana Ruiz", "join several tables", "94567", STATUS):
        assert text in lines


def test_the_canonical_form_of_embedded_credentials_is_the_reference_processors():
    from pyld import jsonld

    def load(url, options=None):
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": context_of(url)}}

    document = changed("endorsement", [ENDORSEMENT])
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    assert canonical_form(document).decode() == jsonld.normalize(document, options)
