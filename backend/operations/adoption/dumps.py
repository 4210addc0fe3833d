"""A dump file of the predecessor's, made a database for as long as it is read: a scratch one, with a role of its own."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from backend.config import Settings
from backend.operations.adoption import dump_file, psql
from backend.operations.backup.contents import quoted
from backend.operations.backup.databases import claimed, connected, in_words, name_of, scratch, server

PREFIX = "krc_adopt_"


@dataclass(frozen=True, slots=True)
class _Role:
    name: str
    password: str


@asynccontextmanager
async def restored(settings: Settings, path: Path, say: Callable[[str], None]) -> AsyncIterator[str]:
    """Restore the dump on the owner's server; yields the address of the scratch database, which is dropped afterwards.

    ``settings`` are the owner's. Raises `Refused` when the file is none or is damaged, `BackupFailed` when there can't be such a database.
    """
    is_archive = await asyncio.to_thread(dump_file.is_archive, path)
    with in_words(settings):
        async with _role(settings) as role, scratch(settings, PREFIX, say) as url:
            await _drop_leftovers(settings)
            if role is not None:
                url = await _hand_over(settings, url, role)  # noqa: PLW2901
            async with connected(url) as connection:
                major = connection.get_server_version().major
            say(f"restoring {path.name} into a scratch database")
            await (psql.run_archive if is_archive else psql.run_plain)(path, url, major)
            yield url


@asynccontextmanager
async def _role(settings: Settings) -> AsyncIterator[_Role | None]:
    """A role that owns nothing but the scratch database, since what a dump does is not known before it is done.

    None where the owner of our database may not make roles.
    """
    role = _Role(PREFIX + secrets.token_hex(5), secrets.token_hex(24))
    async with server(settings) as connection, claimed(connection, role.name):
        try:
            await connection.execute(f"CREATE ROLE {role.name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{role.password}'")
        except asyncpg.InsufficientPrivilegeError:
            yield None
            return
        try:
            yield role
        finally:
            await asyncio.shield(_drop(connection, role.name))


async def _drop_leftovers(settings: Settings) -> None:
    """Roles of runs that were killed. The databases that they own go first, which `scratch` sees to."""
    async with server(settings) as connection:
        for (name,) in await connection.fetch("SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)", PREFIX):
            async with claimed(connection, name) as nobodys:
                if nobodys:
                    await _drop(connection, name)


async def _drop(connection: asyncpg.Connection, name: str) -> None:
    with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        await connection.execute(f"DROP ROLE IF EXISTS {quoted(name)}")


async def _hand_over(settings: Settings, url: str, role: _Role) -> str:
    """Give the scratch database to the role; returns the address with which the role opens it, or the owner's where that can't be."""
    theirs = make_url(url).set(username=role.name, password=role.password).render_as_string(hide_password=False)
    async with server(settings) as connection:
        try:
            await connection.execute(f"GRANT {role.name} TO CURRENT_USER")
            await connection.execute(f"ALTER DATABASE {quoted(name_of(url))} OWNER TO {role.name}")
            async with connected(theirs):
                return theirs
        except (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidAuthorizationSpecificationError):
            return url
