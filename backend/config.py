"""Every setting of the product, in one place, from the environment and ``.env``, checked at once.

A secret has no default. Each secret may also come from a file: ``SECRET_KEY_FILE`` for ``SECRET_KEY``
and so on; the variable itself wins. ``Settings.load()`` lists everything that is wrong in one error.
"""

import os
from collections.abc import Mapping
from datetime import time
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32
FROM_FILE = ("SECRET_KEY", "ADMIN_PASSWORD", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "BACKUP_PASSPHRASE")


class SettingsError(Exception):
    """The settings are wrong. ``problems`` has one line for each wrong or missing variable."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The settings are not right:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


class Settings(BaseSettings):
    """What an operator can set. Names in the environment are the upper-case field names."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True)

    database_url: str = Field(description="PostgreSQL 15 to 18, as postgresql://user:password@host:port/database")
    redis_url: str = Field(description="Redis or Valkey, as redis://:password@host:port/0")
    secret_key: SecretStr = Field(description="Signs tokens; at least 32 characters")
    database_owner_url: str = Field(
        default="",
        description="The same database with the role that owns the schema: bootstrap, backup and restore use it; default DATABASE_URL",
    )
    http_port: int = Field(default=8080, ge=1, le=65535, description="The port that Caddy serves")
    api_port: int = Field(default=8000, ge=1, le=65535, description="The port on which the API listens for Caddy, on 127.0.0.1")
    https_port: int | None = Field(default=None, ge=1, le=65535, description="The port on which Caddy serves HTTPS, where it does")
    public_url: str = Field(default="", description="How browsers reach the product; default http://127.0.0.1:HTTP_PORT")
    data_dir: Path = Field(default=Path(".data"), description="Where the embedded database, logs and secrets live")
    config_dir: Path | None = Field(default=None, description="Where the installation's identity is kept; default DATA_DIR/config")
    secrets_dir: Path | None = Field(default=None, description="Where the secrets are files; default DATA_DIR/secrets")
    backup_dir: Path | None = Field(default=None, description="Where backups are written; default DATA_DIR/backups")
    backup_at: time = Field(default=time(3, 10), description="When the nightly backup is made, by the centre's clock")
    backup_passphrase: SecretStr | None = Field(default=None, description="Encrypts the secrets inside a backup; keep a copy elsewhere")
    centre_name: str = Field(
        default="Our centre",
        min_length=1,
        max_length=120,
        description="Shown on the login page and the kiosk, until the settings page names another",
    )
    centre_timezone: str = Field(
        default="America/Los_Angeles", description="IANA name; decides what today means, until the settings page names another"
    )
    admin_email: str = Field(default="", description="The first admin's email")
    admin_username: str = Field(default="", description="The first admin's username")
    admin_password: SecretStr | None = Field(default=None, description="The first admin's password; prefer ADMIN_PASSWORD_FILE")
    repeat_window_minutes: int = Field(
        default=10, ge=0, le=1440, description="A second check-in within this time is a repeat, until the settings page says otherwise"
    )
    undo_window_minutes: int = Field(default=15, ge=0, le=1440, description="How long the desk offers Undo")
    database_pool_size: int = Field(default=10, ge=1, le=200, description="Connections kept by one API process")
    cost_a_minute: int = Field(
        default=1_000_000, ge=20_000, description="How many fields one user or API key may ask for in a minute, over all requests"
    )
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("centre_timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is not a time zone; use a name such as America/Los_Angeles") from None
        return value

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} characters; make one with `openssl rand -base64 48`")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: str) -> str:
        if not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql://")
        return value

    @field_validator("database_owner_url")
    @classmethod
    def _is_postgresql_too(cls, value: str) -> str:
        return cls._is_postgresql(value) if value else value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str) -> str:
        if not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://")
        return value

    @field_validator("admin_email")
    @classmethod
    def _is_email(cls, value: str) -> str:
        if value and ("@" not in value or value != value.strip()):
            raise ValueError("is not an email address")
        return value.lower()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The centre's time zone."""
        return ZoneInfo(self.centre_timezone)

    @property
    def sqlalchemy_url(self) -> str:
        """``database_url`` for SQLAlchemy's asyncpg dialect."""
        return "postgresql+asyncpg://" + self.database_url.split("://", 1)[1]

    @property
    def owner(self) -> Self:
        """The same settings, with the database reached as the role that owns the schema."""
        return self.model_copy(update={"database_url": self.database_owner_url}) if self.database_owner_url else self

    @property
    def config_folder(self) -> Path:
        """The folder of the installation's identity."""
        return self.config_dir or self.data_dir / "config"

    @property
    def secrets_folder(self) -> Path:
        """The folder of the secrets that are files."""
        return self.secrets_dir or self.data_dir / "secrets"

    @property
    def backup_folder(self) -> Path:
        """The folder of the backups."""
        return self.backup_dir or self.data_dir / "backups"

    @property
    def origin(self) -> str:
        """The origin that browsers send: scheme, host and port."""
        return self.public_url.rstrip("/") or f"http://127.0.0.1:{self.http_port}"

    @property
    def secure(self) -> bool:
        """Whether browsers come over HTTPS, so that cookies may say Secure."""
        return self.origin.startswith("https://")

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """Read and check everything; raises `SettingsError` with every problem at once."""
        problems: list[str] = []
        values = dict(overrides)
        env_file = values.get("_env_file", cls.model_config["env_file"])
        # What the environment says wins over .env, and in each of them the variable itself over the file.
        sources: list[Mapping[str, str | None]] = [os.environ, dotenv_values(env_file) if env_file else {}]
        for name in FROM_FILE:
            said = next((source for source in sources if source.get(name) or source.get(f"{name}_FILE")), {})
            path = said.get(f"{name}_FILE")
            if path and not said.get(name) and name.lower() not in values:
                try:
                    values[name.lower()] = Path(path).read_text(encoding="utf-8").strip()
                except (OSError, UnicodeDecodeError) as error:
                    problems.append(f"{name}_FILE: {path} can't be read ({type(error).__name__})")
        try:
            settings = cls(**values)
        except ValidationError as error:
            problems += [_sentence(item) for item in error.errors()]
        if problems:
            raise SettingsError(problems)
        return settings


def _sentence(item: Any) -> str:
    name = str(item["loc"][0]).upper() if item["loc"] else "?"
    if item["type"] == "missing":
        hint = f" (or {name}_FILE)" if name in FROM_FILE else ""
        return f"{name}{hint}: is missing. {Settings.model_fields[name.lower()].description}"
    said = item["msg"].removeprefix("Value error, ").replace("Input should", "should")
    return f"{name}: {said}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings.load()
