"""`skillmark staff`."""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands.output import print_json, print_setup_errors

if TYPE_CHECKING:
    from bot.settings import Settings
    from credentials.unit_of_work import Work

app = typer.Typer(no_args_is_help=True)

T = TypeVar("T")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

UNKNOWN_BOT = "your_bot"


class StaffRole(StrEnum):
    """Roles by the names they have in the domain."""

    ADVISOR = "advisor"
    ADMIN = "admin"


@app.command()
@print_setup_errors
def invite(
    role: Annotated[StaffRole, typer.Option(help="What they will be.")],
    json: Json = False,
) -> None:
    """Make a link for one person and 24 hours; whoever opens it and confirms has the role."""
    from bot.settings import Settings
    from credentials.people import Role, invite_staff

    settings = Settings()
    invitation = _work(settings, lambda work: invite_staff(work, role=Role(role)))
    name = settings.bot_username or asyncio.run(_ask_name(settings))
    if not name:
        typer.echo(f"the bot's name is not known; put it in place of {UNKNOWN_BOT}", err=True)
    link = f"https://t.me/{name or UNKNOWN_BOT}?start=s_{invitation.token}"
    expires = invitation.expires_at.isoformat()
    if json:
        print_json({"link": link, "token": invitation.token, "expires": expires})
    else:
        typer.echo(link)
        typer.echo(f"for one {role}, until {expires}", err=True)


@app.command("list")
@print_setup_errors
def list_(json: Json = False) -> None:
    """Who is an advisor or admin, since when."""
    from bot.settings import Settings
    from credentials.people import list_holders

    found = [
        {
            "person_id": one.person_id,
            "first_name": one.first_name,
            "role": one.role,
            "since": one.granted_at.isoformat(),
        }
        for one in _work(Settings(), list_holders)
    ]
    if json:
        print_json(found)
        return
    for line in found:
        typer.echo("\t".join(str(value) for value in line.values()))


@app.command()
@print_setup_errors
def revoke(
    person_id: Annotated[str, typer.Argument(help="As `staff list` shows it.")],
    role: Annotated[StaffRole, typer.Option(help="What they will no longer be.")],
) -> None:
    """Take a role away at once; what they had taken on goes back to the others."""
    from bot.settings import Settings
    from credentials.people import Role, revoke_role

    _work(Settings(), lambda work: revoke_role(work, person_id=person_id, role=Role(role)))
    typer.echo(f"{person_id} is no longer {role}", err=True)


def _work(settings: "Settings", use_case: "Callable[[Work], T]") -> T:
    from credentials.bootstrap import open_institution
    from credentials.migrations import require_current_schema

    institution = open_institution(settings)
    try:
        require_current_schema(institution.engine)
        with institution.begin() as work:
            return use_case(work)
    finally:
        institution.engine.dispose()


async def _ask_name(settings: "Settings") -> str:
    """The bot's name from Telegram; empty without a token or an answer."""
    from telegram import Bot
    from telegram.error import TelegramError

    from bot.telegram.transport import AiohttpRequest

    if settings.telegram_bot_token is None:
        return ""
    bot = Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=1),
    )
    try:
        async with bot:
            return bot.username
    except TelegramError:
        return ""
