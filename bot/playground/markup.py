"""Reply markup: what Telegram accepts as a keyboard."""

from typing import Any
from urllib.parse import urlsplit

from bot.playground.errors import BotApiError, bad_request
from bot.playground.records import Json

MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
#: Further button fields a client knows; the playground shows such a button and does nothing.
OTHER_ACTIONS = ("web_app", "login_url", "switch_inline_query", "copy_text", "pay")
OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")


def read_markup(given: Any) -> Json | None:
    """Check reply markup and return the inline keyboard; other kinds are accepted and dropped.

    Raises:
        BotApiError: 400, in Telegram's words.
    """
    if given is None or given == "":
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in given:
        if not any(kind in given for kind in OTHER_MARKUPS) and given:
            raise bad_request("can't parse reply keyboard markup JSON object")
        return None
    rows = given["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    kept = [[_read_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def _read_button(given: Any) -> Json:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: field "text" must be a String')
    if not given["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if "callback_data" in given:
        data = given["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"text": given["text"], "callback_data": data}
    if "url" in given:
        _check_url(given["url"])
        return {"text": given["text"], "url": given["url"]}
    for action in OTHER_ACTIONS:
        if action in given:
            return {"text": given["text"], action: given[action]}
    raise bad_request("Text buttons are unallowed in the inline keyboard")


def _check_url(url: Any) -> None:
    """Telegram takes web addresses with a full host name (so not `localhost`) and tg:// links."""
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        is_web = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError as error:
        raise _wrong_url(url) from error
    if not is_web and parts.scheme != "tg":
        raise _wrong_url(url)


def _wrong_url(url: Any) -> BotApiError:
    return bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
