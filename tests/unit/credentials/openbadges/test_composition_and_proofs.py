"""Credentials are composed to the schema, signed as the standard says, and refuse every change."""

import copy
import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from credentials.openbadges.bundled import PINNED, context_of
from credentials.openbadges.canonical import CanonicalError, canonical_form
from credentials.openbadges.composition import CompositionError, compose_credential
from credentials.openbadges.keys import KeyFormatError, multikey, parse_multikey
from credentials.openbadges.proofs import ProofError, sign_document, verify_proof
from tests.unit.credentials.openbadges.samples import signer, values

CREATED = "2026-03-02T09:00:00Z"
SIGNED = sign_document(compose_credential(values()), signer(), created=CREATED)
KEY = parse_multikey(signer().public_key_multibase)


def holds(document, key=KEY):
    try:
        return verify_proof(document, document["proof"][0], key)
    except (ProofError, KeyError, TypeError, AttributeError):
        return False


def test_a_credential_is_valid_against_the_open_badges_schema(shared_folder):
    schema = json.loads(
        (shared_folder / "standards/schemas/ob_v3p0_achievementcredential_schema.json").read_text()
    )
    jsonschema.Draft201909Validator(schema).validate(SIGNED)
    jsonschema.Draft201909Validator(schema).validate(
        sign_document(
            compose_credential(values(holder_name=None, evidence=[])), signer(), created=CREATED
        )
    )


def test_the_bundled_contexts_are_the_published_ones(shared_folder):
    names = {
        "credentials-v2.json": "credentials-v2.json",
        "ob-v3p0-context-3.0.3.json": "ob-v3p0-3.0.3.json",
        "ob-v3p0-extensions.json": "ob-v3p0-extensions.json",
    }
    compared = {url: names[name] for url, (name, _) in PINNED.items() if name in names}
    assert len(compared) == len(names)
    for url, name in compared.items():
        reference = json.loads((shared_folder / "standards/contexts" / name).read_text())
        assert context_of(url) == reference["@context"]


def test_the_signature_holds_and_dates_are_whole_seconds():
    assert holds(SIGNED)
    assert SIGNED["validFrom"] == "2026-03-02T09:00:00Z"
    assert isinstance(SIGNED["proof"], list)
    assert isinstance(SIGNED["credentialStatus"], dict)
    assert SIGNED["credentialStatus"]["id"] != SIGNED["credentialStatus"]["statusListCredential"]


def paths(node, here=()):
    parts = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for name, part in parts:
        yield (*here, name)
        yield from paths(part, (*here, name))


@pytest.mark.parametrize(
    "path", [p for p in paths(SIGNED) if p[-1] != "proof"], ids=lambda p: ".".join(map(str, p))
)
def test_no_value_can_be_changed_or_taken_away(path):
    for change in ("changed", "removed"):
        document = copy.deepcopy(SIGNED)
        *above, last = path
        node = document
        for name in above:
            node = node[name]
        value = node[last]
        if change == "removed":
            del node[last]
        elif isinstance(value, bool):
            node[last] = not value
        elif isinstance(value, str):
            node[last] = value + "x"
        elif isinstance(value, int | float):
            node[last] = value + 1
        else:
            continue
        if path == ("proof", 0):
            assert "proof" not in document or not document["proof"]
        else:
            assert not holds(document), path


@pytest.mark.parametrize(
    "add",
    [
        {"foo": "bar"},
        {"grade": "A+"},
        {"@type": "Other"},
        {"@graph": []},
        {"description": None},
        {"image": {"id": "relative.png", "type": "Image"}},
    ],
    ids=str,
)
def test_what_the_contexts_do_not_fix_is_refused(add):
    with pytest.raises(ProofError):
        sign_document({**compose_credential(values()), **add}, signer(), created=CREATED)


@pytest.mark.parametrize(
    ("contexts", "code"),
    [
        ("https://www.w3.org/ns/credentials/v2", "context_not_allowed"),
        (
            ["https://www.w3.org/ns/credentials/v2", {"name": "https://evil.example/name"}],
            "context_not_allowed",
        ),
        (
            ["https://www.w3.org/ns/credentials/v2", "https://evil.example/context.json"],
            "context_unknown",
        ),
    ],
    ids=str,
)
def test_only_bundled_contexts_are_read(contexts, code):
    with pytest.raises(CanonicalError) as refused:
        canonical_form({**SIGNED, "@context": contexts})
    assert refused.value.code == code


def test_without_the_extensions_context_the_schema_type_is_refused():
    document = compose_credential(values())
    with pytest.raises(ProofError):
        sign_document({**document, "@context": document["@context"][:2]}, signer(), created=CREATED)


def test_another_key_does_not_verify():
    assert not holds(SIGNED, parse_multikey(signer(seed=8).public_key_multibase))


def test_control_characters_are_refused():
    with pytest.raises(CompositionError):
        compose_credential(values(holder_name="Ana\x01"))


@given(
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
        str.strip
    )
)
def test_the_canonical_form_is_the_reference_processors(name):
    document = compose_credential(values(holder_name=name))

    def load(url, options=None):
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": context_of(url)}}

    theirs = jsonld.normalize(
        document,
        {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load},
    )
    assert canonical_form(document).decode() == theirs


@pytest.mark.parametrize(
    "text",
    [
        "z" + "1" * 40,
        "u" + multikey(signer()._key.public_key())[1:],
        multikey(signer()._key.public_key())[:-1],
        multikey(signer()._key.public_key()) + "1",
        "z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP0",
        "",
    ],
)
def test_malformed_keys_are_refused(text):
    with pytest.raises(KeyFormatError):
        parse_multikey(text)


@pytest.mark.parametrize(
    "point",
    [
        "01" + "00" * 31,
        "00" * 32,
        "00" * 31 + "80",
        "01" + "00" * 30 + "80",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ],
)
def test_small_order_keys_are_refused(point):
    from credentials.openbadges.keys import ED25519, base58_encode

    with pytest.raises(KeyFormatError):
        parse_multikey("z" + base58_encode(ED25519 + bytes.fromhex(point)))


def test_a_signers_repr_hides_its_key():
    assert "Ed25519PrivateKey" not in repr(signer())
