"""`skillmark updates …` and `skillmark messages …`: what nobody could handle or deliver."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.output import print_json, print_setup_errors
from credentials.errors import InvalidInputError

if TYPE_CHECKING:
    from credentials.dead_letters import DeadUpdate
    from credentials.inbox import UpdateKey
    from credentials.unit_of_work import Work

updates = typer.Typer(no_args_is_help=True)
messages = typer.Typer(no_args_is_help=True)

Ids = Annotated[list[int] | None, typer.Argument(help="Their numbers, from `dead`.")]
Everything = Annotated[bool, typer.Option("--all", help="All of them.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@updates.command("dead")
@print_setup_errors
def dead_updates(json: Json = False) -> None:
    """List updates that failed three times. Their content is not shown."""
    from credentials.dead_letters import list_dead_updates

    _print(_in_work(lambda work: list_dead_updates(work.session)), as_json=json)


@updates.command("retry")
@print_setup_errors
def retry_updates(ids: Ids = None, everything: Everything = False) -> None:
    """Handle dead updates again, for instance after a new version mended the cause."""
    from credentials.inbox import revive_update

    _each_update(ids, everything, lambda work, key: revive_update(work.session, key))


@updates.command("drop")
@print_setup_errors
def drop_updates(ids: Ids = None, everything: Everything = False) -> None:
    """End dead updates and delete what they held."""
    from credentials.inbox import drop_update

    _each_update(ids, everything, lambda work, key: drop_update(work.session, key))


@messages.command("dead")
@print_setup_errors
def stuck_messages(json: Json = False) -> None:
    """List messages that are dead, parked (the person cannot be reached) or uncertain."""
    from credentials.dead_letters import list_stuck_messages

    _print(_in_work(lambda work: list_stuck_messages(work.session)), as_json=json)


@messages.command("retry")
@print_setup_errors
def retry_messages(ids: Ids = None, everything: Everything = False) -> None:
    """Send them again. One that is uncertain may have arrived already."""
    from credentials.outbox import revive_message

    def retry(work: "Work", number: int) -> None:
        revive_message(work.session, number, now=work.now)

    _each_message(ids, everything, retry)


@messages.command("drop")
@print_setup_errors
def drop_messages(ids: Ids = None, everything: Everything = False) -> None:
    """End them for good."""
    from credentials.outbox import drop_message

    _each_message(ids, everything, lambda work, number: drop_message(work.session, number))


def _each_update(
    ids: Sequence[int] | None, everything: bool, change: "Callable[[Work, UpdateKey], None]"
) -> None:
    from credentials.dead_letters import list_dead_updates

    def run(work: "Work") -> int:
        dead = list_dead_updates(work.session)
        wanted = _chosen([item.update_id for item in dead], ids, everything=everything)
        keys = [_key(dead, number) for number in wanted]
        for key in keys:
            change(work, key)
        return len(keys)

    typer.echo(f"{_in_work(run)} done", err=True)


def _each_message(
    ids: Sequence[int] | None, everything: bool, change: "Callable[[Work, int], None]"
) -> None:
    from credentials.dead_letters import list_stuck_messages

    def run(work: "Work") -> int:
        stuck = [item.message_id for item in list_stuck_messages(work.session)]
        wanted = _chosen(stuck, ids, everything=everything)
        for number in wanted:
            change(work, number)
        return len(wanted)

    typer.echo(f"{_in_work(run)} done", err=True)


def _chosen(there: list[int], ids: Sequence[int] | None, *, everything: bool) -> list[int]:
    if everything == bool(ids):
        raise InvalidInputError("give numbers, or --all")
    return there if everything else list(ids or ())


def _key(dead: "list[DeadUpdate]", number: int) -> "UpdateKey":
    from credentials.inbox import UpdateKey

    bot_id = next((item.bot_id for item in dead if item.update_id == number), 0)
    return UpdateKey(bot_id, number)


def _in_work(use_case: "Callable[[Work], Any]") -> Any:
    from bot.settings import Settings
    from credentials.bootstrap import open_institution

    institution = open_institution(Settings())
    try:
        with institution.begin() as work:
            return use_case(work)
    finally:
        institution.engine.dispose()


def _print(items: Sequence[Any], *, as_json: bool) -> None:
    if as_json:
        plain = [asdict(item) for item in items]
        print_json([{k: str(v) if k.endswith("_at") else v for k, v in i.items()} for i in plain])
        return
    if not items:
        typer.echo("none", err=True)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*(field.name for field in fields(items[0])))
    for item in items:
        table.add_row(*("" if v is None else str(v) for v in asdict(item).values()))
    Console().print(table)
