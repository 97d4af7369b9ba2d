"""`skillmark reminders`."""

from itertools import islice
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.output import print_json, print_setup_errors

app = typer.Typer(no_args_is_help=True)

COUNT = 20


@app.callback()
def reminders() -> None:
    """Look at when reminders would come."""


@app.command()
@print_setup_errors
def preview(
    rule: Annotated[str, typer.Option(help='Such as "every Tuesday at 19:00" or FREQ=WEEKLY;….')],
    zone: Annotated[str, typer.Option(help="IANA time zone, such as Europe/Lisbon.")] = "UTC",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the next 20 instants of a rule, as ISO 8601 with the zone's offset."""
    from bot.settings import Settings
    from credentials.bootstrap import open_clock
    from credentials.errors import InvalidInputError
    from credentials.reminders import instants, parse_rule

    try:
        info = ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInputError(f"no time zone {zone!r}") from error
    now = open_clock(Settings()).now()
    parsed = parse_rule(rule, now=now.astimezone(info).replace(tzinfo=None))
    found = [instant.astimezone(info) for instant in islice(instants(parsed, info, now), COUNT)]
    if json:
        print_json([instant.isoformat() for instant in found])
        return
    typer.echo(f"{parsed.text} at {parsed.at:%H:%M}, {zone}", err=True)
    for instant in found:
        typer.echo(f"{instant:%a %d %B %Y %H:%M %Z}")
