"""Our model of Open Badges 3.0 judges documents as the published JSON Schema does."""

import copy
import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.openbadges.composition import compose_credential
from credentials.openbadges.model import Strictness, problem_of
from tests.unit.credentials.openbadges.samples import full_document, values

FULL = full_document()


@pytest.fixture(scope="module")
def schema(shared_folder):
    folder = shared_folder / "standards/schemas"
    content = (folder / "1edtech_ghpages_achievementcredential.json").read_text()
    return jsonschema.Draft201909Validator(json.loads(content))


def places(node, here=()):
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    for name, part in parts if isinstance(node, dict | list) else ():
        yield (*here, name)
        if isinstance(part, dict | list):
            yield from places(part, (*here, name))


PLACES = list(places(FULL))
ODD = [
    None,
    "text",
    "ext:Other",
    7,
    1.5,
    True,
    [],
    {},
    ["text"],
    [["text"]],
    [{}],
    {"id": "urn:a:b"},
]


def replaced(place, value, *, take_away=False):
    document = copy.deepcopy(FULL)
    *above, last = place
    node = document
    for name in above:
        node = node[name]
    if take_away:
        del node[last]
    else:
        node[last] = value
    return document


def test_a_document_with_every_member_fits(schema):
    schema.validate(FULL)
    assert problem_of(FULL, Strictness.STRICT) == ""


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PLACES), st.sampled_from(ODD), st.booleans())
def test_the_model_and_the_schema_agree_on_every_change(schema, place, value, take_away):
    document = replaced(place, copy.deepcopy(value), take_away=take_away)
    assert (problem_of(document, Strictness.STRICT) == "") == schema.is_valid(document), place


@pytest.mark.parametrize("name", ["extra", "caption", "type"])
def test_closed_classes_are_closed_to_both(schema, name):
    for place in (("image",), ("credentialSubject", "identifier", 0)):
        document = replaced((*place, name), "Image" if name == "type" else "x")
        assert (problem_of(document, Strictness.STRICT) == "") == schema.is_valid(document)


def test_what_is_composed_here_is_strict():
    for given_values in (values(), values(holder_name=None, evidence=[])):
        assert problem_of(compose_credential(given_values), Strictness.STRICT) == ""


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("evidence",), FULL["evidence"][0]),
        (("credentialSubject",), [FULL["credentialSubject"]]),
        (("image",), "https://badges.example.org/badge.png"),
        (("issuer",), "did:web:badges.example.org"),
        (("credentialSubject", "achievement", "achievementType"), "Micro-Credential"),
        (("name",), {"@value": "SQL", "@language": "en"}),
    ],
    ids=lambda part: repr(part)[:80],
)
def test_others_may_write_it_another_way(place, value):
    assert problem_of(replaced(place, value), Strictness.LENIENT) == ""


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("credentialSubject", "identifier", 0, "hashed"), "true", "identifier[0].hashed"),
        (("credentialSubject", "creditsEarned"), "3", "creditsEarned"),
        (("credentialSubject", "achievement", "name"), 7, "achievement.name"),
        (("credentialSubject", "achievement", "criteria"), "be good", "achievement.criteria"),
        (("issuer", "name"), ["a", "b"], "issuer.name"),
    ],
    ids=lambda part: repr(part)[:80],
)
def test_what_rdf_cannot_tell_apart_is_told_apart_by_the_model(place, value, problem):
    assert problem_of(replaced(place, value), Strictness.LENIENT).endswith(problem)
