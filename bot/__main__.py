"""`skillmark`: the command line. Every verb works with no setting set."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import badges, catalogue, demo, keys, letters, pathways, reminders, staff, trust
from bot.commands.output import print_setup_errors

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A conversational advisor for micro-credentials that issues signed badges.",
)
app.add_typer(badges.app, name="badges", help="Issue, revoke, suspend, reinstate badges.")
app.add_typer(catalogue.app, name="catalogue", help="What can be earned, and what jobs need.")
app.add_typer(demo.app, name="demo", help="What `make demo` needs beside the product.")
app.add_typer(keys.app, name="keys", help="The keys that sign badges.")
app.add_typer(pathways.app, name="pathways", help="Plan a way to an occupation.")
app.add_typer(reminders.app, name="reminders", help="Look at when reminders would come.")
app.add_typer(letters.updates, name="updates", help="Updates nobody could handle.")
app.add_typer(letters.messages, name="messages", help="Messages nobody could deliver.")
app.add_typer(trust.app, name="trust", help="Whose badges are trusted.")
app.add_typer(staff.app, name="staff", help="Invite advisors and admins; take a role away.")


@app.command()
@print_setup_errors
def run(
    migrate: Annotated[
        bool, typer.Option("--migrate", help="Bring the database up to date first.")
    ] = False,
) -> None:
    """Run the bot, the web pages, the actions and the clock."""
    from bot.logs import configure_logging
    from bot.process import run as serve
    from bot.settings import Settings

    settings = Settings()
    configure_logging(settings)
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(serve(settings, migrate_first=migrate))


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's, where there is one: less than half the CPU of asyncio's own."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


@app.command()
@print_setup_errors
def up(
    demo: Annotated[bool, typer.Option("--demo", help="With the playground and a story.")] = False,
) -> None:
    """Run everything under a supervisor: bot, Rasa and, with --demo, the playground."""
    from bot.settings import Settings
    from bot.supervision import up as start

    start(Settings(), demo=demo)


@app.command()
@print_setup_errors
def migrate(
    revision: Annotated[str, typer.Argument(help="Where to; `head` is the newest.")] = "head",
) -> None:
    """Make or change the tables, and load the starter catalogue when there is none."""
    from bot.commands.migrate import migrate_database
    from bot.settings import Settings

    migrate_database(Settings(), revision)


@app.command()
@print_setup_errors
def web(port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None) -> None:
    """Serve the web pages alone, without bot or Rasa."""
    from bot.commands.serve import serve_web
    from bot.settings import Settings

    serve_web(Settings(), port)


@app.command()
@print_setup_errors
def actions() -> None:
    """Serve Rasa's actions alone."""
    from bot.commands.serve import serve_actions
    from bot.settings import Settings

    serve_actions(Settings())


@app.command()
@print_setup_errors
def playground(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8081,
    story: Annotated[str | None, typer.Option(help="Folder of a story.json.")] = None,
    clock_file: Annotated[
        str | None, typer.Option(help="File to write the clock's shift to.")
    ] = None,
) -> None:
    """Serve a Bot API and a page with three phones on this machine only."""
    from bot.commands.playground import serve_playground

    serve_playground(port, story, clock_file)


@app.command()
@print_setup_errors
def backup(
    file: Annotated[Path, typer.Argument(help="The file to make; it must not exist.")],
) -> None:
    """Copy the whole institution, without the key file, into one SQLite file."""
    from bot.commands.backup import back_up
    from bot.settings import Settings

    back_up(Settings(), file)


@app.command()
@print_setup_errors
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    drill: Annotated[
        bool, typer.Option("--drill", help="Into a folder that goes away: is it all there?")
    ] = False,
) -> None:
    """Fill the empty database from a backup, and verify every published badge."""
    from bot.commands import backup as copying
    from bot.settings import Settings

    (copying.drill if drill else copying.restore)(Settings(), file)


@app.command()
@print_setup_errors
def move(
    to: Annotated[str, typer.Option(help="SQLAlchemy URL of the empty database to move to.")],
) -> None:
    """Move the institution into another database, such as from SQLite to PostgreSQL."""
    from bot.commands.backup import move as move_to
    from bot.settings import Settings

    move_to(Settings(), to)


@app.command()
@print_setup_errors
def verify(
    source: Annotated[str, typer.Argument(help="A file, `-` for standard input, a URL or a code.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    recipient: Annotated[
        str | None, typer.Option(help="The candidate's e-mail address, to compare with the badge.")
    ] = None,
    trust_file: Annotated[
        Path | None, typer.Option("--trust", help="A JSON file of issuers to trust for this once.")
    ] = None,
) -> None:
    """Judge a badge. Exit: 0 valid, 1 invalid, 3 could not check, 4 issuer unknown."""
    from bot.commands.verify import verify as judge

    raise typer.Exit(judge(source, json, recipient=recipient, trust=trust_file))


@app.command()
@print_setup_errors
def doctor(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Look for what is not in order, and say what to do about it."""
    from bot.commands.doctor import examine
    from bot.settings import Settings

    raise typer.Exit(examine(Settings(), as_json=json))


if __name__ == "__main__":
    sys.exit(app())
