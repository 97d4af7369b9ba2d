"""Whether the issuer signed exactly this: embedded proofs and VC-JWTs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from credentials.openbadges.bundled import PINNED
from credentials.openbadges.jwt import JwtError, VcJwt, check_claims, verify_jwt
from credentials.openbadges.keys import KeyFormatError, parse_jwk
from credentials.openbadges.proofs import ProofError, verify_proof
from credentials.openbadges.vocabulary import ASSERTION, CRYPTOSUITE, DATA_INTEGRITY_PROOF
from credentials.verification.dates import SKEW, parse_instant
from credentials.verification.issuer_keys import IssuerKey, IssuerKeys
from credentials.verification.refusal import RefusedError
from credentials.verification.resolution import LookupFailedError
from credentials.verification.summary import issuer_id
from credentials.verification.verdict import Check, Outcome

NAME = "valid_signature"
MAX_PROOFS = 4

WasLogged = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Signatures:
    """`was_logged` says whether a public log shows that a credential is older than a theft."""

    keys: IssuerKeys
    was_logged: WasLogged

    def check_proofs(self, document: Mapping[str, Any], now: datetime) -> Check:
        """Every proof this verifier understands must hold, and there must be one."""
        proofs = document.get("proof")
        known = proofs if isinstance(proofs, list) else [proofs]
        if not proofs or len(known) > MAX_PROOFS:
            return Check(NAME, Outcome.FAILED, "no_proof")
        return _run(lambda: self._check_all(document, known, now))

    def check_token(self, jwt: VcJwt, now: datetime) -> Check:
        """The token was signed with a key of its issuer, and its claims repeat the credential."""
        return _run(lambda: self._check_token(jwt, now))

    def _check_all(self, document: Mapping[str, Any], proofs: list[Any], now: datetime) -> None:
        refused = [reason for proof in proofs if (reason := _not_supported(proof))]
        supported = [proof for proof in proofs if not _not_supported(proof)]
        if not supported:
            raise RefusedError(refused[0], Outcome.UNKNOWN)
        for proof in supported:
            self._check_proof(document, proof, now)

    def _check_proof(
        self, document: Mapping[str, Any], proof: Mapping[str, Any], now: datetime
    ) -> None:
        if proof.get("proofPurpose") != ASSERTION:
            raise RefusedError("wrong_purpose")
        created = parse_instant(proof.get("created"))
        if created is None:
            raise RefusedError("malformed_proof")
        if created > now + SKEW:
            raise RefusedError("proof_from_the_future")
        if "expires" in proof:
            expires = parse_instant(proof["expires"])
            if expires is None or expires < now - SKEW:
                raise RefusedError("proof_expired" if expires else "malformed_proof")
        found = self.keys.find(issuer_id(document), proof.get("verificationMethod"))
        if not isinstance(found.key, Ed25519PublicKey):
            raise RefusedError("key_type_mismatch")
        if not _holds(document, proof, found.key):
            raise RefusedError("invalid_signature")
        self._check_limits(found, created, document)

    def _check_token(self, jwt: VcJwt, now: datetime) -> None:
        issuer = issuer_id(jwt.payload)
        found = self._token_key(issuer, jwt)
        try:
            if not verify_jwt(jwt, found.key):
                raise RefusedError("invalid_signature")
            check_claims(jwt.payload)
        except JwtError as error:
            raise RefusedError(error.code, detail=str(error)) from error
        signed = parse_instant(jwt.payload.get("validFrom"))
        if signed is not None:
            self._check_limits(found, signed, jwt.document)

    def _token_key(self, issuer: str, jwt: VcJwt) -> IssuerKey:
        kid, jwk = jwt.header.get("kid"), jwt.header.get("jwk")
        try:
            given = None if jwk is None else parse_jwk(jwk)
        except KeyFormatError as error:
            raise RefusedError("key_malformed", detail=str(error)) from error
        if kid is None and given is not None:
            return self.keys.is_listed(issuer, given)
        found = self.keys.find(issuer, kid)
        # A key in the header proves nothing by itself; it may only repeat the issuer's.
        if given is not None and given != found.key:
            raise RefusedError("issuer_key_mismatch")
        return found

    def _check_limits(
        self, found: IssuerKey, signed: datetime, document: Mapping[str, Any]
    ) -> None:
        # CID 1.0 §2.2: nothing made at or after these instants verifies.
        if found.expires is not None and signed > found.expires:
            raise RefusedError("key_expired")
        # A thief writes any date, so only a log can show that a credential is older.
        if found.revoked is not None and (signed >= found.revoked or not self.was_logged(document)):
            raise RefusedError("key_revoked")


def _not_supported(proof: Any) -> str | None:
    if not isinstance(proof, Mapping) or proof.get("type") != DATA_INTEGRITY_PROOF:
        return "proof_type_not_supported"
    if proof.get("cryptosuite") != CRYPTOSUITE or "previousProof" in proof:
        return "cryptosuite_not_supported"
    return None


def _holds(document: Mapping[str, Any], proof: Mapping[str, Any], key: Ed25519PublicKey) -> bool:
    try:
        return verify_proof(document, proof, key)
    except ProofError as error:
        if error.code == "context_unknown" and not _holds_without_unknown(document, proof, key):
            raise RefusedError("context_unknown", Outcome.UNKNOWN, str(error)) from error
        code = "context_not_allowed" if error.code == "context_unknown" else error.code
        raise RefusedError(code, detail=str(error)) from error


def _holds_without_unknown(
    document: Mapping[str, Any], proof: Mapping[str, Any], key: Ed25519PublicKey
) -> bool:
    """Whether the issuer signed the document before somebody added the unknown contexts."""
    known = [url for url in document["@context"] if url in PINNED]
    try:
        return verify_proof({**document, "@context": known}, proof, key)
    except ProofError:
        return False


def _run(check: Callable[[], None]) -> Check:
    try:
        check()
    except RefusedError as error:
        return Check(NAME, error.outcome, error.code, error.detail)
    except LookupFailedError as error:
        return Check(NAME, Outcome.UNKNOWN, "issuer_not_resolved", error.code)
    return Check(NAME, Outcome.PASSED, "signature_holds")
