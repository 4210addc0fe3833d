"""Notes: writing, editing, pinning, deleting, and bringing a deleted one back. A deleted note is kept, out of everybody's sight."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from backend import clock
from backend.audit import idempotency
from backend.audit import service as audit
from backend.checking import Checker
from backend.clients.models import ClientNote
from backend.clients.service.details import NOTE
from backend.clients.service.locking import locked
from backend.clients.service.versions import as_json, author, refuse_stale
from backend.db import AnyRow, UnitOfWork
from backend.errors import NotFound

_EMPTY = "Write something. To get rid of a note, delete it."
_MISSING = "There is no such note. It may have been deleted."


async def add(uow: UnitOfWork, client_id: int, body: str | None, *, pinned: bool = False, key: UUID | None = None) -> int:
    """Write a note and return its number. With a ``key`` that was used for the same before, the number is that of the first time.

    Raises `ValidationFailed`, `NotFound`, and `Conflict` as `locking.locked` does.
    """
    check = Checker()
    words = check.words("body", body, NOTE)
    check.required("body", words, _EMPTY)
    check.done()
    made = await idempotency.made_before(uow, key, "addNote", [client_id, words, pinned])
    if made is not None:
        return made
    await locked(uow, client_id)
    number = await write(uow, client_id, words or "", pinned=pinned)
    await idempotency.remember(uow, key, number)
    return number


async def write(uow: UnitOfWork, client_id: int, words: str, *, pinned: bool) -> int:
    """Write a note whose text is in form, for a client whom this transaction holds; returns its number."""
    note = ClientNote(client_id=client_id, body=words, pinned=pinned, author_id=author(uow))
    uow.add(note)
    await uow.flush()
    audit.record(uow, "note.added", "note", note.id, client_id=client_id, after={"body": words} | ({"pinned": True} if pinned else {}))
    return note.id


async def _find(uow: UnitOfWork, number: int, version: int, *, deleted: bool) -> AnyRow:
    """The note, its client locked. A deleted one is there only for whoever looks for one."""
    client_id = await uow.scalar(select(ClientNote.client_id).where(ClientNote.id == number))
    if client_id is None:
        raise NotFound(_MISSING)
    await locked(uow, client_id)
    row = await uow.row(select(*ClientNote.__table__.columns).where(ClientNote.id == number))
    if row is None or (row.deleted_at is not None and not deleted):
        raise NotFound(_MISSING)
    if row.version != version:
        shown = {name: getattr(row, name) for name in ("body", "pinned", "deleted_at", "version")}
        await refuse_stale(uow, "note", number, given=version, present=shown)
    return row


async def change(uow: UnitOfWork, number: int, version: int, given: Mapping[str, Any]) -> tuple[int, int]:
    """Change what is given of ``body`` and ``pinned``; the client's number and the new version. Who edited the text is kept.

    Raises `ValidationFailed`, `NotFound` and `Conflict`.
    """
    row = await _find(uow, number, version, deleted=False)
    check = Checker()
    wanted: dict[str, Any] = {}
    if "body" in given:
        wanted["body"] = check.words("body", given["body"], NOTE)
        check.required("body", wanted["body"], _EMPTY)
    if "pinned" in given:
        wanted["pinned"] = bool(given["pinned"])
    check.done()
    edited = {"edited_at": clock.now(), "edited_by": author(uow)} if wanted.get("body", row.body) != row.body else {}
    return row.client_id, await _write(uow, row, wanted, "note.updated", edited)


async def delete(uow: UnitOfWork, number: int, version: int) -> tuple[int, int]:
    """Put a note out of sight; the client's number and the new version. Raises `NotFound` and `Conflict`."""
    row = await _find(uow, number, version, deleted=False)
    now = clock.now()
    return row.client_id, await _write(uow, row, {"deleted_at": now}, "note.deleted", {"deleted_by": author(uow)})


async def restore(uow: UnitOfWork, number: int, version: int) -> tuple[int, int]:
    """Bring a deleted note back; the client's number and the version. One that is there stays. Raises `NotFound` and `Conflict`."""
    row = await _find(uow, number, version, deleted=True)
    return row.client_id, await _write(uow, row, {"deleted_at": None}, "note.restored", {"deleted_by": None})


async def _write(uow: UnitOfWork, row: AnyRow, wanted: Mapping[str, Any], action: str, beside: Mapping[str, Any]) -> int:
    changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    version: int = row.version
    if not changed:
        return version
    await uow.execute(update(ClientNote).where(ClientNote.id == row.id).values(**changed, **beside, version=version + 1))
    audit.record(
        uow,
        action,
        "note",
        row.id,
        client_id=row.client_id,
        before={name: as_json(getattr(row, name)) for name in changed},
        after={name: as_json(value) for name, value in changed.items()},
    )
    return version + 1
