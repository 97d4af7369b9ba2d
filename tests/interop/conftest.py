"""One Node process for all interop tests."""

import os
from collections.abc import Iterator

import pytest

from tests.interop.college import (
    CREATED,
    DID,
    DID_JSON,
    KEYS,
    LIST,
    LIST_LENGTH,
    REVOKED_INDEX,
    Published,
    did_document,
    jwk,
    name_of,
)
from tests.interop.issuers import CONTEXTS
from tests.interop.peer import Peer, PeerMissingError


@pytest.fixture(scope="session")
def peer() -> Iterator[Peer]:
    """Digital Bazaar's libraries and jose; skipped where Node is missing, a failure in CI."""
    try:
        opened = Peer()
    except PeerMissingError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    opened.ask("documents", documents={**CONTEXTS, DID: did_document()})
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def published(peer: Peer) -> Published:
    """What the college publishes; its status list was made and signed by Digital Bazaar's library."""
    signed = peer.ask(
        "statusList",
        url=LIST,
        length=LIST_LENGTH,
        indexes=[REVOKED_INDEX],
        members={"validFrom": CREATED, "validUntil": "2099-01-01T00:00:00Z"},
        controller=DID,
        created=CREATED,
        jwk=jwk(KEYS["Ed25519"]),
        name=name_of("Ed25519"),
    )["credential"]
    return Published({DID_JSON: did_document(), LIST: signed})
