"""Whether the issuer signed exactly this: embedded proofs and VC-JWTs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from credentials.openbadges.bundled import PINNED
from credentials.openbadges.jwt import JwtError, VcJwt, check_claims, verify_jwt
from credentials.openbadges.keys import (
    KeyFormatError,
    OtherKeyTypeError,
    PublicKey,
    parse_jwk,
)
from credentials.openbadges.proofs import OpenProof, ProofError, open_proof, previous_proofs
from credentials.openbadges.reading import write_json
from credentials.openbadges.suites import exists_elsewhere, suite_of
from credentials.openbadges.vocabulary import (
    ANY_OPEN_BADGES,
    ASSERTION,
    BADGE_TYPES,
    DATA_INTEGRITY_PROOF,
)
from credentials.verification.dates import SKEW, begin_of, parse_instant
from credentials.verification.issuer_keys import IssuerKey, IssuerKeys, key_in_name
from credentials.verification.refusal import RefusedError
from credentials.verification.resolution import LookupFailedError
from credentials.verification.summary import issuer_id
from credentials.verification.verdict import Check, Outcome

NAME = "valid_signature"
HOLDS = "signature_holds"
#: The token holds under a key of its own that no document of the issuer has.
HOLDS_UNBOUND = "signature_holds_unbound"
#: The proof holds over what the holder chose to show.
HOLDS_SHOWN = "signature_holds_shown"
MAX_PROOFS = 4
MAX_GUESSED = 512 * 1024  # bytes of JSON, over all contexts that are tried for one credential

WasLogged = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Signatures:
    """`was_logged` says whether a public log shows that a credential is older than a theft."""

    keys: IssuerKeys
    was_logged: WasLogged

    def check_proofs(self, document: Mapping[str, Any], now: datetime) -> Check:
        """Every proof this verifier understands must hold, and there must be one."""
        return _run(lambda: self._check_all(document, document.get("proof"), now))

    def check_token(self, jwt: VcJwt, now: datetime) -> Check:
        """The token was signed with a key of its issuer, and its claims repeat the credential."""
        return _run(lambda: self._check_token(jwt, now))

    def _check_all(self, document: Mapping[str, Any], proof: Any, now: datetime) -> str:
        proofs = proof if isinstance(proof, list) else [proof]
        if not proof or len(proofs) > MAX_PROOFS:
            raise RefusedError("no_proof")
        supported = [one for one in proofs if _is_supported(one)]
        for one in supported:
            self._check_proof(document, one, now)
        if not supported:
            kind = proofs[0].get("type")
            is_suite = kind == DATA_INTEGRITY_PROOF
            code = "cryptosuite_not_supported" if is_suite else "proof_type_not_supported"
            raise RefusedError(code, Outcome.UNKNOWN)
        suites = [suite_of(one) for one in supported]
        is_whole = any(suite is not None and not suite.is_selective for suite in suites)
        return HOLDS if is_whole else HOLDS_SHOWN

    def _check_proof(
        self, document: Mapping[str, Any], proof: Mapping[str, Any], now: datetime
    ) -> None:
        signed = _check_options(proof, now)
        opened = _open(document, proof)
        method = proof.get("verificationMethod")
        try:
            found = self.keys.find(issuer_id(document), method)
        except LookupFailedError:
            _refuse_changed(opened, key_in_name(method))
            raise
        if isinstance(opened, ProofError):
            _refuse_added_context(document, proof, found.key, opened)
        elif not _was_made_with(opened, found.key):
            raise RefusedError("invalid_signature")
        self._check_limits(found, signed or now, document)

    def _check_token(self, jwt: VcJwt, now: datetime) -> str:
        found = self._token_key(issuer_id(jwt.document), jwt)
        _refuse_changed_token(jwt, found.key)
        if found.algorithm not in {None, jwt.header["alg"]}:
            raise RefusedError("key_type_mismatch", detail="the key is for another algorithm")
        try:
            is_badge = bool(BADGE_TYPES & set(_strings(jwt.document.get("type"))))
            check_claims(jwt.payload, must_be_there=is_badge)
        except JwtError as error:
            raise RefusedError(error.code, detail=str(error)) from error
        self._check_limits(found, begin_of(jwt.document) or now, jwt.document)
        if "proof" in jwt.payload:
            # OB 3.0 §8: with both forms the proof is embedded first, so it has to hold as well.
            self._check_all(jwt.document, jwt.payload["proof"], now)
        return HOLDS if found.is_bound else HOLDS_UNBOUND

    def _token_key(self, issuer: str, jwt: VcJwt) -> IssuerKey:
        kid, given = jwt.header.get("kid"), header_key(jwt)
        if kid is None and given is not None:
            _refuse_changed_token(jwt, given)
            return self.keys.is_listed(issuer, given)
        try:
            found = self.keys.find(issuer, kid)
        except LookupFailedError:
            named = given or key_in_name(kid)
            if named is not None:
                _refuse_changed_token(jwt, named)
            raise
        # A key in the header proves nothing by itself; it may only repeat the issuer's.
        if given is not None and given != found.key:
            raise RefusedError("issuer_key_mismatch")
        return found

    def _check_limits(
        self, found: IssuerKey, signed: datetime, document: Mapping[str, Any]
    ) -> None:
        # CID 1.0 §2.2: nothing made at or after these instants verifies.
        if found.expires is not None and signed >= found.expires:
            raise RefusedError("key_expired")
        # A thief writes any date, so only a log can show that a credential is older.
        if found.revoked is not None and (signed >= found.revoked or not self.was_logged(document)):
            raise RefusedError("key_revoked")


def _is_supported(proof: Any) -> bool:
    """Whether a proof is of a suite that is verified here; false for one that others verify.

    Raises:
        RefusedError: it is of no suite at all.
    """
    if not isinstance(proof, Mapping):
        raise RefusedError("malformed_proof")
    if suite_of(proof) is not None:
        return True
    if not exists_elsewhere(proof):
        is_suite = proof.get("type") == DATA_INTEGRITY_PROOF
        raise RefusedError("cryptosuite_unknown" if is_suite else "proof_type_unknown")
    return False


def _check_options(proof: Mapping[str, Any], now: datetime) -> datetime | None:
    """When the proof says that it was made; purpose and dates are in order."""
    if proof.get("proofPurpose") != ASSERTION:
        raise RefusedError("wrong_purpose")
    created = parse_instant(proof.get("created"))
    if created is None and "created" in proof:
        raise RefusedError("malformed_proof", detail="created")
    if created is not None and created > now + SKEW:
        raise RefusedError("proof_from_the_future")
    if "expires" in proof:
        expires = parse_instant(proof["expires"])
        if expires is None or expires < now - SKEW:
            raise RefusedError("proof_expired" if expires else "malformed_proof")
    return created


def _open(document: Mapping[str, Any], proof: Mapping[str, Any]) -> OpenProof | ProofError:
    """The proof with what it is over, or the problem that one of its contexts is not known."""
    try:
        _refuse_circles(document, proof)
        return open_proof(document, proof)
    except ProofError as error:
        if error.code == "context_unknown":
            return error
        raise RefusedError(error.code, detail=str(error)) from error


def _refuse_circles(document: Mapping[str, Any], proof: Mapping[str, Any]) -> None:
    level = [proof]
    for _ in range(MAX_PROOFS):
        level = [earlier for one in level for earlier in previous_proofs(document, one)]
        if not level:
            return
    raise ProofError("malformed_proof", "proofs that stand on one another")


def _refuse_added_context(
    document: Mapping[str, Any], proof: Mapping[str, Any], key: PublicKey, problem: ProofError
) -> None:
    """Tell a credential whose contexts were changed from one whose contexts are not known here.

    Raises:
        RefusedError: always.
    """
    known = _with_known_inside(document)
    tries = max(1, MAX_GUESSED // len(write_json(known)))
    for contexts in islice(_likely_contexts(document["@context"]), tries):
        try:
            opened = open_proof({**known, "@context": contexts}, proof)
            if opened.was_made_with(key):
                raise RefusedError("context_not_allowed", detail=str(problem))
        except ProofError:
            continue
    raise RefusedError("context_unknown", Outcome.UNKNOWN, str(problem))


def _with_known_inside(node: Any, *, is_inside: bool = False) -> Any:
    """The node with the known contexts alone in the credentials it carries."""
    if isinstance(node, list):
        return [_with_known_inside(part, is_inside=True) for part in node]
    if not isinstance(node, Mapping):
        return node
    return {
        name: [url for url in part if url in PINNED]
        if name == "@context" and is_inside and isinstance(part, list)
        else _with_known_inside(part, is_inside=True)
        for name, part in node.items()
    }


def _likely_contexts(contexts: list[Any]) -> Iterator[list[str]]:
    """The known ones alone, and with one of the others in place of what is not known."""
    known = [url for url in contexts if url in PINNED]
    yield known
    for url in PINNED:
        if url not in known:
            place = 1 if ANY_OPEN_BADGES.fullmatch(url) else len(known)
            yield [*known[:place], url, *known[place:]]


def _refuse_changed(opened: OpenProof | ProofError, key: PublicKey | None) -> None:
    """Refuse what does not hold under the key its own method is named after."""
    if key is not None and isinstance(opened, OpenProof) and not _was_made_with(opened, key):
        raise RefusedError("invalid_signature")


def _was_made_with(opened: OpenProof, key: PublicKey) -> bool:
    try:
        return opened.was_made_with(key)
    except ProofError as error:
        raise RefusedError(error.code, detail=str(error)) from error


def _refuse_changed_token(jwt: VcJwt, key: PublicKey) -> None:
    try:
        if not verify_jwt(jwt, key):
            raise RefusedError("invalid_signature")
    except JwtError as error:
        raise RefusedError(error.code, detail=str(error)) from error


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def header_key(jwt: VcJwt) -> PublicKey | None:
    """The key that a token brings along."""
    jwk = jwt.header.get("jwk")
    try:
        return None if jwk is None else parse_jwk(jwk)
    except OtherKeyTypeError as error:
        raise RefusedError("key_type_not_supported", Outcome.UNKNOWN, str(error)) from error
    except KeyFormatError as error:
        raise RefusedError("key_malformed", detail=str(error)) from error


def _run(check: Callable[[], str]) -> Check:
    try:
        code = check()
    except RefusedError as error:
        return Check(NAME, error.outcome, error.code, error.detail)
    except LookupFailedError as error:
        return Check(NAME, Outcome.UNKNOWN, "issuer_not_resolved", error.code)
    return Check(NAME, Outcome.PASSED, code)
