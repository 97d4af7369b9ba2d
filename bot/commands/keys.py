"""`skillmark keys`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
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

Name = Annotated[
    str, typer.Argument(metavar="KEY", help="The key's name or its beginning, as `keys list` says.")
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
def retire(key: Name, json: AsJson = False) -> None:
    """Let the key in use sign no more; a new one takes its place, badges it signed stay valid."""
    from credentials.issuing import retire_key

    with opened() as institution, institution.begin() as work:
        _print([retire_key(work, name=key)], as_json=json)


@app.command()
@print_setup_errors
def compromise(key: Name, json: AsJson = False) -> None:
    """Burn a key that others may have: nothing it signed verifies any more."""
    from credentials.issuing import compromise_key, list_signed_by

    with opened() as institution, institution.begin() as work:
        burnt = compromise_key(work, name=key)
        badges = len(list_signed_by(work, key_id=burnt.key_id))
        _print([burnt], as_json=json)
    if badges:
        typer.echo(
            f"skillmark: {badges} badges no longer verify. Issue them anew:"
            f" skillmark badges reissue --key {burnt.key_id} --reason …",
            err=True,
        )


@app.command()
@print_setup_errors
def rewrap(
    to_file: Annotated[
        Path | None, typer.Option(help="File of the new key, made when it is not there.")
    ] = None,
    to_passphrase: Annotated[
        bool, typer.Option("--to-passphrase", help="Ask for a passphrase (or read one line).")
    ] = False,
) -> None:
    """Seal the signing keys with another key-encryption key; the signing keys stay the same."""
    from credentials.errors import InvalidInputError
    from credentials.issuing import rewrap_keys
    from credentials.sealing import file_kek, passphrase_kek

    if (to_file is None) is not to_passphrase:
        raise InvalidInputError("say where to: --to-file PATH or --to-passphrase")
    with opened() as institution, institution.begin() as work:
        if to_file is not None:
            new_kek = file_kek(to_file, work.settings.data_dir, may_create=True)
            setting = f"SKILLMARK_KEK_FILE={to_file}"
        else:
            new_kek = passphrase_kek(_new_passphrase(), work.settings.issuer_did)
            setting = "SKILLMARK_KEK_PASSPHRASE"
        number = rewrap_keys(work, new_kek=new_kek)
    typer.echo(f"{number} keys are sealed anew. From now on set {setting}.")


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


def _new_passphrase() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("New passphrase", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


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
