"""Tickets: short-lived proofs that an action is called for this person's update.

Form: `v1.` + base64url(JSON person_id, update_id, expires_at) + `.` + base64url(HMAC-SHA256).
"""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

LIFE = timedelta(seconds=120)
VERSION = "v1"


class TicketError(Exception):
    """The ticket is missing, altered, too old or for somebody else."""


@dataclass(frozen=True)
class Ticket:
    """Whom and which update an action serves. `update_id` is `<bot id>:<update id>`."""

    person_id: str
    update_id: str
    expires_at: int  # seconds since the epoch


def mint_ticket(key: bytes, *, person_id: str, update_id: str, now: datetime) -> str:
    """A ticket for 120 seconds."""
    expires_at = int((now + LIFE).timestamp())
    body = json.dumps({"person_id": person_id, "update_id": update_id, "expires_at": expires_at})
    payload = _encode(body.encode())
    return f"{VERSION}.{payload}.{_encode(_seal(key, payload))}"


def check_ticket(key: bytes, ticket: object, *, now: datetime) -> Ticket:
    """What the ticket says.

    Raises:
        TicketError: it is missing, altered or too old.
    """
    parts = ticket.split(".") if isinstance(ticket, str) else []
    if len(parts) != 3 or parts[0] != VERSION:
        raise TicketError
    if not hmac.compare_digest(_encode(_seal(key, parts[1])), parts[2]):
        raise TicketError
    try:
        checked = Ticket(**json.loads(base64.urlsafe_b64decode(parts[1] + "==")))
    except (ValueError, TypeError, binascii.Error) as error:
        raise TicketError from error
    if checked.expires_at < now.timestamp():
        raise TicketError
    return checked


def _seal(key: bytes, payload: str) -> bytes:
    return hmac.new(key, f"{VERSION}.{payload}".encode(), hashlib.sha256).digest()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
