"""Bot API methods about the bot itself: who it is, its updates, commands, files and webhook."""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from bot.playground.calls import Call
from bot.playground.errors import bad_request
from bot.playground.records import Json
from bot.playground.updates import MAX_BATCH, Poll
from bot.playground.world import World

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_COMMANDS = 100
DEFAULT_CONNECTIONS = 40  # setWebhook, max_connections
MAX_CONNECTIONS = 100
MAX_COMMAND_DESCRIPTION = 256
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
PROFILE_LIMITS = {"name": 64, "description": 512, "short_description": 120}
SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})

Method = Callable[[World, Call], Awaitable[object]]


async def get_me(world: World, call: Call) -> Json:
    return {
        **world.bot.as_user(),
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, call: Call) -> list[Json]:
    return await world.updates.poll(
        Poll(
            offset=call.integer("offset", 0) or 0,
            limit=call.integer("limit", MAX_BATCH) or MAX_BATCH,
            seconds=max(0, call.integer("timeout", 0) or 0),
            allowed=_allowed_updates(call),
        )
    )


async def set_webhook(world: World, call: Call) -> bool:
    """Deliver updates to this address from now on (see `webhook`)."""
    url = call.text("url")
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.text("secret_token")
    if secret and not SECRET_TOKEN.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if call.boolean("drop_pending_updates"):
        world.updates.drop_pending()
    world.updates.allow(_allowed_updates(call))
    connections = call.integer("max_connections", DEFAULT_CONNECTIONS) or DEFAULT_CONNECTIONS
    if not 1 <= connections <= MAX_CONNECTIONS:
        raise bad_request("wrong max_connections specified")
    world.updates.set_webhook(url, secret=secret, connections=connections)
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    if call.boolean("drop_pending_updates"):
        world.updates.drop_pending()
    if world.updates.webhook_url:
        world.updates.set_webhook("")
    return True


async def get_webhook_info(world: World, call: Call) -> Json:
    info: Json = {
        "url": world.updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending_count,
    }
    if world.updates.webhook_url:
        info["max_connections"] = world.updates.webhook_connections
    if world.updates.last_error is not None:
        at, what = world.updates.last_error
        info |= {"last_error_date": at, "last_error_message": what}
    if world.updates.allowed:
        info["allowed_updates"] = list(world.updates.allowed)
    return info


async def get_file(world: World, call: Call) -> Json:
    file = world.file(call.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


async def get_chat(world: World, call: Call) -> Json:
    person = world.chat(call.params.get("chat_id"))
    return {**person.as_chat(), "accent_color_id": 1, "max_reaction_count": 11}


async def set_my_commands(world: World, call: Call) -> bool:
    commands = call.objects("commands") or []
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(command) for command in commands]
    world.commands[_scope(call), call.text("language_code")] = kept
    world.journal.add("commands", None)
    return True


async def get_my_commands(world: World, call: Call) -> list[Json]:
    return world.commands.get((_scope(call), call.text("language_code")), [])


async def delete_my_commands(world: World, call: Call) -> bool:
    world.commands.pop((_scope(call), call.text("language_code")), None)
    world.journal.add("commands", None)
    return True


async def set_chat_menu_button(world: World, call: Call) -> bool:
    button = call.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("can't parse menu button: unsupported type")
    world.menu_buttons[call.integer("chat_id")] = button
    return True


async def get_chat_menu_button(world: World, call: Call) -> Json:
    chat_id = call.integer("chat_id")
    fallback = world.menu_buttons.get(None, {"type": "default"})
    return world.menu_buttons.get(chat_id, fallback)


def _set_profile(field: str) -> Method:
    async def set_field(world: World, call: Call) -> bool:
        text = call.text(field)
        if len(text) > PROFILE_LIMITS[field]:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        world.profile.setdefault(field, {})[call.text("language_code")] = text
        world.journal.add("commands", None)
        return True

    return set_field


def _get_profile(field: str) -> Method:
    async def get_field(world: World, call: Call) -> Json:
        texts = world.profile.get(field, {})
        default = texts.get("", world.bot.name if field == "name" else "")
        return {field: texts.get(call.text("language_code")) or default}

    return get_field


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "getfile": get_file,
    "getchat": get_chat,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
    "setmyname": _set_profile("name"),
    "getmyname": _get_profile("name"),
    "setmydescription": _set_profile("description"),
    "getmydescription": _get_profile("description"),
    "setmyshortdescription": _set_profile("short_description"),
    "getmyshortdescription": _get_profile("short_description"),
}


def _allowed_updates(call: Call) -> list[str] | None:
    given = call.json("allowed_updates")
    if given is None:
        return None
    if not isinstance(given, list):
        raise bad_request("can't parse allowed_updates: expected an Array of String")
    return [str(kind) for kind in given]


def _scope(call: Call) -> str:
    scope: Any = call.json("scope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind == "chat":
        return f"chat:{scope.get('chat_id')}"
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return str(kind)


def _command(given: Json) -> Json:
    name = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", "")).strip()
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MAX_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
