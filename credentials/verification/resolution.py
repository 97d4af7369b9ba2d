"""Looking things up: our own documents in the process, everything else through a guarded fetcher.

The fetcher takes https on port 443 only, resolves a name once, refuses every address that is not
public (in any spelling, embedded IPv4 included), connects to the address it checked, and has
limits for size, time and redirects.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

MAX_BYTES = 256 * 1024
CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 8.0
MAX_REDIRECTS = 3
MAX_URL = 2_000  # characters

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class LookupFailedError(Exception):
    """The document could not be had; `code` says why. It is never taken for an answer."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    content: bytes
    media_type: str


class Resolver(Protocol):
    """Gives the document at a URL.

    Raises LookupFailedError when it cannot be had.
    """

    def fetch(self, url: str, *, redirects: bool = True) -> Fetched: ...


@dataclass(frozen=True)
class OwnOrigin:
    """Serves the documents of our own origin from the process; hands the rest on.

    `read` gives the same bytes as the web server would, or None.
    """

    origin: str
    read: Callable[[str], Fetched | None]
    others: Resolver

    def fetch(self, url: str, *, redirects: bool = True) -> Fetched:
        path = own_path(url, self.origin)
        if path is None:
            return self.others.fetch(url, redirects=redirects)
        found = self.read(path)
        if found is None:
            raise LookupFailedError("not_found")
        return found


def own_path(url: str, origin: str) -> str | None:
    """The path of a URL under our origin; did:web documents are always asked for by https."""
    host = urlsplit(origin).netloc
    parts = urlsplit(url)
    if parts.netloc != host or parts.scheme not in {"https", urlsplit(origin).scheme}:
        return None
    return parts.path


class NoNetwork:
    """A resolver for those who must not ask anybody."""

    def fetch(self, url: str, *, redirects: bool = True) -> Fetched:
        raise LookupFailedError("network_off")


class GuardedFetcher:
    """Fetches from the public web only."""

    def __init__(
        self,
        resolve: Callable[[str], list[str]] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._resolve = resolve or _addresses
        self._monotonic = monotonic

    def fetch(self, url: str, *, redirects: bool = True) -> Fetched:
        deadline = self._monotonic() + TOTAL_SECONDS
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._fetch_once(url, deadline)
            if isinstance(answer, Fetched):
                return answer
            if not redirects:
                raise LookupFailedError("redirect")
            url = urljoin(url, answer)
        raise LookupFailedError("too_many_redirects")

    def _fetch_once(self, url: str, deadline: float) -> Fetched | str:
        host, target = split_public_url(url)
        address = self._public_address(host)
        connection = _PinnedConnection(host, address)
        try:
            connection.request(
                "GET",
                target,
                headers={"Accept": "application/json, */*;q=0.5", "Accept-Encoding": "identity"},
            )
            response = connection.getresponse()
            if response.status in {301, 302, 303, 307, 308}:
                return response.headers.get("Location") or ""
            if response.status != 200:
                raise LookupFailedError(
                    "not_found" if response.status in {404, 410} else "http_error"
                )
            media_type = response.headers.get_content_type()
            return Fetched(self._read(response, connection, deadline), media_type)
        except (OSError, http.client.HTTPException) as error:
            raise LookupFailedError("unreachable") from error
        finally:
            connection.close()

    def _read(
        self,
        response: http.client.HTTPResponse,
        connection: "_PinnedConnection",
        deadline: float,
    ) -> bytes:
        content = bytearray()
        while True:
            left = deadline - self._monotonic()
            if left <= 0:
                raise LookupFailedError("too_slow")
            if connection.sock is not None:
                connection.sock.settimeout(left)
            part = response.read1(16 * 1024)
            if not part:
                return bytes(content)
            content += part
            if len(content) > MAX_BYTES:
                raise LookupFailedError("too_large")

    def _public_address(self, host: str) -> str:
        try:
            found = self._resolve(host)
        except OSError as error:
            raise LookupFailedError("unreachable") from error
        if not found:
            raise LookupFailedError("unreachable")
        # Every answer has to be public: a name that also points inside is not trusted at all.
        if not all(is_public(address) for address in found):
            raise LookupFailedError("address_not_public")
        return found[0]


def split_public_url(url: str) -> tuple[str, str]:
    """Host and target of an https URL on port 443 without credentials.

    Raises:
        LookupFailedError: anything else.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise LookupFailedError("url_not_allowed") from error
    is_plain = "@" not in parts.netloc and "\\" not in url and url.isascii() and url.isprintable()
    if parts.scheme != "https" or port not in {None, 443} or not parts.hostname or not is_plain:
        raise LookupFailedError("url_not_allowed")
    if len(url) > MAX_URL or " " in url:
        raise LookupFailedError("url_not_allowed")
    target = parts.path or "/"
    return parts.hostname, f"{target}?{parts.query}" if parts.query else target


def is_public(text: str) -> bool:
    """Whether an address is on the public internet, embedded IPv4 addresses included."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    embedded = _embedded(address)
    if embedded is not None:
        return is_public(str(embedded))
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and text != "192.0.0.8"
    )


def _embedded(address: Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in ipaddress.ip_network("64:ff9b::/96"):  # NAT64, RFC 6052
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour


def _addresses(host: str) -> list[str]:
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _PinnedConnection(http.client.HTTPSConnection):
    """TLS for the host's name, to the address that was checked."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(host, 443, timeout=CONNECT_SECONDS, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, 443), CONNECT_SECONDS)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host)
