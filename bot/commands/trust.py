"""`skillmark trust`: the lists of known issuers."""

from typing import Annotated

import typer

from bot.commands.output import print_json, print_setup_errors
from credentials.verification.trust import RegistryError, TrustRegistry

app = typer.Typer(no_args_is_help=True, add_completion=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
@print_setup_errors
def list_(json: Json = False) -> None:
    """Whose badges are trusted, and how old the list is."""
    from bot.settings import Settings
    from credentials.enquiries.registries import Registries

    _print(Registries(Settings()).current(), json)


@app.command()
@print_setup_errors
def refresh(json: Json = False) -> None:
    """Ask for the list at SKILLMARK_TRUST_URL anew."""
    from bot.settings import Settings
    from credentials.enquiries.registries import Registries
    from credentials.errors import InvalidInputError
    from credentials.verification.fetching import GuardedFetcher
    from credentials.verification.resolution import LookupFailedError

    registries = Registries(Settings())
    try:
        if registries.refresh(GuardedFetcher()) is None:
            raise InvalidInputError("SKILLMARK_TRUST_URL is not set")
    except (LookupFailedError, RegistryError) as error:
        raise InvalidInputError(f"no new list was had ({error}); the last one stays") from error
    _print(registries.current(), json)


def _print(known: TrustRegistry, json: bool) -> None:
    entries = [
        {"did": did, "name": name, "withdrawn": did in known.withdrawn}
        for did, name in known.issuers.items()
    ]
    as_of = known.as_of.isoformat() if known.as_of else None
    if json:
        print_json({"as_of": as_of, "issuers": entries})
        return
    for entry in entries:
        mark = " (withdrawn)" if entry["withdrawn"] else ""
        typer.echo(f"{entry['did']}\t{entry['name']}{mark}")
    typer.echo(f"as of {as_of}" if as_of else "there is no list beside ourselves", err=True)
