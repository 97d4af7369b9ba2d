"""`skillmark demo`: the voices beside the product: who says what is ready, who tells the story."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.output import print_setup_errors

Logs = Annotated[
    Path | None, typer.Option(help="Folder of the logs, to say why something does not start.")
]

app = typer.Typer(no_args_is_help=True)


@app.command()
@print_setup_errors
def announce(logs: Logs = None) -> None:
    """Say on the terminal what is ready."""
    from bot.demo.announcing import announce as say
    from bot.settings import Settings

    asyncio.run(say(Settings(), logs))


@app.command()
@print_setup_errors
def tell(
    story: Annotated[Path, typer.Option(help="The playground's story folder.")], logs: Logs = None
) -> None:
    """Fill the demo with people and badges, and keep the playground's page up to date."""
    from bot.demo.telling import tell as say
    from bot.settings import Settings

    asyncio.run(say(Settings(), story, logs))
