"""Verifies any Verifiable Credential and Presentation, for conformance runs (VC-API).

It asks what the standards ask: the data model, the proofs, the status. It does not ask who the
issuer is, so an answer here says less than a verdict, and nobody is shown it as one.

https://www.w3.org/TR/vc-data-model-2.0/ · https://www.w3.org/TR/vc-data-integrity/ ·
https://www.w3.org/TR/vc-di-eddsa/ · https://www.w3.org/TR/vc-bitstring-status-list/
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from credentials.openbadges.canonical import Leeway
from credentials.openbadges.data_model import (
    ENVELOPED,
    DataModelError,
    check_credential,
    check_envelope,
    check_presentation,
    moment,
)
from credentials.openbadges.jwt import JwtError, check_claims, read_jwt, verify_jwt
from credentials.openbadges.proofs import ProofError, open_proof
from credentials.openbadges.suites import EDDSA, suite_of
from credentials.openbadges.vocabulary import ASSERTION, DATA_INTEGRITY_PROOF
from credentials.verification.dates import SKEW
from credentials.verification.issuer_keys import IssuerKey, IssuerKeys
from credentials.verification.refusal import RefusedError
from credentials.verification.resolution import LookupFailedError, Resolver
from credentials.verification.signatures import Signatures
from credentials.verification.status import Statuses
from credentials.verification.verdict import Outcome

EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
#: The examples' context, which defines every term, is for conformance runs only.
LEEWAY: Final = Leeway({EXAMPLES: {"@vocab": "https://www.w3.org/ns/credentials/examples#"}})
#: The base context had a vocabulary of its own until 2024; there are proofs made under it.
_EARLIER: Final = Leeway(LEEWAY.contexts, "https://www.w3.org/ns/credentials/issuer-dependent#")
MAX_PROOFS = 4
MAX_CREDENTIALS = 16
_MODEL = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
_PROOF = "https://w3id.org/security#PROOF_VERIFICATION_ERROR"
_STATUS = "https://www.w3.org/ns/credentials/status-list#"
_LOCAL_INSTANT = re.compile(r"[0-9-]{10,}T[0-9:]{8}(\.[0-9]+)?")


class NotVerifiedError(Exception):
    """The document does not verify; `kind` is the problem's URL."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the caller wants of a proof and whether the status counts."""

    purpose: str = ASSERTION
    domain: str | None = None
    challenge: str | None = None
    checks: Sequence[str] = field(default=("proof", "credentialStatus"))


@dataclass(frozen=True)
class AnyVerifier:
    """Looks keys and lists up through the resolver."""

    resolver: Resolver

    def verify_credential(self, document: Any, wanted: Wanted, *, now: datetime) -> None:
        """Whether a secured credential verifies.

        Raises:
            NotVerifiedError: it does not; says why.
        """
        if isinstance(document, Mapping) and ENVELOPED in _strings(document.get("type")):
            document = self._verify_envelope(document, now)
        else:
            _modelled(check_credential, document)
            self._verify_proofs(document, wanted, now)
        ends, begins = (moment(document.get(name)) for name in ("validUntil", "validFrom"))
        if (ends is not None and ends < now - SKEW) or (begins is not None and begins > now + SKEW):
            raise NotVerifiedError(_MODEL, "the credential is outside of its validity period")
        if "credentialStatus" in document and "credentialStatus" in wanted.checks:
            self._check_status(document, now)

    def verify_presentation(self, document: Any, wanted: Wanted, *, now: datetime) -> None:
        """Whether a presentation and the credentials in it verify.

        Raises:
            NotVerifiedError: they do not; says why.
        """
        _modelled(check_presentation, document)
        presenters: list[str] = []
        if "proof" in document:
            presenters = self._verify_proofs(document, wanted, now)
        elif wanted.challenge is not None or wanted.domain is not None:
            raise NotVerifiedError(_PROOF, "no proof answers the challenge")
        shown = document.get("verifiableCredential", [])
        known = shown if isinstance(shown, list) else [shown]
        if len(known) > MAX_CREDENTIALS:
            raise NotVerifiedError(_MODEL, "verifiableCredential: too many")
        for credential in known:
            is_bare = "proof" not in credential and ENVELOPED not in _strings(
                credential.get("type")
            )
            if is_bare:
                _check_self_asserted(credential, document, presenters)
            else:
                self.verify_credential(credential, Wanted(checks=wanted.checks), now=now)

    def _verify_proofs(
        self, document: Mapping[str, Any], wanted: Wanted, now: datetime
    ) -> list[str]:
        """Check every proof; the DIDs of the keys they were made with."""
        proofs = document.get("proof")
        known = proofs if isinstance(proofs, list) else [proofs]
        if not proofs or len(known) > MAX_PROOFS:
            raise NotVerifiedError(_PROOF, "no proof, or too many")
        return [self._verify_proof(document, proof, wanted, now) for proof in known]

    def _verify_proof(
        self, document: Mapping[str, Any], proof: Any, wanted: Wanted, now: datetime
    ) -> str:
        suite = suite_of(proof) if isinstance(proof, Mapping) else None
        is_known = suite is not None and suite.family == EDDSA and not suite.is_jcs
        if not is_known or proof.get("type") != DATA_INTEGRITY_PROOF:
            raise NotVerifiedError(_PROOF, "type, cryptosuite: not eddsa-rdfc-2022")
        _check_options(proof, wanted, now)
        method = proof.get("verificationMethod")
        if not isinstance(method, str):
            raise NotVerifiedError(_PROOF, "verificationMethod: must be a URL")
        did = method.partition("#")[0]
        try:
            found = IssuerKeys(self.resolver).find(did, method)
            _check_limits(found, _lenient_moment(proof.get("created")) or now)
            for leeway in (LEEWAY, _EARLIER):
                opened = _opened(document, proof, leeway)
                if opened is not None and opened.was_made_with(found.key):
                    return did
        except (RefusedError, LookupFailedError, ProofError) as error:
            raise NotVerifiedError(_PROOF, f"{error.code} {error}") from error
        raise NotVerifiedError(_PROOF, "proofValue: was not made with this key over this document")

    def _verify_envelope(self, document: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
        """Check the token in an envelope; the credential that it is."""
        try:
            jwt = read_jwt(check_envelope(document, ENVELOPED))
            check_credential(jwt.document)
            check_claims(jwt.payload, must_be_there=False)
            name = str(_reference(jwt.document["issuer"]))
            found = IssuerKeys(self.resolver).find(name, jwt.header.get("kid"))
            _check_limits(found, moment(jwt.document.get("validFrom")) or now)
            is_made_with_it = verify_jwt(jwt, found.key)
        except DataModelError as error:
            raise NotVerifiedError(_MODEL, str(error)) from error
        except (JwtError, RefusedError, LookupFailedError) as error:
            raise NotVerifiedError(_PROOF, f"{error.code} {error}") from error
        if not is_made_with_it:
            raise NotVerifiedError(_PROOF, "the token was not made with this key")
        return jwt.document

    def _check_status(self, document: Mapping[str, Any], now: datetime) -> None:
        signatures = Signatures(IssuerKeys(self.resolver), lambda _: False)
        check = Statuses(self.resolver, signatures, lambda _: None).check(document, now)
        if check.outcome is not Outcome.PASSED:
            kind = f"{_STATUS}{_STATUS_ERRORS.get(check.code, 'STATUS_VERIFICATION_ERROR')}"
            raise NotVerifiedError(kind, f"{check.code} {check.detail}")


_STATUS_ERRORS: Final = {
    "status_list_unavailable": "STATUS_RETRIEVAL_ERROR",
    "status_entry_malformed": "MALFORMED_VALUE_ERROR",
    "status_list_malformed": "MALFORMED_VALUE_ERROR",
}


def _opened(document: Mapping[str, Any], proof: Mapping[str, Any], leeway: Leeway) -> Any:
    """The proof ready to be checked; None when only an earlier vocabulary could explain it."""
    try:
        return open_proof(document, proof, leeway)
    except ProofError as error:
        if error.code == "undefined_term" and leeway is LEEWAY:
            return None
        raise


def _check_limits(found: IssuerKey, made: datetime) -> None:
    """CID 1.0 §2.2: nothing made at or after these instants verifies, and a thief writes any date."""
    if found.revoked is not None or (found.expires is not None and made >= found.expires):
        raise NotVerifiedError(_PROOF, "verificationMethod: the key is retired or revoked")


def _check_options(proof: Mapping[str, Any], wanted: Wanted, now: datetime) -> None:
    if proof.get("proofPurpose") != wanted.purpose:
        raise NotVerifiedError(_PROOF, f"proofPurpose: must be {wanted.purpose}")
    for name in ("created", "expires"):
        if name in proof and _lenient_moment(proof[name]) is None:
            raise NotVerifiedError(_PROOF, f"{name}: must be a dateTimeStamp")
    if "expires" in proof and (_lenient_moment(proof["expires"]) or now) < now - SKEW:
        raise NotVerifiedError(_PROOF, "expires: is over")
    domains = _strings(proof.get("domain"))
    if wanted.domain is not None and wanted.domain not in domains:
        raise NotVerifiedError(_PROOF, "domain: is another")
    if wanted.challenge is not None and proof.get("challenge") != wanted.challenge:
        raise NotVerifiedError(_PROOF, "challenge: is another")


def _lenient_moment(text: Any) -> datetime | None:
    """VC-DI §2.1: an instant without an offset is one in UTC."""
    if isinstance(text, str) and _LOCAL_INSTANT.fullmatch(text):
        found = moment(f"{text}Z")
        return found.astimezone(UTC) if found else None
    return moment(text)


def _check_self_asserted(
    credential: Mapping[str, Any], presentation: Mapping[str, Any], presenters: list[str]
) -> None:
    """A credential without a proof is its presenter's own word (VCDM 2.0 §4.13.2)."""
    _modelled(check_credential, credential)
    issuer, holder = _reference(credential["issuer"]), _reference(presentation.get("holder"))
    if holder is None or issuer != holder or holder not in presenters:
        raise NotVerifiedError(_PROOF, "holder: a credential without proof is not the holder's own")


def _reference(value: Any) -> Any:
    return value.get("id") if isinstance(value, Mapping) else value


def _modelled(check: Any, document: Any) -> None:
    try:
        check(document)
    except DataModelError as error:
        raise NotVerifiedError(_MODEL, str(error)) from error


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]
