"""`skillmark badges`."""

from enum import StrEnum
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.keys import opened
from bot.commands.output import print_json, print_setup_errors

if TYPE_CHECKING:
    from credentials.issuing import IssuedBadge
    from credentials.unit_of_work import Work

app = typer.Typer(no_args_is_help=True)


class Form(StrEnum):
    """Forms of one and the same badge."""

    JSON = "json"
    JWT = "jwt"
    PNG = "png"
    SVG = "svg"


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The credential's uuid, address or code.")]
Reason = Annotated[str, typer.Option(help="Why; the holder reads it, verifiers do not.")]


@app.callback()
def badges() -> None:
    """Issue, revoke, suspend, reinstate badges."""


@app.command()
@print_setup_errors
def issue(
    achievement: Annotated[str, typer.Option(metavar="CODE", help="Code of the credential.")],
    recipients: Annotated[
        Path, typer.Option(metavar="FILE.csv", help="Columns name,email; no e-mail is signed.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the credentials.")],
    form: Annotated[Form, typer.Option(help="What the files are.")] = Form.JSON,
    json: AsJson = False,
) -> None:
    """Issue a badge to everybody on a list.

    The list is checked whole before. When the command is stopped, run it again with the same list
    and folder: nobody gets a second badge.
    """
    from bot.commands.bulk import Order, issue_all, progress
    from bot.commands.recipients import read_recipients

    order = Order(achievement=achievement, people=read_recipients(recipients), out=out, form=form)
    with opened() as institution, progress(len(order.people.names)) as advance:
        mark = "["
        for badge, file in issue_all(institution, order):
            if json:
                entry = {"id": badge.url, "code": badge.code, "file": str(file)}
                typer.echo(f"{mark}{dumps(entry, ensure_ascii=False)}")
                mark = ","
            else:
                typer.echo(f"{badge.code}  {file}")
            advance()
    if json:
        typer.echo("]")


@app.command()
@print_setup_errors
def revoke(badge: Id, reason: Reason, json: AsJson = False) -> None:
    """Withdraw a badge for good."""
    from credentials.issuing import revoke_badge

    with opened() as institution, institution.begin() as work:
        found = revoke_badge(work, credential_id=_credential_id(work, badge), reason=reason)
        _print(found, as_json=json)


@app.command()
@print_setup_errors
def suspend(badge: Id, reason: Reason, json: AsJson = False) -> None:
    """Put a badge on hold."""
    from credentials.issuing import suspend_badge

    with opened() as institution, institution.begin() as work:
        found = suspend_badge(work, credential_id=_credential_id(work, badge), reason=reason)
        _print(found, as_json=json)


@app.command()
@print_setup_errors
def reinstate(badge: Id, reason: Reason, json: AsJson = False) -> None:
    """Let a badge that was on hold stand again."""
    from credentials.issuing import reinstate_badge

    with opened() as institution, institution.begin() as work:
        found = reinstate_badge(work, credential_id=_credential_id(work, badge), reason=reason)
        _print(found, as_json=json)


@app.command()
@print_setup_errors
def reissue(
    reason: Reason,
    badge: Annotated[str, typer.Argument(metavar="[ID]", help="As above; or --key.")] = "",
    key: Annotated[
        str, typer.Option(help="Every badge that this key signed, such as a compromised one.")
    ] = "",
    json: AsJson = False,
) -> None:
    """Sign a newer copy of a badge, with the name the learner has now; older copies fail.

    The badge keeps its id and its code. With --key it can be stopped and run again.
    """
    from credentials.errors import InvalidInputError
    from credentials.issuing import list_signed_by, reissue_badge

    if bool(badge) is bool(key):
        raise InvalidInputError("say which: ID, or --key KEY")
    with opened() as institution:
        with institution.read() as work:
            ids = (
                list_signed_by(work, key_id=key.rpartition("#")[2])
                if key
                else [_credential_id(work, badge)]
            )
        for credential_id in ids:
            with institution.begin() as work:
                found = reissue_badge(work, credential_id=credential_id, reason=reason)
            _print(found, as_json=json)


def _credential_id(work: "Work", text: str) -> str:
    """The uuid, whichever way the badge was named."""
    from credentials.issuing import find_badge_by_code

    found = find_badge_by_code(work, code=text)
    return found.credential_id if found else text


def _print(badge: "IssuedBadge", *, as_json: bool) -> None:
    if as_json:
        print_json({"id": badge.url, "code": badge.code, "state": badge.state.value})
        return
    typer.echo(f"{badge.code}  {badge.state.value}  {badge.url}")
