"""Writing the roster now, from the command line."""

import asyncio
import json

from backend.config import Settings
from backend.db import Database
from backend.operations.command_line import FAILED
from backend.operations.doctor.lines import counted, size
from backend.operations.paper.errors import PaperFailed
from backend.operations.paper.writing import Written, write


def run(settings: Settings, *, as_json: bool) -> int:
    """Write it and say where it is. Returns the exit code."""
    written, message = None, None
    try:
        written = asyncio.run(_write(settings))
    except PaperFailed as error:
        message = error.message
    code = 0 if written else FAILED
    if as_json:
        found = {"file": str(written.path), "people": written.people, "size_bytes": written.size} if written else {}
        print(json.dumps({**found, "message": message, "exit_code": code}))
    elif written:
        print(
            f"{written.path}\n{counted(written.people, 'person', 'people')}, {size(written.size)}. It opens with the backups’ passphrase."
        )
    else:
        print(message)
    return code


async def _write(settings: Settings) -> Written:
    database = Database.of(settings, name="krc-paper", pool_size=1, statement_timeout_ms=60_000)
    try:
        return await write(database, settings)
    finally:
        await database.close()
