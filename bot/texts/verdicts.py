"""One verdict in words, for the chat, the pages and the command line alike."""

from dataclasses import dataclass
from typing import Literal

from actions.screens.verify import BadgeFacts, CheckFacts, VerdictFacts
from bot.texts.say import Say, text_keys

Tone = Literal["good", "caution", "bad"]

# What each deciding code means to people; a code that is not here falls back to its check.
KINDS: dict[str, str] = {
    "valid": "genuine",
    "expired": "expired",
    "not_yet_valid": "not-yet-valid",
    "dates_malformed": "dates",
    "revoked": "revoked",
    "suspended": "suspended",
    "no_proof": "unsealed",
    "issuer_key_mismatch": "foreign-seal",
    "key_not_authorised": "foreign-seal",
    "key_not_found": "foreign-seal",
    "key_expired": "foreign-seal",
    "key_revoked": "stolen-key",
    "did_document_mismatch": "foreign-seal",
    "issuer_not_registered": "issuer-unknown",
    "issuer_withdrawn": "issuer-unknown",
    "key_not_bound": "unbound",
    "issuer_not_resolved": "issuer-unreachable",
    "end_not_shown": "partly",
    "status_not_shown": "partly",
    "not_a_credential": "not-a-badge",
    "not_a_badge": "not-a-badge",
    "open_badges_2": "open-badges-2",
    "no_code_in_picture": "no-code-in-picture",
    "no_badge_in_picture": "nothing-found",
    "unreadable_picture": "unreadable",
    "unknown_file": "unreadable",
    "empty": "empty",
    "too_large": "too-large",
    "too_slow": "too-slow",
    "nothing_found": "nothing-found",
    "no_badge_at_link": "nothing-at-link",
    "link_unavailable": "link-unavailable",
    "code_not_found": "code-unknown",
}
# What a check that failed, or could not be made, means when its code says nothing more to people.
FAILED = {"valid_signature": "altered", "well_formed": "malformed"}
UNKNOWN = {"valid_signature": "unsupported", "revocation_status": "status-unknown"}
BAD = frozenset({"revoked", "altered", "foreign-seal", "stolen-key", "unsealed", "malformed"})
UNTRUSTED = frozenset({"issuer-unknown", "unbound"})
# Kinds in which what the badge says is told.
TELLING = frozenset(
    {"genuine", "expired", "not-yet-valid", "issuer-unknown", "unbound", "status-unknown", "partly"}
)
IDENTITY = {True: "identity-checked", False: "identity-not-checked", None: "identity-unsaid"}


@dataclass(frozen=True)
class Skill:
    """A skill's name and `framework code`, with a link where there is one."""

    name: str
    code: str
    url: str | None


@dataclass(frozen=True, kw_only=True)
class Described:
    """A verdict in words, unescaped. Whatever is empty is left out by who draws it."""

    kind: str
    tone: Tone
    headline: str
    explanation: str
    notes: tuple[str, ...]
    title: str
    award: str
    can: tuple[str, ...]
    judged: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str, str], ...]
    about: tuple[str, ...]
    skills: tuple[Skill, ...]
    questions: tuple[str, ...]


def describe(facts: VerdictFacts, say: Say) -> Described:
    """The words of a verdict in the reader's language and zone."""
    kind = kind_of(facts)
    badge = facts.badge
    telling = badge is not None and kind in TELLING
    return Described(
        kind=kind,
        tone=_tone(kind),
        headline=_headline(kind, facts, say),
        explanation=_explanation(kind, facts, say),
        notes=tuple(_notes(kind, facts, say)),
        title=(badge.name or say.plain("badge-unnamed")) if badge else "",
        award=_award(badge, say) if badge else "",
        can=badge.can if badge and telling else (),
        judged=tuple(_judged(badge, say)) if badge and telling else (),
        facts=tuple(_fact_rows(badge, say)) if badge else (),
        checks=tuple(_check(check, facts, say) for check in facts.checks),
        about=(*_about(badge, say), *_endorsed(facts, say)) if badge else (),
        skills=_skills(badge) if badge and telling else (),
        questions=tuple(say.words(item) for item in facts.questions) if telling else (),
    )


def kind_of(facts: VerdictFacts) -> str:
    """What was found, as people would sort it; the key of the headline."""
    code = facts.deciding_code
    if code in KINDS:
        return KINDS[code]
    for check in facts.checks:
        if check.code == code:
            meanings = FAILED if check.outcome == "failed" else UNKNOWN
            return meanings.get(check.name, "malformed")
    return "malformed"


def _tone(kind: str) -> Tone:
    if kind == "genuine":
        return "good"
    return "bad" if kind in BAD else "caution"


def _headline(kind: str, facts: VerdictFacts, say: Say) -> str:
    if kind == "revoked" and facts.withdrawn_on:
        return say.plain("verdict-revoked-on", date=say.date(facts.withdrawn_on))
    if kind in {"expired", "not-yet-valid"}:
        until, begun = (
            (facts.badge.valid_until, facts.badge.valid_from) if facts.badge else ("", "")
        )
        known = "" if facts.code_of("registered_issuer") == "issuer_registered" else "-unknown"
        day = until if kind == "expired" else begun
        return say.plain(f"verdict-{kind}{known}", date=_date(day, say))
    return say.plain(f"verdict-{kind}")


def _explanation(kind: str, facts: VerdictFacts, say: Say) -> str:
    if kind == "genuine":
        return ""
    begun = _date(facts.badge.valid_from, say) if facts.badge else ""
    host = facts.badge.issuer_host if facts.badge else ""
    return say.plain(f"verdict-{kind}-why", begun=begun, host=host)


def _notes(kind: str, facts: VerdictFacts, say: Say) -> list[str]:
    """What is true beside the headline."""
    badge, notes = facts.badge, []
    if badge is None:
        return []
    if facts.code_of("registered_issuer") != "issuer_registered" and kind not in UNTRUSTED:
        notes.append(say.plain("verdict-also-issuer-unknown", host=badge.issuer_host))
    if facts.code_of("expiration") == "expired" and kind != "expired":
        notes.append(say.plain("verdict-also-expired", date=_date(badge.valid_until, say)))
    if kind not in {"status-unknown", "partly"} and _is_unknown(facts, "revocation_status"):
        notes.append(say.plain("verdict-also-status-unknown"))
    if facts.code_of("revocation_status") == "not_revocable":
        notes.append(say.plain("verdict-also-not-revocable"))
    if kind == "genuine":
        notes.append(say.plain("verdict-holder" if badge.holder else "verdict-no-name"))
    return notes


def _is_unknown(facts: VerdictFacts, name: str) -> bool:
    return any(check.name == name and check.outcome == "unknown" for check in facts.checks)


def _award(badge: BadgeFacts, say: Say) -> str:
    issuer = badge.issuer or badge.issuer_host
    if badge.awarded is None:
        return say.plain("badge-award-no-date", issuer=issuer)
    until = ""
    if badge.valid_until:
        until = say.plain("badge-valid-to", date=say.date(badge.valid_until))
    key = "badge-award" if badge.holder else "badge-award-no-name"
    return say.plain(
        key, holder=badge.holder, date=say.date(badge.awarded), until=until, issuer=issuer
    )


def _judged(badge: BadgeFacts, say: Say) -> list[str]:
    """How it was judged, by what role, from what kind of evidence, how much work, which level."""
    said = [_how(badge, say)]
    if badge.hours:
        said.append(say.plain("badge-hours", hours=badge.hours))
    if badge.level:
        said.append(say.plain("badge-level", level=say.plain("level-name", level=badge.level)))
    said.append(say.plain(IDENTITY[badge.identity_checked]))
    if badge.assessment:
        said.append(say.plain("badge-assessment", words=badge.assessment))
    return [line for line in said if line]


def _how(badge: BadgeFacts, say: Say) -> str:
    kinds = [
        say.plain("badge-evidence-from", kind=kind, origin=origin) if origin else kind
        for kind, origin in badge.evidence
    ]
    evidence = say.listed(kinds) if kinds else ""
    if evidence and badge.judged_by:
        return say.plain("badge-judged", evidence=evidence, judge=badge.judged_by)
    if evidence:
        return say.plain("badge-judged-from", evidence=evidence)
    return say.plain("badge-judged-by", judge=badge.judged_by) if badge.judged_by else ""


def _fact_rows(badge: BadgeFacts, say: Say) -> list[tuple[str, str]]:
    rows = [
        ("label-holder", badge.holder or say.plain("label-no-holder")),
        ("label-issuer", badge.issuer),
        ("label-awarded", _date(badge.awarded, say)),
        (
            "label-until",
            _date(badge.valid_until, say) if badge.valid_until else say.plain("label-no-end"),
        ),
    ]
    return [(say.plain(key), value) for key, value in rows if value]


def _check(check: CheckFacts, facts: VerdictFacts, say: Say) -> tuple[str, str, str]:
    """The check's name, its outcome in words, its outcome as a code."""
    key = f"code-{check.code}"
    if key not in text_keys():
        key = f"code-other-{check.outcome}"
    outcome = say.plain(f"outcome-{check.outcome}")
    result = say.plain("check-result", outcome=outcome, why=say.plain(key, code=check.code))
    if check.name == "registered_issuer" and facts.registry_as_of:
        listed = say.date(facts.registry_as_of)
        result = say.plain("check-result-as-of", result=result, date=listed)
    name = f"check-{check.name}"
    return (say.plain(name) if name in text_keys() else check.name, result, check.outcome)


def _about(badge: BadgeFacts, say: Say) -> list[str]:
    return [
        say.plain("details-issuer", issuer=badge.issuer, id=badge.issuer_id),
        say.plain("details-number", id=badge.id),
    ]


def _endorsed(facts: VerdictFacts, say: Say) -> list[str]:
    """Who else vouches for it; a seal that doesn't hold names nobody."""
    said = []
    for one in facts.endorsements:
        why = say.plain(f"endorsement-{one.verdict}")
        name = one.name or say.plain("endorsement-unnamed")
        key = "endorsed-by" if one.comment else "endorsed-by-silently"
        said.append(say.plain(key, name=name, comment=one.comment, why=why))
    return said


def _skills(badge: BadgeFacts) -> tuple[Skill, ...]:
    return tuple(
        Skill(item.name, " ".join(part for part in (item.framework, item.code) if part), item.url)
        for item in badge.skills
    )


def _date(instant: str | None, say: Say) -> str:
    return say.date(instant) if instant else ""
