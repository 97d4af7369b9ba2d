"""One command for the whole product: its processes under a supervisor that restarts them.

`skillmark up` runs bot, Rasa and an announcer; `skillmark up --demo` adds the playground. The
words' environment and model are made while the bot already answers with buttons.
"""

import os
import shutil
import sys
from collections.abc import Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.listening import listen
from bot.secret_files import actions_token, channel_token, ticket_key
from bot.settings import Settings
from credentials.errors import SetupError

ROOT = Path(__file__).resolve().parent.parent
PLAYGROUND_PORT = 8081
BOT_FIRST_SECONDS = 5
STARTING = '{"event": "starting"}\n'
DEMO_TOKEN = "4200000001:AAplayground-only-not-a-real-bot-00"  # noqa: S105  # known to the playground only


@dataclass(frozen=True)
class Program:
    """A supervised process. `talks`: its output goes to the terminal instead of a log file."""

    name: str
    command: str
    talks: bool = False


def demo_environment(folder: Path, settings: Settings) -> dict[str, str]:
    """What the demo sets for every process; what the user has set wins, save for the data."""
    has_hours = "advisor_hours" in settings.model_fields_set
    return {
        "TELEGRAM_BOT_TOKEN": DEMO_TOKEN,
        "SKILLMARK_TELEGRAM_API": f"http://127.0.0.1:{PLAYGROUND_PORT}",
        "SKILLMARK_DATA_DIR": str(folder / "data"),
        "SKILLMARK_KEK_FILE": str(folder / "config" / "kek"),
        "SKILLMARK_CLOCK_FILE": str(folder / "clock"),
        "SKILLMARK_PUBLIC_URL": f"http://127.0.0.1:{settings.web_port}",
        "SKILLMARK_INSTITUTION_NAME": "Riverside College",
        "SKILLMARK_ADVISOR_HOURS": settings.advisor_hours if has_hours else "24/7",
    }


def up(settings: Settings, *, demo: bool) -> None:
    """Replace this process by the supervisor.

    Raises:
        SetupError: a port is taken, or something else has to be put in order first.
    """
    run_folder = ROOT / "var" / ("demo" if demo else "run")
    if demo:
        _check_ports(settings, demo=True)  # before the last demo's data go
        shutil.rmtree(run_folder, ignore_errors=True)
        os.environ.update(demo_environment(run_folder, settings))  # noqa: TID251  # for our children
        settings = Settings()
    elif settings.telegram_bot_token is None:
        raise SetupError(
            "set TELEGRAM_BOT_TOKEN to the token BotFather gave you (or try `make demo`, which needs none)"
        )
    if not demo:
        _check_ports(settings, demo=False)
    logs = run_folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    config = run_folder / "supervisord.conf"
    known = programs(run_folder, demo=demo)
    for program in known:
        with (logs / f"{program.name}.log").open("a", encoding="utf-8") as log:
            log.write(STARTING)  # what stands before it is about an earlier run
    _write_config(config, known, _child_environment(settings), logs)
    os.execv(  # noqa: S606  # our own interpreter, our own configuration
        sys.executable,
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-s", "-c", str(config)],
    )


def programs(run_folder: Path, *, demo: bool) -> list[Program]:
    """The processes, in the order they start."""
    logs = run_folder / "logs"
    skillmark = f"{sys.executable} -m bot"
    uv = ROOT / ".uv" / "bin" / "uv"
    # Words join later anyway: the bot has the processor to itself first.
    words = f"/bin/sh -c 'sleep {BOT_FIRST_SECONDS}; exec nice make -s -C {ROOT / 'nlu'} UV={uv} install train run'"
    known = [
        Program("bot", f"{skillmark} run --migrate"),
        Program("words", words),
    ]
    if not demo:
        return [
            *known,
            Program("announcer", f"{skillmark} demo announce --logs {logs}", talks=True),
        ]
    clock, story = run_folder / "clock", run_folder / "story"
    playground = (
        f"{skillmark} playground --port {PLAYGROUND_PORT} --story {story} --clock-file {clock}"
    )
    tell = Program("announcer", f"{skillmark} demo tell --story {story} --logs {logs}", talks=True)
    return [Program("playground", playground), *known, tell]


def _check_ports(settings: Settings, *, demo: bool) -> None:
    wanted: list[tuple[str, int, str | None]] = [
        (settings.web_host, settings.web_port, "SKILLMARK_WEB_PORT"),
        (settings.actions_host, settings.actions_port, "SKILLMARK_ACTIONS_PORT"),
        ("127.0.0.1", urlsplit(settings.rasa_url).port or 5005, "SKILLMARK_RASA_URL"),
    ]
    if demo:
        wanted.append(("127.0.0.1", PLAYGROUND_PORT, None))
    for host, port, option in wanted:
        listen(host, port, option).close()


def _child_environment(settings: Settings) -> dict[str, str]:
    """What Rasa needs to know, on top of what this process was given."""
    host, port = settings.actions_host, settings.actions_port
    return {
        "SKILLMARK_RASA_TOKEN": channel_token(settings).get_secret_value(),
        "SKILLMARK_ACTIONS_TOKEN": actions_token(settings).get_secret_value(),
        "SKILLMARK_TICKET_KEY": ticket_key(settings).get_secret_value(),
        "SKILLMARK_ACTIONS_URL": f"http://{host}:{port}/webhook",
        "SKILLMARK_RASA_PORT": str(urlsplit(settings.rasa_url).port or 5005),
        "PYTHONUNBUFFERED": "1",
    }


def _write_config(
    path: Path, known: list[Program], environment: Mapping[str, str], logs: Path
) -> None:
    os.environ.update(environment)  # noqa: TID251  # secrets reach the children without touching a file
    config = ConfigParser(interpolation=None)
    config["supervisord"] = {
        "nodaemon": "true",
        "silent": "true",
        "logfile": str(logs / "supervisor.log"),
        "pidfile": str(path.with_suffix(".pid")),
        "user": "root" if os.getuid() == 0 else "",
    }
    if os.getuid() != 0:
        del config["supervisord"]["user"]
    # One group, or the supervisor would stop the programs one after the other.
    config["group:skillmark"] = {"programs": ",".join(program.name for program in known)}
    for priority, program in enumerate(known):
        out = "/dev/fd/1" if program.talks else str(logs / f"{program.name}.log")
        config[f"program:{program.name}"] = {
            "command": program.command.replace("%", "%%"),
            "directory": str(ROOT),
            "priority": str(priority),
            "autorestart": "unexpected" if program.talks else "true",
            "startsecs": "0" if program.talks else "2",
            "startretries": "20",
            "stopasgroup": "true",
            "killasgroup": "true",
            "stopwaitsecs": "5",
            "stdout_logfile": out,
            "stdout_logfile_maxbytes": "0" if program.talks else "20MB",
            "redirect_stderr": "true",
        }
    with path.open("w", encoding="utf-8") as file:
        config.write(file)
