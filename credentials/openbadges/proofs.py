"""Data Integrity proofs `eddsa-rdfc-2022` (VC-DI-EdDSA §3.2): created and verified.

https://www.w3.org/TR/vc-di-eddsa/ · https://www.w3.org/TR/vc-data-integrity/
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from credentials.openbadges.canonical import CanonicalError, canonical_form
from credentials.openbadges.composition import CompositionError, refuse_unsafe_texts
from credentials.openbadges.keys import (
    KeyFormatError,
    Signer,
    base58_decode,
    base58_encode,
    parse_multikey,
)
from credentials.openbadges.vocabulary import ASSERTION, CRYPTOSUITE, DATA_INTEGRITY_PROOF

SIGNATURE_BYTES = 64


class ProofError(ValueError):
    """The document cannot be signed or its proof not be checked; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


def sign_document(document: Mapping[str, Any], signer: Signer, *, created: str) -> dict[str, Any]:
    """The document with its proof array (OB 3.0's JSON Schema wants an array).

    `created` is an XML Schema dateTime with zone.

    Raises:
        ProofError: the contexts do not fix the document's meaning, a text holds a character that
            processors canonicalize differently, it has a proof already, or the key is no Ed25519.
    """
    if "proof" in document:
        raise ProofError("already_signed")
    if not isinstance(parse_multikey(signer.public_key_multibase), Ed25519PublicKey):
        raise ProofError("key_type_mismatch")
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
    signature = signer.sign(_hashes(document, options))
    return {**document, "proof": [{**options, "proofValue": "z" + base58_encode(signature)}]}


def verify_proof(
    document: Mapping[str, Any], proof: Mapping[str, Any], key: Ed25519PublicKey
) -> bool:
    """Whether this proof of the document was made with the key (VC-DI-EdDSA §3.2.2).

    What the proof says of itself (purpose, method, dates) is for the caller to judge.

    Raises:
        ProofError: the proof is malformed or the document's meaning is not fixed.
    """
    signature = _signature(proof.get("proofValue"))
    # VC-DI §4.4: contexts of a proof may only repeat the document's.
    if proof.get("@context", document.get("@context")) != document.get("@context"):
        raise ProofError("malformed_proof", "the proof has contexts of its own")
    options = {name: part for name, part in proof.items() if name not in {"proofValue", "@context"}}
    try:
        key.verify(signature, _hashes(document, options))
    except InvalidSignature:
        return False
    return True


def _signature(value: Any) -> bytes:
    if not isinstance(value, str) or not value.startswith("z"):
        raise ProofError("malformed_proof")
    try:
        signature = base58_decode(value[1:])
    except KeyFormatError as error:
        raise ProofError("malformed_proof") from error
    if len(signature) != SIGNATURE_BYTES:
        raise ProofError("malformed_proof")
    return signature


def _hashes(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    # VC-DI-EdDSA §3.2.4: the proof configuration's hash comes first.
    config = {**options, "@context": document.get("@context")}
    try:
        return b"".join(
            hashlib.sha256(canonical_form(part)).digest() for part in (config, document)
        )
    except CanonicalError as error:
        raise ProofError(error.code, str(error)) from error
