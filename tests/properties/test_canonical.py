"""Written directly or by a processor, a credential has one canonical form, and nothing is left out."""

import copy

import pytest
from hypothesis import HealthCheck, Phase, assume, given, reject, settings
from hypothesis import strategies as st

from credentials.openbadges.canonical import CanonicalError, canonical_form, processed_form
from credentials.openbadges.emission import TwinsError, emit
from credentials.openbadges.terms import UnsupportedError
from tests.properties.canonical_samples import (
    by_pyld,
    credentials,
    ids,
    texts,
    words,
)

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
UNHURRIED = settings(
    deadline=None,
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a big document shrinks for minutes
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)


def emitted(document):
    """What the compiled tables give by themselves; None when they do not cover the document."""
    unsecured = {name: part for name, part in document.items() if name != "@context"}
    try:
        return emit(unsecured, tuple(document["@context"])).encode()
    except (UnsupportedError, TwinsError):
        return None


def processed(document):
    unsecured = {name: part for name, part in document.items() if name != "@context"}
    return processed_form(unsecured, document["@context"]).encode()


def form_of(document):
    """The canonical form; some numbers and a second object with the same id are refused."""
    try:
        return canonical_form(document)
    except CanonicalError as error:
        if not any(refusal in str(error) for refusal in ("number", "a second object")):
            raise
        reject()


def objects(node):
    if isinstance(node, dict):
        yield node
        for part in node.values():
            yield from objects(part)
    elif isinstance(node, list):
        for part in node:
            yield from objects(part)


def one_self(document):
    """No second object with the credential's id, which is refused."""
    return not any(
        node is not document and node.get("id") == document.get("id", "")
        for node in objects(document)
    )


@UNHURRIED
@given(credentials)
def test_the_compiled_tables_say_what_two_processors_say_over_the_whole_contexts(document):
    assume(one_self(document))
    found = emitted(document)
    assume(found is not None)
    assert found == by_pyld(document)
    try:
        other = processed(document)
    except CanonicalError:  # it refuses numbers that it would write in another way, such as 0.07
        return
    assert found == other


@UNHURRIED
@given(credentials)
def test_every_credential_has_the_canonical_form_that_others_give_it(document):
    assume(one_self(document))
    assert form_of(document) == by_pyld(document)


@UNHURRIED
@given(credentials, st.randoms())
def test_the_order_of_members_and_types_means_nothing(document, random):
    assume(one_self(document))

    def shuffled(node):
        if isinstance(node, dict):
            names = list(node)
            random.shuffle(names)
            return {name: shuffled(node[name]) for name in names}
        if isinstance(node, list):
            return [shuffled(part) for part in node]
        return node

    mixed = shuffled(document)
    mixed["type"] = mixed["type"][::-1]
    assert form_of(mixed) == form_of(document)


NAMES = st.sampled_from(
    ["evidence", "name", "note", "my note", "a:b", "@graph", "https://a.example/x", "", "schema name",
     "image", "alignment", "validUntil", "credentialStatus", "endorsement", "issuer", "tag", "proofs"]
)  # fmt: skip
ADDED = (
    words
    | ids
    | st.sampled_from(
        ["relative", "a b", "http://[x", "https://a.example/a b", "<x>", "", {"id": "https://x.example/a b"},
         {"id": "no iri", "type": ["Evidence"], "name": "x"}, {"type": ["Odd type"], "name": "x"},
         {"@value": "x", "@language": "no tag"}, {"@value": "x", "@type": "relative"}, {"@value": None},
         {"type": ["http://a b"], "name": "x"}, {"@id": "https://x.example/"}, [["nested"]], True, 7, None]
    )
)  # fmt: skip


@UNHURRIED
@given(credentials, st.randoms(), NAMES, ADDED)
def test_a_member_added_anywhere_changes_the_form_or_is_refused(document, random, name, value):
    assume(one_self(document))
    before = form_of(document)
    changed = copy.deepcopy(document)
    nodes = [node for node in objects(changed) if "@value" not in node and name not in node]
    assume(nodes)
    random.choice(nodes)[name] = value
    try:
        after = canonical_form(changed)
    except CanonicalError:
        return
    assert after != before


@UNHURRIED
@given(credentials, st.randoms())
def test_a_text_changed_anywhere_changes_the_form_or_is_refused(document, random):
    assume(one_self(document))
    before = form_of(document)
    changed = copy.deepcopy(document)
    places = [
        (node, name)
        for node in objects(changed)
        for name, part in node.items()
        if isinstance(part, str) and name not in {"@language", "@direction"}
    ]
    assume(places)
    node, name = random.choice(places)
    node[name] += "x"
    try:
        after = canonical_form(changed)
    except CanonicalError:
        return
    assert after != before


@given(texts, st.sampled_from([chr(code) for code in (*range(0x20), 0x7F, 0x80, 0x85, 0x9F)]))
def test_control_characters_are_written_as_rdfc_asks(text, control):
    """PyLD leaves most of them as they are; pyoxigraph and rdf-canonize write \\u00XX (§5)."""
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "name": text + control,
    }
    assert emitted(document) == processed(document)
