"""What a signed credential says, for people: the one source of the chat, the pages and the CLI."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from credentials.openbadges import vocabulary as words

MAX_TEXT = 4_000  # characters of one text
MAX_ITEMS = 50  # of one list
_WEB = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, kw_only=True)
class AlignmentSummary:
    name: str
    framework: str
    code: str
    url: str


@dataclass(frozen=True, kw_only=True)
class EvidenceSummary:
    """`kind` is such as "work sample", `origin` such as "own project"."""

    name: str
    kind: str
    origin: str
    narrative: str
    url: str


@dataclass(frozen=True, kw_only=True)
class CredentialSummary:
    """What the signed payload says, and nothing else. Instants are ISO 8601 texts.

    `can` has one line a criterion met, `evidence` the different kinds of evidence in order,
    `assessment` the narrative about this holder. None where the credential is silent.
    """

    id: str
    name: str
    holder_name: str | None
    subject_id: str | None
    issuer_id: str
    issuer_name: str
    issuer_url: str
    achievement_id: str
    description: str
    criteria_narrative: str
    criteria_url: str
    awarded: str | None
    valid_from: str
    valid_until: str | None
    can: tuple[str, ...]
    evidence: tuple[str, ...]
    evidence_items: tuple[EvidenceSummary, ...]
    assessment: str | None
    judged_by: str | None
    identity_checked: bool | None
    hours: float | None
    level: str | None
    alignments: tuple[AlignmentSummary, ...]


def summarise(document: Mapping[str, Any]) -> CredentialSummary:
    """What a credential says, read leniently: other issuers leave things out."""
    subject = _first(document.get("credentialSubject"))
    achievement = _first(subject.get("achievement"))
    criteria = _first(achievement.get("criteria"))
    issuer = _first(document.get("issuer"))
    evidence = tuple(_evidence(item) for item in _list(document.get("evidence")))
    values = _result_values(subject, achievement)
    return CredentialSummary(
        id=_text(document.get("id")),
        name=_text(achievement.get("name")) or _text(document.get("name")),
        holder_name=_holder_name(subject),
        subject_id=_text(subject.get("id")) or None,
        issuer_id=issuer_id(document),
        issuer_name=_text(issuer.get("name")) or issuer_id(document),
        issuer_url=_link(issuer.get("url")),
        achievement_id=_text(achievement.get("id")),
        description=_text(achievement.get("description")),
        criteria_narrative=_text(criteria.get("narrative")),
        criteria_url=_link(criteria.get("id")),
        awarded=_text(document.get("awardedDate")) or None,
        valid_from=_text(document.get("validFrom")),
        valid_until=_text(document.get("validUntil")) or None,
        can=_criteria_met(subject, achievement),
        evidence=tuple(dict.fromkeys(item.kind for item in evidence if item.kind)),
        evidence_items=evidence,
        assessment=_text(subject.get("narrative")) or None,
        judged_by=values.get(words.RESULT_JUDGED_BY),
        identity_checked=_identity(values.get(words.RESULT_IDENTITY)),
        hours=_hours(values.get(words.RESULT_HOURS)),
        level=values.get(words.RESULT_LEVEL),
        alignments=tuple(_alignment(item) for item in _list(achievement.get("alignment"))),
    )


def issuer_id(document: Mapping[str, Any]) -> str:
    """The issuer's id, whether the issuer stands as an object or as an id; exactly as signed."""
    issuer = document.get("issuer")
    if isinstance(issuer, Mapping):
        issuer = issuer.get("id")
    return issuer if isinstance(issuer, str) else ""


def _holder_name(subject: Mapping[str, Any]) -> str | None:
    for entry in _list(subject.get("identifier")):
        if entry.get("identityType") == "name" and entry.get("hashed") is False:
            return _text(entry.get("identityHash")) or None
    return None


def _criteria_met(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> tuple[str, ...]:
    names = {
        _text(known.get("id")): _text(known.get("name"))
        for known in _list(achievement.get("resultDescription"))
    }
    met = [r for r in _list(subject.get("result")) if r.get("status") == words.COMPLETED]
    known = (names.get(_text(result.get("resultDescription")), "") for result in met)
    return tuple(name for name in known if name)


def _result_values(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> dict[str, str]:
    kinds = {
        _text(known.get("id")): _text(known.get("resultType"))
        for known in _list(achievement.get("resultDescription"))
    }
    values: dict[str, str] = {}
    for result in _list(subject.get("result")):
        kind = kinds.get(_text(result.get("resultDescription")), "")
        value = _text(result.get("value"))
        if kind and value:
            values.setdefault(kind, value)
    return values


def _identity(value: str | None) -> bool | None:
    return {words.IDENTITY_CHECKED: True, words.IDENTITY_NOT_CHECKED: False}.get(value or "")


def _hours(value: str | None) -> float | None:
    found = re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value or "")
    return float(found[0]) if found else None


def _evidence(item: Mapping[str, Any]) -> EvidenceSummary:
    return EvidenceSummary(
        name=_text(item.get("name")),
        kind=_text(item.get("genre")),
        origin=_text(item.get("description")),
        narrative=_text(item.get("narrative")),
        url=_link(item.get("id")),
    )


def _alignment(item: Mapping[str, Any]) -> AlignmentSummary:
    return AlignmentSummary(
        name=_text(item.get("targetName")),
        framework=_text(item.get("targetFramework")),
        code=_text(item.get("targetCode")),
        url=_link(item.get("targetUrl")),
    )


def _text(value: Any) -> str:
    """A text as it may be shown: bounded, without characters that change how others are read."""
    if not isinstance(value, str):
        return ""
    return words.UNSAFE_CHARACTERS.sub("", value[:MAX_TEXT])


def _link(value: Any) -> str:
    """A web address; empty for `javascript:`, `data:` and everything else."""
    return value if isinstance(value, str) and _WEB.fullmatch(value[:MAX_TEXT]) else ""


def _list(value: Any) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items[:MAX_ITEMS] if isinstance(item, Mapping)]


def _first(value: Any) -> Mapping[str, Any]:
    items = _list(value)
    return items[0] if items else {}
