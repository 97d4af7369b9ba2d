"""The JSON-LD contexts this library knows, pinned by SHA-256; nothing is ever fetched."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

PINNED = {
    CREDENTIALS_V2: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES: (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    EXTENSIONS: (
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
}


class UnknownContextError(ValueError):
    """A context that is not bundled; it is refused, not fetched."""


@cache
def context_of(url: str) -> Any:
    """The `@context` value of a bundled document."""
    if url not in PINNED:
        raise UnknownContextError(url)
    name, digest = PINNED[url]
    raw = files("credentials.openbadges").joinpath("contexts", name).read_bytes()
    if hashlib.sha256(raw).hexdigest() != digest:
        raise RuntimeError(f"{name} is not the pinned document")
    return json.loads(raw)["@context"]
