"""`skillmark backup`, `restore`, `drill` and `move`: a whole institution, copied and compared."""

import os
import tempfile
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from bot.verifier import BadgeDesk
from credentials.audit import find_break
from credentials.bootstrap import open_institution
from credentials.copying import (
    TableCopy,
    copy_institution,
    engine_of,
    newest_schema,
    require_idle,
    sqlite_file,
)
from credentials.errors import SetupError
from credentials.issuing import BadgeState, published_badges
from credentials.unit_of_work import Institution

EXPECTED = {
    BadgeState.VALID: "valid",
    BadgeState.SUSPENDED: "invalid",
    BadgeState.REVOKED: "invalid",
}


def back_up(settings: Settings, file: Path) -> None:
    """Copy everything but the key file into one SQLite file, mode 0600.

    Raises:
        SetupError: the file exists, or the copy is not the same.
    """
    if file.exists():
        raise SetupError(f"{file} exists; a backup never overwrites")
    partial = file.with_name(f".{file.name}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL, 0o600))
    with engine_of(settings.resolved_database_url) as source, sqlite_file(partial) as target:
        _report(copy_institution(source, target))
    partial.rename(file)
    typer.echo(f"{file}: keep it apart from the key file {settings.kek_file}", err=True)


def restore(settings: Settings, file: Path) -> None:
    """Fill the empty database of the settings from a backup, and look at every badge.

    Raises:
        SetupError: the database is not empty, or something is not as it was.
    """
    institution = open_institution(settings)
    try:
        with newest_schema(file) as source:
            _report(copy_institution(source, institution.engine))
        _examine(institution)
    finally:
        institution.engine.dispose()


def drill(settings: Settings, file: Path) -> None:
    """Restore into a folder that goes away, and look at every badge."""
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = settings.model_copy(update={"data_dir": Path(folder), "database_url": None})
        restore(elsewhere, file)


def move(settings: Settings, url: str) -> None:
    """Copy everything into another, empty database while no bot runs.

    Raises:
        SetupError: a bot is at work, the target is not empty, or the copy is not the same.
    """
    with engine_of(settings.resolved_database_url) as source:
        require_idle(source)
        elsewhere = settings.model_copy(update={"database_url": url})
        institution = open_institution(elsewhere)
        try:
            _report(copy_institution(source, institution.engine))
            _examine(institution)
        finally:
            institution.engine.dispose()
    typer.echo("now set SKILLMARK_DATABASE_URL to the new database and start the bot", err=True)


def _examine(institution: Institution) -> None:
    """Judge every published badge, and follow the audit record from its beginning.

    Raises:
        SetupError: one is not what it should be; names it.
    """
    desk = BadgeDesk(institution)
    with institution.read() as work:
        broken = find_break(work.session)
        badges = published_badges(work)
        now = work.now
    if broken is not None:
        raise SetupError(f"the audit record is broken at event {broken}")
    for badge in badges:
        wanted = "invalid" if badge.is_expired(now) else EXPECTED[badge.state]
        found = desk.judge_text_now(badge.credential).verdict.verdict.value
        if found != wanted:
            raise SetupError(f"badge {badge.badge_id} is {found}, not {wanted}")
    typer.echo(f"{len(badges)} badges verified, audit record whole", err=True)


def _report(copies: list[TableCopy]) -> None:
    table = Table("table", "rows", "copied", "same")
    for copy in copies:
        table.add_row(copy.table, str(copy.rows), str(copy.copied), "yes" if copy.is_same else "NO")
    Console().print(table)
    different = [copy.table for copy in copies if not copy.is_same]
    if different:
        raise SetupError(f"not the same: {', '.join(different)}")
