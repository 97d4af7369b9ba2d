"""The whole product as the processes people run: playground, bot, Rasa with the trained model."""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.actions_line import ActionsLine
from tests.worlds import ROOT, TOKEN, Phone, Process, free_port, python

MODEL = ROOT / "nlu" / "models" / "skillmark.tar.gz"
RASA = ROOT / "nlu" / ".venv" / "bin" / "rasa"


@dataclass
class World:
    """Addresses and processes; phones are made as needed."""

    folder: Path
    environment: dict[str, str]
    playground: Process
    bot: Process
    words: Process
    line: ActionsLine
    server: str
    web: str
    phones: dict[int, Phone] = field(default_factory=dict)

    def phone(self, user: int, name: str) -> Phone:
        if user not in self.phones:
            self.phones[user] = Phone(self.server, user, name)
        phone = self.phones[user]
        assert phone.name == name, f"{user} is {phone.name}'s phone, not {name}'s"
        return phone

    def skillmark(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a verb of the command line beside the running product."""
        return subprocess.run(
            python("bot", *arguments),
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def advisor(self, user: int, name: str) -> Phone:
        """Somebody who followed the link of `staff invite`."""
        made = self.skillmark("staff", "invite", "--role", "advisor", "--json")
        assert made.returncode == 0, made.stderr
        phone = self.phone(user, name)
        phone.say("/start " + json.loads(made.stdout)["link"].partition("start=")[2])
        phone.tap("Yes, accept")
        phone.wait("you are now an advisor")
        return phone

    def advance(self, seconds: float) -> None:
        phone = next(iter(self.phones.values()))
        phone.post("clock", {"advance": seconds})

    def log(self) -> str:
        return self.bot.log.read_text()

    def ends_of_logs(self) -> str:
        """What each process said last, for whoever looks into a failure."""
        logs = [process.log for process in (self.playground, self.bot, self.words)]
        return "\n".join(f"{log.name}:\n{log.read_text()[-3000:]}" for log in logs if log.exists())


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    require_model()
    with whole_world(tmp_path_factory.mktemp("world")) as made:
        yield made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure tells what the processes of its world said last."""
    report = yield
    made = getattr(item, "funcargs", {}).get("world")
    if report.failed and isinstance(made, World):
        report.sections.append(("the world's logs", made.ends_of_logs()))
    return report


def require_model() -> None:
    """Skip what needs the trained model where there is none; in CI that fails."""
    if not (MODEL.exists() and RASA.exists()):
        if os.environ.get("CI") == "true":
            pytest.fail("the model is not trained: make train")
        pytest.skip("the model is not trained: make train")


@contextmanager
def whole_world(folder: Path, **settings: str) -> Iterator[World]:
    """Everything running, until it is left; the trained model has to be there.

    `settings` are variables of the environment beside, or instead of, the usual ones.
    """
    ports = {name: free_port() for name in ("playground", "web", "actions", "rasa")}
    line = ActionsLine(f"http://127.0.0.1:{ports['actions']}")
    environment = _environment(folder, ports) | settings
    environment["SKILLMARK_ACTIONS_URL"] = f"{line.url}/webhook"
    playground = Process(
        python("bot", "playground", "--port", str(ports["playground"]), "--clock-file",
               environment["SKILLMARK_CLOCK_FILE"]),
        environment, folder / "playground.log",
    )  # fmt: skip
    bot = Process(python("bot", "run"), environment, folder / "bot.log")
    words = Process(_rasa(folder, ports["rasa"]), environment, folder / "rasa.log")
    made = World(
        folder, environment, playground, bot, words, line,
        server=f"http://127.0.0.1:{ports['playground']}", web=environment["SKILLMARK_PUBLIC_URL"],
    )  # fmt: skip
    try:
        words.start()
        playground.start()
        playground.wait_for(f"{made.server}/sim/state")
        migrated = made.skillmark("migrate")
        assert migrated.returncode == 0, migrated.stderr
        bot.start()
        bot.wait_for(f"{made.web}/readyz")
        words.wait_for(f"http://127.0.0.1:{ports['rasa']}/webhooks/skillmark/")
        yield made
    finally:
        for phone in made.phones.values():
            phone.close()
        for process in (words, bot, playground):
            process.stop()
        line.close()


def _environment(folder: Path, ports: dict[str, int]) -> dict[str, str]:
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "SKILLMARK_TELEGRAM_API": f"http://127.0.0.1:{ports['playground']}",
        "SKILLMARK_DATA_DIR": str(folder / "data"),
        "SKILLMARK_KEK_FILE": str(folder / "config" / "kek"),
        "SKILLMARK_CLOCK_FILE": str(folder / "clock"),
        "SKILLMARK_PUBLIC_URL": f"http://127.0.0.1:{ports['web']}",
        "SKILLMARK_WEB_PORT": str(ports["web"]),
        "SKILLMARK_ACTIONS_PORT": str(ports["actions"]),
        "SKILLMARK_RASA_URL": f"http://127.0.0.1:{ports['rasa']}",
        "SKILLMARK_RASA_PORT": str(ports["rasa"]),
        "SKILLMARK_RASA_TIMEOUT_SECONDS": "30",  # a busy machine is no outage
        "SKILLMARK_RASA_TOKEN": secrets.token_hex(16),
        "SKILLMARK_ACTIONS_TOKEN": secrets.token_hex(16),
        "SKILLMARK_TICKET_KEY": secrets.token_hex(16),
        "SKILLMARK_INSTITUTION_NAME": "Example College",
        "SKILLMARK_ADVISOR_HOURS": "24/7",
    }


def _rasa(folder: Path, port: int) -> list[str]:
    uv = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    return ["make", "-s", "-C", str(ROOT / "nlu"), f"UV={uv}", f"PORT={port}", "run"]
