"""Judges a credential. The argument is made in the order in which the checks are reported.

(0) `retrieved`: only when a link or a code stands for a credential and leads to none.
(1) `well_formed`: it is an Open Badges 3.0 credential with an issuer, dates and one subject.
(2) `valid_signature`: (2a) the key is one that the issuer's own document allows for assertions,
    neither retired nor stolen when it signed; (2b) every proof that can be checked, or the token,
    was made with it over exactly this document; (2c) the contexts fix what the document says, so
    that the JSON people read is what was signed; (2d) one that we issued says what our record of
    it says, word for word. A proof over what its holder chose to show leaves (4) and (5) unknown
    where no end or no status is shown.
(3) `registered_issuer`: the issuer's DID is in the trust registry. A name proves nothing.
(4) `expiration`: now is between validFrom and validUntil, give or take two minutes.
(5) `revocation_status`: the issuer's own signed, current status list says that it stands.
(6) Endorsements the credential carries are judged in the same way and named beside it.

Without (1) and (2) nothing else is looked at and nothing of the content is shown. A look-up that
fails makes its check unknown, and no verdict with an unknown check is valid. Our own credentials
are judged in the same way as anybody's.

What remains for the caller: a valid credential says nothing about who presents it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials.openbadges.jwt import JwtError, read_jwt
from credentials.openbadges.reading import ReadingError
from credentials.verification.dates import code_of_dates
from credentials.verification.endorsements import Endorsements
from credentials.verification.extraction import Candidate, ExtractionError, extract_linked
from credentials.verification.form import check_form
from credentials.verification.issued import AsIssued, is_as_issued
from credentials.verification.issuer_keys import IssuerKeys
from credentials.verification.resolution import Lookup, LookupFailedError, Resolver
from credentials.verification.secured import Secured, open_document, open_secured
from credentials.verification.signatures import (
    HOLDS_SHOWN,
    HOLDS_UNBOUND,
    Signatures,
    WasLogged,
    header_key,
)
from credentials.verification.status import Statuses, StatusNote
from credentials.verification.summary import issuer_id, summarise
from credentials.verification.trust import TrustRegistry
from credentials.verification.verdict import Check, Outcome, Verdict, decide

MAX_HOPS = 2  # a link may lead to a picture whose QR code holds the credential's link

LookUpCode = Callable[[str], bytes | str | None]


@dataclass(frozen=True, kw_only=True)
class Verifier:
    """Judges at an instant; everything it asks anybody for comes in here.

    `status_note` says `revoked` or `suspended` for a credential of ours by its id, None otherwise;
    `as_issued` gives the credential of ours with an id, as it was signed.
    `look_up_code` gives the signed credential behind a short code of ours. `was_logged` says
    whether an issuance log shows that a credential is older than its key's theft.
    """

    resolver: Resolver
    trust: TrustRegistry
    status_note: StatusNote = lambda credential_id: None
    as_issued: AsIssued = lambda credential_id: None
    look_up_code: LookUpCode = lambda code: None
    was_logged: WasLogged = lambda document: False

    def verify(self, candidate: Candidate, *, now: datetime) -> Verdict:
        """The verdict on what somebody sent; never raises for a bad one."""
        try:
            return self._verify(candidate, now, MAX_HOPS)
        except _NotRetrievedError as error:
            return _closed(error.check)

    def judge(self, document: Mapping[str, Any], *, now: datetime) -> Verdict:
        """The verdict on a credential with embedded proofs, or one in an envelope."""
        try:
            return self._judge(open_document(document), now)
        except JwtError as error:
            return _closed(_unreadable(error))

    def judge_jwt(self, token: str, *, now: datetime) -> Verdict:
        """The verdict on a VC-JWT."""
        try:
            jwt = read_jwt(token)
        except JwtError as error:
            return _closed(_unreadable(error))
        return self._judge(Secured(jwt.document, jwt), now)

    def _verify(self, candidate: Candidate, now: datetime, hops: int) -> Verdict:
        if candidate.document is not None:
            return self.judge(candidate.document, now=now)
        if candidate.jwt is not None:
            return self.judge_jwt(candidate.jwt, now=now)
        if candidate.code is not None:
            return self._verify_code(candidate.code, now)
        if hops == 0 or candidate.link is None:
            raise _NotRetrievedError("no_badge_at_link")
        return self._verify(self._follow(candidate.link), now, hops - 1)

    def _follow(self, link: str) -> Candidate:
        try:
            return extract_linked(self.resolver.fetch(Lookup(link, fresh=True)).content)
        except LookupFailedError as error:
            is_gone = error.code == "not_found"
            code = "no_badge_at_link" if is_gone else "link_unavailable"
            raise _NotRetrievedError(code, error.code) from error
        except ExtractionError as error:
            raise _NotRetrievedError("no_badge_at_link", error.code) from error

    def _verify_code(self, code: str, now: datetime) -> Verdict:
        found = self.look_up_code(code)
        if found is None:
            raise _NotRetrievedError("code_not_found")
        try:
            return self._judge(open_secured(found), now)
        except (ReadingError, JwtError) as error:
            return _closed(_unreadable(error))

    def _judge(self, secured: Secured, now: datetime) -> Verdict:
        document = secured.document
        form = check_form(document)  # (1)
        if form.outcome is not Outcome.PASSED:
            return _closed(form)
        signature, *others = self._check(secured, now)
        if signature.outcome is not Outcome.PASSED:
            return _closed(form, signature)
        checks = (form, signature, *others)
        endorsements = Endorsements(lambda carried: self._check(carried, now))
        return Verdict(
            verdict=decide(checks),
            checks=checks,
            credential=summarise(document),
            endorsements=endorsements.of(document),
            registry_as_of=self.trust.as_of,
        )

    def _check(self, secured: Secured, now: datetime) -> tuple[Check, ...]:
        document = secured.document
        signatures = Signatures(IssuerKeys(self.resolver), self.was_logged)
        signature = secured.check_signature(signatures, now)  # (2)
        if signature.outcome is not Outcome.PASSED:
            return (signature,)
        if not is_as_issued(document, self.as_issued):
            return (Check(signature.name, Outcome.FAILED, "not_as_issued"),)
        return (
            signature,
            self._check_issuer(secured, signature, now),  # (3)
            _check_dates(document, now, signature),  # (4)
            self._check_status(document, now, signature, signatures),  # (5)
        )

    def _check_status(
        self, document: Mapping[str, Any], now: datetime, signature: Check, signatures: Signatures
    ) -> Check:
        if signature.code == HOLDS_SHOWN and "credentialStatus" not in document:
            return Check("revocation_status", Outcome.UNKNOWN, "status_not_shown")
        return Statuses(self.resolver, signatures, self.status_note).check(document, now)

    def _check_issuer(self, secured: Secured, signature: Check, now: datetime) -> Check:
        name, did, age = "registered_issuer", issuer_id(secured.document), self.trust.age(now)
        detail = did if age is None else f"{did} (list of {age.days} days ago)"
        if signature.code == HOLDS_UNBOUND:
            jwt = secured.jwt
            if jwt is None or not self.trust.vouches_for(did, header_key(jwt)):
                return Check(name, Outcome.UNKNOWN, "key_not_bound", detail)
        if self.trust.knows(did):
            return Check(name, Outcome.PASSED, "issuer_registered", detail)
        code = "issuer_withdrawn" if did in self.trust.withdrawn else "issuer_not_registered"
        return Check(name, Outcome.UNKNOWN, code, detail)


class _NotRetrievedError(Exception):
    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.check = Check("retrieved", Outcome.UNKNOWN, code, detail)


def _check_dates(document: Mapping[str, Any], now: datetime, signature: Check) -> Check:
    code = code_of_dates(document, now)
    has_end = "validUntil" in document or "expirationDate" in document
    if code == "current" and signature.code == HOLDS_SHOWN and not has_end:
        return Check("expiration", Outcome.UNKNOWN, "end_not_shown")
    return Check("expiration", Outcome.PASSED if code == "current" else Outcome.FAILED, code)


def _unreadable(error: JwtError | ReadingError) -> Check:
    return Check("valid_signature", Outcome.FAILED, error.code, str(error))


def _closed(*checks: Check) -> Verdict:
    """A verdict that shows nothing of the content."""
    return Verdict(verdict=decide(checks), checks=checks)
