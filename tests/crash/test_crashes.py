"""The bot is killed at every named point; nothing is lost and nothing happens twice.

`make test` tries a sample, `make test-crash` every point at its first, third and sixth passage.
"""

import os

import pytest

from credentials import fault_points
from credentials.outbox import OutboxMessage
from tests.crash.journeys import TURNS, Seen, award, check_awards, check_seen, relay, remind, talk
from tests.crash.worlds import crash_world, prepare

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("crash")]

JOURNEYS = {"talk": talk, "award": award, "relay": relay, "remind": remind}
POINTS = {
    "talk": [
        fault_points.RECEIVED,
        fault_points.STORED,
        fault_points.CLAIMED,
        fault_points.BEGUN,
        fault_points.ACTED,
        fault_points.ENQUEUED,
        fault_points.ANSWERED,
        fault_points.TURN_ACTED,
        fault_points.TURN_KEPT,
        fault_points.TURN_ANSWERED,
        fault_points.OWED_CLAIMED,
        fault_points.DRAWN,
        fault_points.SENT,
        fault_points.CONFIRMED,
    ],
    "award": [
        fault_points.DECIDED,
        fault_points.STATUS_TAKEN,
        fault_points.SIGNED,
        fault_points.AWARDED,
        fault_points.SENT,
    ],
    "relay": [
        fault_points.RELAY_KEPT,
        fault_points.RELAY_OWED,
        fault_points.RELAY_SENT,
        fault_points.SENT,
    ],
    "remind": [
        fault_points.TICK_CLAIMED,
        fault_points.TICK_ENQUEUED,
        fault_points.TICK_DONE,
        fault_points.LEAVING,
        fault_points.SENT,
    ],
}
#: Reminders are claimed in one batch here.
ONCE = {fault_points.TICK_CLAIMED, fault_points.TICK_ENQUEUED, fault_points.TICK_DONE}
WHOLE = os.environ.get("SKILLMARK_CRASH_GRID") == "whole"


def grid():
    """Every point of a journey on its own, at its first, third and sixth passage."""
    for journey, points in POINTS.items():
        for point in points:
            for passage in (1,) if point in ONCE else (1, 3, 6):
                yield pytest.param(journey, [(point, passage)], id=f"{journey}-{point}-{passage}")


#: What `make test` tries: each new life ends at the next point.
SAMPLE = {
    "talk": [fault_points.STORED, fault_points.BEGUN, fault_points.TURN_KEPT, fault_points.SENT],
    "award": [fault_points.STATUS_TAKEN, fault_points.AWARDED],
    "relay": [fault_points.RELAY_OWED, fault_points.RELAY_SENT],
    "remind": [fault_points.TICK_ENQUEUED, fault_points.LEAVING],
}


def sample():
    for journey, points in SAMPLE.items():
        yield pytest.param(journey, [(point, 1) for point in points], id=journey)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def undisturbed(prepared, tmp_path_factory):
    """What everybody sees, and every point that is passed, when nothing goes wrong."""
    seen: dict[str, Seen] = {}
    passed: set[str] = set()
    for name, journey in JOURNEYS.items():
        with crash_world(prepared, tmp_path_factory.mktemp(name)) as world:
            world.start()
            seen[name] = journey(world)
            world.is_sound()
            passed |= set(world.lives()[0])
    return seen, passed


def test_no_fault_point_is_forgotten(undisturbed):
    tried = {point for points in POINTS.values() for point in points}
    assert undisturbed[1] == tried == fault_points.POINTS


def test_without_a_crash_everybody_is_answered_once(undisturbed):
    seen = undisturbed[0]
    assert len(seen["talk"].chats[1001]) == 14
    assert all(len(chat) >= 1 for chat in seen["award"].chats.values())
    said = [text for chat in seen["relay"].chats.values() for text in chat]
    assert sum(" says " in text for text in said) == 2 * TURNS
    assert all(len(chat) == 1 for chat in seen["remind"].chats.values())


@pytest.mark.parametrize(("journey", "plan"), list(grid() if WHOLE else sample()))
def test_a_death_loses_nothing_and_repeats_nothing(prepared, undisturbed, tmp_path, journey, plan):
    with crash_world(prepared, tmp_path) as world:
        world.start(*plan)
        seen = JOURNEYS[journey](world)
        assert world.deaths == len(plan), "a point was not passed often enough"
        world.is_sound()
        if journey == "award":
            check_awards(world)
        # Telegram knows no idempotency key: what was on its way when the bot died may be said again;
        # what nobody asked for may be lost instead, and operators see it as uncertain.
        asked = journey != "remind"
        check_seen(
            seen,
            undisturbed[0][journey],
            repeats=world.left_open(fault_points.DRAWN) if asked else 0,
            losses=world.count(OutboxMessage.message_id, OutboxMessage.state == "uncertain"),
        )
