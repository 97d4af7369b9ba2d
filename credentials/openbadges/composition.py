"""Composes Open Badges 3.0 credentials: snake_case values in, JSON-LD out (OB 3.0 appendix B).

Arrays, single objects and their order follow the OB 3.0 JSON Schema, which is stricter than the
prose: `evidence`, `alignment` and every `type` of a class are arrays, `credentialStatus` is one
object, and members without a value are left out.

What an employer asks for and OB 3.0 has no member for stands in results: the level, the hours of
study, who judged, and whether the holder's identity was checked. `creditsAvailable` means credit
hours and `specialization` a subject, so neither is used for these.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from credentials.openbadges import vocabulary as words
from credentials.openbadges.model import is_word
from credentials.openbadges.values import (
    Achievement,
    Alignment,
    Assessment,
    CredentialValues,
    Evidence,
    Identity,
    Profile,
    Result,
    ResultDescription,
    RubricLevel,
    StatusEntry,
)


class CompositionError(ValueError):
    """The values do not make a valid credential."""


def compose_credential(values: CredentialValues) -> dict[str, Any]:
    """The unsigned AchievementCredential (OB 3.0 §B.1.1).

    Raises:
        CompositionError: an empty or unsafe text, a relative reference, odd dates or index.
    """
    _refuse_odd_dates(values)
    document = _without_absent(
        {
            "@context": [words.CREDENTIALS_V2, words.OPEN_BADGES, words.EXTENSIONS],
            "id": _iri(values.id),
            "type": [words.VERIFIABLE_CREDENTIAL, "OpenBadgeCredential"],
            "name": values.achievement.name,
            "description": values.description,
            "image": _image(values.image_url),
            "issuer": profile_members(values.issuer),
            "validFrom": instant(values.valid_from),
            "validUntil": instant(values.valid_until) if values.valid_until else None,
            "awardedDate": instant(values.awarded),
            "credentialSubject": _subject(values),
            "evidence": [_evidence(item) for item in values.evidence],
            "credentialSchema": [{"id": words.SCHEMA, "type": words.SCHEMA_TYPE}],
            "credentialStatus": _status(values.status),
            "endorsement": [dict(signed) for signed in values.endorsements],
            "refreshService": _refresh(values.refresh_url),
        }
    )
    refuse_unsafe_texts(document)
    return document


def compose_achievement(achievement: Achievement) -> dict[str, Any]:
    """The Achievement (OB 3.0 §B.1.2) as it stands inside a credential.

    Raises:
        CompositionError: an empty or unsafe text, a relative reference, an odd language tag.
    """
    members = _without_absent(_achievement(achievement))
    refuse_unsafe_texts(members)
    return members


def profile_members(profile: Profile) -> dict[str, Any]:
    """The Profile (OB 3.0 §B.1.19) as it stands inside a credential."""
    return {
        "id": _iri(profile.id),
        "type": ["Profile"],
        "name": profile.name,
        "url": _iri(profile.url),
        "description": profile.description,
        "email": profile.email,
        "phone": profile.phone,
        "official": profile.official,
        "image": _image(profile.image_url),
        "parentOrg": profile_members(profile.parent) if profile.parent else None,
    }


def instant(moment: datetime) -> str:
    """An XML Schema dateTime in UTC with whole seconds, as VC-JWT's nbf needs them.

    Raises:
        CompositionError: the instant has no zone.
    """
    if moment.tzinfo is None:
        raise CompositionError("an instant without a zone")
    return moment.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def refuse_unsafe_texts(node: Any) -> None:
    """Refuse empty texts and characters that readers or programs could see differently.

    Raises:
        CompositionError: there is one; the message names no text.
    """
    texts: list[str] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    is_blank = any(not text or text.isspace() for text in texts)
    if is_blank or words.UNSAFE_CHARACTERS.search("\n".join(texts)):
        raise CompositionError("a text is empty or holds a control character")


def _refuse_odd_dates(values: CredentialValues) -> None:
    if values.valid_until is not None and values.valid_until <= values.valid_from:
        raise CompositionError("valid_until is not after valid_from")


def _achievement(achievement: Achievement) -> dict[str, Any]:
    if not words.LANGUAGE.fullmatch(achievement.language):
        raise CompositionError(f"not a language tag: {achievement.language!r}")
    return {
        "id": _iri(achievement.id),
        "type": ["Achievement"],
        "achievementType": _word("AchievementType", achievement.kind),
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {
            "id": _optional_iri(achievement.criteria_url),
            "narrative": achievement.criteria_narrative,
        },
        "version": achievement.version,
        "inLanguage": achievement.language,
        "fieldOfStudy": achievement.field_of_study,
        "humanCode": achievement.human_code,
        "specialization": achievement.specialization,
        "creditsAvailable": achievement.credits,
        "creator": profile_members(achievement.creator) if achievement.creator else None,
        "image": _image(achievement.image_url, achievement.image_caption),
        "tag": list(achievement.tags),
        "alignment": [_alignment(item) for item in achievement.alignments],
        "resultDescription": _result_descriptions(achievement),
    }


def _subject(values: CredentialValues) -> dict[str, Any]:
    return {
        "id": _iri(values.subject_id),
        "type": ["AchievementSubject"],
        "identifier": _identifiers(values.holder_name, values.identities),
        "achievement": _achievement(values.achievement),
        "narrative": values.narrative,
        "result": [
            *_results(values.achievement, values.assessment),
            *(_result(item) for item in values.results),
        ],
        "creditsEarned": values.credits_earned,
        "role": values.role,
        "term": values.term,
        "licenseNumber": values.license_number,
        "activityStartDate": instant(values.activity[0]) if values.activity else None,
        "activityEndDate": instant(values.activity[1]) if values.activity else None,
    }


def _identifiers(holder_name: str | None, identities: Sequence[Identity]) -> list[dict[str, Any]]:
    named = [] if holder_name is None else [Identity(kind="name", value=holder_name)]
    return [_identity(item) for item in (*named, *identities)]


def _identity(item: Identity) -> dict[str, Any]:
    """OB 3.0 §B.1.14: a hash is over the value followed by the salt."""
    value = item.value
    if item.salt is not None:
        value = "sha256$" + hashlib.sha256((item.value + item.salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": item.salt is not None,
        "identityHash": value,
        "identityType": _word("IdentifierType", item.kind),
        "salt": item.salt,
    }


def _result_descriptions(achievement: Achievement) -> list[dict[str, Any]]:
    known = [
        (_iri(criterion.id), criterion.can, words.RESULT_CRITERION)
        for criterion in achievement.criteria
    ]
    if achievement.level is not None:
        known.append((f"{achievement.id}#level", "Level", words.RESULT_LEVEL))
    if achievement.hours is not None:
        known.append((f"{achievement.id}#hours", "Hours of study", words.RESULT_HOURS))
    known += [
        (f"{achievement.id}#judged-by", "Judged by", words.RESULT_JUDGED_BY),
        (f"{achievement.id}#identity", "Holder's identity", words.RESULT_IDENTITY),
    ]
    return [
        {"id": iri, "type": ["ResultDescription"], "name": name, "resultType": kind}
        for iri, name, kind in known
    ] + [_result_description(item) for item in achievement.results]


def _result_description(item: ResultDescription) -> dict[str, Any]:
    return {
        "id": _iri(item.id),
        "type": ["ResultDescription"],
        "name": item.name,
        "resultType": _word("ResultType", item.kind),
        "allowedValue": list(item.allowed_values),
        "requiredValue": item.required_value,
        "requiredLevel": _optional_iri(item.required_level),
        "valueMin": item.value_min,
        "valueMax": item.value_max,
        "rubricCriterionLevel": [_rubric_level(level) for level in item.levels],
        "alignment": [_alignment(tie) for tie in item.alignments],
    }


def _rubric_level(item: RubricLevel) -> dict[str, Any]:
    return {
        "id": _iri(item.id),
        "type": ["RubricCriterionLevel"],
        "name": item.name,
        "description": item.description,
        "level": item.level,
        "points": item.points,
        "alignment": [_alignment(tie) for tie in item.alignments],
    }


def _result(item: Result) -> dict[str, Any]:
    return {
        "type": ["Result"],
        "resultDescription": _iri(item.description),
        "value": item.value,
        "status": None if item.status is None else _word("ResultStatus", item.status),
        "achievedLevel": _optional_iri(item.achieved_level),
        "alignment": [_alignment(tie) for tie in item.alignments],
    }


def _results(achievement: Achievement, assessment: Assessment | None) -> list[dict[str, Any]]:
    results = [
        {"type": ["Result"], "resultDescription": criterion.id, "status": words.COMPLETED}
        for criterion in achievement.criteria
    ]
    known = {}
    if achievement.level is not None:
        known["level"] = achievement.level
    if achievement.hours is not None:
        known["hours"] = f"{achievement.hours:g}"
    if assessment is not None:
        known["judged-by"] = assessment.judged_by
        known["identity"] = (
            words.IDENTITY_CHECKED if assessment.identity_checked else words.IDENTITY_NOT_CHECKED
        )
    results += [
        {"type": ["Result"], "resultDescription": f"{achievement.id}#{name}", "value": value}
        for name, value in known.items()
    ]
    return results


def _alignment(item: Alignment) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": item.target_name,
        "targetUrl": _iri(item.target_url),
        "targetFramework": item.target_framework,
        "targetCode": item.target_code,
        "targetType": None if item.target_type is None else _word("TargetType", item.target_type),
        "targetDescription": item.target_description,
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "id": _optional_iri(item.url),
        "type": ["Evidence"],
        "name": item.name,
        "genre": item.genre,
        "description": item.description,
        "narrative": item.narrative,
        "audience": item.audience,
    }


def _refresh(url: str | None) -> dict[str, Any] | None:
    return None if url is None else {"id": _iri(url), "type": words.REFRESH_TYPE}


def _status(entry: StatusEntry) -> dict[str, Any]:
    if entry.index < 0:
        raise CompositionError("a negative status index")
    return {
        # Required by the OB 3.0 schema, and must differ from the list's own URL (Bitstring §2.1).
        "id": f"{_iri(entry.list_url)}#{entry.index}",
        "type": words.STATUS_ENTRY,
        "statusPurpose": "revocation",
        "statusListIndex": str(entry.index),
        "statusListCredential": entry.list_url,
    }


def _image(url: str | None, caption: str | None = None) -> dict[str, Any] | None:
    return None if url is None else {"id": _iri(url), "type": "Image", "caption": caption}


def _word(vocabulary: str, word: str) -> str:
    if not is_word(vocabulary, word):
        raise CompositionError(f"{word[:80]!r} is no {vocabulary}")
    return word


def _optional_iri(text: str | None) -> str | None:
    return None if text is None else _iri(text)


def _iri(text: str) -> str:
    if not words.ABSOLUTE_IRI.fullmatch(text):
        raise CompositionError(f"not an absolute IRI: {text[:80]!r}")
    return text


def _without_absent(node: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, part in node.items():
        if isinstance(part, str):
            kept[name] = part
        elif isinstance(part, dict):
            kept[name] = _without_absent(part)
        elif isinstance(part, list):
            items = [_without_absent(item) if isinstance(item, dict) else item for item in part]
            if items:
                kept[name] = items
        elif part is not None:
            kept[name] = part
    return kept
