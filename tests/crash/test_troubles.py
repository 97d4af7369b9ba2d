"""What is under the bot or beside it fails for a while; people are answered once all the same.

One bot lives through all of it, one trouble after the other.
"""

import resource
import secrets
import shutil
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from credentials.turns import TurnAnswer
from tests.crash.journeys import Seen, check_seen
from tests.crash.worlds import ADVISORS, LEARNERS, TALKER, crash_world, prepare
from tests.postgresql import NoPostgresError
from tests.postgresql import prepare as prepare_server

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("crash")]

COMMANDS = ("/help", "/badges", "/menu", "/help")
LASTS = threading.Event()  # never set: a trouble goes on for a while
SECONDS = 3.0
DAY = 24 * 3600


@contextmanager
def locked(world):
    """Another process holds the database."""
    other = sqlite.connect(world.folder / "data" / "skillmark.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    LASTS.wait(SECONDS)
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def full_disk(world):
    """No file of the bot may grow."""
    pid = world.bot.child.pid
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    yield
    LASTS.wait(SECONDS)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


def jump(seconds):
    @contextmanager
    def jumped(world):
        """The machine's clock is set while people write, and later set right."""
        clock = world.folder / "clock"
        clock.write_text(str(seconds))
        yield
        LASTS.wait(SECONDS)
        clock.write_text("0")

    return jumped


def telegram(**fault):
    @contextmanager
    def failing(world):
        world.phone(TALKER).post("fault", {"method": "sendMessage", **fault})
        yield

    return failing


TROUBLES = {
    "locked": locked,
    "disk full": full_disk,
    "clock forwards": jump(DAY),
    "clock backwards": jump(-DAY),
    "429": telegram(code=429, retry_after=2, times=2),
    "500": telegram(code=500, times=2),
    "502": telegram(code=502, times=2),
    "a lost answer": telegram(lost_reply=True),
}
REPEATS = {"a lost answer": 1}


def say(world, text):
    world.phone(TALKER).post("message", {"user": TALKER, "text": text})


def learn(world):
    """What each command says when nothing goes wrong."""
    known = {}
    for command in sorted(set(COMMANDS)):
        say(world, command)
        world.wait_for(world.is_quiet)
        known[command] = world.said_to(TALKER)[-1]
    return known


def answered(world, known, *, repeats=0, before):
    """Wait until all is said, and judge it."""
    world.wait_for(lambda: world.is_quiet() and len(world.said_to(TALKER)) > before)
    said = Seen({TALKER: world.said_to(TALKER)[before:]})
    check_seen(said, Seen({TALKER: [known[c] for c in COMMANDS]}), repeats=repeats, losses=0)
    world.is_sound()


@pytest.fixture(scope="module")
def living(tmp_path_factory):
    """A running bot, and what it says to each command."""
    prepared = prepare(tmp_path_factory.mktemp("prepared"))
    with crash_world(prepared, tmp_path_factory.mktemp("troubled")) as world:
        world.start()
        for user in (*LEARNERS, *ADVISORS):  # who may be written to unasked
            world.phone(user)
        yield world, learn(world)


@pytest.mark.parametrize("name", TROUBLES)
def test_everybody_is_answered_once_when_it_is_over(living, name):
    world, known = living
    before = len(world.said_to(TALKER))
    with TROUBLES[name](world):
        for command in COMMANDS:
            say(world, command)
    answered(world, known, repeats=REPEATS.get(name, 0), before=before)
    assert world.bot.child.poll() is None, "it has died"


def test_a_turn_whose_answer_is_lost_happens_once(living):
    world, _ = living
    before, turns = len(world.said_to(TALKER)), world.count(TurnAnswer.update_id)
    world.words.dies = 1  # in mid-turn: the action has run
    for number in range(3):
        say(world, f"Good morning for the {number}th time")
    world.wait_for(lambda: world.is_quiet() and len(world.said_to(TALKER)) >= before + 3)
    assert world.count(TurnAnswer.update_id) == turns + 3
    world.is_sound()


@pytest.fixture
def server():
    """A PostgreSQL of its own, because it is killed."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        made = prepare_server(folder)
    except NoPostgresError:
        pytest.skip("no PostgreSQL binaries on this machine")
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_database_killed_under_the_bot_loses_nothing(server, tmp_path):
    url = server.create(f"k{secrets.token_hex(4)}")
    prepared = prepare(tmp_path / "prepared", url)
    with crash_world(prepared, tmp_path / "world", database_url=url) as world:
        world.start()
        known = learn(world)
        before = len(world.said_to(TALKER))
        for number, command in enumerate(COMMANDS):
            say(world, command)
            if number == 1:
                server.kill()
        server.start_again()
        world.institution.engine.dispose()
        # A message whose end could not be written may come again; so many were under way at most.
        answered(world, known, repeats=1, before=before)
        assert world.bot.child.poll() is None, "it has died"
