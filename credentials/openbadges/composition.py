"""Composes Open Badges 3.0 documents: snake_case values in, JSON-LD out (OB 3.0 appendix B).

Arrays, single objects and their order follow the OB 3.0 JSON Schema, which is stricter than the
prose: `proof`, `evidence`, `alignment` and every `type` of a class are arrays, `credentialStatus`
is one object. Empty members are left out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from credentials.openbadges.bundled import CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES

SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
_CONTROL = re.compile("[\x00-\x1f\x7f]")


class CompositionError(ValueError):
    """The values do not make a valid credential."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The issuer. `id` is its DID; `url` its page."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """A tie to a node of a framework such as ESCO or O*NET."""

    target_name: str
    target_url: str
    target_framework: str
    target_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class CriterionMet:
    """A criterion that was met. `can` completes "Can: …"; `id` is an IRI of its own."""

    id: str
    can: str


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """What was achieved. `criteria_narrative` is Markdown."""

    id: str
    name: str
    description: str
    criteria_narrative: str
    version: str
    language: str
    field_of_study: str | None = None
    level: str | None = None
    hours: float | None = None
    alignments: Sequence[Alignment] = ()
    criteria: Sequence[CriterionMet] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """How something was shown. `genre` is the kind, such as `work sample`; never the content."""

    name: str
    genre: str
    narrative: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatusEntry:
    """The credential's bit: list URL and index."""

    list_url: str
    index: int


@dataclass(frozen=True, kw_only=True)
class CredentialValues:
    """Everything a credential says. Instants are aware; whole seconds are kept."""

    id: str
    issuer: Profile
    subject_id: str
    achievement: Achievement
    valid_from: datetime
    awarded: datetime
    status: StatusEntry
    valid_until: datetime | None = None
    holder_name: str | None = None
    evidence: Sequence[Evidence] = ()
    narrative: str | None = None


def compose_credential(values: CredentialValues) -> dict[str, Any]:
    """The unsigned AchievementCredential (OB 3.0 §B.1.1).

    Raises:
        CompositionError: a control character in a text.
    """
    document = _without_empty(
        {
            "@context": [CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS],
            "id": values.id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": values.achievement.name,
            "issuer": {
                "id": values.issuer.id,
                "type": ["Profile"],
                "name": values.issuer.name,
                "url": values.issuer.url,
            },
            "validFrom": instant(values.valid_from),
            "validUntil": instant(values.valid_until) if values.valid_until else None,
            "awardedDate": instant(values.awarded),
            "credentialSubject": _subject(values),
            "evidence": [_evidence(item) for item in values.evidence],
            "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
            "credentialStatus": {
                "id": f"{values.status.list_url}#{values.status.index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": str(values.status.index),
                "statusListCredential": values.status.list_url,
            },
        }
    )
    _refuse_control_characters(document)
    return document


def compose_achievement(achievement: Achievement) -> dict[str, Any]:
    """The Achievement (OB 3.0 §B.1.2), also served on its own."""
    return _without_empty(
        {
            "id": achievement.id,
            "type": ["Achievement"],
            "achievementType": "MicroCredential",
            "name": achievement.name,
            "description": achievement.description,
            "criteria": {"narrative": achievement.criteria_narrative},
            "version": achievement.version,
            "inLanguage": achievement.language,
            "fieldOfStudy": achievement.field_of_study,
            "specialization": achievement.level,
            "creditsAvailable": achievement.hours,
            "alignment": [_alignment(item) for item in achievement.alignments],
            "resultDescription": [
                {
                    "id": criterion.id,
                    "type": ["ResultDescription"],
                    "name": criterion.can,
                    "resultType": "Status",
                }
                for criterion in achievement.criteria
            ],
        }
    )


def instant(moment: datetime) -> str:
    """An XML Schema dateTime in UTC with whole seconds, as VC-JWT's nbf needs them."""
    return moment.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def _subject(values: CredentialValues) -> dict[str, Any]:
    identifiers = []
    if values.holder_name:
        identifiers.append(
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": values.holder_name,
                "identityType": "name",
            }
        )
    return {
        "id": values.subject_id,
        "type": ["AchievementSubject"],
        "identifier": identifiers,
        "achievement": compose_achievement(values.achievement),
        "narrative": values.narrative,
        "result": [
            {"type": ["Result"], "resultDescription": criterion.id, "status": "Completed"}
            for criterion in values.achievement.criteria
        ],
    }


def _alignment(item: Alignment) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": item.target_name,
        "targetUrl": item.target_url,
        "targetFramework": item.target_framework,
        "targetCode": item.target_code,
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "type": ["Evidence"],
        "name": item.name,
        "genre": item.genre,
        "narrative": item.narrative,
    }


def _without_empty(node: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, part in node.items():
        if isinstance(part, Mapping):
            kept[name] = _without_empty(part)
        elif isinstance(part, list):
            items = [_without_empty(item) if isinstance(item, Mapping) else item for item in part]
            if items:
                kept[name] = items
        elif part is not None:
            kept[name] = part
    return kept


def _refuse_control_characters(node: Any) -> None:
    if isinstance(node, str) and _CONTROL.search(node.replace("\n", "")):
        raise CompositionError("a text holds a control character")
    for part in (
        node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
    ):
        _refuse_control_characters(part)
