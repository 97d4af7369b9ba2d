"""Verdicts and the checks they follow from."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from credentials.verification.summary import CredentialSummary


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


@dataclass(frozen=True)
class Endorsement:
    """Somebody who vouches for the badge; nothing of it is told unless its own seal holds."""

    issuer_id: str
    issuer_name: str
    comment: str
    verdict: Judgement
    code: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer. Without a valid signature there is no credential to show.

    `registry_as_of` is how old the list of known issuers is.
    """

    verdict: Judgement
    checks: tuple[Check, ...]
    credential: CredentialSummary | None = None
    endorsements: tuple[Endorsement, ...] = ()
    registry_as_of: datetime | None = None

    @property
    def code(self) -> str:
        """The code of the check that decided; `valid` when all passed."""
        for outcome in (Outcome.FAILED, Outcome.UNKNOWN):
            # An unknown issuer says less than anything else that could not be checked.
            for check in sorted(self.checks, key=lambda check: check.name == "registered_issuer"):
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
    if any(check.outcome is Outcome.UNKNOWN for check in others) or not others:
        return Judgement.COULD_NOT_CHECK
    if issuer is None or issuer.outcome is not Outcome.PASSED:
        return Judgement.ISSUER_UNKNOWN
    return Judgement.VALID


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON: `{"verdict", "code", "checks": […], "credential": {…} | null, …}`."""
    return {
        "verdict": verdict.verdict.value,
        "code": verdict.code,
        "checks": [
            {
                "name": check.name,
                "outcome": check.outcome.value,
                "code": check.code,
                "detail": check.detail,
            }
            for check in verdict.checks
        ],
        "credential": asdict(verdict.credential) if verdict.credential else None,
        "registry_as_of": verdict.registry_as_of.isoformat() if verdict.registry_as_of else None,
        "endorsements": [asdict(endorsement) for endorsement in verdict.endorsements],
    }
