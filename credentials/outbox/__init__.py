"""What is owed to people: written with the fact it tells, drawn and sent later, in order.

A message is waiting, claimed (leased by a process), sending (an unasked one that is about to go
out), sent, parked (the person cannot be reached), uncertain (it may have arrived and is not said
again) or dead. Within a chat the order is that of the rows; what was not asked for lets the rest
pass. How fast they may go out is decided in `credentials.sending_budget`.
"""

from credentials.outbox.claiming import (
    LEASE,
    LONGEST_WAIT,
    begin_sending,
    claim_message_of,
    claim_messages,
    has_due_messages,
    keep_message_leases,
    rescue_messages,
)
from credentials.outbox.models import (
    IN_FLIGHT,
    IS_OPEN,
    OPEN,
    UNASKED,
    MessageClass,
    OutboxMessage,
    OwedMessage,
)
from credentials.outbox.settling import (
    drop_message,
    forget_old_messages,
    give_back,
    hold_message,
    mark_dead,
    mark_sent,
    mark_uncertain,
    park_messages,
    retry_later,
    revive_message,
    unpark_messages,
)
from credentials.outbox.storing import Owed, drop_nudges, enqueue, enqueue_all, withdraw_messages

__all__ = [
    "IN_FLIGHT",
    "IS_OPEN",
    "LEASE",
    "LONGEST_WAIT",
    "OPEN",
    "UNASKED",
    "MessageClass",
    "OutboxMessage",
    "Owed",
    "OwedMessage",
    "begin_sending",
    "claim_message_of",
    "claim_messages",
    "drop_message",
    "drop_nudges",
    "enqueue",
    "enqueue_all",
    "forget_old_messages",
    "give_back",
    "has_due_messages",
    "hold_message",
    "keep_message_leases",
    "mark_dead",
    "mark_sent",
    "mark_uncertain",
    "park_messages",
    "rescue_messages",
    "retry_later",
    "revive_message",
    "unpark_messages",
    "withdraw_messages",
]
