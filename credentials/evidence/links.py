"""Links as evidence: their normal form, and whether they open without a login."""

import re
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit

from credentials.verification.resolution import Lookup, LookupFailedError, Resolver

MAX_URL = 2_000  # characters
SNIFF_BYTES = 64 * 1024
FOLLOW_UPS = (".,;:!?)]}>»”’\"'", "/")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{3,2000}", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_\w+|ref|si|usp", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input[^>]+type=[\"']?password", re.IGNORECASE)
_TITLE = re.compile(
    rb"<title[^>]*>[^<]*\b(sign in|log ?in|anmelden|se connecter|iniciar sesi)[^<]*</title>",
    re.IGNORECASE,
)


class LinkState(StrEnum):
    """What came of opening a link."""

    OPEN = "open"
    LOGIN = "login"
    MISSING = "missing"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # not a public https address; it is not asked


_STATES = {
    "not_found": LinkState.MISSING,
    "http_error": LinkState.LOGIN,  # 401 and 403 are what sites say to strangers
    "too_large": LinkState.OPEN,
    "url_not_allowed": LinkState.REFUSED,
    "address_not_public": LinkState.REFUSED,
}


def find_link(text: str) -> str | None:
    """The first link in a text, as it was written; `www.` counts."""
    found = _LINK.search(text)
    if found is None:
        return None
    link = found[0].rstrip(FOLLOW_UPS[0])
    return link if "://" in link else f"https://{link}"


def words_beside(text: str) -> str | None:
    """What a text says beside its first link."""
    rest = " ".join(_LINK.sub(" ", text, count=1).split())
    return rest if any(mark.isalnum() for mark in rest) else None


def check_link(resolver: Resolver, url: str) -> LinkState:
    """Whether the link opens for somebody without an account; never raises for a bad one."""
    try:
        fetched = resolver.fetch(Lookup(url))
    except LookupFailedError as error:
        return _STATES.get(error.code, LinkState.UNREACHABLE)
    head = fetched.content[:SNIFF_BYTES]
    is_page = fetched.media_type == "text/html"
    if is_page and (_PASSWORD.search(head) or _TITLE.search(head)):
        return LinkState.LOGIN
    return LinkState.OPEN


def normal_url(url: str) -> str:
    """The form in which two spellings of one address are the same."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    kept = [
        (name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)
    ]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
