"""Judges a credential. The argument is made in the order in which the checks are reported.

(1) `well_formed`: it is an Open Badges 3.0 credential with an issuer, dates and one subject.
(2) `valid_signature`: every proof was made by a key that the issuer's DID document allows for
    assertions, over exactly this document (VC Data Integrity §4.4).
(3) `registered_issuer`: the issuer's DID is in the trust registry.
(4) `expiration`: now is between validFrom and validUntil, give or take two minutes.
(5) `revocation_status`: the issuer's own signed, current status list says that it stands.

Without (1) and (2) nothing else is looked at and nothing of the content is shown. A look-up that
fails makes its check unknown, and no verdict with an unknown check is valid.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from credentials.openbadges.documents import did_web_url
from credentials.openbadges.keys import KeyFormatError, parse_multikey
from credentials.openbadges.proofs import CRYPTOSUITE, ProofError, verify_proof
from credentials.openbadges.reading import ReadingError, read_json
from credentials.openbadges.status_list import StatusListError, decode_bits, read_bit
from credentials.verification.resolution import LookupFailedError, Resolver
from credentials.verification.trust import TrustRegistry
from credentials.verification.verdict import (
    Check,
    Outcome,
    Verdict,
    decide,
    issuer_id,
    summarise,
)

SKEW = timedelta(seconds=120)
MAX_PROOFS = 4
BADGE_TYPES = {"OpenBadgeCredential", "AchievementCredential"}

StatusNote = Callable[[str], str | None]


@dataclass(frozen=True, kw_only=True)
class Verifier:
    """Judges at an instant. `status_note` tells a suspension of ours from a revocation."""

    resolver: Resolver
    trust: TrustRegistry
    status_note: StatusNote = lambda credential_id: None

    def judge(self, document: Mapping[str, Any], *, now: datetime) -> Verdict:
        """The verdict on a credential with embedded proofs; never raises for a bad one."""
        form = _check_form(document)
        if form.outcome is not Outcome.PASSED:
            return _closed(form)
        signature = self._check_signature(document, now)
        if signature.outcome is not Outcome.PASSED:
            return _closed(form, signature)
        checks = (
            form,
            signature,
            self._check_issuer(document),
            _check_dates(document, now),
            self._check_status(document, now),
        )
        return Verdict(verdict=decide(checks), checks=checks, credential=summarise(document))

    def _check_signature(self, document: Mapping[str, Any], now: datetime) -> Check:
        name = "valid_signature"
        proofs = document.get("proof")
        known = proofs if isinstance(proofs, list) else [proofs]
        if not proofs or not 1 <= len(known) <= MAX_PROOFS:
            return Check(name, Outcome.FAILED, "no_proof")
        try:
            for proof in known:
                self._check_proof(document, proof, now)
        except _RefusedError as error:
            return Check(name, error.outcome, error.code, error.detail)
        except LookupFailedError as error:
            return Check(name, Outcome.UNKNOWN, "issuer_not_resolved", error.code)
        return Check(name, Outcome.PASSED, "signature_holds")

    def _check_proof(self, document: Mapping[str, Any], proof: Any, now: datetime) -> None:
        if not isinstance(proof, Mapping) or proof.get("type") != "DataIntegrityProof":
            raise _RefusedError("proof_type_not_supported", Outcome.UNKNOWN)
        if proof.get("cryptosuite") != CRYPTOSUITE:
            raise _RefusedError("cryptosuite_not_supported", Outcome.UNKNOWN)
        if proof.get("proofPurpose") != "assertionMethod":
            raise _RefusedError("wrong_purpose")
        created = parse_instant(proof.get("created"))
        if created is None or created > now + SKEW:
            raise _RefusedError("proof_from_the_future" if created else "malformed_proof")
        key = self._assertion_key(issuer_id(document), proof.get("verificationMethod"))
        try:
            holds = verify_proof(document, proof, key)
        except ProofError as error:
            raise _RefusedError(error.code) from error
        if not holds:
            raise _RefusedError("invalid_signature")

    def _assertion_key(self, did: str, method: Any) -> Ed25519PublicKey:
        """The issuer's key of this name, from its DID document (CID 1.0 §3.3)."""
        if not isinstance(method, str) or method.partition("#")[0] != did:
            raise _RefusedError("issuer_key_mismatch")
        if did.startswith("did:key:"):
            if method != f"{did}#{did.removeprefix('did:key:')}":
                raise _RefusedError("issuer_key_mismatch")
            return _ed25519(did.removeprefix("did:key:"))
        document = self._did_document(did)
        allowed = document.get("assertionMethod")
        if not isinstance(allowed, list) or method not in allowed:
            raise _RefusedError("key_not_authorised")
        for entry in document.get("verificationMethod") or []:
            if isinstance(entry, Mapping) and entry.get("id") == method:
                if entry.get("controller") != did:
                    raise _RefusedError("key_not_authorised")
                return _ed25519(entry.get("publicKeyMultibase"))
        raise _RefusedError("key_not_found")

    def _did_document(self, did: str) -> dict[str, Any]:
        try:
            url = did_web_url(did)
        except ValueError as error:
            raise _RefusedError("did_method_not_supported", Outcome.UNKNOWN) from error
        document = self._read(url, redirects=False)
        if document.get("id") != did:
            raise _RefusedError("did_document_mismatch")
        return document

    def _read(self, url: str, *, redirects: bool = True) -> dict[str, Any]:
        try:
            return read_json(self.resolver.fetch(url, redirects=redirects).content)
        except ReadingError as error:
            raise LookupFailedError(error.code) from error

    def _check_issuer(self, document: Mapping[str, Any]) -> Check:
        did = issuer_id(document)
        if self.trust.knows(did):
            return Check("registered_issuer", Outcome.PASSED, "issuer_registered", did)
        return Check("registered_issuer", Outcome.UNKNOWN, "issuer_not_registered", did)

    def _check_status(self, document: Mapping[str, Any], now: datetime) -> Check:
        name = "revocation_status"
        entry = document.get("credentialStatus")
        if entry is None:
            return Check(name, Outcome.PASSED, "not_revocable")
        if not isinstance(entry, Mapping) or entry.get("type") != "BitstringStatusListEntry":
            return Check(name, Outcome.UNKNOWN, "status_type_not_supported")
        try:
            is_set = self._read_status(document, entry, now)
        except LookupFailedError as error:
            return Check(name, Outcome.UNKNOWN, "status_list_unavailable", error.code)
        except _RefusedError as error:
            return Check(name, Outcome.UNKNOWN, error.code)
        if not is_set:
            return Check(name, Outcome.PASSED, "not_revoked")
        note = self.status_note(str(document.get("id")))
        return Check(name, Outcome.FAILED, note or "revoked")

    def _read_status(
        self, document: Mapping[str, Any], entry: Mapping[str, Any], now: datetime
    ) -> bool:
        url, index = entry.get("statusListCredential"), entry.get("statusListIndex")
        if not isinstance(url, str) or not isinstance(index, str) or not index.isdecimal():
            raise _RefusedError("status_entry_malformed")
        if len(index) > 9 or entry.get("statusPurpose") != "revocation":
            raise _RefusedError("status_entry_malformed")
        listed = self._read(url)
        subject = listed.get("credentialSubject")
        if listed.get("id") != url or not isinstance(subject, Mapping):
            raise _RefusedError("status_list_mismatch")
        if issuer_id(listed) != issuer_id(document):
            raise _RefusedError("status_list_mismatch")
        if self._check_signature(listed, now).outcome is not Outcome.PASSED:
            raise _RefusedError("status_list_not_signed")
        if _check_dates(listed, now).outcome is not Outcome.PASSED:
            raise _RefusedError("status_list_expired")
        if subject.get("statusPurpose") != "revocation":
            raise _RefusedError("status_list_mismatch")
        try:
            return read_bit(decode_bits(str(subject.get("encodedList"))), int(index))
        except StatusListError as error:
            raise _RefusedError("status_list_malformed") from error


class _RefusedError(Exception):
    """A check ends here."""

    def __init__(self, code: str, outcome: Outcome = Outcome.FAILED, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.outcome, self.detail = code, outcome, detail


def parse_instant(value: Any) -> datetime | None:
    """An XML Schema dateTime with a zone; None for anything else."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _check_form(document: Mapping[str, Any]) -> Check:
    kinds = document.get("type")
    if not isinstance(kinds, list) or "VerifiableCredential" not in kinds:
        return Check("well_formed", Outcome.FAILED, "not_a_credential")
    if not BADGE_TYPES.intersection(kind for kind in kinds if isinstance(kind, str)):
        return Check("well_formed", Outcome.FAILED, "not_a_badge")
    subject = document.get("credentialSubject")
    if not issuer_id(document) or not isinstance(subject, Mapping):
        return Check("well_formed", Outcome.FAILED, "malformed_credential")
    if not isinstance(subject.get("achievement"), Mapping):
        return Check("well_formed", Outcome.FAILED, "malformed_credential")
    return Check("well_formed", Outcome.PASSED, "well_formed")


def _check_dates(document: Mapping[str, Any], now: datetime) -> Check:
    name = "expiration"
    begins, ends = parse_instant(document.get("validFrom")), document.get("validUntil")
    expires = parse_instant(ends)
    if begins is None or (ends is not None and expires is None):
        return Check(name, Outcome.FAILED, "dates_malformed")
    if expires is not None and expires < begins:
        return Check(name, Outcome.FAILED, "dates_malformed")
    if begins > now + SKEW:
        return Check(name, Outcome.FAILED, "not_yet_valid")
    if expires is not None and expires < now - SKEW:
        return Check(name, Outcome.FAILED, "expired")
    return Check(name, Outcome.PASSED, "current")


def _ed25519(multibase: Any) -> Ed25519PublicKey:
    try:
        key = parse_multikey(multibase if isinstance(multibase, str) else "")
    except KeyFormatError as error:
        raise _RefusedError("key_malformed") from error
    if not isinstance(key, Ed25519PublicKey):
        raise _RefusedError("key_type_mismatch")
    return key


def _closed(*checks: Check) -> Verdict:
    """A verdict that shows nothing of the content."""
    return Verdict(verdict=decide(checks), checks=checks)
