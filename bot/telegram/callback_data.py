"""What a button carries: `v1:<action>:<short id>`, at most 64 bytes (Bot API, callback_data).

A button is a hint, never a permission: every press is authorised and checked against the state.
"""

import re
from dataclasses import dataclass

VERSION = "v1"
MAX_BYTES = 64
_PATTERN = re.compile(r"v1:([a-z][a-z0-9_]{0,23}):([A-Za-z0-9_.\-~]{0,40})")


@dataclass(frozen=True)
class Press:
    """A pressed button: the action and the id it is about (may be empty)."""

    action: str
    id: str


def pack(action: str, short_id: str = "") -> str:
    """The callback data of a button.

    Raises:
        ValueError: the action or the id does not fit.
    """
    data = f"{VERSION}:{action}:{short_id}"
    if not _PATTERN.fullmatch(data) or len(data.encode()) > MAX_BYTES:
        raise ValueError(f"does not fit a button: {data!r}")
    return data


def unpack(data: str | None) -> Press | None:
    """What was pressed; None for data this version never made."""
    match = _PATTERN.fullmatch(data or "")
    return Press(match[1], match[2]) if match else None
