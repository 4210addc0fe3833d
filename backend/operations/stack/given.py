"""What the operator set, before the services that fill the rest in are running."""

import os
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from backend.config import Settings

ROOT = Path(__file__).resolve().parents[3]

# What the stack provides itself when nobody sets it, and a stand-in with which the other settings can be checked first.
PROVIDED = {
    "DATABASE_URL": "postgresql://127.0.0.1/not-yet",
    "REDIS_URL": "redis://127.0.0.1/0",
    "SECRET_KEY": "not-yet".ljust(32, "-"),
    "API_PORT": "1",
}


def given(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables of .env and, above them, those of the environment; empty ones count as not set."""
    return {name: value for source in (dotenv_values(".env"), environment) for name, value in source.items() if value}


def is_given(name: str, variables: Mapping[str, str]) -> bool:
    """Whether the operator set it, directly or as a file."""
    return name in variables or f"{name}_FILE" in variables


def early_settings() -> Settings:
    """All settings, checked at once, with stand-ins for what the stack will provide. Raises SettingsError."""
    variables = given()
    return Settings.load(**{name.lower(): value for name, value in PROVIDED.items() if not is_given(name, variables)})
