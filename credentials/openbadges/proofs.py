"""Data Integrity proofs: `eddsa-rdfc-2022` created, all of `suites` verified.

https://www.w3.org/TR/vc-di-eddsa/ · https://www.w3.org/TR/vc-data-integrity/
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from credentials.openbadges.canonical import CanonicalError, Leeway, canonical_form
from credentials.openbadges.composition import CompositionError, refuse_unsafe_texts
from credentials.openbadges.disclosure import (
    DisclosureError,
    mandatory_lines,
    read_disclosure,
    without_labels,
)
from credentials.openbadges.keys import (
    KeyFormatError,
    PublicKey,
    Signer,
    base58_decode,
    base58_encode,
    base64url_decode,
    parse_multikey,
)
from credentials.openbadges.suites import SUITES, Suite, jcs, signature_holds, suite_of
from credentials.openbadges.vocabulary import ASSERTION, CRYPTOSUITE, DATA_INTEGRITY_PROOF

P384_SIGNATURE_BYTES = 96
ED25519_SIGNATURE_BYTES = 64
SIGNATURE_BYTES = (ED25519_SIGNATURE_BYTES, P384_SIGNATURE_BYTES)
MAX_DETACHED = 400  # characters
_DETACHED_HEADER = {"alg": "EdDSA", "b64": False, "crit": ["b64"]}


class ProofError(ValueError):
    """The document cannot be signed or its proof not be checked; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


def sign_document(
    document: Mapping[str, Any], signer: Signer, *, created: str, leeway: Leeway | None = None
) -> dict[str, Any]:
    """The document with its proof array (OB 3.0's JSON Schema wants an array).

    `created` is an XML Schema dateTime with zone.

    Raises:
        ProofError: the contexts do not fix the document's meaning, a text holds a character that
            processors canonicalize differently, it has a proof already, or the key is no Ed25519.
    """
    if "proof" in document:
        raise ProofError("already_signed")
    try:
        refuse_unsafe_texts(document)
    except CompositionError as error:
        raise ProofError("unsafe_text", str(error)) from error
    options = {
        "type": DATA_INTEGRITY_PROOF,
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": signer.verification_method,
        "proofPurpose": ASSERTION,
    }
    key = parse_multikey(signer.public_key_multibase)
    suite = SUITES[DATA_INTEGRITY_PROOF, CRYPTOSUITE]
    if not suite.fits(key):
        raise ProofError("key_type_mismatch")
    digest = suite.digest(key)
    hashes = [
        digest(part) for part in _canonical({**document, "proof": []}, options, suite, leeway)
    ]
    signature = signer.sign(b"".join(hashes))
    return {**document, "proof": [{**options, "proofValue": "z" + base58_encode(signature)}]}


@dataclass(frozen=True)
class OpenProof:
    """A proof with what it was made over, all canonical; what is left to check is the key.

    `forms` are canonical options and document, more than once where issuers differ about them.
    `opening` is what is signed in front of their hashes, `between` what stands between the two.
    """

    suite: Suite
    signature: bytes
    forms: tuple[tuple[bytes, bytes], ...]
    opening: bytes = b""
    between: bytes = b""

    def was_made_with(self, key: PublicKey) -> bool:
        """Whether the proof was made with the key.

        Raises:
            ProofError: the key is not of the suite's kind.
        """
        if not self.suite.fits(key):
            raise ProofError("key_type_mismatch")
        digest = self.suite.digest(key)
        # VC-DI-EdDSA §3.2.4: the proof configuration's hash comes first.
        return any(
            signature_holds(
                key,
                self.signature,
                self.opening + digest(options) + self.between + digest(document),
            )
            for options, document in self.forms
        )


def open_proof(
    document: Mapping[str, Any], proof: Mapping[str, Any], leeway: Leeway | None = None
) -> OpenProof:
    """A proof of the document, ready to be checked with a key (VC-DI §4.4, §4.5).

    What the proof says of itself (purpose, method, dates) is for the caller to judge, and so is
    every proof that this one stands on (`previousProof`).

    Raises:
        ProofError: the proof is malformed or not of a suite that is verified here, or the
            document's meaning is not fixed.
    """
    suite = suite_of(proof)
    if suite is None:
        raise ProofError("cryptosuite_not_supported")
    # VC-DI §4.4: contexts of a proof may only repeat the document's.
    if proof.get("@context", document.get("@context")) != document.get("@context"):
        raise ProofError("context_not_allowed", "the proof has contexts of its own")
    options = {name: part for name, part in proof.items() if name != suite.member}
    if suite.is_selective:
        return _open_disclosure(document, proof, options, suite, leeway)
    opening, signature = _detached(proof) if suite.is_jws else (b"", _signature(proof))
    secured = {**document, "proof": previous_proofs(document, proof)}
    forms = [_canonical(secured, options, suite, leeway)]
    if suite.is_jcs and "@context" not in proof and "@context" in document:
        # VC-DI-EdDSA §3.3.1 puts the contexts into the proof; some sign them there unwritten.
        unwritten = {**options, "@context": document["@context"]}
        forms.append(_canonical(secured, unwritten, suite, leeway))
    if not suite.is_jcs and len(signature) == P384_SIGNATURE_BYTES:
        # VC-DI-ECDSA §3.2: the key's hash orders blank nodes as well; some keep SHA-256 for that.
        forms.append(_canonical(secured, options, suite, leeway, "sha384"))
    return OpenProof(suite, signature, tuple(forms), opening)


def verify_proof(document: Mapping[str, Any], proof: Mapping[str, Any], key: PublicKey) -> bool:
    """Whether this proof of the document was made with the key.

    Raises:
        ProofError: as `open_proof`, or the key is not of the suite's kind.
    """
    return open_proof(document, proof).was_made_with(key)


def previous_proofs(document: Mapping[str, Any], proof: Mapping[str, Any]) -> list[Any]:
    """The document's proofs that this one names and signs with it (VC-DI §2.1.2).

    Raises:
        ProofError: one of them is not there.
    """
    named = proof.get("previousProof", [])
    known, proofs = named if isinstance(named, list) else [named], document.get("proof")
    by_id = {
        other["id"]: other
        for other in (proofs if isinstance(proofs, list) else [proofs])
        if isinstance(other, Mapping) and isinstance(other.get("id"), str) and other is not proof
    }
    if not all(isinstance(name, str) and name in by_id for name in known):
        raise ProofError("malformed_proof", "a previous proof is missing")
    return [by_id[name] for name in known]


def _open_disclosure(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    options: Mapping[str, Any],
    suite: Suite,
    leeway: Leeway | None,
) -> OpenProof:
    """A derived proof (VC-DI-ECDSA §3.5.8): the statements signed one by one hold already."""
    try:
        found = read_disclosure(proof.get("proofValue"))
        plain = {**without_labels(document), "proof": []}
        form, shown = _canonical(plain, options, suite, leeway)
        together = mandatory_lines(shown, found)
    except DisclosureError as error:
        raise ProofError(error.code) from error
    return OpenProof(suite, found.signature, ((form, together),), between=found.key)


def _detached(proof: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """What is signed before the hashes, and the signature, of a detached JWS (RFC 7797 §5.2)."""
    value = proof.get("jws")
    parts = value.split(".") if isinstance(value, str) and len(value) <= MAX_DETACHED else []
    if len(parts) != 3 or parts[1]:
        raise ProofError("malformed_proof", "not a detached JWS")
    header, _, written = parts
    try:
        known = json.loads(base64url_decode(header))
        signature = base64url_decode(written)
    except ValueError as error:
        raise ProofError("malformed_proof") from error
    if known != _DETACHED_HEADER or len(signature) != ED25519_SIGNATURE_BYTES:
        raise ProofError("malformed_proof", "not a detached JWS of this suite")
    return f"{header}.".encode(), signature


def _signature(proof: Mapping[str, Any]) -> bytes:
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise ProofError("malformed_proof")
    try:
        signature = base58_decode(value[1:])
    except KeyFormatError as error:
        raise ProofError("malformed_proof") from error
    if len(signature) not in SIGNATURE_BYTES:
        raise ProofError("malformed_proof")
    return signature


def _canonical(
    secured: Mapping[str, Any],
    options: Mapping[str, Any],
    suite: Suite,
    leeway: Leeway | None = None,
    hash_name: str = "sha256",
) -> tuple[bytes, bytes]:
    """The canonical options and document; `proof` in the document holds previous proofs only."""
    try:
        if suite.is_jcs:
            bare = {name: part for name, part in secured.items() if name != "proof" or part}
            return jcs(options), jcs(bare)
        config = {**options, "@context": secured.get("@context")}
        return (
            canonical_form(config, with_proof=True, leeway=leeway, hash_name=hash_name),
            canonical_form(
                secured, with_proof=bool(secured["proof"]), leeway=leeway, hash_name=hash_name
            ),
        )
    except CanonicalError as error:
        raise ProofError(error.code, str(error)) from error
    except ValueError as error:
        raise ProofError("malformed_document", str(error)[:200]) from error
