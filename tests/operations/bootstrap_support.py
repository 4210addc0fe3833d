"""Running the real bootstrap as a process, and looking at a database from outside."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from backend.config import Settings
from backend.operations.bootstrap.outcome import Outcome
from backend.operations.bootstrap.work import Wishes, Work
from tests import world

ROOT = Path(__file__).parents[2]
CATALOGS = {
    "pg_attribute": "attrelid::text || '.' || attnum",
    "pg_index": "indexrelid::text",
    **dict.fromkeys(
        ("pg_class", "pg_constraint", "pg_enum", "pg_extension", "pg_namespace", "pg_proc", "pg_trigger", "pg_type"), "oid::text"
    ),
}
NO_REDIS = "redis://127.0.0.1:1/0"


@dataclass(frozen=True)
class Ended:
    """A process that ended."""

    code: int | None
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object that ``--json`` prints."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def environment(url: str, data_dir: Path, **more: str) -> dict[str, str]:
    """Only what the command needs: nothing of whoever runs the tests."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url,
        "REDIS_URL": NO_REDIS,
        "SECRET_KEY": world.SECRET,
        "DATA_DIR": str(data_dir),
        **more,
    }


async def start(url: str, data_dir: Path, *arguments: str, **more: str) -> asyncio.subprocess.Process:
    """Start a command of the command line, in a folder without .env."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.cli", *arguments, cwd=data_dir, env=environment(url, data_dir, **more),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def ended(process: asyncio.subprocess.Process) -> Ended:
    """Wait for a process and its output."""
    out, err = await process.communicate()
    return Ended(process.returncode, out.decode(), err.decode())


async def cli(url: str, data_dir: Path, *arguments: str, **more: str) -> Ended:
    """Run a command to its end."""
    return await ended(await start(url, data_dir, *arguments, **more))


async def bootstrap(url: str, data_dir: Path, *arguments: str, **more: str) -> Ended:
    """Run bootstrap with ``--json`` to its end."""
    return await cli(url, data_dir, "bootstrap", "--json", *arguments, **more)


async def in_this_process(
    url: str, api: Any = None, *, folder: Path | None = None, more: dict[str, Any] | None = None, **wishes: Any
) -> Outcome:
    """Bootstrap without a process of its own: quicker, for what needs no login. Expected trouble is raised.

    ``folder`` is the DATA_DIR, by default one for each database; ``more`` are further settings, ``wishes`` those of the command.
    """
    outcome = Outcome()
    settings = Settings.load(**given(url) | {"data_dir": folder or folder_of(url)} | (more or {}))
    work = Work(settings, outcome, outcome.steps.append, api or api_that_refuses, Wishes(**{"wait": 0, **wishes}), show=lambda _: None)
    await work.run()
    return outcome


def folder_of(url: str) -> Path:
    """A DATA_DIR for a database."""
    return Path(os.environ["KRC_TEST_FOLDER"]) / "bootstrap" / url.rsplit("/", 1)[1]


def real_api(settings: Settings) -> tuple[Any, str]:
    """The API itself, as the command gives it to bootstrap."""
    from backend.app import create_app
    from backend.graphql.documents import LOGIN

    return create_app(settings), LOGIN


def api_that_refuses(_settings: object) -> tuple[Any, str]:
    """An API that answers every login with a refusal: enough where the password is not known, and quick."""
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def answer(_request: object) -> JSONResponse:
        return JSONResponse({"data": {"login": {"__typename": "LoginRefused"}}})

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])]), "login"


def given(url: str) -> dict[str, Any]:
    """The settings that a test gives; the others may come from the environment."""
    return {"_env_file": None, "database_url": url, "redis_url": NO_REDIS, "secret_key": world.SECRET}


async def rows(url: str, query: str, *arguments: object) -> list[asyncpg.Record]:
    """What a query finds."""
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(query, *arguments))
    finally:
        await connection.close()


async def run_sql(url: str, *statements: str) -> None:
    """Run statements."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def catalog(url: str) -> list[tuple[Any, ...]]:
    """Every object of the database with the transaction that last wrote it: equal before and after means no DDL."""
    query = " UNION ALL ".join(f"SELECT '{name}', {key}, xmin::text FROM {name}" for name, key in CATALOGS.items())
    # Statistics may be written at any time by autovacuum, so the numbers of pages and rows are not looked at.
    return sorted(tuple(row) for row in await rows(url, query))


async def contents(url: str) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    tables = await rows(url, "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
    found = {}
    for schema, table in tables:
        found[f"{schema}.{table}"] = sorted(row[0] for row in await rows(url, f'SELECT t::text FROM "{schema}"."{table}" t'))
    return found


async def schemas(url: str) -> dict[str, set[str]]:
    """The relations, types and functions of each schema that is not PostgreSQL's, extensions' objects left out."""
    found: dict[str, set[str]] = {}
    listed = await rows(
        url,
        """
        SELECT n.nspname AS schema, o.name FROM pg_namespace n LEFT JOIN (
          SELECT 'pg_class'::regclass::oid AS catalog, oid, relnamespace AS place, relname::text AS name FROM pg_class
          UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace, typname FROM pg_type WHERE typtype IN ('e', 'd')
          UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace, proname FROM pg_proc
        ) o ON o.place = n.oid AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.catalog AND d.objid = o.oid AND d.deptype = 'e')
        WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
        """,
    )
    for schema, name in listed:
        found.setdefault(schema, set()).update({name} - {None})
    return found
