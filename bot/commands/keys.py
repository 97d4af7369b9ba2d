"""`skillmark keys`."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.output import print_json, print_setup_errors

if TYPE_CHECKING:
    from credentials.issuing import IssuerKey
    from credentials.unit_of_work import Institution

app = typer.Typer(no_args_is_help=True)


class Kind(StrEnum):
    """Kinds of keys by the names they have in the domain."""

    ED25519 = "ed25519"
    P256 = "p256"


OfKind = Annotated[
    Kind, typer.Option(help="ed25519 signs embedded proofs, p256 signs tokens (JWT).")
]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def keys() -> None:
    """The keys that sign badges. Private halves never leave the database unsealed."""


@app.command()
@print_setup_errors
def create(json: AsJson = False) -> None:
    """Make a key of each kind that has none yet."""
    from credentials.issuing import ensure_keys

    with opened() as institution, institution.begin() as work:
        _print(ensure_keys(work), as_json=json)


@app.command(name="list")
@print_setup_errors
def list_all(json: AsJson = False) -> None:
    """Show every key, the newest first."""
    from credentials.issuing import list_keys

    with opened() as institution, institution.read() as work:
        _print(list_keys(work), as_json=json)


@app.command()
@print_setup_errors
def rotate(kind: OfKind = Kind.ED25519, json: AsJson = False) -> None:
    """Make a new key and retire the one in use; badges it signed stay valid."""
    from credentials.issuing import KeyKind, create_key

    with opened() as institution, institution.begin() as work:
        _print([create_key(work, kind=KeyKind(kind))], as_json=json)


@app.command()
@print_setup_errors
def export_public() -> None:
    """Print did.json: every key that verifiers need, the retired ones included."""
    from credentials.issuing import ensure_keys, read_did_document

    with opened() as institution, institution.begin() as work:
        ensure_keys(work)
        print_json(dict(read_did_document(work)))


@contextmanager
def opened() -> "Iterator[Institution]":
    """The institution of the settings, with its schema in order."""
    from bot.settings import Settings
    from credentials.bootstrap import open_institution
    from credentials.migrations import require_current_schema

    institution = open_institution(Settings())
    try:
        require_current_schema(institution.engine)
        yield institution
    finally:
        institution.engine.dispose()


def _print(found: "list[IssuerKey]", *, as_json: bool) -> None:
    if as_json:
        print_json([_plain(key) for key in found])
        return
    for key in found:
        typer.echo(f"{key.kind.value:8} {key.state.value:12} {key.verification_method}")


def _plain(key: "IssuerKey") -> dict[str, Any]:
    return {
        "id": key.verification_method,
        "kind": key.kind.value,
        "state": key.state.value,
        "created": key.created_at.isoformat(),
        "retired": key.retired_at.isoformat() if key.retired_at else None,
    }
