"""Free text from phone to phone, Rasa on its own, its memory and its training: `make bench-words`.

Everything runs as people run it. `SECONDS_EACH` (of each part) and `TRAINING=0` make it shorter.
"""

import itertools
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import yaml

from actions.ticket import mint_ticket
from credentials.bootstrap import open_institution
from credentials.people import register_person
from credentials.settings import Settings
from tests.bench.results import Row, show
from tests.journeys.conftest import World, whole_world
from tests.worlds import ROOT, Phone

SECONDS = float(os.environ.get("SECONDS_EACH", "20"))
PACE = 10.0  # messages a second
PHONES = 20
CLIENTS = 4
ROUNDS = 3  # of Rasa alone and the whole product, in turns
FIRST = 800_000  # numbers of people
TRAINING_LIMIT, MEMORY_LIMIT, PARSE_LIMIT, REPLY_LIMIT = 240.0, 850.0, 40.0, 300.0


def phrases() -> Iterator[str]:
    """What people say, over and over."""
    path = ROOT / "nlu" / "tests" / "held_out" / "utterances.yml"
    blocks = yaml.safe_load(path.read_text())["nlu"]
    lines = [line for block in blocks for line in block["examples"].splitlines() if line]
    said = [re.sub(r"\[([^\]]+)\]\(\w+\)", r"\1", line.strip()[2:]) for line in lines]
    return itertools.cycle([text for text in said if text.isascii() and len(text.split()) > 1])


def percentile(took: list[float], share: float) -> float:
    ordered = sorted(took)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class Rasa:
    """The channel without the bot before it: tickets minted here, actions really run."""

    def __init__(self, world: World) -> None:
        told = world.environment
        self._url = f"{told['SKILLMARK_RASA_URL']}/webhooks/skillmark/webhook"
        self._key = told["SKILLMARK_TICKET_KEY"].encode()
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {told['SKILLMARK_RASA_TOKEN']}"}, timeout=30
        )
        settings = Settings(
            data_dir=Path(told["SKILLMARK_DATA_DIR"]), kek_file=Path(told["SKILLMARK_KEK_FILE"])
        )
        self._institution = open_institution(settings)
        self._updates = itertools.count(1)

    def person(self, number: int) -> str:
        with self._institution.begin() as work:
            return register_person(
                work, telegram_user_id=number, chat_id=number, first_name="P", language_code="en"
            ).person_id

    def say(self, person_id: str, text: str, **more: Any) -> None:
        ticket = mint_ticket(
            self._key,
            person_id=person_id,
            update_id=f"9:{next(self._updates)}",
            now=self._institution.clock.now(),
        )
        body = {"person_id": person_id, "text": text, "ticket": ticket, "language": "en"}
        self._http.post(self._url, json={**body, **more}).raise_for_status()


def repeated(say: Callable[[str], Any], said: Iterator[str], seconds: float) -> list[float]:
    """Seconds each message took, one after the other."""
    until, took = time.perf_counter() + seconds, []
    while time.perf_counter() < until:
        began = time.perf_counter()
        say(next(said))
        took.append(time.perf_counter() - began)
    return took


def rate(speakers: list[Callable[[str], Any]], seconds: float) -> float:
    """Messages a second of several who never wait."""
    with ThreadPoolExecutor(len(speakers)) as pool:
        jobs = [pool.submit(repeated, say, phrases(), seconds) for say in speakers]
        return sum(len(job.result()) for job in jobs) / seconds


def paced(phones: list[Phone], seconds: float) -> list[float]:
    """Seconds from the moment a message was due to the first answer, at `PACE`."""
    said, began = phrases(), time.perf_counter() + 0.2

    def say(number: int, text: str) -> float:
        due = began + number / PACE
        time.sleep(max(0.0, due - time.perf_counter()))
        phones[number % len(phones)].say(text)
        return time.perf_counter() - due

    with ThreadPoolExecutor(len(phones)) as pool:
        jobs = [pool.submit(say, n, next(said)) for n in range(int(seconds * PACE))]
        return [job.result() for job in jobs]


def training() -> float:
    """Seconds of a training that has nothing kept from earlier ones."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "nlu"
        leave = shutil.ignore_patterns(".venv", "models", ".rasa")
        shutil.copytree(ROOT / "nlu", copy, ignore=leave)
        (copy / "models").mkdir()
        shutil.copy(ROOT / "nlu" / "models" / "lookup.json", copy / "models")
        began = time.perf_counter()
        python = ROOT / "nlu" / ".venv" / "bin" / "python"
        subprocess.run([python, "train.py"], cwd=copy, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - began


@contextmanager
def crowd(world: World) -> Iterator[list[Phone]]:
    phones = [Phone(world.server, FIRST + n, f"P{n}") for n in range(PHONES)]
    for phone in phones:
        phone.say("/start")
    yield phones
    for phone in phones:
        phone.close()


def limited(what: str, ours: float, limit: float, unit: str) -> Row:
    """A row beside the most it may be."""
    return Row(what=what, ours=ours, peer=limit, peer_name="at most", ratio=limit / ours, unit=unit)


def measure(world: World) -> list[Row]:
    rasa = Rasa(world)
    nobody, said = rasa.person(FIRST - 1), phrases()
    repeated(lambda text: rasa.say(nobody, text, only=[]), said, 2)
    parses = repeated(lambda text: rasa.say(nobody, text, only=[]), said, SECONDS)
    with crowd(world) as phones:
        people = [rasa.person(FIRST - 2 - n) for n in range(CLIENTS)]
        alone, whole = [], []
        for _ in range(ROUNDS):
            alone.append(
                rate([lambda text, p=person: rasa.say(p, text) for person in people], SECONDS / 2)
            )
            whole.append(rate([phone.say for phone in phones[:CLIENTS]], SECONDS / 2))
        replies = paced(phones, SECONDS)
    server = psutil.Process(world.words.child.pid)
    resident = sum(child.memory_info().rss for child in server.children(recursive=True)) / 2**20
    ours, peer = max(whole), max(alone)
    return [
        limited("parse, p50", percentile(parses, 0.5) * 1e3, PARSE_LIMIT, "ms"),
        limited("parse, p99", percentile(parses, 0.99) * 1e3, PARSE_LIMIT, "ms"),
        limited(f"text → reply at {PACE:g}/s, p50", percentile(replies, 0.5) * 1e3, REPLY_LIMIT, "ms"),
        limited(f"text → reply at {PACE:g}/s, p99", percentile(replies, 0.99) * 1e3, REPLY_LIMIT, "ms"),
        Row(what=f"free text, {CLIENTS} clients", ours=ours, peer=peer, peer_name="Rasa and actions alone",
            ratio=ours / peer, unit="messages/s"),
        limited("Rasa's memory", resident, MEMORY_LIMIT, "MB"),
    ]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, whole_world(Path(folder)) as world:
        rows = measure(world)
    if os.environ.get("TRAINING") != "0":
        rows.append(limited("training from nothing", training(), TRAINING_LIMIT, "s"))
    show("words", rows)


if __name__ == "__main__":
    main()
