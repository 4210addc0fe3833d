"""How Alembic reaches the database: over a connection it is given, or by the settings. It alone issues DDL."""

import asyncio

from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

from backend.models import metadata


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave schemas of others alone: what was moved aside is no drift."""
    return kind != "schema" or name in {None, "public"}


def run(connection: Connection) -> None:
    """Run the revisions; each is one transaction, so that a killed run leaves a whole revision behind."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=True,
        include_name=include_name,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_by_settings() -> None:
    """Connect by the settings, for `alembic` at the command line."""
    from backend.config import settings

    engine = create_async_engine(settings().sqlalchemy_url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
elif (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    asyncio.run(run_by_settings())
