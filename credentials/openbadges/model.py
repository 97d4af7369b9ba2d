"""The data model of Open Badges 3.0 (appendix B) as one table, and a check of documents against it.

Strict is what the published JSON Schema demands, and what is issued here always meets. Other
issuers are read more leniently: what may be repeated may also stand alone (the schema's
compaction-friendly twin), and vocabularies and types bind those who declare the schema.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any, Final

from credentials.openbadges.vocabulary import ANY_OPEN_BADGES, CREDENTIALS_V2, LANGUAGE


class Strictness(IntEnum):
    """How much of the model binds a document."""

    LENIENT = 0
    DECLARED = 1  # vocabularies and types too
    STRICT = 2  # arrays and closed classes too


# `name` is a text, `name:kind` of another kind or class; `!` is required, `*` an array.
_TABLE: Final = {
    "AchievementCredential": (
        "id! name description image:Image awardedDate credentialSubject!:AchievementSubject "
        "endorsement:EndorsementCredential* endorsementJwt:jws* evidence:Evidence* "
        "issuer!:ProfileRef validFrom! validUntil proof:Proof* credentialSchema:CredentialSchema* "
        "credentialStatus:CredentialStatus refreshService:RefreshService termsOfUse:TermsOfUse*"
    ),
    "AchievementSubject": (
        "id activityEndDate activityStartDate creditsEarned:number achievement!:Achievement "
        "identifier:IdentityObject* image:Image licenseNumber narrative result:Result* role "
        "source:Profile term"
    ),
    "Achievement": (
        "id! name! description! criteria!:Criteria alignment:Alignment* "
        "achievementType:AchievementType creator:Profile creditsAvailable:number "
        "endorsement:EndorsementCredential* endorsementJwt:jws* fieldOfStudy humanCode image:Image "
        "inLanguage:language otherIdentifier:IdentifierEntry* related:Related* "
        "resultDescription:ResultDescription* specialization tag* version"
    ),
    "Criteria": "id narrative",
    "Alignment": (
        "targetName! targetUrl! targetCode targetDescription targetFramework targetType:TargetType"
    ),
    "Evidence": "id narrative name description genre audience",
    "Image": "id! caption",
    "Result": "achievedLevel alignment:Alignment* resultDescription status:ResultStatus value",
    "ResultDescription": (
        "id! name! resultType!:ResultType alignment:Alignment* allowedValue* requiredLevel "
        "requiredValue rubricCriterionLevel:RubricCriterionLevel* valueMax valueMin"
    ),
    "RubricCriterionLevel": "id! name! alignment:Alignment* description level points",
    "Related": "id! inLanguage:language version",
    "IdentityObject": "hashed!:boolean identityHash! identityType!:IdentifierType salt",
    "IdentifierEntry": "identifier! identifierType!:IdentifierType",
    "Profile": (
        "id! name url phone description endorsement:EndorsementCredential* endorsementJwt:jws* "
        "image:Image email address:Address otherIdentifier:IdentifierEntry* official "
        "parentOrg:Profile familyName givenName additionalName patronymicName honorificPrefix "
        "honorificSuffix familyNamePrefix dateOfBirth"
    ),
    "Address": (
        "addressCountry addressCountryCode addressRegion addressLocality streetAddress "
        "postOfficeBoxNumber postalCode geo:GeoCoordinates"
    ),
    "GeoCoordinates": "latitude!:number longitude!:number",
    "EndorsementCredential": (
        "id! name! description credentialSubject!:EndorsementSubject awardedDate "
        "issuer!:ProfileRef validFrom! validUntil proof:Proof* credentialSchema:CredentialSchema* "
        "credentialStatus:CredentialStatus refreshService:RefreshService termsOfUse:TermsOfUse*"
    ),
    "EndorsementSubject": "id! endorsementComment",
    "Proof": (
        "type! created cryptosuite challenge domain nonce proofPurpose proofValue "
        "verificationMethod"
    ),
    "CredentialSchema": "id! type!",
    "CredentialStatus": "id! type!",
    "RefreshService": "id! type!",
    "TermsOfUse": "id type!",
}

#: Classes whose `type` is one text, not an array.
_SINGLE = frozenset({"Image", "IdentityObject", "IdentifierEntry", "GeoCoordinates"})
#: Classes that may hold nothing else.
_CLOSED = frozenset({"Image", "IdentityObject", "IdentifierEntry"})
#: What `type` has to contain, one of each set.
_TYPES: Final = {
    "AchievementCredential": (
        {"VerifiableCredential"},
        {"AchievementCredential", "OpenBadgeCredential"},
    ),
    "EndorsementCredential": ({"VerifiableCredential"}, {"EndorsementCredential"}),
}
#: Classes of which VCDM 2.0 demands less than OB 3.0.
_SOFT = frozenset({"CredentialStatus"})
#: Members of which VCDM 2.0 allows several and OB 3.0 one.
_REPEATED = frozenset({"credentialStatus", "refreshService"})
_UNTYPED = frozenset(
    {"Proof", "CredentialSchema", "CredentialStatus", "RefreshService", "TermsOfUse", "Criteria"}
)
_EXTENDED = re.compile(r"ext:[a-z|A-Z0-9._-]+")
_JWS = re.compile(r"[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+")

_VOCABULARIES: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(words.split())
    for name, words in {
        "AchievementType": (
            "Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award "
            "Badge BachelorDegree Certificate CertificateOfCompletion Certification "
            "CommunityService Competency Course CoCurricular Degree Diploma DoctoralDegree "
            "Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License "
            "Membership ProfessionalDoctorate QualityAssuranceCredential MasterCertificate "
            "MasterDegree MicroCredential ResearchDoctorate SecondarySchoolDiploma"
        ),
        "TargetType": (
            "ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion "
            "CFRubricCriterionLevel CTDL"
        ),
        "ResultStatus": "Completed Enrolled Failed InProgress OnHold Provisional Withdrew",
        "ResultType": (
            "GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore "
            "Result RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status"
        ),
        "IdentifierType": (
            "name sourcedId systemId productId userName accountId emailAddress "
            "nationalIdentityNumber isbn issn lisSourcedId oneRosterSourcedId sisSourcedId "
            "ltiContextId ltiDeploymentId ltiToolId ltiPlatformId ltiUserId identifier"
        ),
    }.items()
}
_NOT_EXTENSIBLE = frozenset({"ResultStatus"})


@dataclass(frozen=True)
class _Member:
    name: str
    kind: str
    is_required: bool
    is_array: bool


def problem_of(document: Mapping[str, Any], strictness: Strictness) -> str:
    """Where a credential first departs from the model, such as `issuer.id`; empty when nowhere."""
    if strictness is Strictness.STRICT and not _contexts_fit(document.get("@context")):
        return "@context"
    return _first(_of_class(document, "AchievementCredential", strictness))


def _contexts_fit(contexts: Any) -> bool:
    if not isinstance(contexts, list) or len(contexts) < 2 or contexts[0] != CREDENTIALS_V2:
        return False
    if not isinstance(contexts[1], str) or not ANY_OPEN_BADGES.fullmatch(contexts[1]):
        return False
    return all(isinstance(context, str | dict) for context in contexts)


@cache
def _members(name: str) -> tuple[_Member, ...]:
    found = []
    for word in _TABLE[name].split():
        member, _, kind = word.partition(":")
        plain = member.rstrip("!*")
        is_array = word.endswith("*")
        found.append(_Member(plain, kind.rstrip("*") or "text", "!" in member, is_array))
    return tuple(found)


def _of_class(node: Any, name: str, strictness: Strictness) -> Iterator[str]:
    if not isinstance(node, Mapping):
        yield ""
        return
    if name not in _UNTYPED and not _types_fit(node.get("type"), name, strictness):
        yield "type"
    members = _members(name)
    is_strict = strictness is Strictness.STRICT
    for member in members:
        if member.name in node:
            value = node[member.name]
            # Most members are texts, and any text will do.
            if type(value) is str and member.kind == "text" and not (is_strict and member.is_array):
                continue
            yield from _of_member(value, member, strictness)
        elif member.is_required and (is_strict or name not in _SOFT):
            yield member.name
    if is_strict and name == "EndorsementCredential":
        yield from () if _contexts_fit(node.get("@context")) else ("@context",)
    if is_strict and name in _CLOSED:
        yield from node.keys() - {"type", *(member.name for member in members)}


def _types_fit(kinds: Any, name: str, strictness: Strictness) -> bool:
    if strictness is Strictness.LENIENT and (kinds is None or isinstance(kinds, str)):
        return True
    if name in _SINGLE and isinstance(kinds, str):
        return kinds == name
    if strictness is Strictness.STRICT and (name in _SINGLE or isinstance(kinds, str)):
        return False
    words = kinds if isinstance(kinds, list) else [kinds]
    if not all(isinstance(word, str) for word in words):
        return False
    return all(wanted.intersection(words) for wanted in _TYPES.get(name, ({name},)))


def _of_member(value: Any, member: _Member, strictness: Strictness) -> Iterator[str]:
    is_many = isinstance(value, list)
    is_strict = strictness is Strictness.STRICT
    may_repeat = member.is_array or (not is_strict and member.name in _REPEATED)
    if is_many is not may_repeat and (is_strict or (is_many and len(value) != 1)):
        yield member.name
    else:
        for number, item in enumerate(value if is_many else [value]):
            place = f"{member.name}[{number}]" if is_many else member.name
            for inside in _of_kind(item, member.kind, strictness):
                yield f"{place}.{inside}" if inside else place


def _of_kind(item: Any, kind: str, strictness: Strictness) -> Iterator[str]:
    is_reference = kind == "ProfileRef" or (kind in _TABLE and strictness is not Strictness.STRICT)
    if kind == "ProfileRef":
        kind = "Profile"
    if isinstance(item, str) and is_reference and kind in {"Profile", "Image", "Evidence"}:
        return
    if kind in _TABLE:
        yield from _of_class(item, kind, strictness)
    elif not _value_fits(item, kind, strictness):
        yield ""


def _value_fits(item: Any, kind: str, strictness: Strictness) -> bool:
    if kind == "number":
        return isinstance(item, int | float) and not isinstance(item, bool)
    if kind == "boolean":
        return isinstance(item, bool)
    if isinstance(item, str):
        return strictness is Strictness.LENIENT or _text_fits(item, kind)
    # A language-tagged text is one too (VCDM 2.0 §11.1), but not to the OB 3.0 schema.
    return strictness is Strictness.LENIENT and isinstance(item, Mapping) and "@value" in item


def is_word(vocabulary: str, word: str) -> bool:
    """Whether a word belongs to a vocabulary such as `ResultType`, extensions included."""
    return vocabulary in _VOCABULARIES and _text_fits(word, vocabulary)


def _text_fits(text: str, kind: str) -> bool:
    pattern = {"jws": _JWS, "language": LANGUAGE}.get(kind)
    if pattern is not None:
        return pattern.fullmatch(text) is not None
    known = _VOCABULARIES.get(kind)
    if known is None or text in known:
        return True
    return kind not in _NOT_EXTENSIBLE and _EXTENDED.search(text) is not None


def _first(problems: Iterator[str]) -> str:
    return next((problem or "type" for problem in problems), "")
