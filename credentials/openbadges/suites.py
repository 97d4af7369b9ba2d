"""The ways to make a Data Integrity proof that are verified here.

https://www.w3.org/TR/vc-di-eddsa/ · https://www.w3.org/TR/vc-di-ecdsa/ ·
https://www.w3.org/TR/vc-data-integrity/ · Ed25519Signature2020 (W3C CCG, 2020) ·
Ed25519Signature2018 (W3C CCG, 2018)

All of them sign the hash of the proof's own options followed by the hash of the document; they
differ in how both are made canonical and in the key.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from credentials.openbadges.keys import PublicKey
from credentials.openbadges.vocabulary import DATA_INTEGRITY_PROOF

EDDSA, ECDSA = "eddsa", "ecdsa"


@dataclass(frozen=True)
class Suite:
    """How a proof is made: `family` names the signature, `is_jcs` RFC 8785 instead of RDFC-1.0.

    `is_jws` is for a signature that stands in a JWS without its payload (RFC 7797), `is_selective`
    for proofs of what a holder chose to show.
    """

    family: str
    is_jcs: bool = False
    is_jws: bool = False
    is_selective: bool = False

    @property
    def member(self) -> str:
        """The proof's member that holds the signature."""
        return "jws" if self.is_jws else "proofValue"

    def fits(self, key: PublicKey) -> bool:
        """Whether a key is of the suite's kind."""
        if self.is_selective:
            return isinstance(key, ec.EllipticCurvePublicKey) and key.key_size == 256
        kind = Ed25519PublicKey if self.family == EDDSA else ec.EllipticCurvePublicKey
        return isinstance(key, kind)

    def digest(self, key: PublicKey) -> Callable[[bytes], bytes]:
        """The hash: SHA-384 with P-384 (VC-DI-ECDSA §3.2), SHA-256 otherwise."""
        is_long = isinstance(key, ec.EllipticCurvePublicKey) and key.key_size == 384
        return lambda content: hashlib.new("sha384" if is_long else "sha256", content).digest()


#: (proof type, cryptosuite) → suite. `eddsa-2022` and `ecdsa-2019` are earlier names.
SUITES: Final[Mapping[tuple[str, str | None], Suite]] = {
    (DATA_INTEGRITY_PROOF, "eddsa-rdfc-2022"): Suite(EDDSA),
    (DATA_INTEGRITY_PROOF, "eddsa-2022"): Suite(EDDSA),
    (DATA_INTEGRITY_PROOF, "eddsa-jcs-2022"): Suite(EDDSA, is_jcs=True),
    (DATA_INTEGRITY_PROOF, "ecdsa-rdfc-2019"): Suite(ECDSA),
    (DATA_INTEGRITY_PROOF, "ecdsa-2019"): Suite(ECDSA),
    (DATA_INTEGRITY_PROOF, "ecdsa-jcs-2019"): Suite(ECDSA, is_jcs=True),
    (DATA_INTEGRITY_PROOF, "ecdsa-sd-2023"): Suite(ECDSA, is_selective=True),
    ("Ed25519Signature2020", None): Suite(EDDSA),
    ("Ed25519Signature2018", None): Suite(EDDSA, is_jws=True),
}

#: Suites that exist and are not verified here → what their proof must look like at least.
_ELSEWHERE: Final[Mapping[tuple[str, str | None], tuple[str, str]]] = {
    **{
        (DATA_INTEGRITY_PROOF, name): ("proofValue", "u")
        for name in ("bbs-2023", "ecdsa-xi-2023", "mldsa44-rdfc-2024")
    },
    **{(name, None): ("jws", "eyJ") for name in ("JsonWebSignature2020", "RsaSignature2018")},
    ("EcdsaSecp256k1Signature2019", None): ("jws", "eyJ"),
    ("BbsBlsSignature2020", None): ("proofValue", ""),
}


def suite_of(proof: Mapping[str, Any]) -> Suite | None:
    """The suite of a proof; None when it is not verified here."""
    return SUITES.get(_names(proof))


def exists_elsewhere(proof: Mapping[str, Any]) -> bool:
    """Whether a proof that is not verified here has at least the form of one that others verify."""
    member, start = _ELSEWHERE.get(_names(proof), ("", ""))
    value = proof.get(member)
    return isinstance(value, str) and value.startswith(start) and value != ""


def _names(proof: Mapping[str, Any]) -> tuple[str, str | None]:
    kind, name = proof.get("type"), proof.get("cryptosuite")
    kinds = [kind] if isinstance(kind, str) else kind if isinstance(kind, list) else []
    if len(kinds) != 1 or not isinstance(kinds[0], str):
        return "", None
    if kinds[0] != DATA_INTEGRITY_PROOF:
        return kinds[0], None
    return kinds[0], name if isinstance(name, str) else None


def jcs(document: Mapping[str, Any]) -> bytes:
    """RFC 8785 canonical JSON.

    Raises:
        ValueError: a number or text that it cannot hold.
    """
    return rfc8785.dumps(dict(document))


def signature_holds(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 or ECDSA (`r || s`) signature was made with the key.

    Ed25519 refuses S >= L and a non-canonical R (RFC 8032 §5.1.7).
    """
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, message)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey):
            size = (key.key_size + 7) // 8
            r, s = (int.from_bytes(part, "big") for part in (signature[:size], signature[size:]))
            der = encode_dss_signature(r, s)
            key.verify(der, message, ec.ECDSA(SHA384() if size == 48 else SHA256()))
            return len(signature) == 2 * size
    except InvalidSignature:
        return False
    return False
