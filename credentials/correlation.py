"""What set off the work at hand, so that log lines and messages can be traced to it.

`u<update_id>` for an update, `<tick>-<hex>` for a tick; nothing about a person.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_cause: ContextVar[str | None] = ContextVar("cause", default=None)


def current_cause() -> str | None:
    return _cause.get()


@contextmanager
def caused_by(cause: str | None) -> Iterator[None]:
    """Everything inside, threads and tasks begun there included, has this cause."""
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)
