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
class IdentitySummary:
    """An identifier of the holder; `value` is `algorithm$hex` when it is hashed."""

    kind: str
    value: str
    is_hashed: bool
    salt: str


@dataclass(frozen=True, kw_only=True)
class CredentialSummary:
    """What the signed payload says, and nothing else. Instants are ISO 8601 texts.

    `can` has one line a criterion met, `evidence` the different kinds of evidence in order,
    `assessment` the narrative about this holder, `refresh_url` where its issuer may have a newer
    one; nothing is fetched from there. None where the credential is silent.
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
    identities: tuple[IdentitySummary, ...] = ()
    refresh_url: str = ""


def summarise(document: Mapping[str, Any]) -> CredentialSummary:
    """What a credential says, read leniently: other issuers leave things out."""
    subject = _first(document.get("credentialSubject"))
    achievement = _first(subject.get("achievement"))
    criteria = _first(achievement.get("criteria"))
    issuer = _first(document.get("issuer"))
    evidence = tuple(_evidence(item) for item in _list(document.get("evidence")))
    values = _result_values(subject, achievement)
    return CredentialSummary(
        id=read_text(document.get("id")),
        name=read_text(achievement.get("name")) or read_text(document.get("name")),
        holder_name=_holder_name(subject),
        subject_id=read_text(subject.get("id")) or None,
        issuer_id=issuer_id(document),
        issuer_name=read_text(issuer.get("name")) or issuer_id(document),
        issuer_url=_link(issuer.get("url")),
        achievement_id=read_text(achievement.get("id")),
        description=read_text(achievement.get("description")),
        criteria_narrative=read_text(criteria.get("narrative")),
        criteria_url=_link(criteria.get("id")),
        awarded=read_text(document.get("awardedDate")) or None,
        valid_from=read_text(document.get("validFrom", document.get("issuanceDate"))),
        valid_until=read_text(document.get("validUntil", document.get("expirationDate"))) or None,
        can=_criteria_met(subject, achievement),
        evidence=tuple(dict.fromkeys(item.kind for item in evidence if item.kind)),
        evidence_items=evidence,
        assessment=read_text(subject.get("narrative")) or None,
        judged_by=values.get(words.RESULT_JUDGED_BY),
        identity_checked=_identity(values.get(words.RESULT_IDENTITY)),
        hours=_hours(values.get(words.RESULT_HOURS)),
        level=values.get(words.RESULT_LEVEL),
        alignments=tuple(_alignment(item) for item in _list(achievement.get("alignment"))),
        identities=tuple(_identifier(item) for item in _list(subject.get("identifier"))),
        refresh_url=_link(_first(document.get("refreshService")).get("id")),
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
            return read_text(entry.get("identityHash")) or None
    return None


def _criteria_met(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> tuple[str, ...]:
    names = {
        read_text(known.get("id")): read_text(known.get("name"))
        for known in _list(achievement.get("resultDescription"))
    }
    met = [r for r in _list(subject.get("result")) if r.get("status") == words.COMPLETED]
    known = (names.get(read_text(result.get("resultDescription")), "") for result in met)
    return tuple(name for name in known if name)


def _result_values(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> dict[str, str]:
    kinds = {
        read_text(known.get("id")): read_text(known.get("resultType"))
        for known in _list(achievement.get("resultDescription"))
    }
    values: dict[str, str] = {}
    for result in _list(subject.get("result")):
        kind = kinds.get(read_text(result.get("resultDescription")), "")
        value = read_text(result.get("value"))
        if kind and value:
            values.setdefault(kind, value)
    return values


def _identity(value: str | None) -> bool | None:
    return {words.IDENTITY_CHECKED: True, words.IDENTITY_NOT_CHECKED: False}.get(value or "")


def _hours(value: str | None) -> float | None:
    found = re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value or "")
    return float(found[0]) if found else None


def _identifier(item: Mapping[str, Any]) -> IdentitySummary:
    return IdentitySummary(
        kind=read_text(item.get("identityType")),
        value=read_text(item.get("identityHash")),
        is_hashed=item.get("hashed") is True,
        salt=read_text(item.get("salt")),
    )


def _evidence(item: Mapping[str, Any]) -> EvidenceSummary:
    return EvidenceSummary(
        name=read_text(item.get("name")),
        kind=read_text(item.get("genre")),
        origin=read_text(item.get("description")),
        narrative=read_text(item.get("narrative")),
        url=_link(item.get("id")),
    )


def _alignment(item: Mapping[str, Any]) -> AlignmentSummary:
    return AlignmentSummary(
        name=read_text(item.get("targetName")),
        framework=read_text(item.get("targetFramework")),
        code=read_text(item.get("targetCode")),
        url=_link(item.get("targetUrl")),
    )


def read_text(value: Any) -> str:
    """A text as it may be shown: bounded, without characters that change how others are read."""
    if isinstance(value, Mapping):
        value = value.get("@value")  # a text with its language (VCDM 2.0 §11.1)
    if not isinstance(value, str):
        return ""
    text = value[:MAX_TEXT]
    # Most texts have nothing that would have to go.
    is_plain = text.isascii() and text.isprintable()
    return text if is_plain else words.UNSAFE_CHARACTERS.sub("", text)


def _link(value: Any) -> str:
    """A web address; empty for `javascript:`, `data:` and everything else."""
    return value if isinstance(value, str) and _WEB.fullmatch(value[:MAX_TEXT]) else ""


def _list(value: Any) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items[:MAX_ITEMS] if isinstance(item, Mapping)]


def _first(value: Any) -> Mapping[str, Any]:
    items = _list(value)
    return items[0] if items else {}
