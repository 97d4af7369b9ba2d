"""Limits of what one client may ask, and how much of it is read."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from bot.buckets import Buckets

MAX_UPLOAD_BYTES = 8 * 1024 * 1024
FORM_OVERHEAD_BYTES = 64 * 1024  # boundaries, headers and the other fields of a form


class RateLimiter:
    """How often one client may ask in a minute."""

    def __init__(self, per_minute: int, monotonic: Callable[[], float]) -> None:
        self._buckets: Buckets[str] = Buckets(
            size=per_minute, per_second=per_minute / 60, monotonic=monotonic
        )

    def check(self, client: str) -> None:
        """Take a token.

        Raises:
            HTTPException: 429, none is left.
        """
        if not self._buckets.take(client):
            raise HTTPException(429, headers={"Retry-After": "60"})


def client_of(request: Request) -> str:
    """Who asks: the peer's address, of IPv6 the /64 that one household has."""
    host = request.client.host if request.client else ""
    return ":".join(host.split(":")[:4]) if ":" in host else host


def limited(request: Request, max_bytes: int = MAX_UPLOAD_BYTES + FORM_OVERHEAD_BYTES) -> Request:
    """The request with a body that cannot be larger, whatever its headers claim."""
    claimed = request.headers.get("content-length", "0")
    if claimed.isdecimal() and int(claimed) > max_bytes:
        raise HTTPException(413)
    return Request(request.scope, _counting(request.receive, max_bytes))


def _counting(receive: Receive, max_bytes: int) -> Receive:
    read = 0

    async def count() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > max_bytes:
            raise HTTPException(413)
        return message

    return count
