"""The table ``backups``: what is in the folder, for the settings page to show. The files are the truth; this follows them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg

from backend import clock
from backend.config import Settings
from backend.operations.backup import folder
from backend.operations.backup.contents import has_column
from backend.operations.backup.databases import TROUBLE, connected
from backend.operations.backup.errors import BackupFailed

KEEP = """
INSERT INTO public.backups (file_name, why, made_at, size_bytes, sha256, revision, total_rows, proven_at, problem)
VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6, $7, $8, $9)
ON CONFLICT (file_name) DO UPDATE SET (why, made_at, size_bytes, sha256, revision, total_rows, proven_at, problem, removed_at)
  = (excluded.why, excluded.made_at, excluded.size_bytes, excluded.sha256, excluded.revision, excluded.total_rows,
     excluded.proven_at, excluded.problem, NULL)
"""
SPOILT = "UPDATE public.backups SET proven_at = NULL, problem = $2 WHERE file_name = $1"
GONE = "UPDATE public.backups SET removed_at = now() WHERE removed_at IS NULL AND size_bytes > 0 AND file_name <> ALL ($1::text[])"
# A try that made no file is kept as a row without a size, so that the settings page can show why; the last ones are enough.
FAILED = """
INSERT INTO public.backups (file_name, why, made_at, size_bytes, sha256, revision, total_rows, problem, removed_at)
VALUES ($1, $2, $3, 0, '', '', 0, $4, $3) ON CONFLICT (file_name) DO NOTHING
"""
FORGET = """
DELETE FROM public.backups
WHERE size_bytes = 0 AND id NOT IN (SELECT id FROM public.backups WHERE size_bytes = 0 ORDER BY id DESC LIMIT 50)
"""


async def note(settings: Settings, place: Path, say: Callable[[str], None]) -> None:
    """Bring the table to what is in the folder, where there is such a table. Never raises: a backup is good without it."""
    try:
        found = folder.listing(place)
        async with _table(settings) as connection:
            if connection is None:
                return
            for backup in found.backups:
                manifest, proof = backup.manifest, backup.proof
                proven_at = proof.at if proof and proof.proven else None
                values = (backup.path.name, manifest.why, manifest.made_at, backup.size, backup.sha256, manifest.revision or "")
                await connection.execute(KEEP, *values, manifest.total_rows, proven_at, proof.problem if proof else None)
            for path, problem in found.damaged.items():
                await connection.execute(SPOILT, path.name, problem)
            await connection.execute(GONE, [path.name for path in (*(backup.path for backup in found.backups), *found.damaged)])
    except (*TROUBLE, BackupFailed) as error:
        say(f"the list on the settings page could not be brought up to date ({type(error).__name__})")


async def note_failure(settings: Settings, why: str, problem: str) -> None:
    """Keep that a backup could not be made, where there is such a table and it can be reached. Never raises."""
    with suppress(*TROUBLE):
        async with _table(settings) as connection:
            if connection is not None:
                instant = clock.now()
                await connection.execute(FAILED, folder.name_of(instant, why), why, instant, problem)
                await connection.execute(FORGET)


@asynccontextmanager
async def _table(settings: Settings) -> AsyncIterator[asyncpg.Connection | None]:
    """A transaction on the database, or None where it has no such table."""
    async with connected(settings.database_url) as connection:
        if await has_column(connection, "public.backups", "removed_at", "timestamp with time zone"):
            async with connection.transaction():
                yield connection
        else:
            yield None
