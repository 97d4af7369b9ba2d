"""How fast badges are signed and verified beside the fastest peers: `make bench-badges`.

Ours and the peer work alternately in one run, on the same credential of about 2 KB, with contexts,
keys and issuers' documents in memory. CPU time per operation, the median of the rounds.
"""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from openbadgeslib.ob3 import OB3Signer, OB3Verifier
from rich.console import Console
from rich.table import Table

from credentials.openbadges.composition import compose_credential
from credentials.openbadges.documents import compose_did_document
from credentials.openbadges.jwt import sign_jwt
from credentials.openbadges.keys import P256Signer
from credentials.openbadges.proofs import sign_document
from credentials.openbadges.values import CredentialValues
from credentials.verification.resolution import Fetched, Lookup, LookupFailedError
from credentials.verification.trust import TrustRegistry
from credentials.verification.verifier import Verifier
from tests.bench.foreign import foreign_shapes
from tests.interop.peer import Peer
from tests.unit.credentials.openbadges.samples import DID, signer, values

ROUNDS = 7
CREATED = "2026-03-02T09:00:00Z"
NOW = datetime(2026, 3, 3, tzinfo=UTC)
SEED = bytes([7]) * 32
DIGITAL_BAZAAR = "@digitalbazaar/vc 7.3.0"
OPENBADGESLIB = "openbadgeslib 4.6.3"
RESULT = Path("var/bench/badges.json")

Measure = Callable[[int], float]  # how many operations → microseconds of CPU each


def lean_values() -> CredentialValues:
    """A credential of about 2 KB."""
    known = values()
    achievement = replace(known.achievement, criteria=[], level=None, hours=None)
    return replace(known, achievement=achievement)


def ours(operation: Callable[[int], Any]) -> Measure:
    def measure(count: int) -> float:
        begin = time.process_time()
        for number in range(count):
            operation(number)
        return (time.process_time() - begin) / count * 1e6

    return measure


class Documents:
    """The issuers' documents, in memory."""

    def __init__(self, documents: dict[str, Any]) -> None:
        self._found = {
            url: Fetched(json.dumps(document).encode(), "application/json")
            for url, document in documents.items()
        }

    def fetch(self, lookup: Lookup) -> Fetched:
        if lookup.url not in self._found:
            raise LookupFailedError("not_found")
        return self._found[lookup.url]


def without_status(document: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in document.items() if name != "credentialStatus"}


def main() -> None:
    rows = [*embedded_rows(), *token_rows()]
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps({"rows": rows}, indent=1) + "\n")
    table = Table("what", "ours", "peer", "peer's name", "ratio", "unit")
    for row in rows:
        ratio = f"{row['ratio']:.1f}x"
        table.add_row(
            row["what"],
            f"{row['ours']:,}",
            f"{row['peer']:,}",
            row["peer_name"],
            ratio,
            row["unit"],
        )
    Console(width=120).print(table)


def embedded_rows() -> list[dict[str, Any]]:
    given, own = lean_values(), signer()
    key = own.public_key_multibase
    did_document = compose_did_document(DID, [key])
    verifier = Verifier(
        resolver=Documents(
            {f"https://{DID.removeprefix('did:web:')}/.well-known/did.json": did_document}
        ),
        trust=TrustRegistry(frozenset({DID})),
    )
    peer = Peer()
    peer.ask("documents", documents={DID: did_document})
    composed = compose_credential(given)
    options = {"controller": DID, "seed": SEED.hex(), "created": CREATED}
    signed = sign_document(without_status(composed), own, created=CREATED)
    foreign = [
        peer.ask("issue", credential=shape, **options)["credential"]
        for shape in foreign_shapes(DID)
    ]

    def issue(number: int) -> None:
        sign_document(compose_credential(given), own, created=CREATED)

    def verify(credentials: list[dict[str, Any]]) -> Callable[[int], None]:
        def judge(number: int) -> None:
            verdict = verifier.judge(credentials[number % len(credentials)], now=NOW)
            assert verdict.verdict == "valid", verdict

        return judge

    def of_peer(operation: str, **more: Any) -> Measure:
        return lambda count: peer.ask(operation, count=count, **more)["microseconds"]

    try:
        size = len(json.dumps(composed, separators=(",", ":")))
        return [
            compared(
                f"compose and sign eddsa-rdfc-2022, {size:,} bytes",
                ours(issue),
                of_peer("benchIssue", credential=composed, **options),
                DIGITAL_BAZAAR,
            ),
            compared(
                "verify one of ours",
                ours(verify([signed])),
                of_peer("benchVerify", credentials=[signed], now=NOW.isoformat()),
                DIGITAL_BAZAAR,
            ),
            compared(
                f"verify foreign ones ({len(foreign)} shapes)",
                ours(verify(foreign)),
                of_peer("benchVerify", credentials=foreign, now=NOW.isoformat()),
                DIGITAL_BAZAAR,
            ),
        ]
    finally:
        peer.close()


def token_rows() -> list[dict[str, Any]]:
    private = ec.generate_private_key(ec.SECP256R1())
    own = P256Signer(DID, private)
    bare = without_status(compose_credential(lean_values()))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    theirs, token = OB3Signer(pem, "ES256"), sign_jwt(bare, own)
    their_verifier = OB3Verifier(private.public_key())
    their_credential = their_verifier.verify(token)  # the same credential as their own object
    verifier = Verifier(
        resolver=Documents(
            {
                f"https://{DID.removeprefix('did:web:')}/.well-known/did.json": compose_did_document(
                    DID, [own.public_key_multibase]
                )
            }
        ),
        trust=TrustRegistry(frozenset({DID})),
    )

    def verify(number: int) -> None:
        verdict = verifier.judge_jwt(token, now=NOW)
        assert verdict.verdict == "valid", verdict

    return [
        compared(
            "sign VC-JWT ES256",
            ours(lambda number: sign_jwt(bare, own)),
            ours(lambda number: theirs.sign(their_credential)),
            OPENBADGESLIB,
        ),
        compared(
            "verify VC-JWT ES256",
            ours(verify),
            ours(lambda number: their_verifier.verify(token)),
            OPENBADGESLIB,
        ),
    ]


def compared(what: str, own: Measure, peer: Measure, peer_name: str) -> dict[str, Any]:
    """Operations a second of both, measured in alternating rounds of about 0.2 s each."""
    counts = [max(5, int(2e5 / measure(20))) for measure in (own, peer)]
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for measure, count, times in zip((own, peer), counts, found, strict=True):
            times.append(measure(count))
    mine, theirs = (statistics.median(times) for times in found)
    return {
        "what": what,
        "ours": round(1e6 / mine),
        "peer": round(1e6 / theirs),
        "peer_name": peer_name,
        "ratio": round(theirs / mine, 2),
        "unit": "operations per CPU second",
    }


if __name__ == "__main__":
    main()
