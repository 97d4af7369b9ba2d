"""A bot that may die, the world around it, and what has to be true afterwards.

Real processes, a real database, the playground over HTTP. In Rasa's place stands a server of a few
lines that calls the action server as Rasa does, because it has to be as quick as the rest and to
die on command.
"""

import json
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import func, select, text

from bot.playground.server import running
from credentials import fault_points
from credentials.bootstrap import open_institution
from credentials.catalogue import load_folder
from credentials.dead_letters import look_at_queues
from credentials.inbox import InboxUpdate
from credentials.issuing.models import IssuedBadgeRow
from credentials.migrations import migrate
from credentials.outbox import OutboxMessage
from credentials.reminders import Frequency, Rule, set_reminder
from credentials.settings import Settings
from credentials.turns import TurnAnswer
from credentials.unit_of_work import Institution
from tests.submissions import advisor, judge_all, person, send, small_catalogue
from tests.worlds import TOKEN, Phone, Process, free_port, python

PEOPLE = 6  # learners with work to be judged and a reminder, and as many advisors
LEARNERS = range(2001, 2001 + PEOPLE)
ADVISORS = range(3001, 3001 + PEOPLE)
TALKER = 1001
COMMANDS = ("/help", "/settings", "/badges", "/menu", "/help", "/settings", "/badges")
WORDS = tuple(f"Good morning to you, number {n}" for n in range(6))
PATIENCE = 240.0  # seconds; a life begins within two, unless the machine is busy
ANSWER_SECONDS = 60.0  # so long the dialogue waits for the actions, and the bot for the dialogue
NEVER = ("none", 1)


@dataclass
class Prepared:
    """A migrated database with people, judged work and reminders; copied for each test."""

    folder: Path
    submissions: list[str]


def prepare(folder: Path, database_url: str | None = None) -> Prepared:
    """Fill a new database through the domain's own doors."""
    settings = _settings(folder, database_url)
    institution = open_institution(settings)
    migrate(institution.engine)
    submissions = []
    due = datetime.now(UTC) + timedelta(days=1)
    with institution.begin() as work:
        load_folder(work, small_catalogue(folder / "catalogue"))
    for learner, judge in zip(LEARNERS, ADVISORS, strict=True):
        with institution.begin() as work:
            known, judging = person(work, learner), advisor(work, judge)
            submission_id = send(work, known)
            judge_all(work, judging, submission_id)
            submissions.append(submission_id)
            noon = due.replace(hour=12, minute=0, second=0, microsecond=0)
            rule = Rule(frequency=Frequency.DAILY, at=noon.time(), starts_on=noon.date())
            set_reminder(work, person_id=known, rule=rule)
    with institution.begin() as work:  # what preparing would have told people
        work.session.execute(text("DELETE FROM outbox_messages"))
    institution.engine.dispose()
    return Prepared(folder, submissions)


def _settings(folder: Path, database_url: str | None) -> Settings:
    return Settings(
        data_dir=folder / "data",
        kek_file=folder / "config" / "kek",
        database_url=database_url,
        institution_name="Example College",
    )


class Words(ThreadingHTTPServer):
    """Stands where Rasa stands. `die` makes the next turns end without an answer."""

    daemon_threads = True

    def __init__(self, actions: str, token: str) -> None:
        super().__init__(("127.0.0.1", 0), _Turn)
        self.actions, self.token = actions, token
        self.dies = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Turn(BaseHTTPRequestHandler):
    server: Words

    def do_POST(self) -> None:
        turn = json.loads(self.rfile.read(int(self.headers["content-length"])))
        screens, failed = self._act(turn)
        if self.server.dies > 0:
            self.server.dies -= 1
            self.close_connection = True
            return
        answer = {"screens": screens, "failed": failed, "intent": "x", "confidence": 1.0}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _act(self, turn: dict[str, Any]) -> tuple[list[Any], bool]:
        message = {
            "text": turn["text"],
            "intent": {"name": "greet", "confidence": 1.0},
            "entities": [],
            "metadata": {"ticket": turn["ticket"]},
        }
        tracker = {
            "sender_id": turn["person_id"], "slots": {}, "latest_message": message, "events": [],
            "paused": False, "followup_action": None, "active_loop": {},
            "latest_action_name": None, "latest_input_channel": "skillmark",
        }  # fmt: skip
        call = {
            "next_action": "action_greet", "sender_id": turn["person_id"],
            "tracker": tracker, "domain": {}, "version": "3.6.21",
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {self.server.token}"}
        until = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < until:
            try:
                answer = httpx.post(self.server.actions, json=call, headers=headers, timeout=60)
                said = answer.raise_for_status().json()["responses"]
            except httpx.ConnectError:  # the bot's actions come up a little after its Telegram
                time.sleep(0.05)
            except httpx.HTTPError:
                break
            else:
                return [item["custom"] for item in said], False
        return [], True

    def log_message(self, *args: object) -> None:
        """Nothing: pytest's output is for failures."""


@dataclass
class CrashWorld:
    """One bot with everything around it."""

    folder: Path
    server: str
    words: Words
    institution: Institution
    environment: dict[str, str]
    submissions: list[str]
    phones: dict[int, Phone] = field(default_factory=dict)
    plan: list[tuple[str, int]] = field(default_factory=list)
    bot: Process | None = None
    deaths: int = 0

    def start(self, *plan: tuple[str, int]) -> None:
        """Start the bot, which dies at this passage of this point, then at the next of the plan."""
        self.plan = list(plan)
        self._start_next()

    def _start_next(self) -> None:
        point, passage = self.plan.pop(0) if self.plan else NEVER
        log = self.folder / f"passed-{self.deaths}"
        command = python("tests.crash.child", point, str(passage), str(log), "run")
        self.bot = Process(command, self.environment, self.folder / "bot.log")
        self.bot.start()

    def is_alive(self) -> bool:
        assert self.bot is not None
        assert self.bot.child is not None
        return self.bot.child.poll() is None

    def revive(self) -> None:
        """Start the bot again if it has died."""
        if not self.is_alive():
            self.deaths += 1
            self._start_next()

    def phone(self, user: int) -> Phone:
        if user not in self.phones:
            self.phones[user] = Phone(self.server, user, f"P{user}")
            known = {"user_id": user, "first_name": f"P{user}", "started": True}
            self.phones[user].post("person", known)
        return self.phones[user]

    def settle(self, is_settled: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Keep the bot alive until it is so."""

        def is_so() -> bool:
            self.revive()
            return is_settled()

        self.wait_for(is_so, seconds)

    def wait_for(self, is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until it is so; the end of every log is the message when it is not."""
        until = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > until:
                logs = "\n".join(
                    f"{log.name}: {log.read_text()[-4000:]}" for log in self.folder.glob("*.log")
                )
                raise AssertionError(f"not settled: {self.queues()}\n{logs}")
            time.sleep(0.05)

    def queues(self) -> Any:
        with self.institution.read() as work:
            return look_at_queues(work.session, now=work.now)

    def is_quiet(self) -> bool:
        """Nothing waits at Telegram, in the inbox or in the outbox."""
        queues = self.queues()
        if queues.updates_waiting or queues.messages_waiting:
            return False
        info = self.phone(TALKER).http.get(f"/bot{TOKEN}/getWebhookInfo").json()["result"]
        pending, queues = info["pending_update_count"], self.queues()
        return pending == 0 and queues.updates_waiting == 0 and queues.messages_waiting == 0

    def said_to(self, user: int) -> list[str]:
        return [message.text for message in self.phone(user).messages() if message.is_from_bot]

    def count(self, column: Any, *conditions: Any) -> int:
        with self.institution.read() as work:
            return work.session.scalar(select(func.count(column)).where(*conditions)) or 0

    def is_sound(self) -> None:
        """What has to be true of the database whatever happened."""
        with self.institution.read() as work:
            if self.institution.engine.dialect.name == "sqlite":
                assert work.session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            states = Counter(work.session.scalars(select(InboxUpdate.state)))
            assert set(states) <= {"done"}, states
            is_due = OutboxMessage.due_at <= work.now  # the rest waits for its hour
            states = Counter(work.session.scalars(select(OutboxMessage.state).where(is_due)))
            assert set(states) <= {"sent", "uncertain"}, states
            turns = work.session.scalars(select(TurnAnswer.update_id)).all()
            assert len(turns) == len(set(turns))

    def lives(self) -> list[Counter[str]]:
        """How often each point was passed in each life of the bot."""
        logs = sorted(self.folder.glob("passed-*"), key=lambda log: int(log.name[7:]))
        return [Counter(log.read_text().split()) for log in logs]

    def left_open(self, begun: str) -> int:
        """Messages that had come so far and were not confirmed when a life ended."""
        return sum(life[begun] - life[fault_points.CONFIRMED] for life in self.lives()[:-1])


@contextmanager
def crash_world(
    prepared: Prepared,
    folder: Path,
    *,
    database_url: str | None = None,
    options: dict[str, str] | None = None,
) -> Iterator[CrashWorld]:
    """A world around a copy of what was prepared."""
    for part in ("config", "data"):
        if (prepared.folder / part).exists():
            shutil.copytree(prepared.folder / part, folder / part)
    clock = folder / "clock"
    institution = open_institution(
        _settings(folder, database_url).model_copy(update={"clock_file": clock})
    )
    actions = free_port()
    words = Words(f"http://127.0.0.1:{actions}/webhook", "actions-token")
    with running(None, clock) as server:
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "SKILLMARK_TELEGRAM_API": server,
            "SKILLMARK_DATA_DIR": str(folder / "data"),
            "SKILLMARK_KEK_FILE": str(folder / "config" / "kek"),
            "SKILLMARK_CLOCK_FILE": str(clock),
            "SKILLMARK_INSTITUTION_NAME": "Example College",
            "SKILLMARK_ADVISOR_HOURS": "24/7",
            "SKILLMARK_WEB_PORT": str(free_port()),
            "SKILLMARK_ACTIONS_PORT": str(actions),
            "SKILLMARK_ACTIONS_TOKEN": "actions-token",
            "SKILLMARK_RASA_URL": words.url,
            "SKILLMARK_RASA_TIMEOUT_SECONDS": str(ANSWER_SECONDS),
            **({"SKILLMARK_DATABASE_URL": database_url} if database_url else {}),
            **(options or {}),
        }
        world = CrashWorld(
            folder, server, words, institution, environment, list(prepared.submissions)
        )
        try:
            yield world
        finally:
            if world.bot is not None:
                world.bot.stop()
            for phone in world.phones.values():
                phone.close()
            words.shutdown()
            words.server_close()
            institution.engine.dispose()


def badges_of(world: CrashWorld) -> list[tuple[str, int]]:
    """Submission and status index of every badge."""
    with world.institution.read() as work:
        rows = work.session.scalars(select(IssuedBadgeRow))
        return [(row.submission_id or "", row.status_index) for row in rows]
