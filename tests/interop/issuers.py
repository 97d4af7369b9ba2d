"""Other people's ways to sign a badge: Digital Bazaar and jose on Node, two libraries in Python."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openbadgeslib.ob3 import OB3Signer, add_data_integrity_proof
from openvc import signing_key_from_jwk
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.di_ecdsa_rdfc import EcdsaRdfcProofSuite
from openvc.proof.di_jcs import EcdsaJcsProofSuite, EddsaJcsProofSuite

from credentials.openbadges.bundled import PINNED, context_of
from tests.interop.college import CREATED, DID, KEYS, OTHERS, jwk, name_of, pem
from tests.interop.peer import Peer

Document = dict[str, Any]
Signed = Document | str
CONTEXTS = {url: {"@context": context_of(url)} for url in PINNED}
VERSION_1 = "https://www.w3.org/2018/credentials/v1"
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"


@dataclass(frozen=True)
class Issuer:
    """One library with one way to sign. `is_stranger` signs with another key of the same kind."""

    library: str
    suite: str
    kind: str  # of key
    sign: Callable[..., Signed]
    versions: tuple[int, ...] = (1, 2)
    refuses: frozenset[str] = frozenset()  # shapes it would not sign

    def __str__(self) -> str:
        return f"{self.library} {self.suite} {self.kind}"

    @property
    def is_token(self) -> bool:
        return self.suite[:2] in {"ES", "RS", "PS", "Ed"} and "Signature" not in self.suite

    def key(self, *, is_stranger: bool = False) -> Any:
        return (OTHERS if is_stranger else KEYS)[self.kind]


def _digital_bazaar(issuer: Issuer, peer: Peer, badge: Document, is_stranger: bool) -> Signed:
    known = copy.deepcopy(badge)
    if issuer.suite == "Ed25519Signature2020":
        known["@context"].append(SUITE_2020)
    signed = peer.ask(
        "issue",
        credential=known,
        suite=issuer.suite,
        controller=DID,
        created=CREATED,
        jwk=jwk(issuer.key(is_stranger=is_stranger)),
        name=name_of(issuer.kind),
        mandatory=_always_shown(badge),
    )["credential"]
    if issuer.suite == "ecdsa-sd-2023":
        shown = ["/credentialSubject"]
        return dict(peer.ask("derive", credential=signed, pointers=shown)["credential"])
    return dict(signed)


def _always_shown(badge: Document) -> list[str]:
    return [f"/{name}" for name in badge if name not in {"@context", "credentialSubject"}]


def _openbadgeslib(issuer: Issuer, peer: Peer, badge: Document, is_stranger: bool) -> Signed:
    key = pem(issuer.key(is_stranger=is_stranger))
    if issuer.is_token:
        return str(OB3Signer(key, issuer.suite).sign_payload(claims(badge)))
    return dict(
        add_data_integrity_proof(
            badge,
            key,
            name_of(issuer.kind),
            created=datetime.fromisoformat(CREATED),
            extra_contexts=CONTEXTS,
        )
    )


_OPENVC: dict[str, Any] = {
    "eddsa-rdfc-2022": DataIntegrityProofSuite,
    "ecdsa-rdfc-2019": EcdsaRdfcProofSuite,
    "eddsa-jcs-2022": EddsaJcsProofSuite,
    "ecdsa-jcs-2019": EcdsaJcsProofSuite,
}


def _openvc(issuer: Issuer, peer: Peer, badge: Document, is_stranger: bool) -> Signed:
    options: dict[str, Any] = {} if "jcs" in issuer.suite else {"extra_contexts": CONTEXTS}
    key = jwk(issuer.key(is_stranger=is_stranger))
    return dict(
        _OPENVC[issuer.suite]().add_proof(
            # Of the two names of this type it signs only the shorter one.
            {**badge, "type": ["VerifiableCredential", "OpenBadgeCredential"]},
            signing_key=signing_key_from_jwk(key, kid=name_of(issuer.kind)),
            verification_method=name_of(issuer.kind),
            created=datetime.fromisoformat(CREATED),
            **options,
        )
    )


def _jose(issuer: Issuer, peer: Peer, badge: Document, is_stranger: bool) -> Signed:
    header = {"alg": issuer.suite, "kid": name_of(issuer.kind), "typ": "JWT"}
    return str(
        peer.ask(
            "signJwt",
            payload=claims(badge),
            jwk=jwk(issuer.key(is_stranger=is_stranger)),
            header=header,
        )["token"]
    )


def claims(badge: Document) -> Document:
    """The payload of a VC-JWT: OB 3.0 §8.2.4.1, or VCDM 1.1 §6.3.1 for the older data model."""
    is_older = VERSION_1 in badge["@context"]
    begin, end = ("issuanceDate", "expirationDate") if is_older else ("validFrom", "validUntil")
    registered = {
        "iss": badge["issuer"]["id"],
        "jti": badge["id"],
        "sub": badge["credentialSubject"]["id"],
        "nbf": int(datetime.fromisoformat(badge[begin]).timestamp()),
        "exp": int(datetime.fromisoformat(badge[end]).timestamp()),
    }
    return {**registered, "vc": badge} if is_older else {**badge, **registered}


def _family(
    library: str,
    sign: Callable[..., Signed],
    versions: tuple[int, ...],
    *suites: tuple[str, str],
    refuses: frozenset[str] = frozenset(),
) -> list[Issuer]:
    return [Issuer(library, suite, kind, sign, versions, refuses) for suite, kind in suites]


ISSUERS = [
    *_family(
        "digitalbazaar",
        _digital_bazaar,
        (1, 2),
        ("eddsa-rdfc-2022", "Ed25519"),
        ("ecdsa-rdfc-2019", "P-256"),
        ("ecdsa-rdfc-2019", "P-384"),
        ("eddsa-jcs-2022", "Ed25519"),
        ("ecdsa-jcs-2019", "P-256"),
        ("Ed25519Signature2020", "Ed25519"),
    ),
    *_family(
        "digitalbazaar",
        _digital_bazaar,
        (1, 2),
        ("ecdsa-sd-2023", "P-256"),
        # It derives nothing from lists that have an order.
        refuses=frozenset({"full", "results", "results 1.1"}),
    ),
    *_family("digitalbazaar", _digital_bazaar, (1,), ("Ed25519Signature2018", "Ed25519")),
    *_family(
        "jose",
        _jose,
        (1, 2),
        ("ES256", "P-256"),
        ("RS256", "RSA"),
        ("EdDSA", "Ed25519"),
        ("ES384", "P-384"),
        ("PS256", "RSA"),
    ),
    *_family(
        "openbadgeslib",
        _openbadgeslib,
        (1, 2),
        ("eddsa-rdfc-2022", "Ed25519"),
        ("ES256", "P-256"),
        ("RS256", "RSA"),
    ),
    *_family(
        "openvc",
        _openvc,
        (1, 2),
        ("eddsa-rdfc-2022", "Ed25519"),
        ("ecdsa-rdfc-2019", "P-256"),
        ("ecdsa-rdfc-2019", "P-384"),
        # Credentials within credentials, and terms that an older context names twice.
        refuses=frozenset({"endorsed", "full", "results 1.1"}),
    ),
    *_family(
        "openvc",
        _openvc,
        (1, 2),
        ("eddsa-jcs-2022", "Ed25519"),
        ("ecdsa-jcs-2019", "P-256"),
    ),
]


def as_file(signed: Signed) -> str:
    """What the issuer would send: JSON text or a token."""
    return signed if isinstance(signed, str) else json.dumps(signed, ensure_ascii=False)
