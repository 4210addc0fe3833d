"""Writing and checking migrations/fingerprints.json, by migrating a scratch database revision by revision."""

import json
import os

from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from backend.config import Settings
from backend.operations.bootstrap.fingerprint import FILE, Fingerprint, known, take
from backend.operations.bootstrap.revisions import revisions, upgrade


async def refresh(settings: Settings, *, check: bool) -> list[str]:
    """Compare the file with what the migrations make, and write it unless ``check``; returns a line for each difference.

    Makes a scratch database beside that of the settings and drops it again.
    """
    made = await _measure(make_url(settings.sqlalchemy_url))
    written = known() if FILE.exists() else {}
    differences = [f"{revision}: gone from the migrations" for revision in written if revision not in made]
    for revision, found in made.items():
        differences += [f"{revision}: {line}" for line in found.differences(written.get(revision, Fingerprint({})))]
    if differences and not check:
        content = {revision: dict(sorted(found.objects.items())) for revision, found in made.items()}
        FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return differences


async def _measure(url: URL) -> dict[str, Fingerprint]:
    scratch = f"krc_fingerprint_{os.getpid()}"
    server = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {scratch} TEMPLATE template0 ENCODING 'UTF8'"))
        try:
            return await _measure_in(url.set(database=scratch))
        finally:
            await connection.execute(text(f"DROP DATABASE {scratch} WITH (FORCE)"))
            await server.dispose()


async def _measure_in(url: URL) -> dict[str, Fingerprint]:
    engine = create_async_engine(url, poolclass=NullPool)
    made = {}
    async with engine.connect() as connection:
        for revision in revisions():
            await upgrade(connection, revision)
            made[revision] = await take(connection)
            await connection.rollback()
    await engine.dispose()
    return made
