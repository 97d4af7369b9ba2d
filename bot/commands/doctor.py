"""`skillmark doctor`: what is in order, what is not, and what to do about it."""

import asyncio
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import aiohttp
import typer
from rich.console import Console
from rich.table import Table

from bot.commands.output import print_json
from bot.settings import Settings
from credentials.bootstrap import open_institution
from credentials.database import describe_database
from credentials.errors import SetupError
from credentials.migrations import require_current_schema

TIMEOUT_SECONDS = 5


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` says what to do when it is not in order."""

    what: str
    is_fine: bool
    says: str
    advice: str = ""


def examine(settings: Settings, *, as_json: bool) -> int:
    """Print the findings; 0 when all is in order, 1 otherwise."""
    findings = [finding for look in (_token, _rasa, _database, _kek) for finding in look(settings)]
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        _print_table(findings)
    return 0 if all(finding.is_fine for finding in findings) else 1


def _token(settings: Settings) -> Iterator[Finding]:
    if settings.telegram_bot_token is None:
        yield Finding("bot token", False, "not set", "set TELEGRAM_BOT_TOKEN; BotFather gives one")
        return
    url = f"{settings.telegram_api}/bot{settings.telegram_bot_token.get_secret_value()}/getMe"
    status, answer = asyncio.run(_get_json(url))
    if status == 200:
        yield Finding("Telegram", True, f"@{answer['result']['username']}")
    elif status in {401, 404}:
        yield Finding("Telegram", False, "does not know the token", "copy it from BotFather again")
    else:
        advice = f"is {settings.telegram_api} reachable from here?"
        yield Finding("Telegram", False, f"no answer ({status or 'no connection'})", advice)


def _rasa(settings: Settings) -> Iterator[Finding]:
    status, _ = asyncio.run(_get_json(f"{settings.rasa_url}/"))
    advice = "buttons work without it; start it with `make run`, or set SKILLMARK_RASA_URL"
    yield Finding("Rasa", status == 200, "answers" if status else "no connection", advice)


def _database(settings: Settings) -> Iterator[Finding]:
    institution = open_institution(settings)
    try:
        yield Finding("database", True, describe_database(institution.engine))
        require_current_schema(institution.engine)
    except SetupError as error:
        yield Finding("schema", False, str(error), "run `skillmark migrate`")
    except Exception as error:  # noqa: BLE001  # whatever the driver says is the finding
        advice = "is SKILLMARK_DATABASE_URL right, and the server running?"
        yield Finding("database", False, type(error).__name__, advice)
    else:
        yield Finding("schema", True, "up to date")
    finally:
        institution.engine.dispose()


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


async def _get_json(url: str) -> tuple[int, dict[str, dict[str, str]]]:
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            is_json = response.content_type == "application/json"
            return response.status, await response.json() if is_json else {}
    except (aiohttp.ClientError, TimeoutError):
        return 0, {}


def _print_table(findings: list[Finding]) -> None:
    table = Table("", "what", "says", "what to do")
    for finding in findings:
        mark = "ok" if finding.is_fine else "[bold]look[/bold]"
        advice = "" if finding.is_fine else finding.advice
        table.add_row(mark, finding.what, finding.says, advice)
    Console().print(table)
    if all(finding.is_fine for finding in findings):
        typer.echo("all in order", err=True)
