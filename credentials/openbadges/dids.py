"""did:web, did:key and did:jwk names; nothing is fetched.

did:web method §3.2 · did:key method §3.1 · https://github.com/quartzjer/did-jwk
"""

import re
from urllib.parse import urlsplit

from credentials.openbadges.keys import (
    KeyFormatError,
    OtherKeyTypeError,
    PublicKey,
    base64url_decode,
    parse_jwk,
    parse_multikey,
)
from credentials.openbadges.reading import ReadingError, read_json

# The host in lower case, an optional port, path segments without escapes: one spelling a DID.
_WEB = re.compile(
    r"did:web:(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?:%3A(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?::[A-Za-z0-9._~-]+)*)"
)
MAX_DID = 500  # characters
MAX_DID_JWK = 4_000


class DidError(ValueError):
    """Not a DID this library reads; `is_other_kind` when its key is of a kind not known here."""

    def __init__(self, message: str, *, is_other_kind: bool = False) -> None:
        super().__init__(message)
        self.is_other_kind = is_other_kind


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


def key_of_did(did: str) -> tuple[PublicKey, str]:
    """The key that a did:key or did:jwk is, and the name of its verificationMethod.

    Raises:
        DidError: neither of the two, or a key this library does not accept.
    """
    method, _, encoded = did.removeprefix("did:").partition(":")
    try:
        if method == "key":
            return parse_multikey(encoded), f"{did}#{encoded}"
        if method == "jwk" and len(did) <= MAX_DID_JWK:
            return parse_jwk(read_json(base64url_decode(encoded))), f"{did}#0"
    except OtherKeyTypeError as error:
        raise DidError(str(error), is_other_kind=True) from error
    except (KeyFormatError, ReadingError) as error:
        raise DidError(str(error)) from error
    raise DidError("not a DID that is a key")
