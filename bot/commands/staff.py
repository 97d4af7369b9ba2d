"""`skillmark staff`."""

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.output import print_json, print_setup_errors

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(no_args_is_help=True)

UNKNOWN_BOT = "your_bot"


class StaffRole(StrEnum):
    """Roles by the names they have in the domain."""

    ADVISOR = "advisor"
    ADMIN = "admin"


@app.callback()
def staff() -> None:
    """Invite advisors and admins."""


@app.command()
@print_setup_errors
def invite(
    role: Annotated[StaffRole, typer.Option(help="What they will be.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make a link for one person and 24 hours; whoever opens it and confirms has the role."""
    from bot.settings import Settings
    from credentials.bootstrap import open_institution
    from credentials.migrations import require_current_schema
    from credentials.people import Role, invite_staff

    settings = Settings()
    institution = open_institution(settings)
    try:
        require_current_schema(institution.engine)
        with institution.begin() as work:
            invitation = invite_staff(work, role=Role(role))
    finally:
        institution.engine.dispose()
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
