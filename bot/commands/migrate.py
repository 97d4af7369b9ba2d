"""`skillmark migrate`."""

import typer

from bot.settings import Settings
from credentials.bootstrap import open_institution
from credentials.catalogue import is_empty, load_starter
from credentials.migrations import latest_revision, migrate


def migrate_database(settings: Settings, revision: str) -> None:
    """Bring the schema to the revision; fill an empty catalogue with the starter one."""
    institution = open_institution(settings)
    migrate(institution.engine, revision)
    typer.echo(f"schema at {revision} ({latest_revision()})", err=True)
    if revision not in {"head", latest_revision()}:
        return
    with institution.begin() as work:
        if is_empty(work):
            typer.echo(f"starter catalogue: {load_starter(work)}", err=True)
