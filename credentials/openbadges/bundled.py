"""The JSON-LD contexts this library knows, pinned by SHA-256; nothing is ever fetched."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from credentials.openbadges.vocabulary import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    EXTENSIONS,
    OPEN_BADGES,
)

#: URL → (file in contexts/, SHA-256 of its bytes).
PINNED = {
    CREDENTIALS_V2: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    CREDENTIALS_V1: (
        "credentials-v1.json",
        "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
    ),
    OPEN_BADGES: (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (
        "ob-v3p0-context-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (
        "ob-v3p0-context-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": (
        "ob-v3p0-context.json",
        "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72",
    ),
    EXTENSIONS: (
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": (
        "clr-v2p0-context-2.0.1.json",
        "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
    ),
    "https://w3id.org/security/data-integrity/v2": (
        "data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    "https://w3id.org/security/data-integrity/v1": (
        "data-integrity-v1.json",
        "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
    ),
    "https://w3id.org/security/suites/ed25519-2020/v1": (
        "ed25519-signature-2020-v1.json",
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
    ),
    "https://w3id.org/security/multikey/v1": (
        "multikey-v1.json",
        "c5f3806f8286920573221938917988a18a4cc5a09e968d29649613c7a1c2b1f6",
    ),
    "https://www.w3.org/ns/did/v1": (
        "did-v1.json",
        "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f",
    ),
    "https://www.w3.org/ns/credentials/status/v1": (
        "bitstring-status-list-v1.json",
        "fd08cbf28ddd829ab2f1978c48f43ab07a112c1c90245a0cfac7ba721c65170c",
    ),
    "https://w3id.org/vc/status-list/2021/v1": (
        "status-list-2021-v1.json",
        "634d71c159289f068c96012e4511c657fdf82ac4231900081bda3ba24e2e1160",
    ),
    "https://w3id.org/dcc/v1": (
        "dcc-v1.json",
        "1543695325471b0d23e839a28166ba4ea445cca294ac46fe034ca584cbfc6077",
    ),
}


class UnknownContextError(ValueError):
    """A context that is not bundled; it is refused, not fetched."""


@cache
def context_of(url: str) -> Any:
    """The `@context` value of a bundled document.

    Raises:
        UnknownContextError: there is no such document here.
        RuntimeError: the bundled file is not the pinned one.
    """
    return json.loads(document_bytes(url))["@context"]


def document_bytes(url: str) -> bytes:
    """A bundled document as it was published.

    Raises:
        UnknownContextError: there is no such document here.
        RuntimeError: the bundled file is not the pinned one.
    """
    if url not in PINNED:
        raise UnknownContextError(url)
    name, digest = PINNED[url]
    raw = files("credentials.openbadges").joinpath("contexts", name).read_bytes()
    if hashlib.sha256(raw).hexdigest() != digest:
        raise RuntimeError(f"{name} is not the pinned document")
    return raw
