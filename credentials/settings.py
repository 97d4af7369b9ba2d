"""Options of the domain, read once, with their units."""

from pathlib import Path
from urllib.parse import urlsplit

import opening_hours
from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from credentials.clock import known_zones


class Settings(BaseSettings):
    """Settings the domain needs; every one has a working default."""

    model_config = SettingsConfigDict(
        env_prefix="SKILLMARK_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("skillmark"),
        description="Folder of the embedded database.",
    )
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL of PostgreSQL; without it, a SQLite file in the data folder.",
    )
    kek_file: Path = Field(
        default_factory=lambda: user_config_path("skillmark") / "kek",
        description="File of the key that encrypts the signing keys; never in the data folder.",
    )
    kek_passphrase: SecretStr | None = Field(
        default=None,
        description="Passphrase to derive that key from (argon2id), in place of the file.",
    )
    public_url: str = Field(
        default="http://127.0.0.1:8080",
        description="Origin under which the world reads this institution's documents.",
    )
    institution_name: str = Field(
        default="Example College", description="Name of the issuer on badges and in the chat."
    )
    zone: str = Field(
        default="UTC", description="IANA time zone of people who have not said theirs."
    )
    advisor_hours: str = Field(
        default="Mo-Fr 09:00-17:00",
        description="When advisors are there, as OpenStreetMap writes `opening_hours`; `24/7` for always.",
    )
    advisor_zone: str | None = Field(
        default=None, description="IANA time zone of those hours; the one above when empty."
    )
    hotline: str | None = Field(
        default=None,
        description="Crisis line for people who are not well: its number, or its name with it.",
    )
    trust_file: Path | None = Field(
        default=None,
        description="JSON file of the issuers whose badges are trusted, beside ourselves.",
    )
    trust_url: str | None = Field(
        default=None,
        description="https address of such a list, refreshed every hour, such as a DCC registry.",
    )
    semantic_matching: bool = Field(
        default=True,
        description="Whether words are also matched by meaning; off saves about 250 MB of memory.",
    )
    clock_file: Path | None = Field(
        default=None, description="File holding a shift of the clock in seconds (playground)."
    )

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
            raise ValueError("must be an origin such as https://badges.example.org")
        return url.rstrip("/")

    @field_validator("advisor_hours")
    @classmethod
    def _opening_hours(cls, rule: str) -> str:
        if not opening_hours.validate(rule):
            raise ValueError("must be opening hours such as Mo-Fr 09:00-17:00; PH off")
        return rule

    @field_validator("zone", "advisor_zone")
    @classmethod
    def _a_zone(cls, name: str | None) -> str | None:
        if name is not None and name not in known_zones():
            raise ValueError("must be an IANA time zone such as Europe/Lisbon")
        return name

    @property
    def resolved_database_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'skillmark.db'}"

    @property
    def issuer_did(self) -> str:
        """The institution's did:web (did:web method §3.2: a port's colon is percent-encoded)."""
        return "did:web:" + urlsplit(self.public_url).netloc.replace(":", "%3A")
