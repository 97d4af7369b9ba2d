"""Whether something is an Open Badges 3.0 credential at all (OB 3.0 §B.1.1)."""

from collections.abc import Mapping
from typing import Any

from credentials.openbadges.vocabulary import BADGE_TYPES, CREDENTIALS_V2, VERIFIABLE_CREDENTIAL
from credentials.verification.summary import issuer_id
from credentials.verification.verdict import Check, Outcome

NAME = "well_formed"
CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"


def check_form(document: Mapping[str, Any]) -> Check:
    """Type, contexts, issuer, and the one subject with its achievement."""
    contexts = document.get("@context")
    if isinstance(contexts, list) and contexts[:1] == [CREDENTIALS_V1]:
        return Check(NAME, Outcome.UNKNOWN, "form_not_supported", CREDENTIALS_V1)
    code, detail = _problem(document)
    if code:
        return Check(NAME, Outcome.FAILED, code, detail)
    return Check(NAME, Outcome.PASSED, "well_formed")


def _problem(document: Mapping[str, Any]) -> tuple[str, str]:
    kinds, contexts = document.get("type"), document.get("@context")
    if not isinstance(kinds, list) or VERIFIABLE_CREDENTIAL not in kinds:
        return "not_a_credential", ""
    if not BADGE_TYPES.intersection(kind for kind in kinds if isinstance(kind, str)):
        return "not_a_badge", ""
    if not isinstance(contexts, list) or contexts[:1] != [CREDENTIALS_V2]:
        return "malformed_credential", "@context"
    missing = _missing(document)
    return ("malformed_credential", missing) if missing else ("", "")


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
    if not subject.get("id") and not subject.get("identifier"):
        return "credentialSubject.id"
    return "" if isinstance(subject.get("achievement"), Mapping) else "achievement"
