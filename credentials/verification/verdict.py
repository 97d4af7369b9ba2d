"""Verdicts, checks and what a credential says, for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Judgement(StrEnum):
    VALID = "valid"
    INVALID = "invalid"
    ISSUER_UNKNOWN = "issuer_unknown"
    COULD_NOT_CHECK = "could_not_check"


@dataclass(frozen=True)
class Check:
    """One thing looked at. `code` is stable (docs/verdict-codes.md); `detail` is for experts."""

    name: str
    outcome: Outcome
    code: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class AlignmentSummary:
    name: str
    framework: str
    code: str
    url: str


@dataclass(frozen=True, kw_only=True)
class CredentialSummary:
    """What the signed payload says, and nothing else. Instants are ISO 8601 texts."""

    id: str
    name: str
    holder_name: str | None
    subject_id: str | None
    issuer_id: str
    issuer_name: str
    achievement_id: str
    description: str
    criteria_narrative: str
    awarded: str | None
    valid_from: str
    valid_until: str | None
    can: tuple[str, ...]
    evidence: tuple[str, ...]
    assessment: str | None
    hours: float | None
    level: str | None
    alignments: tuple[AlignmentSummary, ...]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer. Without a valid signature there is no credential to show."""

    verdict: Judgement
    checks: tuple[Check, ...]
    credential: CredentialSummary | None = None

    @property
    def code(self) -> str:
        """The code of the check that decided; `valid` when all passed."""
        for outcome in (Outcome.FAILED, Outcome.UNKNOWN):
            for check in self.checks:
                if check.outcome is outcome:
                    return check.code
        return "valid"


def decide(checks: Sequence[Check]) -> Judgement:
    """The verdict that follows from the checks. A failed look-up is never valid."""
    by_name = {check.name: check for check in checks}
    issuer = by_name.get("registered_issuer")
    others = [check for check in checks if check is not issuer]
    if any(check.outcome is Outcome.FAILED for check in others):
        return Judgement.INVALID
    if any(check.outcome is Outcome.UNKNOWN for check in others):
        return Judgement.COULD_NOT_CHECK
    if issuer is None or issuer.outcome is not Outcome.PASSED:
        return Judgement.ISSUER_UNKNOWN
    return Judgement.VALID


def summarise(document: Mapping[str, Any]) -> CredentialSummary:
    """What a credential says, read leniently: other issuers leave things out."""
    subject = _first(document.get("credentialSubject"))
    achievement = _mapping(subject.get("achievement"))
    issuer = document.get("issuer")
    return CredentialSummary(
        id=_text(document.get("id")),
        name=_text(achievement.get("name")) or _text(document.get("name")),
        holder_name=_holder_name(subject),
        subject_id=_text(subject.get("id")) or None,
        issuer_id=issuer_id(document),
        issuer_name=_text(_mapping(issuer).get("name")) or issuer_id(document),
        achievement_id=_text(achievement.get("id")),
        description=_text(achievement.get("description")),
        criteria_narrative=_text(_mapping(achievement.get("criteria")).get("narrative")),
        awarded=_text(document.get("awardedDate")) or None,
        valid_from=_text(document.get("validFrom")),
        valid_until=_text(document.get("validUntil")) or None,
        can=_criteria_met(subject, achievement),
        evidence=tuple(
            _text(item.get("genre"))
            for item in _list(document.get("evidence"))
            if item.get("genre")
        ),
        assessment=_text(subject.get("narrative")) or None,
        hours=_number(achievement.get("creditsAvailable")),
        level=_text(achievement.get("specialization")) or None,
        alignments=tuple(_alignment(item) for item in _list(achievement.get("alignment"))),
    )


def issuer_id(document: Mapping[str, Any]) -> str:
    """The issuer's id, whether the issuer stands as an object or as an id."""
    issuer = document.get("issuer")
    return _text(issuer) or _text(_mapping(issuer).get("id"))


def _holder_name(subject: Mapping[str, Any]) -> str | None:
    for entry in _list(subject.get("identifier")):
        if entry.get("identityType") == "name" and entry.get("hashed") is False:
            return _text(entry.get("identityHash")) or None
    return None


def _criteria_met(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> tuple[str, ...]:
    names = {
        _text(r.get("id")): _text(r.get("name"))
        for r in _list(achievement.get("resultDescription"))
    }
    met = [r for r in _list(subject.get("result")) if r.get("status") == "Completed"]
    known = (names.get(_text(r.get("resultDescription")), "") for r in met)
    return tuple(name for name in known if name)


def _alignment(item: Mapping[str, Any]) -> AlignmentSummary:
    return AlignmentSummary(
        name=_text(item.get("targetName")),
        framework=_text(item.get("targetFramework")),
        code=_text(item.get("targetCode")),
        url=_text(item.get("targetUrl")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, Mapping)]


def _first(value: Any) -> Mapping[str, Any]:
    items = _list(value)
    return items[0] if items else {}
