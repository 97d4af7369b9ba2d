"""Whether the issuer withdrew a credential.

Bitstring Status List v1.0 §3.2 and its two drafts (StatusList2021, RevocationList2020), and the
list of ids of Open Badges 3.0 (1EdTechRevocationList).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from credentials.openbadges.jwt import JwtError
from credentials.openbadges.reading import ReadingError, read_json
from credentials.openbadges.status_list import (
    MAX_SIZE,
    StatusListError,
    decode_bits,
    parse_index,
    read_value,
)
from credentials.openbadges.vocabulary import STATUS_ENTRY, STATUS_LIST_CREDENTIAL
from credentials.verification.dates import begin_of, code_of_dates
from credentials.verification.refusal import RefusedError
from credentials.verification.resolution import Lookup, LookupFailedError, Resolver
from credentials.verification.secured import Secured, open_secured
from credentials.verification.signatures import HOLDS, Signatures
from credentials.verification.summary import issuer_id
from credentials.verification.verdict import Check, Outcome

NAME = "revocation_status"
MALFORMED = "status_entry_malformed"
MAX_ENTRIES = 4
WITHDRAWN = {"revocation": "revoked", "suspension": "suspended"}
#: Purposes that withdraw nothing; `message` is told, `refresh` says that there is a newer one.
TELLING = frozenset({"message", "refresh"})
ID_LIST: Final = "1EdTechRevocationList"

StatusNote = Callable[[str], str | None]


@dataclass(frozen=True)
class _Kind:
    """Where an entry of one type keeps index and list, and how its list is written."""

    index: str
    url: str
    list_type: str
    prefix: str  # of encodedList
    purpose: str | None = None


_KINDS: Final = {
    STATUS_ENTRY: _Kind("statusListIndex", "statusListCredential", STATUS_LIST_CREDENTIAL, "u"),
    "StatusList2021Entry": _Kind(
        "statusListIndex", "statusListCredential", "StatusList2021Credential", ""
    ),
    "RevocationList2020Status": _Kind(
        "revocationListIndex",
        "revocationListCredential",
        "RevocationList2020Credential",
        "",
        "revocation",
    ),
}


@dataclass(frozen=True)
class _Entry:
    """An entry of a credential, read."""

    kind: _Kind
    url: str
    purpose: str
    index: int
    size: int
    messages: Mapping[int, str]


@dataclass(frozen=True)
class Statuses:
    """`note` tells, for our own credentials, a suspension from a revocation."""

    resolver: Resolver
    signatures: Signatures
    note: StatusNote

    def check(self, document: Mapping[str, Any], now: datetime) -> Check:
        entries = document.get("credentialStatus")
        if entries is None:
            return Check(NAME, Outcome.PASSED, "not_revocable")
        known = entries if isinstance(entries, list) else [entries]
        if not 1 <= len(known) <= MAX_ENTRIES:
            return Check(NAME, Outcome.FAILED, MALFORMED)
        checks = [self._check_entry(document, entry, now) for entry in known]
        # A withdrawal outweighs a list that could not be read, and that outweighs a good sign.
        order = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
        return min(checks, key=lambda check: order.index(check.outcome))

    def _check_entry(self, document: Mapping[str, Any], entry: Any, now: datetime) -> Check:
        try:
            if isinstance(entry, Mapping) and _type_of(entry) == ID_LIST:
                return self._check_ids(document, entry)
            return self._check_bits(document, _read_entry(entry), now)
        except LookupFailedError as error:
            return Check(NAME, Outcome.UNKNOWN, "status_list_unavailable", error.code)
        except RefusedError as error:
            # An entry is the credential's own; what is wrong with a list is not its fault.
            is_own = error.code == MALFORMED
            outcome = Outcome.FAILED if is_own else Outcome.UNKNOWN
            return Check(NAME, outcome, error.code, error.detail)

    def _check_bits(self, document: Mapping[str, Any], entry: _Entry, now: datetime) -> Check:
        subject = self._listed(document, entry, now)
        try:
            bits = decode_bits(subject.get("encodedList"), prefix=entry.kind.prefix)
            if (entry.index + 1) * entry.size > len(bits) * 8:
                raise RefusedError(MALFORMED, detail="RANGE_ERROR")
            value = read_value(bits, entry.index, size=entry.size)
        except StatusListError as error:
            raise RefusedError("status_list_malformed", detail=str(error)) from error
        said = entry.messages.get(value, "")
        if entry.purpose in TELLING:
            return Check(NAME, Outcome.PASSED, "status_message" if said else "not_revoked", said)
        if not value:
            return Check(NAME, Outcome.PASSED, "not_revoked")
        note = self.note(str(document.get("id")))
        code = note if note and note in WITHDRAWN.values() else WITHDRAWN[entry.purpose]
        return Check(NAME, Outcome.FAILED, code, said)

    def _listed(
        self, document: Mapping[str, Any], entry: _Entry, now: datetime
    ) -> Mapping[str, Any]:
        """The list's subject, when the list is the issuer's own, signed, and current."""
        secured = self._fetch(entry.url)
        listed = secured.document
        subject = listed.get("credentialSubject")
        is_list = entry.kind.list_type in _strings(listed.get("type"))
        if listed.get("id") != entry.url or not is_list or not isinstance(subject, Mapping):
            raise RefusedError("status_list_mismatch")
        if issuer_id(listed) != issuer_id(document):
            raise RefusedError("status_list_mismatch")
        signature = secured.check_signature(self.signatures, now)
        if signature.code == "issuer_not_resolved":
            raise LookupFailedError(signature.detail)
        if signature.code != HOLDS:
            raise RefusedError("status_list_not_signed", detail=signature.code)
        # VCDM 2.0 §4.9: validFrom may be left out.
        dated = listed if begin_of(listed) else {"validFrom": "1970-01-01T00:00:00Z", **listed}
        if code_of_dates(dated, now) != "current":
            raise RefusedError("status_list_expired")
        if entry.kind.purpose is None and entry.purpose not in _strings(
            subject.get("statusPurpose")
        ):
            raise RefusedError("status_list_mismatch")
        return subject

    def _fetch(self, url: str) -> Secured:
        content = self.resolver.fetch(Lookup(url, fresh=True)).content
        try:
            return open_secured(content)
        except (ReadingError, JwtError) as error:
            raise RefusedError("status_list_malformed", detail=error.code) from error

    def _check_ids(self, document: Mapping[str, Any], entry: Mapping[str, Any]) -> Check:
        """OB 3.0 §B.1.25: the revoked credentials of an issuer, by id, at an https address."""
        url = entry.get("id")
        if not isinstance(url, str):
            raise RefusedError(MALFORMED)
        try:
            listed = read_json(self.resolver.fetch(Lookup(url, fresh=True)).content)
        except ReadingError as error:
            raise RefusedError("status_list_malformed", detail=error.code) from error
        revoked = listed.get("revokedCredential", [])
        if not isinstance(revoked, list):
            raise RefusedError("status_list_malformed")
        if issuer_id(listed) != issuer_id(document):
            raise RefusedError("status_list_mismatch")
        for item in revoked:
            is_it = isinstance(item, Mapping) and item.get("id") == document.get("id")
            if is_it and item.get("revoked", True) is not False:
                reason = item.get("revocationReason")
                detail = reason[:200] if isinstance(reason, str) else ""
                return Check(NAME, Outcome.FAILED, "revoked", detail)
        return Check(NAME, Outcome.PASSED, "not_revoked")


def _read_entry(entry: Any) -> _Entry:
    kind = _KINDS.get(_type_of(entry)) if isinstance(entry, Mapping) else None
    if kind is None:
        raise RefusedError("status_type_not_supported")
    purpose, url = kind.purpose or entry.get("statusPurpose"), entry.get(kind.url)
    if not isinstance(url, str) or not isinstance(purpose, str):
        raise RefusedError(MALFORMED)
    if purpose not in WITHDRAWN and purpose not in TELLING:
        raise RefusedError("status_type_not_supported", detail=purpose[:80])
    size, messages = _size(entry), _messages(entry.get("statusMessage", []))
    # §2.1: with more than one bit, every value has its message.
    if size > 1 and len(messages) != 2**size:
        raise RefusedError(MALFORMED, detail="statusMessage")
    written = entry.get(kind.index)
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)  # §2.1 wants a text, and a number says the same
    try:
        index = parse_index(written)
    except StatusListError as error:
        raise RefusedError(MALFORMED, detail=str(error)) from error
    return _Entry(kind, url, purpose, index, size, messages)


def _type_of(entry: Mapping[str, Any]) -> str:
    kinds = _strings(entry.get("type"))
    return kinds[0] if len(kinds) == 1 else ""


def _size(entry: Mapping[str, Any]) -> int:
    size = entry.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= MAX_SIZE:
        raise RefusedError(MALFORMED, detail="statusSize")
    return size


def _messages(value: Any) -> dict[int, str]:
    known: dict[int, str] = {}
    for item in value if isinstance(value, list) else []:
        status = item.get("status") if isinstance(item, Mapping) else None
        message = item.get("message") if isinstance(item, Mapping) else None
        if isinstance(status, str) and isinstance(message, str):
            try:
                known[int(status, 16)] = message[:200]
            except ValueError as error:
                raise RefusedError(MALFORMED, detail="statusMessage") from error
    return known


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]
