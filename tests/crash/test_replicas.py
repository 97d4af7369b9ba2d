"""Two replicas on one PostgreSQL: one dies under load and comes back, and nobody notices."""

import secrets

import pytest

from credentials.outbox import IN_FLIGHT, OutboxMessage
from tests.crash.journeys import Seen, check_awards, check_seen, tomorrow_noon
from tests.crash.replicas import Balancer, Replicas
from tests.crash.worlds import ADVISORS, LEARNERS, TALKER, crash_world, prepare
from tests.worlds import free_port

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("postgres")]

TALKERS = range(4001, 4009)
COMMANDS = ("/help", "/badges", "/menu", "/privacy", "/help", "/menu", "/badges", "/help")
APPROVED_AT, KILLED_AT, BACK_AT = 1, 3, 5  # rounds


def say(world, user, text):
    world.phone(user).post("message", {"user": user, "text": text})


def approve(world):
    for judge, submission_id in zip(ADVISORS, world.submissions, strict=True):
        body = {"user": judge, "data": f"v1:rv_approve:{submission_id}", "message_id": 1}
        world.phone(judge).post("tap", {**body, "force": True})


def answers(world):
    """What each command says, asked one after the other while nothing else happens."""
    known = {}
    for command in sorted(set(COMMANDS)):
        say(world, TALKER, command)
        world.wait_for(world.is_quiet)
        known[command] = world.said_to(TALKER)[-1]
    return known


@pytest.fixture
def replicas(postgres, tmp_path):
    url = postgres.create(f"r{secrets.token_hex(4)}")
    prepared = prepare(tmp_path / "prepared", url)
    with crash_world(prepared, tmp_path / "world", database_url=url) as world:
        balancer = Balancer([free_port(), free_port()])
        pair = Replicas(world, balancer)
        try:
            pair.start()
            yield pair
        finally:
            pair.stop()
            balancer.shutdown()
            balancer.server_close()


def test_a_death_among_two_loses_nothing_repeats_nothing_and_keeps_order(replicas):
    world = replicas.world
    known = answers(world)
    for user in (*TALKERS, *LEARNERS, *ADVISORS):
        world.phone(user)
    # Reminders of both tickers, approvals and talk, all at once.
    world.phone(TALKER).post("clock", {"to": tomorrow_noon(world)})
    in_hand = 0
    for number, command in enumerate(COMMANDS):
        for user in TALKERS:
            say(world, user, command)
        if number == APPROVED_AT:
            approve(world)
        if number == KILLED_AT:
            world.wait_for(lambda: all(map(replicas.has_worked, range(2))))
            replicas.kill(1)
            in_hand = world.count(OutboxMessage.message_id, OutboxMessage.state.in_(IN_FLIGHT))
        if number == BACK_AT:
            replicas.bots[1].start()
    world.wait_for(lambda: world.is_quiet() and all(world.said_to(learner) for learner in LEARNERS))
    world.is_sound()
    check_awards(world)
    wanted = Seen({user: [known[command] for command in COMMANDS] for user in TALKERS})
    seen = Seen({user: world.said_to(user) for user in TALKERS})
    check_seen(seen, wanted, repeats=in_hand, losses=0)
    uncertain = world.count(OutboxMessage.message_id, OutboxMessage.state == "uncertain")
    nudged = world.count(OutboxMessage.message_id, OutboxMessage.screen == "study_nudge")
    assert nudged == len(LEARNERS)
    assert all(len(world.said_to(judge)) >= 1 for judge in ADVISORS)
    total = sum(len(world.said_to(learner)) for learner in LEARNERS)
    assert 2 * len(LEARNERS) - uncertain <= total <= 2 * len(LEARNERS) + in_hand
