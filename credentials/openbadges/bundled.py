"""The JSON-LD contexts this library knows, pinned by SHA-256; nothing is ever fetched."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from credentials.openbadges.vocabulary import (
    CREDENTIALS_V2,
    DATA_INTEGRITY_V2,
    EXTENSIONS,
    OPEN_BADGES,
    OPEN_BADGES_3_0_1,
    OPEN_BADGES_3_0_2,
)

#: URL → (file in contexts/, SHA-256 of its bytes).
PINNED = {
    CREDENTIALS_V2: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES: (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    OPEN_BADGES_3_0_2: (
        "ob-v3p0-context-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    OPEN_BADGES_3_0_1: (
        "ob-v3p0-context-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    EXTENSIONS: (
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    DATA_INTEGRITY_V2: (
        "data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
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
    if url not in PINNED:
        raise UnknownContextError(url)
    name, digest = PINNED[url]
    raw = files("credentials.openbadges").joinpath("contexts", name).read_bytes()
    if hashlib.sha256(raw).hexdigest() != digest:
        raise RuntimeError(f"{name} is not the pinned document")
    return json.loads(raw)["@context"]
