"""Looking things up through one door, a resolver; who stands behind it is the caller's choice."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

FRESH_SECONDS = 300.0  # how long an answer is kept
RETRY_SECONDS = 30.0  # how long a failure is
MAX_ENTRIES = 256
LOOKUP_SECONDS = 8.0  # for one look-up, from its name to its last byte


class LookupFailedError(Exception):
    """The document could not be had; `code` says why. It is never taken for an answer."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Lookup:
    """What is asked of a URL.

    `redirects` says whether they may be followed, `fresh` that a kept answer will not do, `seconds`
    how long it may take.
    """

    url: str
    redirects: bool = True
    fresh: bool = False
    seconds: float = LOOKUP_SECONDS


class Resolver(Protocol):
    """Gives the document at a URL. Raises LookupFailedError when it cannot be had."""

    def fetch(self, lookup: Lookup) -> Fetched: ...


@dataclass(frozen=True)
class OwnOrigin:
    """Serves the documents of our own origin from the process; hands the rest on.

    `read` gives the same bytes as the web server would for a path, or None.
    """

    origin: str
    read: Callable[[str], Fetched | None]
    others: Resolver

    def fetch(self, lookup: Lookup) -> Fetched:
        path = own_path(lookup.url, self.origin)
        if path is None:
            return self.others.fetch(lookup)
        found = self.read(path)
        if found is None:
            raise LookupFailedError("not_found")
        return found


def own_path(url: str, origin: str) -> str | None:
    """The path of a URL under our origin; did:web documents are always asked for by https."""
    try:
        parts, own = urlsplit(url), urlsplit(origin)
    except ValueError:
        return None
    if parts.netloc.lower() != own.netloc.lower() or parts.scheme not in {"https", own.scheme}:
        return None
    return parts.path


class NoNetwork:
    """A resolver for those who must not ask anybody."""

    def fetch(self, lookup: Lookup) -> Fetched:
        raise LookupFailedError("network_off")


class CachingResolver:
    """Keeps answers for 5 minutes and failures for 30 seconds, for those who take kept ones.

    Issuers' DID documents are taken from here; status lists are always asked for fresh.
    """

    def __init__(self, others: Resolver, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._others = others
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, bool], tuple[float, Fetched | LookupFailedError]] = (
            OrderedDict()
        )

    def fetch(self, lookup: Lookup) -> Fetched:
        if lookup.fresh:
            return self._others.fetch(lookup)
        key = lookup.url, lookup.redirects
        answer = self._find(key)
        if answer is None:
            answer = self._ask(lookup)
            self._keep(key, answer)
        if isinstance(answer, LookupFailedError):
            raise LookupFailedError(answer.code)
        return answer

    def _ask(self, lookup: Lookup) -> Fetched | LookupFailedError:
        try:
            return self._others.fetch(lookup)
        except LookupFailedError as error:
            return error

    def _find(self, key: tuple[str, bool]) -> Fetched | LookupFailedError | None:
        with self._lock:
            until, answer = self._kept.get(key, (0.0, None))
            return answer if self._monotonic() < until else None

    def _keep(self, key: tuple[str, bool], answer: Fetched | LookupFailedError) -> None:
        seconds = FRESH_SECONDS if isinstance(answer, Fetched) else RETRY_SECONDS
        with self._lock:
            self._kept[key] = (self._monotonic() + seconds, answer)
            self._kept.move_to_end(key)
            while len(self._kept) > MAX_ENTRIES:
                self._kept.popitem(last=False)
