"""Alembic as a library: which revisions there are, and upgrading over a connection that is given."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"


def config() -> Config:
    """Alembic's settings, independent of the folder that the command runs in."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return settings


@cache
def revisions() -> tuple[str, ...]:
    """Every revision, the first one first."""
    scripts = ScriptDirectory.from_config(config())
    return tuple(script.revision for script in scripts.walk_revisions())[::-1]


async def upgrade(connection: AsyncConnection, revision: str) -> None:
    """Upgrade to the revision, each one on the way in a transaction of its own. Needs a connection outside a transaction."""

    def work(plain: Connection) -> None:
        settings = config()
        settings.attributes["connection"] = plain
        command.upgrade(settings, revision)

    await connection.run_sync(work)
    if connection.in_transaction():
        await connection.commit()
