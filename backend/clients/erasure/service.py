"""Carrying out an erasure, for an admin who asks for it and for a restore that has to repeat it."""

import enum
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from backend.audit import service as audit
from backend.clients.erasure import statements
from backend.clients.erasure.certificate import certificate
from backend.clients.erasure.journal import write_down
from backend.clients.merge.undo import undo
from backend.clients.models import Client, ClientMerge
from backend.db import AnyRow, UnitOfWork
from backend.errors import Conflict, FieldError, NotFound, ValidationFailed

_APOSTROPHES = "'`\u2018\u2019\u02bc\u00b4"


class ErasureReason(enum.StrEnum):
    """Why somebody is erased. A list and no text, since it is kept and must not name the person."""

    OWN_REQUEST = "OWN_REQUEST"
    GUARDIAN_REQUEST = "GUARDIAN_REQUEST"
    ENTERED_BY_MISTAKE = "ENTERED_BY_MISTAKE"
    RETENTION_ENDED = "RETENTION_ENDED"


async def erase_on_request(uow: UnitOfWork, client_id: int, *, typed_name: str, reason: ErasureReason, journal: Path) -> bool:
    """Erase a client whose name was typed to confirm it; whether they had not been erased before.

    Case, accents and blanks of the name don't count. Raises `NotFound`, `ValidationFailed` (``NAME_DIFFERS``), and `Conflict`
    (``MERGED``) for one who was merged into another: the person is that one.
    """
    row = await uow.row(select(Client.first_name, Client.last_name, Client.merged_into_id).where(Client.id == client_id).with_for_update())
    if row is None:
        raise NotFound("There is no such client.")
    if row.merged_into_id is not None:
        raise Conflict("This client was merged into another one. Erase that one: this one goes with them.", code="MERGED")
    if _plain(typed_name) != _plain(f"{row.first_name} {row.last_name}"):
        raise ValidationFailed(FieldError(("name",), "NAME_DIFFERS", "This is not the client's name. Type first and last name as shown."))
    return await erase(uow, client_id, reason=reason.value, journal=journal)


def _plain(name: str) -> str:
    """Lower case without accents and apostrophes, as ``krc_fold`` has it, with one blank between words."""
    letters = (sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign) and sign not in _APOSTROPHES)
    return " ".join("".join(letters).casefold().split())


async def erase(uow: UnitOfWork, client_id: int, *, reason: str, erased_at: datetime | None = None, journal: Path | None = None) -> bool:
    """Erase client ``client_id``; whether it had not been erased before. A second time it only removes what was added since.

    ``reason`` is kept, so it must not name the person. ``erased_at`` is for carrying an erasure out again; otherwise it is now.
    ``journal``: the file (`JOURNAL` in the config folder) to which numbers and time are added after the commit.

    One who is merged into another at this moment, and can still be separated, is separated first: a restored backup may be from
    before the merge was undone. The API's role may do all of this. Raises `NotFound`.
    """
    locked = await uow.rows(statements.LOCK, {"client_id": client_id})
    this = next((row for row in locked if row.id == client_id), None)
    if this is None:
        raise NotFound("There is no such client.")
    await uow.flush()
    if this.merged_into_id is not None:
        await _separate(uow, client_id)
        locked = await uow.rows(statements.LOCK, {"client_id": client_id})
    numbers = [client_id, *(row.id for row in locked if row.merged_into_id == client_id)]
    them = {"clients": numbers}
    counts = dict(zip(*_columns(await uow.row(statements.COUNTS, them)), strict=True))
    # First of all, since the functions below ask for it.
    values = {**them, "erased_at": erased_at, "reason": reason, "actor_label": uow.actor.label}
    new = {row.client_id: row.erased_at for row in await uow.rows(statements.REMEMBER, values)}
    scrubbed = await _scrub_searches(uow, numbers)
    for statement in statements.FORGET:
        await uow.execute(statement, them)
    emptied = await uow.scalar(statements.FORGET_AUDIT, them)
    legacy = await uow.scalar(statements.FORGET_LEGACY, them)
    at: datetime | None = new.get(client_id)
    if at is not None:
        written = certificate(numbers, counts, at=at, reason=reason, emptied=emptied, legacy=legacy, scrubbed=scrubbed)
        await uow.execute(statements.CERTIFY, {"client_id": client_id, "certificate": orjson.dumps(written).decode()})
    for number in new:
        audit.record(uow, "client.erased", "client", number, client_id=number, after={"reason": reason})
    if journal is not None and new:
        since = min(new.values())
        uow.after_commit(lambda: write_down(journal, sorted(new), since))
    return at is not None


async def _separate(uow: UnitOfWork, client_id: int) -> None:
    merge_id = await uow.scalar(
        select(ClientMerge.id)
        .where(ClientMerge.merged_id == client_id, ClientMerge.undone_at.is_(None))
        .order_by(ClientMerge.id.desc())
        .limit(1)
    )
    if merge_id is not None:
        with suppress(Conflict):
            await undo(uow, merge_id)


def _columns(row: AnyRow | None) -> tuple[Sequence[str], Sequence[int]]:
    if row is None:
        return (), ()
    return list(row._fields), list(row)


async def _scrub_searches(uow: UnitOfWork, numbers: Sequence[int]) -> int:
    """Take the person out of saved searches and out of the filters of changes to many; how many had them."""
    marks = await uow.rows(statements.MARKS, {"clients": list(numbers)})
    alone = {row.alone for row in marks if row.alone}
    within = {row.within for row in marks if row.within}

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: clean(item) for name, item in value.items()}
        if isinstance(value, list):
            return [clean(item) for item in value]
        if isinstance(value, str):
            plain = _plain(value)
            if plain in alone or any(mark in plain for mark in within):
                return ""
        return value

    scrubbed = 0
    for table, reading in statements.SEARCHED.items():
        for row in await uow.rows(reading):
            cleaned, name = clean(row.content), clean(row.name)
            if (cleaned, name) != (row.content, row.name):
                content = orjson.dumps(cleaned).decode()
                await uow.execute(statements.SCRUB[table], {"id": row.id, "name": name or None, "content": content})
                scrubbed += 1
    return scrubbed
