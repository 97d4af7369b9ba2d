"""Whether something is an Open Badges 3.0 credential at all (OB 3.0 §B.1.1)."""

from collections.abc import Mapping
from typing import Any

from credentials.openbadges.model import Strictness, problem_of
from credentials.openbadges.vocabulary import (
    ANY_OPEN_BADGES,
    BADGE_TYPES,
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    KNOWN_SCHEMA,
    VERIFIABLE_CREDENTIAL,
)
from credentials.verification.summary import issuer_id
from credentials.verification.verdict import Check, Outcome

NAME = "well_formed"


def check_form(document: Mapping[str, Any]) -> Check:
    """Type, contexts, issuer, the one subject with its achievement, and the model it declares."""
    code, detail = _problem(document)
    if code:
        return Check(NAME, Outcome.FAILED, code, detail)
    return Check(NAME, Outcome.PASSED, "well_formed")


def _problem(document: Mapping[str, Any]) -> tuple[str, str]:
    kinds = [kind for kind in _list(document.get("type")) if isinstance(kind, str)]
    if VERIFIABLE_CREDENTIAL not in kinds:
        return "not_a_credential", ""
    if not BADGE_TYPES.intersection(kinds):
        return "not_a_badge", ""
    detail = _contexts(document.get("@context")) or _missing(document)
    if detail:
        return "malformed_credential", detail
    problem = problem_of(_plain(document), _strictness(document))
    return ("schema_mismatch", problem[:200]) if problem else ("", "")


def _contexts(contexts: Any) -> str:
    """VCDM §4.3 and OB 3.0 §B.1.1: the credentials' context first, then the one of Open Badges."""
    if not isinstance(contexts, list) or contexts[:1] not in ([CREDENTIALS_V2], [CREDENTIALS_V1]):
        return "@context"
    others = [url for url in contexts[1:] if isinstance(url, str)]
    return "" if any(ANY_OPEN_BADGES.fullmatch(url) for url in others) else "@context"


def _missing(document: Mapping[str, Any]) -> str:
    if not isinstance(document.get("id"), str):
        return "id"
    if not issuer_id(document):
        return "issuer"
    subject = document.get("credentialSubject")
    if isinstance(subject, list):
        subject = subject[0] if len(subject) == 1 else None
    if not isinstance(subject, Mapping):
        return "credentialSubject"
    # OB 3.0 §B.1.3: an id or at least one identifier.
    return "" if subject.get("id") or subject.get("identifier") else "credentialSubject.id"


def _plain(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without its proof; Verifiable Credentials 1.1 call validFrom issuanceDate."""
    plain = {name: part for name, part in document.items() if name != "proof"}
    if document["@context"][0] == CREDENTIALS_V1 and "issuanceDate" in document:
        plain["validFrom"] = document["issuanceDate"]
    return plain


def _strictness(document: Mapping[str, Any]) -> Strictness:
    """Those who declare the published schema are held to its vocabularies; nothing is fetched."""
    declared = [
        schema.get("id")
        for schema in _list(document.get("credentialSchema"))
        if isinstance(schema, Mapping)
    ]
    is_known = any(isinstance(url, str) and KNOWN_SCHEMA.fullmatch(url) for url in declared)
    return Strictness.DECLARED if is_known else Strictness.LENIENT


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
