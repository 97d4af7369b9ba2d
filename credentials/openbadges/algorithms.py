"""JWS algorithms that are verified (RFC 7518 §3, RFC 8037, RFC 9864), each with its kind of key.

Open Badges 3.0 asks for RS256 and knows ES256; the others are what issuers of Verifiable
Credentials use besides. Symmetric ones and `none` protect nothing here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from credentials.openbadges.keys import PublicKey
from credentials.openbadges.suites import signature_holds

_HASHES: Final[Mapping[str, HashAlgorithm]] = {
    "256": SHA256(),
    "384": SHA384(),
    "512": SHA512(),
}
#: Algorithms that exist, with keys of kinds that are not known here.
OTHER_ALGORITHMS: Final = frozenset({"ES512", "ES256K", "Ed448", "ML-DSA-44", "ML-DSA-65"})


@dataclass(frozen=True)
class Algorithm:
    """One `alg`."""

    name: str

    def fits(self, key: PublicKey) -> bool:
        """Whether a key is of the algorithm's kind; ES256 and ES384 fix the curve too."""
        if self.name.startswith("Ed"):
            return isinstance(key, Ed25519PublicKey)
        if self.name.startswith("ES"):
            return isinstance(key, EllipticCurvePublicKey) and str(key.key_size) == self.name[2:]
        return isinstance(key, RSAPublicKey)

    def holds(self, key: PublicKey, signature: bytes, signed: bytes) -> bool:
        """Whether the signature was made with the key."""
        if not isinstance(key, RSAPublicKey):
            return signature_holds(key, signature, signed)
        digest = _HASHES[self.name[2:]]
        scheme: padding.PKCS1v15 | padding.PSS = padding.PKCS1v15()
        if self.name.startswith("PS"):
            # RFC 7518 §3.5: the salt is as long as the hash.
            scheme = padding.PSS(padding.MGF1(digest), digest.digest_size)
        try:
            key.verify(signature, signed, scheme, digest)
        except InvalidSignature:
            return False
        return True


ALGORITHMS: Final[Mapping[str, Algorithm]] = {
    name: Algorithm(name)
    for name in (
        "ES256",
        "ES384",
        "EdDSA",
        "Ed25519",
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
    )
}
