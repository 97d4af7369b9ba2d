"""Data Integrity proofs `eddsa-rdfc-2022` (VC-DI-EdDSA §3.3): created and verified.

Canonical form is RDFC-1.0 over the bundled contexts. A document whose meaning the contexts do not
fix is refused instead of being signed or verified in part.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from credentials.openbadges.bundled import context_of
from credentials.openbadges.keys import Signer, base58_decode, base58_encode

CRYPTOSUITE = "eddsa-rdfc-2022"
# Undefined terms and relative references would be dropped or guessed by a JSON-LD processor. With
# this vocabulary and base they become visible and are refused.
UNDEFINED = "https://undefined.invalid/term#"
RELATIVE = "https://relative.invalid/"


class ProofError(ValueError):
    """The document cannot be signed or its proof not be checked; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


def sign_document(document: Mapping[str, Any], signer: Signer, *, created: str) -> dict[str, Any]:
    """The document with its proof array (OB 3.0's JSON Schema wants an array).

    `created` is an XML Schema dateTime with zone.

    Raises:
        ProofError: the contexts do not fix the document's meaning.
    """
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    signature = signer.sign(_hashes(document, options))
    return {**document, "proof": [{**options, "proofValue": "z" + base58_encode(signature)}]}


def verify_proof(
    document: Mapping[str, Any], proof: Mapping[str, Any], key: Ed25519PublicKey
) -> bool:
    """Whether this proof of the document was made with the key (VC-DI-EdDSA §3.3.2).

    Raises:
        ProofError: the proof is malformed or the document's meaning is not fixed.
    """
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise ProofError("malformed_proof")
    try:
        signature = base58_decode(value[1:])
    except ValueError as error:
        raise ProofError("malformed_proof") from error
    unsecured = {name: part for name, part in document.items() if name != "proof"}
    options = {name: part for name, part in proof.items() if name != "proofValue"}
    try:
        key.verify(signature, _hashes(unsecured, options))
    except InvalidSignature:
        return False
    return True


def _hashes(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    # VC-DI-EdDSA §3.3.4: the proof configuration's hash comes first.
    config = {**options, "@context": document["@context"]}
    return b"".join(hashlib.sha256(canonical_form(part)).digest() for part in (config, document))


def canonical_form(document: Mapping[str, Any]) -> bytes:
    """RDFC-1.0 canonical N-Quads, UTF-8.

    Raises:
        ProofError: an unknown context, an undefined term, a relative reference, a null.
    """
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(isinstance(url, str) for url in contexts):
        raise ProofError("context_not_allowed")
    try:
        known = [context_of(url) for url in contexts]
    except ValueError as error:
        raise ProofError("context_not_allowed", str(error)) from error
    _refuse_hidden(document)
    inline = {**document, "@context": [*known, {"@vocab": UNDEFINED}]}
    try:
        parsed = ox.parse(json.dumps(inline), ox.RdfFormat.JSON_LD, base_iri=RELATIVE)
        dataset = ox.Dataset(parsed)
    except (SyntaxError, ValueError) as error:
        raise ProofError("malformed_document", str(error)[:200]) from error
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    text = "".join(lines)
    if f"<{UNDEFINED}" in text or f"<{RELATIVE}" in text:
        raise ProofError("undefined_term")
    return text.encode()


def _refuse_hidden(node: Any, depth: int = 0) -> None:
    """Refuse what a JSON-LD processor would drop in silence."""
    if depth > 32:
        raise ProofError("too_deep")
    if node is None:
        raise ProofError("null_value")
    if isinstance(node, Mapping):
        for name, part in node.items():
            if name.startswith("@") and not (name == "@context" and depth == 0):
                raise ProofError("undefined_term", name)
            if name != "@context":
                _refuse_hidden(part, depth + 1)
    elif isinstance(node, list):
        for part in node:
            _refuse_hidden(part, depth + 1)
