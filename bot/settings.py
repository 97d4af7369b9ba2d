"""Every option of the running product, with its unit, read once."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from credentials import settings as domain


class Settings(domain.Settings):
    """Options of the bot's process, on top of the domain's; none has to be set."""

    telegram_bot_token: SecretStr | None = Field(
        default=None,
        validation_alias="TELEGRAM_BOT_TOKEN",
        description="The bot's token from BotFather.",
    )
    telegram_api: str = Field(
        default="https://api.telegram.org", description="Origin of a Bot API server."
    )
    onet_url: str = Field(
        default="https://www.onetcenter.org/dl_files/database/db_31_0_text.zip",
        description="Where `catalogue fetch onet` finds the O*NET database.",
    )
    esco_url: str = Field(
        default="",
        description="Where `catalogue fetch esco` finds ESCO; its portal sends a link by e-mail.",
    )
    webhook_url: str = Field(
        default="",
        description="Public https address Telegram sends updates to; the bot polls when empty.",
    )
    webhook_host: str = Field(default="127.0.0.1", description="Address the webhook listens on.")
    webhook_port: int = Field(default=8082, ge=0, le=65535, description="Port of the webhook.")
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="Secret token Telegram shows the webhook, the same for all replicas; made at first start.",
    )
    webhook_connections: int = Field(
        default=40, ge=1, le=100, description="Updates Telegram may send at the same time."
    )
    sends_per_second: int = Field(
        default=30,
        ge=1,
        le=1000,
        description="Messages a second of this bot, all replicas together; Telegram allows 30.",
    )
    bot_username: str = Field(
        default="", description="The bot's @name without the @; asked from Telegram when empty."
    )
    web_host: str = Field(default="127.0.0.1", description="Address the web pages listen on.")
    web_port: int = Field(default=8080, ge=0, le=65535, description="Port of the web pages.")
    actions: Literal["embedded", "external"] = Field(
        default="embedded", description="Whether `run` serves Rasa's actions itself."
    )
    actions_host: str = Field(default="127.0.0.1", description="Address the actions listen on.")
    actions_port: int = Field(default=5055, ge=0, le=65535, description="Port of the actions.")
    rasa_url: str = Field(default="http://127.0.0.1:5005", description="Origin of the Rasa server.")
    rasa_timeout_seconds: float = Field(
        default=3.0,
        gt=0,
        le=60,
        description="How long a free text may take before buttons take over.",
    )
    rasa_token: SecretStr | None = Field(
        default=None, description="Bearer token of the channel to Rasa; made at first start."
    )
    actions_token: SecretStr | None = Field(
        default=None, description="Bearer token Rasa shows the actions; made at first start."
    )
    ticket_key: SecretStr | None = Field(
        default=None, description="Key of the tickets that authorise actions; made at first start."
    )
    secrets_dir: Path | None = Field(
        default=None,
        description="Folder of secrets made at first start; the KEK's folder when empty.",
    )
    vc_api: bool = Field(default=False, description="Serve the VC-API for conformance runs.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least that is logged."
    )

    @property
    def secrets_folder(self) -> Path:
        return self.secrets_dir or self.kek_file.parent
