"""Whether the issuer withdrew a credential (Bitstring Status List v1.0 §3.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials.openbadges.jwt import JwtError
from credentials.openbadges.reading import ReadingError
from credentials.openbadges.status_list import StatusListError, decode_bits, parse_index, read_bit
from credentials.openbadges.vocabulary import STATUS_ENTRY, STATUS_LIST_CREDENTIAL
from credentials.verification.dates import code_of_dates
from credentials.verification.refusal import RefusedError
from credentials.verification.resolution import LookupFailedError, Resolver
from credentials.verification.secured import Secured, open_secured
from credentials.verification.signatures import Signatures
from credentials.verification.summary import issuer_id
from credentials.verification.verdict import Check, Outcome

NAME = "revocation_status"
MAX_ENTRIES = 4
WITHDRAWN = {"revocation": "revoked", "suspension": "suspended"}

StatusNote = Callable[[str], str | None]


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
            return Check(NAME, Outcome.UNKNOWN, "status_entry_malformed")
        checks = [self._check_entry(document, entry, now) for entry in known]
        # A withdrawal outweighs a list that could not be read, and that outweighs a good sign.
        order = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
        return min(checks, key=lambda check: order.index(check.outcome))

    def _check_entry(self, document: Mapping[str, Any], entry: Any, now: datetime) -> Check:
        try:
            purpose, is_set = self._read(document, entry, now)
        except LookupFailedError as error:
            return Check(NAME, Outcome.UNKNOWN, "status_list_unavailable", error.code)
        except RefusedError as error:
            return Check(NAME, Outcome.UNKNOWN, error.code, error.detail)
        if not is_set:
            return Check(NAME, Outcome.PASSED, "not_revoked")
        note = self.note(str(document.get("id")))
        code = note if note and note in WITHDRAWN.values() else WITHDRAWN[purpose]
        return Check(NAME, Outcome.FAILED, code)

    def _read(self, document: Mapping[str, Any], entry: Any, now: datetime) -> tuple[str, bool]:
        if not isinstance(entry, Mapping) or entry.get("type") != STATUS_ENTRY:
            raise RefusedError("status_type_not_supported")
        purpose, url = entry.get("statusPurpose"), entry.get("statusListCredential")
        if not isinstance(url, str) or not isinstance(purpose, str):
            raise RefusedError("status_entry_malformed")
        if purpose not in WITHDRAWN or entry.get("statusSize", 1) != 1:
            raise RefusedError("status_type_not_supported")
        try:
            index = parse_index(entry.get("statusListIndex"))
        except StatusListError as error:
            raise RefusedError("status_entry_malformed", detail=str(error)) from error
        subject = self._listed(document, url, purpose, now)
        try:
            return purpose, read_bit(decode_bits(subject.get("encodedList")), index)
        except StatusListError as error:
            raise RefusedError("status_list_malformed", detail=str(error)) from error

    def _listed(
        self, document: Mapping[str, Any], url: str, purpose: str, now: datetime
    ) -> Mapping[str, Any]:
        """The list's subject, when the list is the issuer's own, signed, and current."""
        secured = self._fetch(url)
        listed = secured.document
        subject, kinds = listed.get("credentialSubject"), listed.get("type")
        is_list = isinstance(kinds, list) and STATUS_LIST_CREDENTIAL in kinds
        if listed.get("id") != url or not is_list or not isinstance(subject, Mapping):
            raise RefusedError("status_list_mismatch")
        if issuer_id(listed) != issuer_id(document):
            raise RefusedError("status_list_mismatch")
        signature = secured.check_signature(self.signatures, now)
        if signature.code == "issuer_not_resolved":
            raise LookupFailedError(signature.detail)
        if signature.outcome is not Outcome.PASSED:
            raise RefusedError("status_list_not_signed", detail=signature.code)
        if code_of_dates(listed, now) != "current":
            raise RefusedError("status_list_expired")
        purposes = subject.get("statusPurpose")
        if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
            raise RefusedError("status_list_mismatch")
        return subject

    def _fetch(self, url: str) -> Secured:
        content = self.resolver.fetch(url, fresh=True).content
        try:
            return open_secured(content)
        except (ReadingError, JwtError) as error:
            raise RefusedError("status_list_malformed", detail=error.code) from error
