"""Publishes the commands people see in Telegram's menu: everybody's, and the advisors' own."""

import asyncio
import logging

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.telegram.commands import commands_for
from bot.texts import Say
from credentials.people import Role, chat_of, staff_with_role
from credentials.unit_of_work import Institution

log = logging.getLogger(__name__)


async def publish_commands(bot: Bot, institution: Institution) -> None:
    """Tell Telegram the commands of each role; without them the bot works all the same."""
    try:
        await bot.set_my_commands(_listed(None), scope=BotCommandScopeAllPrivateChats())
        for chat_id in await asyncio.to_thread(_advisors, institution):
            await publish_role(bot, chat_id, Role.ADVISOR)
    except TelegramError as error:
        log.warning("commands not published", extra={"error": type(error).__name__})


async def publish_role(bot: Bot, chat_id: int, role: str) -> None:
    """The commands of somebody's role, in their chat only."""
    await bot.set_my_commands(_listed(role), scope=BotCommandScopeChat(chat_id))


def _advisors(institution: Institution) -> list[int]:
    with institution.read() as work:
        chats = [chat_of(work, person_id) for person_id in staff_with_role(work, Role.ADVISOR)]
    return [chat for chat in chats if chat is not None]


def _listed(role: str | None) -> list[BotCommand]:
    say = Say()
    return [BotCommand(item.command, say.plain(item.text_key)) for item in commands_for(role)]
