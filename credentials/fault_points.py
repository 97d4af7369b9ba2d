"""Named places where the process may die: tests make it die there, production passes through.

Between every two steps that change anything stands one `reach(POINT)`. Nothing is installed in
production, so a passage is one comparison (about 40 ns).
"""

from collections.abc import Callable

RECEIVED = "receive.received"  # Telegram has handed updates over; nothing is stored
STORED = "receive.stored"  # committed; Telegram has not been told
CLAIMED = "handle.claimed"  # an update is leased; its handler has not begun
BEGUN = "handle.begun"  # the update is marked as handled in a transaction that is open
ACTED = "handle.acted"  # the use case has written; what it says is not owed yet
ENQUEUED = "handle.enqueued"  # all is written; nothing is committed
ANSWERED = "handle.answered"  # committed; delivery has not been woken
TURN_ACTED = "act.acted"  # an action of the dialogue has written; its answer is not kept
TURN_KEPT = "act.kept"  # its answer is kept; nothing is committed
TURN_ANSWERED = "act.answered"  # committed; Rasa has not heard
DECIDED = "award.decided"  # the review is written; no badge yet
STATUS_TAKEN = "award.status"  # a place in the status list is taken
SIGNED = "award.signed"  # the credential is signed; its row is not written
AWARDED = "award.awarded"  # badge and record are written; the message is not owed yet
RELAY_KEPT = "relay.kept"  # a message of a conversation is kept; the other one is not owed it yet
RELAY_OWED = "relay.owed"  # it is owed; nothing is committed
RELAY_SENT = "relay.sent"  # its row is sent; where it stands in the chat is not noted yet
OWED_CLAIMED = "send.claimed"  # a message is leased
DRAWN = "send.drawn"  # it is drawn; Telegram has heard nothing
LEAVING = "send.leaving"  # an unasked one is marked as leaving; Telegram has heard nothing
SENT = "send.sent"  # Telegram has taken it; the row does not know
CONFIRMED = "send.confirmed"  # the row knows
TICK_CLAIMED = "tick.claimed"  # a due reminder is found
TICK_ENQUEUED = "tick.enqueued"  # what it tells is owed; nothing is committed
TICK_DONE = "tick.done"  # committed

POINTS = frozenset(
    value for name, value in tuple(globals().items()) if name.isupper() and isinstance(value, str)
)

_hook: Callable[[str], None] | None = None


def reach(point: str) -> None:
    """Pass a point."""
    if _hook is not None:
        _hook(point)


def install(hook: Callable[[str], None] | None) -> None:
    """Call `hook` at every passage from now on; None takes it away."""
    global _hook  # noqa: PLW0603  # one process, one hook
    _hook = hook
