"""`skillmark doctor`: what is in order, what is not, and what to do about it."""

import asyncio
import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import typer
from rich.console import Console
from rich.table import Table

from bot.commands.output import print_json
from bot.settings import Settings
from credentials.bootstrap import open_institution
from credentials.clock import SystemClock
from credentials.database import describe_database, has_wal_reset_bug
from credentials.dead_letters import Queues, look_at_queues
from credentials.errors import SetupError
from credentials.issuing import check_keys
from credentials.migrations import require_current_schema
from credentials.unit_of_work import Institution

TIMEOUT_SECONDS = 5
CLOCK_MAY_BE_OFF = timedelta(seconds=10)
LEAST_FREE_BYTES = 500 * 2**20
STUCK_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` says what to do when it is not in order."""

    what: str
    is_fine: bool
    says: str
    advice: str = ""


def examine(settings: Settings, *, as_json: bool) -> int:
    """Print the findings; 0 when all is in order, 1 otherwise."""
    looks = (_telegram, _rasa, _database, _kek, _disk)
    findings = [finding for look in looks for finding in look(settings)]
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        _print_table(findings)
    return 0 if all(finding.is_fine for finding in findings) else 1


def _telegram(settings: Settings) -> Iterator[Finding]:
    if settings.telegram_bot_token is None:
        yield Finding("bot token", False, "not set", "set TELEGRAM_BOT_TOKEN; BotFather gives one")
        return
    base = f"{settings.telegram_api}/bot{settings.telegram_bot_token.get_secret_value()}"
    answer = asyncio.run(_get(f"{base}/getMe"))
    if answer.status == 200:
        yield Finding("Telegram", True, f"@{answer.body['result']['username']}")
        yield _clock(answer)
        info = asyncio.run(_get(f"{base}/getWebhookInfo")).body.get("result", {})
        yield _webhook(settings, info)
    elif answer.status in {401, 404}:
        yield Finding("Telegram", False, "does not know the token", "copy it from BotFather again")
    else:
        advice = f"is {settings.telegram_api} reachable from here?"
        says = f"no answer ({answer.status or 'no connection'})"
        yield Finding("Telegram", False, says, advice)


def _clock(answer: "Answer") -> Finding:
    """Ours against Telegram's (RFC 9110 §6.6.1, Date)."""
    if answer.date is None:
        return Finding("clock", True, "nothing to compare it with")
    off = abs(answer.date - answer.at)
    advice = "set the machine's clock by NTP; badges and tickets carry its time"
    return Finding("clock", off <= CLOCK_MAY_BE_OFF, f"{off.total_seconds():.0f} s off", advice)


def _webhook(settings: Settings, info: dict[str, Any]) -> Finding:
    there, ours = str(info.get("url", "")), settings.webhook_url
    waiting = f"{info.get('pending_update_count', 0)} updates waiting"
    if there != ours:
        says = f"set to {there}" if there else "not set"
        advice = (
            "start the bot, which sets it. Does it change back? Then get a new token from BotFather"
        )
        return Finding("webhook", False, says, advice)
    if ours and info.get("last_error_message"):
        advice = (
            "does the reverse proxy forward to SKILLMARK_WEBHOOK_PORT, with a valid certificate?"
        )
        return Finding("webhook", False, f"{info['last_error_message']}, {waiting}", advice)
    return Finding("webhook", True, waiting if ours else f"not used: the bot polls, {waiting}")


def _rasa(settings: Settings) -> Iterator[Finding]:
    answer = asyncio.run(_get(f"{settings.rasa_url}/"))
    advice = "buttons work without it; start it with `make run`, or set SKILLMARK_RASA_URL"
    is_there = answer.status == 200
    yield Finding("Rasa", is_there, "answers" if answer.status else "no connection", advice)


def _database(settings: Settings) -> Iterator[Finding]:
    institution = open_institution(settings)
    try:
        yield _build(institution)
        require_current_schema(institution.engine)
    except SetupError as error:
        yield Finding("schema", False, str(error), "run `skillmark migrate`")
    except Exception as error:  # noqa: BLE001  # whatever the driver says is the finding
        advice = "is SKILLMARK_DATABASE_URL right, and the server running?"
        yield Finding("database", False, type(error).__name__, advice)
    else:
        yield Finding("schema", True, "up to date")
        yield from _rows(institution)
    finally:
        institution.engine.dispose()


def _build(institution: Institution) -> Finding:
    version = describe_database(institution.engine)
    advice = "this SQLite can lose pages (sqlite.org/wal.html#walresetbug): reinstall pysqlite3"
    return Finding("database", not has_wal_reset_bug(version), version, advice)


def _rows(institution: Institution) -> Iterator[Finding]:
    with institution.read() as work:
        try:
            count = check_keys(work)
        except SetupError as error:
            yield Finding("signing keys", False, str(error), "restore the key file from its backup")
        else:
            yield Finding("signing keys", True, f"{count} open" if count else "none yet")
        queues, now = look_at_queues(work.session, now=work.now), work.now
    yield from _queues(queues, now)


def _queues(queues: Queues, now: datetime) -> Iterator[Finding]:
    for what, count, oldest in (
        ("updates", queues.updates_waiting, queues.updates_oldest),
        ("messages", queues.messages_waiting, queues.messages_oldest),
    ):
        age = now - oldest if oldest else timedelta(0)
        says = f"{count} waiting" + (f", the oldest for {_minutes(age)}" if oldest else "")
        advice = "is `skillmark run` running? Its log says what holds it up"
        yield Finding(what, age <= STUCK_AFTER, says, advice)
    if queues.sending_stopped:
        advice = "get the token from BotFather, set TELEGRAM_BOT_TOKEN and start the bot again"
        yield Finding("sending", False, f"stopped: {queues.sending_stopped}", advice)
    yield Finding(
        "dead letters",
        queues.updates_dead == 0 and queues.messages_dead == 0,
        f"{queues.updates_dead} updates, {queues.messages_dead} messages"
        f" ({queues.messages_parked} parked, {queues.messages_uncertain} uncertain)",
        "`skillmark updates dead`, `skillmark messages dead`; then retry or drop them",
    )


def _kek(settings: Settings) -> Iterator[Finding]:
    path = settings.kek_file
    if not path.exists():
        yield Finding("key file", True, "none yet; made with the first signing key")
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        yield Finding("key file", False, f"others can read it ({mode:o})", f"chmod 600 {path}")
    elif path.resolve().is_relative_to(settings.data_dir.resolve()):
        yield Finding(
            "key file", False, "lies in the data folder", "move it; set SKILLMARK_KEK_FILE"
        )
    else:
        yield Finding(
            "key file", os.access(path, os.R_OK), str(path), "make it readable for the bot"
        )


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir if settings.data_dir.exists() else settings.data_dir.anchor
    free = shutil.disk_usage(folder).free
    advice = "make room: without it nothing can be stored, and Telegram keeps updates for a day"
    yield Finding("disk", free >= LEAST_FREE_BYTES, f"{free / 2**30:.1f} GB free", advice)


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; status 0 means that none came. `date` is the server's, `at` ours."""

    status: int
    body: dict[str, Any]
    at: datetime
    date: datetime | None = None


async def _get(url: str) -> Answer:
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    clock = SystemClock()
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            is_json = response.content_type == "application/json"
            body = await response.json() if is_json else {}
            return Answer(response.status, body, clock.now(), _date(response.headers.get("date")))
    except (aiohttp.ClientError, TimeoutError):
        return Answer(0, {}, clock.now())


def _date(header: str | None) -> datetime | None:
    if not header or not re.search(r"GMT$", header):
        return None
    try:
        return parsedate_to_datetime(header).astimezone(UTC)
    except ValueError:
        return None


def _minutes(age: timedelta) -> str:
    return f"{age.total_seconds() / 60:.0f} min"


def _print_table(findings: list[Finding]) -> None:
    table = Table("", "what", "says", "what to do")
    for finding in findings:
        mark = "ok" if finding.is_fine else "[bold]look[/bold]"
        advice = "" if finding.is_fine else finding.advice
        table.add_row(mark, finding.what, finding.says, advice)
    Console().print(table)
    if all(finding.is_fine for finding in findings):
        typer.echo("all in order", err=True)
