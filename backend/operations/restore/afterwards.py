"""What a restored database needs before anybody uses it: upgraded, erased persons erased again, everybody signed out, messages paused."""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from backend.audit import service as audit
from backend.clients.erasure import JOURNAL, erase
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.operations import identity
from backend.operations.backup.contents import has_column, quoted
from backend.operations.backup.databases import connected
from backend.operations.backup.manifest import Manifest
from backend.operations.bootstrap import roles
from backend.operations.bootstrap.revisions import revisions, upgrade

RESTORE = Actor(ActorKind.OPERATOR, label="restore")
REPEATED = "Carried out again after a restore"
# The clocks of the API and the database may differ a little; a client that was made later than the erasure is another one.
MARGIN = timedelta(days=1)

TO_ERASE = text(
    """
    SELECT id FROM clients
    WHERE id = :client_id AND created_at < :erased_at AND NOT EXISTS (SELECT FROM erasures WHERE erasures.client_id = clients.id)
    """
)
END_SESSIONS = text(
    """
    WITH ended AS (UPDATE sessions SET ended_at = now(), ended_because = 'RESTORED' WHERE ended_at IS NULL RETURNING 1),
         gone AS (DELETE FROM refresh_tokens),
         -- A link that was used or withdrawn since the backup would count again.
         links AS (DELETE FROM sign_in_links WHERE used_at IS NULL)
    SELECT count(*) FROM ended
    """
)
PAUSE = text(
    """
    INSERT INTO installation (id, identity, restored_at, restored_from, messages_paused_at, messages_paused_because)
    VALUES (1, :identity, now(), :file, now(), :because)
    ON CONFLICT (id) DO UPDATE SET (restored_at, restored_from, messages_paused_at, messages_paused_because)
      = (excluded.restored_at, excluded.restored_from, excluded.messages_paused_at, excluded.messages_paused_because)
    RETURNING identity::text
    """
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """One that was carried out. ``at`` is aware."""

    client_id: int
    at: datetime
    reason: str = REPEATED


@dataclass(slots=True)
class Prepared:
    """What was done in the restored database."""

    revision: str | None = None
    identity: str | None = None
    erased: list[int] = field(default_factory=list)
    sessions_ended: int = 0
    done: list[str] = field(default_factory=list)


async def erasures_of(url: str) -> list[Erasure]:
    """Those of the present database, where it has such a table."""
    async with connected(url) as connection:
        if not await has_column(connection, "public.erasures", "client_id", "bigint"):
            return []
        rows = await connection.fetch("SELECT client_id, erased_at, reason FROM public.erasures ORDER BY client_id")
        return [Erasure(row["client_id"], row["erased_at"], row["reason"]) for row in rows]


def erasures_in_journal(folder: Path) -> list[Erasure]:
    """Those of the journal beside the database. A line that can't be read was cut off by a crash, and the database has it."""
    found = []
    try:
        lines = (folder / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    for line in lines:
        try:
            values = json.loads(line)
            found.append(Erasure(int(values["client"]), datetime.fromisoformat(values["at"]).astimezone(UTC)))
        except (ValueError, KeyError, TypeError):
            continue
    return found


async def upgrade_it(settings: Settings) -> None:
    """Bring the restored database to the newest revision."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    engine = create_async_engine(
        settings.sqlalchemy_url, poolclass=NullPool, connect_args={"server_settings": {"search_path": "public", "statement_timeout": "0"}}
    )
    try:
        async with engine.connect() as connection:
            await upgrade(connection, revisions()[-1])
    finally:
        await engine.dispose()


async def prepare(settings: Settings, manifest: Manifest, file: str, erasures: Iterable[Erasure], say: Callable[[str], None]) -> Prepared:
    """Do it, in one transaction of the restored database (which ``settings`` name), at head."""
    prepared = Prepared(revision=revisions()[-1])
    database = Database.of(settings, name="krc-restore", statement_timeout_ms=0, pool_size=1)
    try:
        async with database.writing(RESTORE) as uow:
            prepared.erased = await _erase_again(uow, manifest, erasures)
            prepared.sessions_ended = await uow.scalar(END_SESSIONS)
            known = _known_identity(settings)
            because = f"Restored from {file}"[:200]
            prepared.identity = await uow.scalar(PAUSE, {"identity": known, "file": file[:200], "because": because})
            after = {"file": file, "made_at": manifest.made_at.isoformat(), "erased_again": prepared.erased}
            audit.record(uow, "installation.restored", "installation", None, after=after)
    finally:
        await database.close()
    if prepared.erased:
        say(f"erased {len(prepared.erased)} clients again, as was asked for after the backup was made")
    say(f"signed everybody out ({prepared.sessions_ended} sessions) and paused messages to clients")
    return prepared


async def _erase_again(uow: UnitOfWork, manifest: Manifest, erasures: Iterable[Erasure]) -> list[int]:
    again = []
    newest = {erasure.client_id: erasure for erasure in sorted(erasures, key=lambda one: (one.at, one.reason == REPEATED))}
    for number, erasure in sorted(newest.items()):
        if erasure.at > manifest.made_at - MARGIN and await uow.scalar(TO_ERASE, {"client_id": number, "erased_at": erasure.at}):
            await erase(uow, number, reason=erasure.reason, erased_at=erasure.at)
            again.append(number)
    return again


def _known_identity(settings: Settings) -> str:
    # Only for a backup from before there was such a row.
    try:
        remembered = identity.read(settings)
    except identity.IdentityUnreadable:
        remembered = None
    return str(remembered.identity if remembered else uuid4())


async def advance_sequences(connection: asyncpg.Connection, given: dict[str, int]) -> None:
    """Go on numbering where the present database left off: a number on a card or in another program means one thing for ever."""
    here = dict(await connection.fetch("SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"))
    for name, last in given.items():
        if name in here and here[name] < last:
            await connection.execute("SELECT setval($1::regclass, $2)", f"public.{quoted(name)}", last)


async def give_rights(settings: Settings) -> list[str]:
    """Let the API's role read and write, where it is another than the owner's; returns what was done. ``settings``: with both addresses."""
    owner = settings.owner
    engine = create_async_engine(owner.sqlalchemy_url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await roles.ensure(connection, settings)
    finally:
        await engine.dispose()
