"""Who else vouches for a badge: the EndorsementCredentials it carries (OB 3.0 §B.1.8).

They stand in the credential, its achievement or its issuer's Profile, as JSON with proofs of their
own or as VC-JWTs. Each is judged like a badge: by its seal, its issuer, its dates and its status.
What they turn out to be changes nothing about the badge that carries them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from credentials.openbadges.jwt import JwtError, read_jwt
from credentials.openbadges.vocabulary import VERIFIABLE_CREDENTIAL
from credentials.verification.secured import Secured
from credentials.verification.summary import issuer_id, read_text
from credentials.verification.verdict import Check, Endorsement, Outcome, decide

MAX_ENDORSEMENTS = 4  # judged; the others are left out

JudgeParts = Callable[[Secured], tuple[Check, ...]]


@dataclass(frozen=True)
class Endorsements:
    """`judge` gives the checks of a secured credential after that of its form."""

    judge: JudgeParts

    def of(self, document: Mapping[str, Any]) -> tuple[Endorsement, ...]:
        """The endorsements of a credential whose own seal holds, in the order they stand in."""
        found: list[Endorsement] = []
        for carried in _carried(document):
            if len(found) == MAX_ENDORSEMENTS:
                break
            found.append(self._judge(carried, document))
        return tuple(found)

    def _judge(self, carried: Any, document: Mapping[str, Any]) -> Endorsement:
        try:
            secured = _secured(carried)
        except JwtError as error:
            check = Check("valid_signature", Outcome.FAILED, error.code)
            return Endorsement("", "", "", decide((check,)), error.code)
        code = _form(secured.document, document)
        if code:
            checks: tuple[Check, ...] = (Check("well_formed", Outcome.FAILED, code),)
        else:
            checks = self.judge(secured)
        return _told(secured.document, checks)


def _carried(document: Mapping[str, Any]) -> Iterator[Any]:
    subject = _first(document.get("credentialSubject"))
    for node in (document, _first(subject.get("achievement")), _first(document.get("issuer"))):
        for name in ("endorsement", "endorsementJwt"):
            value = node.get(name, [])
            yield from value if isinstance(value, list) else [value]


def _secured(carried: Any) -> Secured:
    if isinstance(carried, str):
        jwt = read_jwt(carried)
        return Secured(jwt.document, jwt)
    return Secured(carried if isinstance(carried, Mapping) else {})


def _form(endorsement: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    kinds = _strings(endorsement.get("type"))
    if not {VERIFIABLE_CREDENTIAL, "EndorsementCredential"} <= set(kinds):
        return "not_a_credential"
    subject = _first(endorsement.get("credentialSubject"))
    if not issuer_id(endorsement) or subject.get("id") not in _endorsable(document):
        # It is about something else.
        return "malformed_credential"
    return ""


def _endorsable(document: Mapping[str, Any]) -> set[Any]:
    subject = _first(document.get("credentialSubject"))
    achievement = _first(subject.get("achievement"))
    known = (document.get("id"), achievement.get("id"), issuer_id(document), subject.get("id"))
    return {name for name in known if isinstance(name, str) and name}


def _told(document: Mapping[str, Any], checks: tuple[Check, ...]) -> Endorsement:
    judgement = decide(checks)
    deciding = [check for check in checks if check.outcome is not Outcome.PASSED]
    issuer, subject = _first(document.get("issuer")), _first(document.get("credentialSubject"))
    holds = any(c.name == "valid_signature" and c.outcome is Outcome.PASSED for c in checks)
    return Endorsement(
        issuer_id=issuer_id(document) if holds else "",
        issuer_name=(read_text(issuer.get("name")) or issuer_id(document)) if holds else "",
        comment=read_text(subject.get("endorsementComment")) if holds else "",
        verdict=judgement,
        code=deciding[0].code if deciding else "valid",
    )


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def _first(value: Any) -> Mapping[str, Any]:
    items = value if isinstance(value, list) else [value]
    return items[0] if items and isinstance(items[0], Mapping) else {}
