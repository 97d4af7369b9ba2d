"""Keeps only the end of the latest conversations: whatever has to last is in the product's database.

A rule looks at one message, so a conversation of 5,000 messages needs no more of its past than a new
one, and answers as fast; Rasa's own stores read, send to the action server and write all of it at every
turn.
"""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

KEPT_MESSAGES = 4  # of a person
KEPT_CONVERSATIONS = 20_000  # a few KB each


class RecentTrackerStore(TrackerStore, SerializedTrackerAsText):
    """In memory; endpoints.yml names it. Several processes each have their own."""

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        kept_conversations: int = KEPT_CONVERSATIONS,
        **kwargs: Any,
    ) -> None:
        self._most = kept_conversations
        self._latest: OrderedDict[str, str] = OrderedDict()
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the end of it; forget whoever has been silent the longest when there are too many."""
        await self.stream_events(tracker)
        recent = DialogueStateTracker.from_events(
            tracker.sender_id, recent_events(tracker), self.domain.slots
        )
        self._latest[tracker.sender_id] = self.serialise_tracker(recent)
        self._latest.move_to_end(tracker.sender_id)
        while len(self._latest) > self._most:
            self._latest.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        kept = self._latest.get(sender_id)
        return self.deserialise_tracker(sender_id, kept) if kept is not None else None

    async def keys(self) -> Iterable[str]:
        return list(self._latest)


def recent_events(tracker: DialogueStateTracker) -> list[Any]:
    """From the last messages on, the listening before the first of them included."""
    places = [n for n, event in enumerate(tracker.events) if isinstance(event, UserUttered)]
    first = places[-KEPT_MESSAGES] - 1 if len(places) > KEPT_MESSAGES else 0
    return list(itertools.islice(tracker.events, max(first, 0), None))
