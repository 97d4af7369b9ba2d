"""What people do while the bot dies, and what each of them must have seen in the end."""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import SequenceMatcher

from sqlalchemy import select

from credentials.handoff import State
from credentials.handoff.models import HandoffRow
from credentials.outbox import OutboxMessage
from credentials.turns import TurnAnswer
from tests.crash.worlds import (
    ADVISORS,
    COMMANDS,
    LEARNERS,
    PATIENCE,
    TALKER,
    WORDS,
    CrashWorld,
    badges_of,
)

DAY = 24 * 3600
TURNS = 6
WANTED = "would like to talk to a person"


@dataclass
class Seen:
    """What every phone showed, word for word; `turns` counts the dialogue's answers."""

    chats: dict[int, list[str]] = field(default_factory=dict)
    turns: int = 0


def talk(world: CrashWorld) -> Seen:
    """One person gives commands and writes, one after the other."""
    phone = world.phone(TALKER)
    for act in ("/start", *COMMANDS, *WORDS):
        phone.post("message", {"user": TALKER, "text": act})
        _wait_a_little(world)
    world.settle(world.is_quiet)
    return Seen({TALKER: world.said_to(TALKER)}, world.count(TurnAnswer.update_id))


def award(world: CrashWorld) -> Seen:
    """Six advisors approve six submissions."""
    for user in (*LEARNERS, *ADVISORS):
        world.phone(user)
    for judge, submission_id in zip(ADVISORS, world.submissions, strict=True):
        phone = world.phone(judge)
        body = {"user": judge, "data": f"v1:rv_approve:{submission_id}", "force": True}
        phone.post("tap", {**body, "message_id": 1})
        _wait_a_little(world)
    world.settle(world.is_quiet)
    return Seen({user: world.said_to(user) for user in (*ADVISORS, *LEARNERS)})


def remind(world: CrashWorld) -> Seen:
    """The next day comes, and with it six reminders."""
    for learner in LEARNERS:
        world.phone(learner)
    world.settle(world.is_quiet)
    world.phone(LEARNERS[0]).post("clock", {"to": tomorrow_noon(world)})
    world.settle(lambda: _told(world) >= len(LEARNERS) and world.is_quiet())
    return Seen({user: world.said_to(user) for user in LEARNERS})


def relay(world: CrashWorld) -> Seen:
    """A learner asks for a person, an advisor takes them, and both write in turn."""
    learner, judge = LEARNERS[0], ADVISORS[0]
    for user in (learner, *ADVISORS):
        world.phone(user)
    world.phone(learner).post("message", {"user": learner, "text": "/ask"})
    world.settle(lambda: world.count(HandoffRow.handoff_id) == 1 and world.is_quiet())
    with world.institution.read() as work:
        handoff_id = work.session.scalars(select(HandoffRow.handoff_id)).one()
    body = {"user": judge, "data": f"v1:ho_take:{handoff_id}", "message_id": 1, "force": True}
    world.phone(judge).post("tap", body)
    is_open = HandoffRow.state == State.OPEN
    world.settle(lambda: world.count(HandoffRow.handoff_id, is_open) == 1 and world.is_quiet())
    for number in range(TURNS):
        for user in (learner, judge):
            world.phone(user).post("message", {"user": user, "text": f"{user} says {number}"})
            _wait_a_little(world)
    world.settle(world.is_quiet)
    # The card that was pressed has become another one; where it was said again, one of it stays.
    said = {user: [t for t in world.said_to(user) if WANTED not in t] for user in (learner, judge)}
    return Seen({user: [_timeless(text) for text in texts] for user, texts in said.items()})


def _timeless(text: str) -> str:
    """Without since when somebody waits: two plays need not begin in the same minute."""
    return re.sub(r"(?<=has waited since )[^.\n]*", "…", text)


def check_awards(world: CrashWorld) -> None:
    """One badge for each submission, each with a place of its own in the status list."""
    badges = badges_of(world)
    assert Counter(submission for submission, _ in badges) == Counter(world.submissions)
    assert len({index for _, index in badges}) == len(badges)


def check_seen(seen: Seen, wanted: Seen, *, repeats: int, losses: int) -> None:
    """Everybody saw what they should, in order, save for so many repeats and losses."""
    repeated: list[tuple[int, str]] = []
    lost = 0
    for user, messages in wanted.chats.items():
        shown = seen.chats[user]
        steps = SequenceMatcher(None, messages, shown, autojunk=False).get_opcodes()
        for step, begin, end, first, last in steps:
            assert step in {"equal", "insert", "delete"}, (user, shown)
            for place in range(first, last) if step == "insert" else ():
                near = [shown[place - 1] if place else "", *shown[place + 1 : place + 2]]
                assert shown[place] in near, (user, shown)
                repeated.append((user, shown[place]))
            lost += end - begin if step == "delete" else 0
    assert len(repeated) <= repeats, repeated
    assert lost <= losses, seen
    assert seen.turns == wanted.turns


def _wait_a_little(world: CrashWorld) -> None:
    """People wait for the answer, unless the bot has died; its supervisor starts it again."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and world.is_alive() and not world.is_quiet():
        time.sleep(0.03)
    world.revive()


def tomorrow_noon(world: CrashWorld) -> str:
    with world.institution.read() as work:
        now = work.now
    ahead = now.replace(hour=12, minute=0, second=1, microsecond=0).timestamp() + DAY
    return datetime.fromtimestamp(ahead, UTC).isoformat()


def _told(world: CrashWorld) -> int:
    return world.count(OutboxMessage.message_id, OutboxMessage.screen == "study_nudge")
