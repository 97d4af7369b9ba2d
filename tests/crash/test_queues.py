"""The queues under any order of receiving, handling, sending, failing, dying and clocks that jump.

A machine of hypothesis plays two processes on one database. Afterwards every update has had its
effect exactly once, each person has heard everything in order, and nothing twice that need not be.
"""

import os
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from credentials.clock import FixedClock
from credentials.errors import AlreadyHandledError
from credentials.inbox import (
    ClaimedUpdate,
    InboxUpdate,
    IncomingUpdate,
    claim_updates,
    keep_leases,
    rescue_updates,
    retry_update,
    store_updates,
)
from credentials.outbox import (
    IN_FLIGHT,
    MessageClass,
    OutboxMessage,
    OwedMessage,
    claim_messages,
    enqueue,
    give_back,
    keep_message_leases,
    mark_sent,
    rescue_messages,
    retry_later,
)
from credentials.sending_budget import pause_person
from tests.institutions import open_fresh

pytestmark = pytest.mark.crash

BOT = 7
CHATS = (1, 2, 3)
KEPT_EVERY = 5  # seconds, as the product renews its leases
WHOLE = os.environ.get("SKILLMARK_CRASH_GRID") == "whole"
processes = st.integers(0, 1)


@dataclass
class Process:
    """What one process has in hand; that is all it loses when it dies."""

    updates: list[ClaimedUpdate] = field(default_factory=list)
    messages: list[OwedMessage] = field(default_factory=list)


class Queues(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp(prefix="queues"))
        self.clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
        self.institution = open_fresh(self.folder, self.clock)
        self.processes = [Process(), Process()]
        self.received: list[tuple[int, int]] = []
        self.wire: list[tuple[str, int]] = []  # person, number of the update that is answered
        self.doubtful = 0  # messages that arrived though nobody could write it down

    def write(self, use_case):
        with self.institution.begin() as work:
            return use_case(work)

    @rule(chat=st.sampled_from(CHATS))
    def receive(self, chat):
        self.received.append((len(self.received) + 1, chat))
        self._store(*self.received[-1])

    @precondition(lambda self: self.received)
    @rule(data=st.data())
    def receive_again(self, data):
        self._store(*data.draw(st.sampled_from(self.received)))

    def _store(self, number, chat):
        update = IncomingUpdate(number, chat, {"update_id": number})
        self.write(
            lambda work: store_updates(work.session, bot_id=BOT, updates=[update], now=work.now)
        )

    @rule(which=processes, most=st.integers(1, 3))
    def claim_updates(self, which, most):
        self.processes[which].updates += self.write(
            lambda work: claim_updates(work.session, bot_id=BOT, now=work.now, limit=most)
        )

    @rule(which=processes, fails=st.booleans())
    def handle(self, which, fails):
        process = self.processes[which]
        if not process.updates:
            return
        claimed = process.updates.pop(0)
        if fails and not claimed.is_last_attempt:
            self.write(lambda w: retry_update(w.session, claimed.key, error="x", now=w.now))
            return
        with suppress(AlreadyHandledError), self.institution.begin(handling=claimed.key) as work:
            enqueue(
                work.session, person_id=str(claimed.chat_id), screen="x", now=work.now,
                args={"number": claimed.key.update_id}, message_class=MessageClass.RESULT,
            )  # fmt: skip

    @rule(which=processes, most=st.integers(1, 3))
    def claim_messages(self, which, most):
        self.processes[which].messages += self.write(
            lambda work: claim_messages(work.session, bot_id=BOT, now=work.now, limit=most)
        )

    @rule(which=processes, outcome=st.sampled_from(["sent", "sent", "lost", "429", "502"]))
    def send(self, which, outcome):
        process = self.processes[which]
        if not process.messages:
            return
        owed = process.messages.pop(0)
        if outcome in {"sent", "lost"}:
            self.wire.append((owed.person_id, owed.args["number"]))
        self.doubtful += outcome == "lost"
        self.write(lambda work: self._settle(work, owed, outcome))

    def _settle(self, work, owed, outcome):
        if outcome == "sent":
            mark_sent(work.session, owed.message_id, now=work.now)
        elif outcome == "429":
            until = work.now + timedelta(seconds=7)
            give_back(work.session, owed.message_id)
            pause_person(work.session, owed.person_id, bot_id=BOT, now=work.now, until=until)
        else:
            at = work.now + timedelta(seconds=2)
            retry_later(work.session, owed.message_id, at=at, error=outcome)

    @rule(which=processes, in_mid_sending=st.booleans())
    def die(self, which, in_mid_sending):
        """And begin again, knowing nothing."""
        owed = self.processes[which].messages
        if owed and in_mid_sending:
            self.wire.append((owed[0].person_id, owed[0].args["number"]))
            self.doubtful += 1
        self.processes[which] = Process()

    @rule(seconds=st.sampled_from([1, 10, 70]))
    def time_passes(self, seconds):
        for _ in range(0, seconds, KEPT_EVERY):
            self.clock.advance(timedelta(seconds=min(seconds, KEPT_EVERY)))
            for process in self.processes:
                self.write(lambda work, process=process: self._keep(work, process))

    @rule(seconds=st.sampled_from([5, 600, 86_400]))
    def the_clock_is_set_back(self, seconds):
        self.clock.advance(-timedelta(seconds=seconds))
        for process in self.processes:  # as soon as they look again
            held = [one.key for one in process.updates], [m.message_id for m in process.messages]
            self.write(lambda work, held=held: self._renew(work, *held))

    def _keep(self, work, process):
        keys, numbers = [u.key for u in process.updates], [m.message_id for m in process.messages]
        self._renew(work, keys, numbers)
        rescue_updates(work.session, bot_id=BOT, now=work.now, in_hand=keys)
        rescue_messages(work.session, now=work.now, in_hand=numbers)

    def _renew(self, work, keys, numbers):
        if keys:
            keep_leases(work.session, keys, now=work.now)
        if numbers:
            keep_message_leases(work.session, numbers, now=work.now)

    @invariant()
    def nobody_is_written_to_twice_at_once(self):
        if not hasattr(self, "institution"):
            return
        with self.institution.read() as work:
            going = select(OutboxMessage.person_id).where(OutboxMessage.state.in_(IN_FLIGHT))
            assert max(Counter(work.session.scalars(going)).values(), default=0) <= 1

    def teardown(self):
        if not hasattr(self, "institution"):
            return
        for _ in range(400):
            if not self._is_open():
                break
            for which in range(2):
                self.claim_updates(which, 3)
                self.handle(which, fails=False)
                self.claim_messages(which, 3)
                self.send(which, "sent")
            self.time_passes(10)
        self._judge()
        self.institution.engine.dispose()
        shutil.rmtree(self.folder)

    def _is_open(self):
        with self.institution.read() as work:
            states = {*work.session.scalars(select(InboxUpdate.state))}
            states |= {*work.session.scalars(select(OutboxMessage.state))}
        return bool(states - {"done", "sent"})

    def _judge(self):
        assert not self._is_open()
        with self.institution.read() as work:
            effects = [row.args["number"] for row in work.session.scalars(select(OutboxMessage))]
        assert sorted(effects) == [number for number, _ in self.received]
        for chat in CHATS:
            heard = [number for person, number in self.wire if person == str(chat)]
            in_order = [number for number, _ in groupby(heard)]
            assert in_order == [number for number, where in self.received if where == chat]
        assert len(self.wire) - len(self.received) <= self.doubtful


TestQueues = Queues.TestCase
TestQueues.settings = settings(
    deadline=None,
    max_examples=200 if WHOLE else 8,
    stateful_step_count=60 if WHOLE else 25,
    suppress_health_check=list(HealthCheck),
)
