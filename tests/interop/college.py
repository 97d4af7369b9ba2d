"""A college that issues badges with other people's libraries, and everything it publishes."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from credentials.enquiries.answers import Answer
from credentials.enquiries.judging import Desk, NoRecords, judge_file
from credentials.openbadges.keys import multikey
from credentials.settings import Settings
from credentials.verification.resolution import Fetched, Lookup, LookupFailedError
from credentials.verification.trust import TrustRegistry

HOST = "https://college.example"
DID = "did:web:college.example"
OUR_DID = "did:web:badges.example.org"
DID_JSON = f"{HOST}/.well-known/did.json"
LIST = f"{HOST}/status/1"
LIST_LENGTH = 131_072
REVOKED_INDEX = 7
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
CREATED = "2026-03-02T09:00:00Z"

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
KEYS: dict[str, PrivateKey] = {
    "Ed25519": Ed25519PrivateKey.from_private_bytes(bytes([31]) * 32),
    "P-256": ec.derive_private_key(31, ec.SECP256R1()),
    "P-384": ec.derive_private_key(31, ec.SECP384R1()),
    "RSA": rsa.generate_private_key(65537, 2048),
}
#: Somebody else's keys of the same kinds.
OTHERS: dict[str, PrivateKey] = {
    "Ed25519": Ed25519PrivateKey.from_private_bytes(bytes([32]) * 32),
    "P-256": ec.derive_private_key(32, ec.SECP256R1()),
    "P-384": ec.derive_private_key(32, ec.SECP384R1()),
    "RSA": rsa.generate_private_key(65537, 2048),
}


def name_of(kind: str) -> str:
    """The verificationMethod of the college's key of a kind."""
    key = KEYS[kind]
    if isinstance(key, rsa.RSAPrivateKey):
        return f"{DID}#rsa"
    return f"{DID}#{multikey(key.public_key())}"


def jwk(key: PrivateKey) -> dict[str, Any]:
    """A private key as JWK."""
    library: Any = RSAAlgorithm
    if isinstance(key, Ed25519PrivateKey):
        library = OKPAlgorithm
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        library = ECAlgorithm
    return dict(library.to_jwk(key, as_dict=True))


def public_jwk(key: PrivateKey) -> dict[str, Any]:
    return {name: jwk(key)[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in jwk(key)}


def pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def did_document() -> dict[str, Any]:
    methods = [
        {
            "id": name_of(kind),
            "type": "Multikey",
            "controller": DID,
            "publicKeyMultibase": name_of(kind).partition("#")[2],
        }
        for kind in ("Ed25519", "P-256", "P-384")
    ]
    methods.append(
        {
            "id": name_of("RSA"),
            "type": "JsonWebKey",
            "controller": DID,
            "publicKeyJwk": public_jwk(KEYS["RSA"]),
        }
    )
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


@dataclass
class Published:
    """Documents at their addresses, as the web would serve them."""

    documents: dict[str, Any] = field(default_factory=dict)

    def fetch(self, lookup: Lookup) -> Fetched:
        if lookup.url not in self.documents:
            raise LookupFailedError("not_found")
        return Fetched(json.dumps(self.documents[lookup.url]).encode(), "application/json")

    def download(self, url: str) -> bytes:
        """What openbadgeslib and openvc ask for."""
        return self.fetch(Lookup(url)).content


def judged(
    published: Published, content: dict[str, Any] | str | bytes, now: datetime = NOW
) -> Answer:
    """What `skillmark verify` says about a file, to an employer who knows the issuers."""
    if isinstance(content, dict):
        content = json.dumps(content, ensure_ascii=False)
    desk = Desk(
        records=NoRecords(),
        settings=Settings(public_url="https://elsewhere.example"),
        network=published,
        now=lambda: now,
        trust=lambda: TrustRegistry({DID: "Example College", OUR_DID: "Our College"}),
    )
    return judge_file(desk, content if isinstance(content, bytes) else content.encode())
