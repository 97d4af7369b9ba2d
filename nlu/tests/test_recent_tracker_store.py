"""A long conversation is kept as short as a new one."""

from __future__ import annotations

import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from recent_tracker_store import KEPT_MESSAGES, RecentTrackerStore


def conversation(messages: int) -> DialogueStateTracker:
    events = [ActionExecuted("action_session_start"), SessionStarted()]
    for number in range(messages):
        events += [ActionExecuted("action_listen"), UserUttered(str(number)), ActionExecuted("act")]
    return DialogueStateTracker.from_events("somebody", events)


def kept(store: RecentTrackerStore, tracker: DialogueStateTracker) -> DialogueStateTracker:
    asyncio.run(store.save(tracker))
    found = asyncio.run(store.retrieve(tracker.sender_id))
    assert found is not None
    return found


def test_after_five_thousand_messages_there_is_no_more_to_read_than_after_a_few() -> None:
    store = RecentTrackerStore(Domain.empty())
    long, short = kept(store, conversation(5_000)), kept(store, conversation(KEPT_MESSAGES + 1))
    assert len(long.events) == len(short.events)
    assert long.latest_message is not None
    assert long.latest_message.text == "4999"


def test_a_short_conversation_is_kept_whole() -> None:
    store, told = RecentTrackerStore(Domain.empty()), conversation(2)
    assert list(kept(store, told).events) == list(told.events)


def test_who_has_been_silent_the_longest_is_forgotten() -> None:
    store = RecentTrackerStore(Domain.empty(), kept_conversations=2)
    for name in ("ann", "bo", "ann", "cy"):
        tracker = DialogueStateTracker.from_events(name, [ActionExecuted("action_listen")])
        asyncio.run(store.save(tracker))
    assert asyncio.run(store.keys()) == ["ann", "cy"]
