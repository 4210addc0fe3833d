"""The migrations and the models say the same, and no name is used twice."""

import subprocess
from collections import Counter
from pathlib import Path

import asyncpg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Enum
from sqlalchemy.ext.asyncio import create_async_engine

from backend.models import metadata
from backend.operations.bootstrap.fingerprint import known, take
from backend.operations.bootstrap.revisions import revisions
from backend.operations.stack.embedded import postgres_program
from tests import world


async def test_a_migrated_database_equals_the_models(database_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


def test_no_two_indexes_constraints_or_enums_share_a_name() -> None:
    """The predecessor mapped a table twice, had an index name twice, and lost every table to it."""
    names: Counter[str] = Counter()
    enums: set[tuple[str, tuple[str, ...]]] = set()
    for table in metadata.tables.values():
        own = {str(index.name) for index in table.indexes} | {str(constraint.name) for constraint in table.constraints if constraint.name}
        names.update(own)
        enums |= {(str(column.type.name), tuple(column.type.enums)) for column in table.columns if isinstance(column.type, Enum)}
        assert all(index.name for index in table.indexes)
    assert [name for name, times in names.items() if times > 1] == []
    assert max(Counter(name for name, _ in enums).values()) == 1
    assert all(len(name) <= 63 for name in names), "PostgreSQL cuts longer names"


async def test_every_revision_can_be_taken_back(empty_database_url: str) -> None:
    await world.migrate(empty_database_url)
    from alembic import command

    from backend.operations.bootstrap.revisions import config

    engine = create_async_engine(empty_database_url.replace("postgresql://", "postgresql+asyncpg://"))

    def down(connection: Connection) -> None:
        settings = config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")

    async with engine.connect() as connection:
        await connection.run_sync(down)
        await connection.commit()
    await engine.dispose()
    connection = await asyncpg.connect(empty_database_url)
    left = await connection.fetch(
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public' AND relkind = 'r'"
    )
    enums = await connection.fetch(
        "SELECT typname FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace WHERE nspname = 'public' AND typtype = 'e'"
    )
    await connection.close()
    assert [row[0] for row in left] == ["alembic_version"]
    assert enums == []


async def test_a_restored_database_is_still_known(database_url: str, empty_database_url: str, tmp_path: Path) -> None:
    """PostgreSQL prints some checks otherwise after a dump and a restore; that is no drift."""
    dump = tmp_path / "whole.dump"
    subprocess.run([postgres_program("pg_dump"), "--format=custom", f"--file={dump}", database_url], check=True)
    subprocess.run([postgres_program("pg_restore"), f"--dbname={empty_database_url}", dump], check=True)
    found = []
    for url in (database_url, empty_database_url):
        engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
        async with engine.connect() as connection:
            found.append(await take(connection))
        await engine.dispose()
    assert found[1].differences(found[0]) == []
    assert found[1].digest == known()[revisions()[-1]].digest


def test_nothing_but_migrations_issues_ddl(repository: Path) -> None:
    found = [
        path
        for folder in ("backend", "tests")
        for path in (repository / folder).rglob("*.py")
        if "create_" + "all(" in path.read_text(encoding="utf-8")
    ]
    assert found == []
    assert len(revisions()) >= 1
