"""Other people's verifiers: each says why it refuses a badge of ours, or nothing."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier, OB3Verifier
from openvc import OpenvcError, VerificationPolicy, verify_credential
from openvc.did.did_web import DidWebResolver

from credentials.openbadges.keys import parse_multikey, public_jwk
from tests.interop.college import Published
from tests.interop.faults import decoded
from tests.interop.issuers import CONTEXTS
from tests.interop.peer import Peer

Document = dict[str, Any]
Judge = Callable[[Peer, Published, Any, datetime], str]


def digital_bazaar(peer: Peer, published: Published, badge: Document, now: datetime) -> str:
    """Signature, dates, and the status with the list's own signature."""
    known = [*published.documents.values()]
    peer.ask("documents", documents={document["id"]: document for document in known})
    answer = peer.ask("verify", credential=badge, now=now.isoformat())
    return "" if answer["verified"] else answer["error"] or "not verified"


def openbadgeslib_proof(peer: Peer, published: Published, badge: Document, now: datetime) -> str:
    return _refused(
        lambda: OB3LdpVerifier.for_issuer_did(badge["issuer"]["id"]).verify(
            badge, check_status=True, download=published.download, verify_status_list=False
        )
    )


def openbadgeslib_token(peer: Peer, published: Published, token: str, now: datetime) -> str:
    """Its key is looked up by `kid` in the issuer's document."""
    issuer = decoded(token.split(".")[1])["issuer"]["id"]
    return _refused(
        lambda: OB3Verifier.for_issuer_did(issuer, download=published.download).verify(
            token, check_status=True, verify_status_list=False, download=published.download
        )
    )


def openvc(peer: Peer, published: Published, badge: Document, now: datetime) -> str:
    """It reads a single proof only, so it is given the one of the array."""
    proofs = badge.get("proof")
    single = proofs[0] if isinstance(proofs, list) and len(proofs) == 1 else proofs
    return _refused(
        lambda: verify_credential(
            {**badge, "proof": single},
            policy=VerificationPolicy(now=now),
            resolver=DidWebResolver(lambda url: json.loads(published.download(url))),
            resolve_status_list=lambda url: published.documents[url],
            extra_contexts=CONTEXTS,
        )
    )


def jose(peer: Peer, published: Published, token: str, now: datetime) -> str:
    """The signature and the registered dates; what a token says is not its business."""
    kid = decoded(token.split(".", maxsplit=1)[0])["kid"]
    host = kid.partition("#")[0].removeprefix("did:web:")
    document = published.documents.get(f"https://{host}/.well-known/did.json", {})
    if kid not in document.get("assertionMethod", []):
        return "no such key"
    answer = peer.ask(
        "verifyJwt",
        token=token,
        jwk=public_jwk(parse_multikey(kid.partition("#")[2])),
        algorithm="ES256",
        now=now.isoformat(),
    )
    return "" if answer["verified"] else answer["error"]


def _refused(verify: Callable[[], Any]) -> str:
    try:
        verify()
    except (LibOpenBadgesException, OpenvcError) as error:
        return str(error) or type(error).__name__
    return ""


#: Verifiers of embedded proofs, and of tokens.
PROOF_JUDGES: dict[str, Judge] = {
    "digitalbazaar": digital_bazaar,
    "openbadgeslib": openbadgeslib_proof,
    "openvc": openvc,
}
TOKEN_JUDGES: dict[str, Judge] = {"jose": jose, "openbadgeslib": openbadgeslib_token}
