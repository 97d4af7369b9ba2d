"""did:web and did:key names (did:web method §3.2, did:key method §3.1); nothing is fetched."""

import re
from urllib.parse import urlsplit

from credentials.openbadges.keys import KeyFormatError, MultikeyPublic, parse_multikey

# The host in lower case, an optional port, path segments without escapes: one spelling a DID.
_WEB = re.compile(
    r"did:web:(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?:%3A(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?::[A-Za-z0-9._~-]+)*)"
)
MAX_DID = 500  # characters


class DidError(ValueError):
    """Not a DID this library reads."""


def did_of_origin(url: str) -> str:
    """The did:web of an origin such as `https://badges.example.org`; a port becomes `%3A`.

    Raises:
        DidError: the URL has no host, or one that did:web cannot name.
    """
    host = urlsplit(url).netloc.lower()
    did = "did:web:" + host.replace(":", "%3A")
    did_web_url(did)
    return did


def did_web_url(did: str) -> str:
    """Where a did:web's document lies.

    Raises:
        DidError: not a did:web, or one with more than one spelling.
    """
    found = _WEB.fullmatch(did) if len(did) <= MAX_DID else None
    if found is None or ".." in found["host"]:
        raise DidError("not a did:web")
    segments = found["path"].split(":")[1:]
    if any(segment.strip(".") == "" for segment in segments):
        raise DidError("not a did:web")
    origin = found["host"] + (f":{found['port']}" if found["port"] else "")
    where = "/".join(segments) if segments else ".well-known"
    return f"https://{origin}/{where}/did.json"


def did_key(public_key_multibase: str) -> str:
    """The did:key of a Multikey."""
    return f"did:key:{public_key_multibase}"


def key_of_did_key(did: str) -> MultikeyPublic:
    """The key that a did:key is.

    Raises:
        DidError: not a did:key, or a key this library does not accept.
    """
    if not did.startswith("did:key:"):
        raise DidError("not a did:key")
    try:
        return parse_multikey(did.removeprefix("did:key:"))
    except KeyFormatError as error:
        raise DidError(str(error)) from error
