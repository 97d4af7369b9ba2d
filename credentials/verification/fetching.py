"""Fetches documents from the public web, and only from there.

https on port 443; a name is resolved once and every answer must be public; the connection goes to
the address that was checked, with the name in SNI and Host; size, time and redirects are bounded.
"""

import http.client
import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from credentials.verification.addresses import is_public
from credentials.verification.resolution import Fetched, Lookup, LookupFailedError

MAX_BYTES = 256 * 1024
CONNECT_SECONDS = 3.0
MAX_REDIRECTS = 3
MAX_URL = 2_000  # characters
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEADERS = {
    "Accept": (
        "application/vc+ld+json, application/vc, application/ld+json, application/did+json, "
        "application/json, text/plain;q=0.8, image/png;q=0.7, image/svg+xml;q=0.7, */*;q=0.1"
    ),
    "Accept-Encoding": "identity",
    "User-Agent": "skillmark-verifier",
}

Resolve = Callable[[str], list[str]]
Connect = Callable[[str, str, float], socket.socket]


class GuardedFetcher:
    """A resolver for the public web. `resolve` and `connect` stand for DNS and TLS."""

    def __init__(
        self,
        resolve: Resolve | None = None,
        connect: Connect | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._resolve = resolve or _addresses
        self._connect = connect or connect_tls
        self._monotonic = monotonic

    def fetch(self, lookup: Lookup) -> Fetched:
        url = lookup.url
        deadline = _Deadline(self._monotonic() + lookup.seconds, self._monotonic)
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._fetch_once(url, deadline)
            if isinstance(answer, Fetched):
                return answer
            if not lookup.redirects:
                raise LookupFailedError("redirect")
            url = urljoin(url, answer)
        raise LookupFailedError("too_many_redirects")

    def _fetch_once(self, url: str, deadline: "_Deadline") -> Fetched | str:
        host, target = split_public_url(url)
        try:
            sock = self._open(host, deadline)
        except OSError as error:
            raise LookupFailedError("unreachable") from error
        connection = http.client.HTTPSConnection(host, 443)
        connection.sock = _TimedSocket(sock, deadline)
        try:
            connection.request("GET", target, headers=HEADERS)
            return _answer(connection.getresponse())
        except TimeoutError as error:
            raise LookupFailedError("too_slow") from error
        except (OSError, http.client.HTTPException) as error:
            raise LookupFailedError("unreachable") from error
        finally:
            connection.close()

    def _open(self, host: str, deadline: "_Deadline") -> socket.socket:
        problem: OSError = OSError("no address")
        for address in self._public_addresses(host, deadline):
            try:
                return self._connect(host, address, min(CONNECT_SECONDS, deadline.left()))
            except OSError as error:
                problem = error
        raise problem

    def _public_addresses(self, host: str, deadline: "_Deadline") -> list[str]:
        found = _in_time(lambda: self._resolve(host), deadline.left())
        # Every answer has to be public: a name that also points inside is not trusted at all.
        if not all(is_public(address) for address in found):
            raise LookupFailedError("address_not_public")
        return found


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


def connect_tls(host: str, address: str, seconds: float) -> socket.socket:
    """A TLS connection to the address that was checked, for the certificate of the name.

    Connecting and the handshake share the seconds.
    """
    at = time.monotonic() + seconds
    plain = socket.create_connection((address, 443), seconds)
    try:
        plain.settimeout(max(at - time.monotonic(), 0.01))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def _answer(response: http.client.HTTPResponse) -> Fetched | str:
    if response.status in REDIRECTS:
        return response.headers.get("Location") or ""
    if response.status != 200:
        raise LookupFailedError("not_found" if response.status in {404, 410} else "http_error")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise LookupFailedError("encoding_not_allowed")
    content = bytearray()
    while part := response.read1(16 * 1024):
        content += part
        if len(content) > MAX_BYTES:
            raise LookupFailedError("too_large")
    if response.length:  # the connection ended before Content-Length was reached
        raise LookupFailedError("incomplete")
    return Fetched(bytes(content), response.headers.get_content_type())


@dataclass(frozen=True)
class _Deadline:
    """One instant that all steps of a look-up share."""

    at: float
    monotonic: Callable[[], float]

    def left(self) -> float:
        """Seconds until it.

        Raises:
            LookupFailedError: it has passed.
        """
        left = self.at - self.monotonic()
        if left <= 0:
            raise LookupFailedError("too_slow")
        return left


class _TimedSocket:
    """What http.client asks of a socket; every read and write ends at the deadline."""

    def __init__(self, sock: socket.socket, deadline: _Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, *args: Any, **kwargs: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def close(self) -> None:
        self._sock.close()


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: _Deadline) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


def _addresses(host: str) -> list[str]:
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _in_time(resolve: Callable[[], list[str]], seconds: float) -> list[str]:
    # DNS cannot be interrupted; a thread that is late is left to itself.
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve())
        except (OSError, UnicodeError) as error:
            answers.put(OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        raise LookupFailedError("too_slow") from None
    if isinstance(found, OSError) or not found:
        raise LookupFailedError("unreachable")
    return found
