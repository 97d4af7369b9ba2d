"""Screens of a verdict: the card, its details, the questions it suggests."""

import re
import unicodedata
from datetime import datetime
from typing import Self
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict

from actions.screens.base import LanguageMap, Screen, register
from credentials.enquiries.answers import Answer
from credentials.enquiries.keeping import Enquiry
from credentials.verification.summary import CredentialSummary
from credentials.verification.verdict import Verdict

NAME_LENGTH = 200  # characters
NO_BADGE = frozenset(
    {
        "nothing_found",
        "no_badge_in_picture",
        "no_code_in_picture",
        "unreadable_picture",
        "unknown_file",
        "no_badge_at_link",
        "link_unavailable",
    }
)
TEXT_LENGTH = 600
LIST_LENGTH = 12
JOINERS = frozenset("\u200c\u200d")  # some scripts cannot be written without them
_SPACES = re.compile(r"\s+")


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True)


class CheckFacts(_Facts):
    """One check's name, outcome and code."""

    name: str
    outcome: str
    code: str


class SkillFacts(_Facts):
    """A skill with its framework's code; `url` is https or http only."""

    name: str
    framework: str
    code: str
    url: str | None


class BadgeFacts(_Facts):
    """What the signed payload says, made safe to show. Instants are ISO 8601 or None.

    `evidence` holds kinds and where each comes from, such as `("work sample", "own project")`.
    """

    id: str
    name: str
    holder: str | None
    issuer: str
    issuer_id: str
    issuer_host: str
    description: str
    awarded: str | None
    valid_from: str | None
    valid_until: str | None
    can: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    judged_by: str | None
    identity_checked: bool | None
    assessment: str | None
    hours: float | None
    level: str | None
    skills: tuple[SkillFacts, ...]

    @classmethod
    def of(cls, summary: CredentialSummary) -> Self:
        return cls(
            id=shown(summary.id),
            name=shown(summary.name),
            holder=shown(summary.holder_name or "") or None,
            issuer=shown(summary.issuer_name),
            issuer_id=shown(summary.issuer_id),
            issuer_host=host_of(summary.issuer_id),
            description=shown(summary.description, TEXT_LENGTH),
            awarded=_instant(summary.awarded or summary.valid_from),
            valid_from=_instant(summary.valid_from),
            valid_until=_instant(summary.valid_until),
            can=tuple(shown(item) for item in summary.can[:LIST_LENGTH]),
            evidence=tuple(
                dict.fromkeys(
                    (shown(item.kind), shown(item.origin))
                    for item in summary.evidence_items
                    if item.kind
                )
            )[:LIST_LENGTH],
            judged_by=shown(summary.judged_by or "") or None,
            identity_checked=summary.identity_checked,
            assessment=shown(summary.assessment or "", TEXT_LENGTH) or None,
            hours=summary.hours,
            level=shown(summary.level or "") or None,
            skills=tuple(
                SkillFacts(
                    name=shown(item.name),
                    framework=shown(item.framework),
                    code=shown(item.code),
                    url=item.url or None,
                )
                for item in summary.alignments[: LIST_LENGTH * 2]
            ),
        )


class EndorsementFacts(_Facts):
    """Who else vouches for the badge, and whether that holds."""

    name: str
    comment: str
    verdict: str


class VerdictFacts(_Facts):
    """A verdict for people; chat and pages draw it with `bot.texts.verdicts.describe`."""

    verdict: str
    checks: tuple[CheckFacts, ...]
    checked_at: str
    badge: BadgeFacts | None = None
    page: str | None = None
    withdrawn_on: str | None = None
    questions: tuple[LanguageMap, ...] = ()
    endorsements: tuple[EndorsementFacts, ...] = ()
    registry_as_of: str | None = None

    @classmethod
    def of(cls, answer: Answer) -> Self:
        verdict: Verdict = answer.verdict
        return cls(
            verdict=verdict.verdict.value,
            checks=tuple(
                CheckFacts(name=check.name, outcome=check.outcome.value, code=check.code)
                for check in verdict.checks
            ),
            checked_at=answer.checked_at.isoformat(),
            badge=BadgeFacts.of(verdict.credential) if verdict.credential else None,
            page=answer.page,
            withdrawn_on=answer.withdrawn_on.isoformat() if answer.withdrawn_on else None,
            questions=tuple(dict(question) for question in answer.questions),
            endorsements=tuple(
                EndorsementFacts(
                    name=shown(one.issuer_name),
                    comment=shown(one.comment, TEXT_LENGTH),
                    verdict=one.verdict.value,
                )
                for one in verdict.endorsements
            ),
            registry_as_of=verdict.registry_as_of.isoformat() if verdict.registry_as_of else None,
        )

    @property
    def holds_no_badge(self) -> bool:
        """Whether there was nothing to judge; it may be something else, such as work."""
        return any(check.code in NO_BADGE for check in self.checks)

    def code_of(self, name: str) -> str | None:
        """The code of a check."""
        return next((check.code for check in self.checks if check.name == name), None)

    @property
    def deciding_code(self) -> str:
        """The code that explains the verdict; withdrawn weighs more than expired."""
        if self.verdict == "valid":
            return "valid"
        if self.verdict == "issuer_unknown":
            return self.code_of("registered_issuer") or "issuer_not_registered"
        wanted = "failed" if self.verdict == "invalid" else "unknown"
        found = {check.name: check.code for check in self.checks if check.outcome == wanted}
        found.pop("registered_issuer", None)
        return found.get("revocation_status") or next(iter(found.values()), "nothing_found")


class _Card(Screen):
    """`enquiry_id` finds what was checked again, for the buttons."""

    enquiry_id: str
    facts: VerdictFacts
    can_ask_again: bool = False

    @property
    def topic(self) -> tuple[str, str]:
        return "verdict", self.enquiry_id

    @classmethod
    def of(cls, enquiry: Enquiry) -> Self:
        return cls(
            enquiry_id=enquiry.enquiry_id,
            facts=VerdictFacts.model_validate(enquiry.facts),
            can_ask_again=enquiry.source is not None,
        )


@register
class HowToVerify(Screen):
    """The ways to send a badge."""

    @property
    def topic(self) -> tuple[str, str]:
        return "verdict", ""


@register
class VerdictCard(_Card):
    """The verdict. `is_fresh` when made for this message, which `may_be_work` of a learner.

    `badge_id` is that of a badge of ours which the reader, an advisor, may change.
    """

    is_fresh: bool = False
    may_be_work: bool = False
    badge_id: str | None = None

    @classmethod
    def now(cls, enquiry: Enquiry, *, may_be_work: bool = False) -> Self:
        return cls.of(enquiry).model_copy(update={"is_fresh": True, "may_be_work": may_be_work})


@register
class VerdictDetails(_Card):
    """The named checks, the issuer, the skills with their codes."""


@register
class InterviewQuestions(_Card):
    """What an employer could ask the holder."""


@register
class VerdictMeaning(Screen):
    """What a verdict doesn't say by itself; `about` interview, withdrawn, person or judged."""

    about: str

    @property
    def topic(self) -> tuple[str, str]:
        return "verdict", ""


def shown(text: str, length: int = NAME_LENGTH) -> str:
    """Foreign text made safe to show: one line, no invisible or direction-changing characters."""
    plain = _SPACES.sub(" ", text)
    kept = "".join(mark for mark in plain if _is_visible(mark)).strip()
    return kept if len(kept) <= length else kept[: length - 1].rstrip() + "…"


def host_of(did: str) -> str:
    """The host of an issuer as browsers would ask for it (punycode), or the id itself."""
    if did.startswith("did:web:"):
        host = unquote(did.split(":")[2])
    else:
        host = urlsplit(did).netloc if "://" in did else did
    try:
        return shown(host if host.isascii() else host.encode("idna").decode())
    except UnicodeError:
        return shown(ascii(host))


def _is_visible(mark: str) -> bool:
    return mark in JOINERS or unicodedata.category(mark) not in {"Cc", "Cf", "Cs"}


def _instant(text: str | None) -> str | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo else None
