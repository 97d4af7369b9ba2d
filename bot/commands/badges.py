"""`skillmark badges`."""

import csv
from enum import StrEnum
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
    """Issue a badge to everybody on a list, all of them or none."""
    from credentials.issuing import award_badge

    names = read_recipients(recipients)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    with opened() as institution, institution.begin() as work:
        for name in names:
            badge = award_badge(work, achievement_code=achievement, holder_name=name)
            file = out / f"{badge.credential_id}.{form}"
            file.write_bytes(_content(work, badge, form))
            written.append({"id": badge.url, "code": badge.code, "file": str(file)})
    if json:
        print_json(written)
        return
    for line in written:
        typer.echo(f"{line['code']}  {line['file']}")


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
def reissue(badge: Id, reason: Reason, json: AsJson = False) -> None:
    """Revoke a badge and issue it anew, with the name the learner has now."""
    from credentials.issuing import reissue_badge

    with opened() as institution, institution.begin() as work:
        found = reissue_badge(work, credential_id=_credential_id(work, badge), reason=reason)
        _print(found, as_json=json)


def read_recipients(path: Path) -> list[str]:
    """The names of a CSV file with a column `name`; other columns are not even kept.

    Raises:
        SetupError: the file cannot be read, or a line has no name.
    """
    from credentials.errors import SetupError

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = [str(row["name"] or "").strip() for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SetupError(f"{path} cannot be read as CSV (UTF-8)") from error
    except KeyError as error:
        raise SetupError(f"{path} needs a first line with a column called name") from error
    empty = [str(place) for place, name in enumerate(names, 2) if not name]
    if not names or empty:
        where = f" in line {', '.join(empty[:10])}" if empty else ""
        raise SetupError(f"{path}: there is no name{where}")
    return names


def _content(work: "Work", badge: "IssuedBadge", form: Form) -> bytes:
    from credentials.issuing import read_credential_jwt

    if form is Form.JWT:
        return read_credential_jwt(work, badge.credential_id).encode()
    if form is Form.PNG:
        from bot.pictures.files import bake_badge

        return bake_badge(badge.credential, badge.code)
    if form is Form.SVG:
        from bot.pictures.files import bake_badge_svg

        return bake_badge_svg(badge.credential, badge.code)
    return badge.credential.encode()


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
