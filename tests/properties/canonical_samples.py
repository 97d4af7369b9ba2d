"""Credentials of random shapes, and what a JSON-LD processor of others makes of them."""

from hypothesis import strategies as st
from pyld import jsonld

from credentials.openbadges.bundled import context_of
from credentials.openbadges.vocabulary import CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES

CONTEXTS = [CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS]


def by_pyld(document):
    """Canonical N-Quads by PyLD over the whole contexts, nothing pruned or compiled.

    PyLD repeats a quad that two objects of one id say; a dataset is a set (RDF 1.1 Concepts §4).
    """
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "rdfDirection": "i18n-datatype",
        "documentLoader": lambda url, options: {
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": context_of(url)},
        },
    }
    quads = jsonld.normalize(document, options).splitlines(keepends=True)
    return "".join(dict.fromkeys(quads)).encode()


# PyLD does not escape control characters as RDFC-1.0 §5 asks; they have a test of their own.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20) | (
    st.sampled_from(
        ['a "quoted" \\ text', "line\nline", "tab\tand\rreturn", "é 漢字 🎓", "_:b0", "id"]
    )
)
iris = st.builds(
    "{}{}".format,
    st.sampled_from(
        ["https://a.example/", "urn:uuid:", "did:web:a.example:", "http://b.example/?q="]
    ),
    st.text("abcXYZ019-._~", min_size=1, max_size=8).filter(lambda text: "." not in text),
)
odd_iris = st.sampled_from(
    [
        "https://a.example/ü",
        "https://a.example/a/../b",
        "https://a.example/%7Ea",
        "HTTPS://A.example:443/",
    ]
)
numbers = st.integers(-(2**53), 2**53) | st.floats(-1e300, 1e300)
instants = st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
tagged = st.fixed_dictionaries(
    {"@value": texts, "@language": st.sampled_from(["en", "en-US", "ar", "zh-Hant-TW"])},
    optional={"@direction": st.sampled_from(["ltr", "rtl"])},
)
words = texts | tagged
ids = iris | odd_iris


def some(strategy, most=3):
    return st.lists(strategy, min_size=1, max_size=most)


def either(strategy):
    return strategy | some(strategy)


def thing(kind, required=None, **optional):
    return st.fixed_dictionaries({"type": st.just([kind]), **(required or {})}, optional=optional)


images = st.fixed_dictionaries(
    {"id": ids, "type": st.sampled_from(["Image", ["Image"]])}, optional={"caption": words}
)
identities = thing(
    "IdentityObject", hashed=st.booleans(), identityHash=texts, identityType=texts, salt=texts
)
entries = thing("IdentifierEntry", identifier=texts, identifierType=texts)
places = thing("GeoCoordinates", latitude=numbers, longitude=numbers)
addresses = thing("Address", addressCountry=texts, postalCode=texts, geo=places, id=ids)
profiles = thing(
    "Profile",
    id=ids,
    name=words,
    url=ids,
    email=texts,
    image=images | ids,
    address=addresses,
    official=texts,
    otherIdentifier=some(entries),
    parentOrg=ids,
)
alignments = thing(
    "Alignment",
    targetName=words,
    targetUrl=ids,
    targetCode=texts,
    targetFramework=texts,
    targetType=texts,
)
levels = thing("RubricCriterionLevel", id=ids, name=words, level=texts, points=texts | numbers)
descriptions = thing(
    "ResultDescription",
    id=ids,
    name=words,
    resultType=texts,
    allowedValue=st.lists(words, max_size=3),
    valueMin=texts | numbers,
    rubricCriterionLevel=some(levels),
)
results = thing(
    "Result",
    resultDescription=ids,
    achievedLevel=ids,
    status=texts,
    value=texts,
    alignment=some(alignments),
)
evidence = thing("Evidence", id=ids, name=words, narrative=words, genre=texts, audience=texts)
criteria = st.fixed_dictionaries({}, optional={"id": ids, "narrative": words}).filter(bool)
endorsements = thing(
    "EndorsementCredential",
    {
        "@context": st.just(CONTEXTS[:2]),
        "type": st.just(["VerifiableCredential", "EndorsementCredential"]),
        "issuer": profiles | iris,
        "validFrom": instants,
        "credentialSubject": thing("EndorsementSubject", id=iris, endorsementComment=words),
    },
    id=ids,
    proof=either(
        thing(
            "DataIntegrityProof",
            created=instants,
            cryptosuite=st.just("eddsa-rdfc-2022"),
            proofPurpose=st.sampled_from(["assertionMethod", "authentication"]),
            verificationMethod=iris,
            proofValue=texts,
        )
    ),
)
achievements = thing(
    "Achievement",
    id=ids,
    name=words,
    description=words,
    achievementType=texts,
    criteria=criteria,
    creator=profiles,
    creditsAvailable=numbers,
    image=images | ids,
    inLanguage=texts,
    tag=some(texts),
    alignment=some(alignments),
    related=some(thing("Related", id=ids, inLanguage=texts, version=texts)),
    otherIdentifier=some(entries),
    resultDescription=some(descriptions),
    endorsement=some(endorsements, 2),
)
subjects = thing(
    "AchievementSubject",
    id=iris,
    identifier=some(identities),
    achievement=achievements,
    activityEndDate=st.dates().map(str),
    creditsEarned=numbers,
    narrative=words,
    result=some(results),
    image=images,
    source=profiles | ids,
    role=texts,
)
statuses = thing(
    "BitstringStatusListEntry",
    {"type": st.just("BitstringStatusListEntry")},
    id=iris,
    statusPurpose=texts,
    statusListIndex=texts,
    statusListCredential=ids,
    statusSize=st.integers(1, 8),
    statusMessage=some(st.fixed_dictionaries({"status": texts, "message": words})),
)
credentials = st.fixed_dictionaries(
    {
        "@context": st.sampled_from([CONTEXTS, CONTEXTS[:2]]),
        "type": st.sampled_from(
            [
                ["VerifiableCredential", "OpenBadgeCredential"],
                ["VerifiableCredential", "AchievementCredential"],
                ["OpenBadgeCredential", "VerifiableCredential", "https://a.example/Extra"],
            ]
        ),
        "issuer": profiles | iris,
        "credentialSubject": either(subjects),
    },
    optional={
        "id": iris,
        "name": words,
        "description": words,
        "validFrom": instants,
        "validUntil": instants,
        "awardedDate": instants,
        "image": images,
        "evidence": either(evidence),
        "endorsement": some(endorsements, 2),
        "credentialStatus": either(statuses),
        "credentialSchema": some(thing("JsonSchema", id=iris), 2),
        "refreshService": st.just({"type": "JsonSchema", "jsonSchema": {"b": [2], "a": "x"}}),
        "termsOfUse": some(thing("https://a.example/Terms", id=iris)),
    },
)
