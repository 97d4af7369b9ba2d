"""Two Rasa servers with one Redis: a person's turns come one after the other, whichever has them."""

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.actions_line import ActionsLine, Answer
from tests.journeys.conftest import MODEL, RASA
from tests.worlds import PATIENCE, ROOT, Process, free_port

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("world")]

ANSWER = {"events": [], "responses": [{"custom": {"screen": "progress_card", "args": {}}}]}
TOKEN = "one-token-for-both"
DATABASE = "1"  # of Redis; Rasa's own choice


class Actions:
    """Answers every action, Ana's only when the test lets it."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.may_answer = threading.Semaphore(0)
        self.line = ActionsLine("http://127.0.0.1:9")
        self.line.behave = self.answer

    def answer(self, body: bytes, headers: dict[str, str]) -> Answer:
        tracker = json.loads(body)["tracker"]
        self.calls.append(tracker["latest_message"]["metadata"]["ticket"])
        if tracker["sender_id"] == "ana":
            assert self.may_answer.acquire(timeout=PATIENCE)
        return 200, json.dumps(ANSWER).encode()


@dataclass
class Pair:
    """Two servers that know each other by Redis alone."""

    servers: list[Process]
    urls: list[str]
    redis_port: int
    actions: Actions

    def say(self, number: int, person: str, ticket: str) -> dict[str, object]:
        """A turn of a person at one of the servers."""
        answer = httpx.post(
            f"{self.urls[number]}/webhooks/skillmark/webhook",
            headers={"Authorization": f"Bearer {TOKEN}"},
            json={
                "person_id": person, "text": "how far am I", "ticket": ticket, "language": "en",
                "wait_seconds": 60,
            },
            timeout=PATIENCE,
        )  # fmt: skip
        return dict(answer.raise_for_status().json())

    def waiting(self, person: str) -> int:
        """How many turns of a person stand in Redis."""
        found = subprocess.run(
            ["redis-cli", "-p", str(self.redis_port), "-n", DATABASE, "get", f"skillmark:lock:{person}"],
            capture_output=True, check=True, text=True,
        )  # fmt: skip
        return len(json.loads(found.stdout or "{}").get("tickets", []))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    if not (MODEL.exists() and RASA.exists() and shutil.which("redis-server")):
        needed = "two Rasa servers need make train and apt-get install redis-server"
        if os.environ.get("CI") == "true":
            pytest.fail(needed)
        pytest.skip(needed)
    folder = tmp_path_factory.mktemp("pair")
    redis_port, ports, actions = free_port(), [free_port(), free_port()], Actions()
    command = ["redis-server", "--port", str(redis_port), "--bind", "127.0.0.1",
               "--save", "", "--appendonly", "no"]  # fmt: skip
    redis = Process(command, {}, folder / "redis.log")
    servers = [_rasa(folder, port, redis_port, actions) for port in ports]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        redis.start()
        for server in servers:
            server.start()
        for server, url in zip(servers, urls, strict=True):
            server.wait_for(f"{url}/webhooks/skillmark/")
        yield Pair(servers, urls, redis_port, actions)
    finally:
        for process in (*servers, redis):
            process.stop()
        actions.line.close()


def _rasa(folder: Path, port: int, redis_port: int, actions: Actions) -> Process:
    """As docker/rasa.Dockerfile runs it."""
    nlu = ROOT / "nlu"
    command = [
        str(RASA), "run", "--interface", "127.0.0.1", "--port", str(port),
        "--credentials", str(nlu / "channels.yml"),
        "--endpoints", str(nlu / "endpoints.production.yml"), "--model", str(MODEL),
    ]  # fmt: skip
    environment = {
        "PYTHONPATH": str(nlu),
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "SKILLMARK_ACTIONS_TOKEN": "unused",
        "SKILLMARK_ACTIONS_URL": f"{actions.line.url}/webhook",
        "SKILLMARK_RASA_REDIS_HOST": "127.0.0.1",
        "SKILLMARK_RASA_REDIS_PORT": str(redis_port),
        "SKILLMARK_RASA_TOKEN": TOKEN,
    }
    return Process(command, environment, folder / f"rasa-{port}.log")


def until(holds: object, wanted: object) -> None:
    """Ask until it is so."""
    assert callable(holds)
    end = time.monotonic() + PATIENCE
    while (found := holds()) != wanted:
        assert time.monotonic() < end, found


def test_turns_of_a_person_queue_across_servers_and_hold_up_nobody_else(pair: Pair) -> None:
    calls = pair.actions.calls
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(pair.say, 0, "ana", "ana-1")
        until(lambda: calls, ["ana-1"])
        second = threads.submit(pair.say, 1, "ana", "ana-2")
        until(lambda: pair.waiting("ana"), 2)
        other = pair.say(1, "ben", "ben-1")
        assert other["screens"]
        assert calls == ["ana-1", "ben-1"]
        pair.actions.may_answer.release(2)
        assert all(
            one.result()["screens"] and not one.result()["failed"] for one in (first, second)
        )
    assert calls == ["ana-1", "ben-1", "ana-2"]


def test_when_one_server_dies_the_other_goes_on_with_everybody(pair: Pair) -> None:
    pair.actions.calls.clear()
    assert pair.say(0, "cleo", "cleo-1")["screens"]
    child = pair.servers[0].child
    assert child is not None
    child.kill()
    child.wait()
    assert pair.say(1, "cleo", "cleo-2")["screens"]
    assert pair.actions.calls == ["cleo-1", "cleo-2"]
