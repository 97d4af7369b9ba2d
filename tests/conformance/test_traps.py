"""The things implementers of Open Badges 3.0 most often get wrong, each with a test of its own."""

import json
from datetime import UTC, datetime

import jsonschema
import pytest

from credentials.openbadges.baking import KEYWORD, bake_svg
from credentials.openbadges.bundled import context_of
from credentials.openbadges.canonical import CanonicalError, canonical_form
from credentials.openbadges.composition import CompositionError, compose_credential
from credentials.openbadges.documents import compose_did_document
from credentials.openbadges.jwt import JwtError, read_jwt, sign_jwt
from credentials.openbadges.model import Strictness, problem_of
from credentials.openbadges.proofs import ProofError, sign_document
from credentials.openbadges.values import (
    Achievement,
    Alignment,
    CriterionMet,
    Evidence,
    Identity,
    Profile,
    Result,
    ResultDescription,
    RubricLevel,
)
from credentials.openbadges.vocabulary import CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES
from tests.unit.credentials.openbadges.samples import DID, ORIGIN, signer, values
from tests.unit.credentials.verification.world import World, p256_signer

CREATED = "2026-03-02T09:00:00Z"
GRADE = "urn:uuid:5a1f2c3e-0000-4000-8000-000000000004"
LEVEL = "urn:uuid:5a1f2c3e-0000-4000-8000-000000000005"
ISSUER = Profile(
    id=DID,
    name="Example College",
    url=ORIGIN,
    description="A college.",
    email="badges@example.org",
    phone="+1-555-0100",
    official="Jo Doe",
    image_url=f"{ORIGIN}/logo.png",
    parent=Profile(
        id="did:web:parent.example.org", name="Parent", url="https://parent.example.org"
    ),
)
ALIGNMENTS = [
    Alignment(
        target_name="SQL",
        target_url="http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742",
        target_framework="ESCO",
        target_code="598de5b0-5b58-4ea7-8058-a4bc4d18c742",
        target_type="ceasn:Competency",
    ),
    Alignment(
        target_name="Data Scientists",
        target_url="https://www.onetonline.org/link/summary/15-2051.00",
        target_framework="O*NET",
        target_code="15-2051.00",
        target_type="ext:Occupation",
    ),
    Alignment(
        target_name="SQL Foundations",
        target_url="https://credentialengineregistry.org/resources/ce-1",
        target_framework="CTDL",
        target_code="ce-1",
        target_type="ceterms:Credential",
        target_description="The same in the registry.",
    ),
]
ACHIEVEMENT = Achievement(
    id=f"{ORIGIN}/achievements/sql~1",
    name="SQL Foundations",
    description="Asks questions of relational data.",
    criteria_narrative="- Joins tables",
    criteria_url=f"{ORIGIN}/achievements/sql~1",
    version="1",
    language="en-US",
    field_of_study="technology",
    specialization="databases",
    human_code="SQL1",
    credits=3.0,
    level="foundation",
    hours=30.0,
    image_url=f"{ORIGIN}/sql.png",
    image_caption="A table",
    tags=["sql"],
    creator=ISSUER,
    alignments=ALIGNMENTS,
    criteria=[CriterionMet(id="urn:example:sql#joins", can="join tables")],
    results=[
        ResultDescription(
            id=GRADE,
            name="Grade",
            kind="LetterGrade",
            allowed_values=["A", "B"],
            required_value="B",
            required_level=LEVEL,
            value_min="B",
            value_max="A",
            levels=[RubricLevel(id=LEVEL, name="Leads", level="3", points="10")],
            alignments=ALIGNMENTS[:1],
        )
    ],
)


def full(**changes):
    known = {
        "issuer": ISSUER,
        "achievement": ACHIEVEMENT,
        "description": "For Ana.",
        "image_url": f"{ORIGIN}/badge.png",
        "narrative": "Led the *joins*.",
        "identities": [Identity(kind="emailAddress", value="a@example.com", salt="Kosher")],
        "results": [Result(description=GRADE, value="A", status="Completed", achieved_level=LEVEL)],
        "credits_earned": 3.0,
        "role": "Lead",
        "term": "Spring",
        "license_number": "A-1",
        "activity": (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        "evidence": [
            Evidence(name="Joins", genre="work sample", audience="all", url=f"{ORIGIN}/e")
        ],
        "valid_until": datetime(2029, 3, 2, tzinfo=UTC),
        "refresh_url": f"{ORIGIN}/refresh",
    }
    return compose_credential(values(**{**known, **changes}))


def endorsement():
    return sign_document(
        {
            "@context": [CREDENTIALS_V2, OPEN_BADGES],
            "id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000006",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "An endorsement",
            "issuer": {"id": DID, "type": ["Profile"], "name": "Board"},
            "validFrom": CREATED,
            "credentialSubject": {
                "id": ACHIEVEMENT.id,
                "type": ["EndorsementSubject"],
                "endorsementComment": "We hire on it.",
            },
        },
        signer(),
        created=CREATED,
    )


def sealed(document):
    return sign_document(document, signer(), created=CREATED)


@pytest.fixture(scope="module")
def schema(shared_folder):
    file = shared_folder / "standards/schemas/ob_v3p0_achievementcredential_schema.json"
    return jsonschema.Draft201909Validator(json.loads(file.read_text()))


def everything():
    """Documents with every member that can be composed, and with as few as possible."""
    return [
        sealed(full(endorsements=[endorsement()])),
        sealed(full(refresh_url=None)),
        sealed(compose_credential(values(holder_name=None, evidence=[]))),
    ]


def test_everything_composed_fits_the_published_schema(schema):
    for document in everything():
        schema.validate(document)


def test_everything_composed_fits_our_own_model_and_is_valid():
    for document in everything():
        assert problem_of(document, Strictness.STRICT) == ""
        assert World().judge(document).verdict == "valid"


def test_trap_1_the_types_of_1edtech_come_with_the_third_context():
    document = full()
    assert document["@context"] == [CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS]
    canonical_form(document)
    for contexts in (document["@context"][:2], [*document["@context"][:1], EXTENSIONS]):
        with pytest.raises(CanonicalError):
            canonical_form({**document, "@context": contexts})


def test_trap_2_arrays_are_arrays_and_nothing_is_null_or_empty():
    document = sealed(full())
    subject = document["credentialSubject"]
    assert isinstance(document["proof"], list)
    assert isinstance(document["credentialSchema"], list)
    assert isinstance(document["evidence"], list)
    assert isinstance(subject["achievement"]["alignment"], list)
    assert document["image"]["type"] == "Image"
    assert subject["identifier"][0]["type"] == "IdentityObject"
    bare = json.dumps(compose_credential(values(holder_name=None, evidence=[])))
    assert "null" not in bare
    assert "[]" not in bare


def test_trap_3_the_status_is_one_object_with_an_id_of_its_own():
    status = full()["credentialStatus"]
    assert status["type"] == "BitstringStatusListEntry"
    assert status["id"] != status["statusListCredential"]
    assert status["statusPurpose"] == "revocation"
    assert isinstance(status["statusListIndex"], str)


def test_trap_4_the_issuer_is_a_profile():
    assert full()["issuer"]["type"] == ["Profile"]


def test_trap_5_tokens_are_es256():
    document = full()
    assert read_jwt(sign_jwt(document, p256_signer())).header["alg"] == "ES256"
    with pytest.raises(JwtError):
        sign_jwt(document, signer())


def test_trap_6_embedded_proofs_are_eddsa_rdfc_2022():
    assert sealed(full())["proof"][0]["cryptosuite"] == "eddsa-rdfc-2022"
    with pytest.raises(ProofError):
        sign_document(full(), p256_signer(), created=CREATED)


def test_trap_7_keys_are_named_after_themselves_and_listed_as_texts():
    keys = [signer().public_key_multibase, p256_signer().public_key_multibase]
    document = compose_did_document(DID, keys)
    assert document["assertionMethod"] == [f"{DID}#{key}" for key in keys]
    assert [method["id"] for method in document["verificationMethod"]] == document[
        "assertionMethod"
    ]
    assert {method["controller"] for method in document["verificationMethod"]} == {DID}
    assert sealed(full())["proof"][0]["verificationMethod"] in document["assertionMethod"]


def test_trap_8_the_bundled_context_is_the_one_that_is_served():
    terms = context_of(OPEN_BADGES)
    assert {"endorsementJwt", "jti"} <= terms.keys()
    assert "endorsementJwt" not in full()


@pytest.mark.parametrize(
    "character", ["\x00", "\x01", "\x07", "\t", "\r", "\x1f", "\x7f", "\u202e", "\ud800"]
)
def test_trap_9_characters_that_processors_write_differently_are_refused(character):
    for changes in (
        {"holder_name": f"Ana{character}"},
        {"narrative": f"a{character}b"},
        {"evidence": [Evidence(name=f"x{character}", genre="work")]},
        {"identities": [Identity(kind="userName", value=f"a{character}")]},
    ):
        with pytest.raises(CompositionError):
            compose_credential(values(**changes))


def test_trap_9_what_others_signed_with_them_is_read_as_the_standard_says():
    document = {**compose_credential(values()), "description": "a\x01b\x7fc"}
    assert '"a\\u0001b\\u007Fc"' in canonical_form(document).decode()


@pytest.mark.parametrize("iri", ["relative", "#part", "/path", "", "http//x", "https://a b/"])
def test_trap_10_relative_references_are_refused(iri):
    for changes in (
        {"image_url": iri},
        {"refresh_url": iri},
        {"evidence": [Evidence(name="x", genre="work", url=iri)]},
        {"id": iri},
    ):
        with pytest.raises(CompositionError):
            compose_credential(values(**changes))


def test_trap_11_claims_repeat_the_members_to_the_second():
    document = full(valid_from=datetime(2026, 3, 2, 9, 0, 0, 987_654, tzinfo=UTC))
    payload = read_jwt(sign_jwt(document, p256_signer())).payload
    assert document["validFrom"] == "2026-03-02T09:00:00Z"
    assert payload["nbf"] == int(datetime.fromisoformat(document["validFrom"]).timestamp())
    assert payload["exp"] == int(datetime.fromisoformat(document["validUntil"]).timestamp())
    assert payload["iss"] == document["issuer"]["id"]
    assert payload["jti"] == document["id"]
    assert payload["sub"] == document["credentialSubject"]["id"]
    assert "vc" not in payload
    assert "iat" not in payload


def test_trap_12_pictures_are_baked_under_the_new_names():
    assert KEYWORD == b"openbadgecredential"
    svg = bake_svg(b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "{}")
    assert b'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"' in svg
    assert b"<openbadges:credential>" in svg


def test_a_hashed_identity_is_the_standards_own_vector():
    # SHA-256 of "a@example.comKosher".
    entry = full()["credentialSubject"]["identifier"][-1]
    assert entry["identityHash"] == (
        "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
    )
    assert (entry["hashed"], entry["salt"]) == (True, "Kosher")


@pytest.mark.parametrize(
    "changes",
    [
        {
            "achievement": Achievement(
                id="urn:a:b",
                name="n",
                description="d",
                criteria_narrative="c",
                version="1",
                language="en",
                kind="Gold star",
            )
        },
        {"results": [Result(description=GRADE, status="Great")]},
        {"identities": [Identity(kind="shoe size", value="43")]},
    ],
    ids=range(3),
)
def test_words_outside_the_vocabularies_are_refused(changes):
    with pytest.raises(CompositionError):
        compose_credential(values(**changes))
