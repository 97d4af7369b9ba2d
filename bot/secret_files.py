"""Secrets that are made at first start and kept beside the key-encryption key, mode 0600."""

import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings


def channel_token(settings: Settings) -> SecretStr:
    """The bearer token of the channel to Rasa."""
    return settings.rasa_token or _kept(settings.secrets_folder / "rasa-token")


def actions_token(settings: Settings) -> SecretStr:
    """The bearer token Rasa shows the action server."""
    return settings.actions_token or _kept(settings.secrets_folder / "actions-token")


def ticket_key(settings: Settings) -> SecretStr:
    """The key that signs tickets."""
    return settings.ticket_key or _kept(settings.secrets_folder / "ticket-key")


def webhook_secret(settings: Settings) -> SecretStr:
    """The secret token Telegram shows the webhook (Bot API, setWebhook: A-Z, a-z, 0-9, _ and -)."""
    return settings.webhook_secret or _kept(settings.secrets_folder / "webhook-secret")


def _kept(path: Path) -> SecretStr:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return SecretStr(path.read_text(encoding="ascii").strip())
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    return SecretStr(path.read_text(encoding="ascii").strip())
