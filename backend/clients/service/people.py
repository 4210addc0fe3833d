"""Putting people on file, changing what is known about them, archiving and restoring them, giving them another member code."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, literal, select, text, update

from backend import clock
from backend.audit import idempotency
from backend.audit import service as audit
from backend.checking import Checker
from backend.clients import codes
from backend.clients.models import Client, ClientTag, ContactKind, ContactMethod
from backend.clients.service import details, duplicates, notes
from backend.clients.service.locking import at_version
from backend.clients.service.tags import known_tags
from backend.clients.service.versions import as_json
from backend.db import AnyRow, UnitOfWork

# Codes are compared without case and hyphens, which the unique key on the column does not see.
_ALONE_WITH_CODE = text("SELECT pg_advisory_xact_lock(hashtextextended(krc_code(:code), 4217))")
_TRIES = 8
_IDENTIFYING = frozenset({"first_name", "last_name", "date_of_birth"})


@dataclass(frozen=True, slots=True)
class NewClient:
    """Somebody to put on file: what a form gave, as it was typed. ``details`` are the columns of `details.RULES`."""

    details: Mapping[str, Any]
    phone: str | None = None
    email: str | None = None
    note: str | None = None
    tag_ids: Sequence[int] = ()


class Beside(Protocol):
    """What a feature above puts on file together with somebody, in the same transaction: an authorization."""

    def clean(self, check: Checker, today: date) -> Mapping[str, Any]:
        """Its columns in form; what is wrong is noted."""

    async def write(self, uow: UnitOfWork, client_id: int, columns: Mapping[str, Any]) -> None:
        """Put it on file."""


@dataclass(frozen=True, slots=True)
class _Clean:
    columns: dict[str, Any]
    phone: str | None
    email: str | None
    note: str | None
    tag_ids: tuple[int, ...]


async def create(uow: UnitOfWork, asked: NewClient, *, today: date, key: UUID | None = None, beside: Beside | None = None) -> int:
    """Put somebody on file, and what comes with them; returns their number. Pairs with those who may be the same person are noted.

    Without a member code one is made. The phone and the email become the primary ones. With a ``key`` that was used for the same
    before, nothing is made and the number is that of the first time. Raises `ValidationFailed`, and `Conflict` (``KEY_REUSED``).
    """
    check = Checker()
    given = {"first_name": "", "last_name": ""} | {name: value for name, value in asked.details.items() if value is not None}
    clean = _Clean(
        columns=details.clean(check, given, today),
        phone=check.phone("phone", asked.phone),
        email=check.email("email", asked.email),
        note=check.words("note", asked.note, details.NOTE),
        tag_ids=tuple(sorted(set(asked.tag_ids))),
    )
    columns = clean.columns
    details.check_name(check, columns["first_name"], columns["last_name"])
    more = beside.clean(check, today) if beside is not None else None
    check.done()
    wanted = asdict(clean) | ({"beside": more} if more is not None else {})
    made = await idempotency.made_before(uow, key, "createClient", wanted)
    if made is not None:
        return made
    tag_names = await known_tags(uow, check, "tagIds", clean.tag_ids)
    columns["member_code"] = await _code_for(uow, check, columns.get("member_code"), None)
    check.done()
    client = Client(**columns)
    uow.add(client)
    await uow.flush()
    uow.add(
        *(
            ContactMethod(client_id=client.id, kind=kind, value=value, is_primary=True)
            for kind, value in ((ContactKind.PHONE, clean.phone), (ContactKind.EMAIL, clean.email))
            if value is not None
        ),
        *(ClientTag(client_id=client.id, tag_id=tag_id) for tag_id in tag_names),
    )
    await uow.flush()
    kept = {name: as_json(value) for name, value in columns.items() if value not in (None, "", False)}
    rest = {"phone": clean.phone, "email": clean.email, "tags": list(tag_names.values())}
    audit.record(
        uow,
        "client.created",
        "client",
        client.id,
        client_id=client.id,
        after=kept | {name: value for name, value in rest.items() if value},
    )
    if clean.note is not None:
        await notes.write(uow, client.id, clean.note, pinned=False)
    if beside is not None and more is not None:
        await beside.write(uow, client.id, more)
    await duplicates.note_pairs(uow, client.id)
    await idempotency.remember(uow, key, client.id)
    return client.id


async def change(uow: UnitOfWork, client_id: int, version: int, given: Mapping[str, Any], *, today: date) -> int:
    """Change the columns that are given and return the new version; a None or blank clears one. What is the same changes nothing.

    Pairs with those who now may be the same person are noted.

    Raises `ValidationFailed`, `NotFound` and `Conflict` (``STALE_VERSION``, ``MERGED``, ``ERASED``).
    """
    row = await at_version(uow, client_id, version)
    check = Checker()
    clean = details.clean(check, given, today)
    if not {"first_name", "last_name"}.isdisjoint(clean):
        details.check_name(check, clean.get("first_name", row.first_name), clean.get("last_name", row.last_name))
    check.done()
    if clean.get("member_code") is not None and clean["member_code"] != row.member_code:
        clean["member_code"] = await _code_for(uow, check, clean["member_code"], client_id)
        check.done()
    now = await _write(uow, row, clean, "client.updated")
    if now != version and not _IDENTIFYING.isdisjoint(clean):
        await duplicates.note_pairs(uow, client_id)
    return now


async def archive(uow: UnitOfWork, client_id: int, version: int) -> int:
    """Hide somebody from lists and from checking in; returns the version. An archived one stays as they are."""
    row = await at_version(uow, client_id, version)
    return row.version if row.archived_at else await _write(uow, row, {"archived_at": clock.now()}, "client.archived")


async def restore(uow: UnitOfWork, client_id: int, version: int) -> int:
    """Take somebody out of the archive; returns the version."""
    row = await at_version(uow, client_id, version)
    return await _write(uow, row, {"archived_at": None}, "client.restored")


async def new_member_code(uow: UnitOfWork, client_id: int, version: int) -> int:
    """Give somebody a new code, for a lost card: the old one no longer finds them. Returns the version."""
    row = await at_version(uow, client_id, version)
    return await _write(uow, row, {"member_code": await _code_for(uow, Checker(), None, client_id)}, "client.member_code_changed")


async def _write(uow: UnitOfWork, row: AnyRow, wanted: Mapping[str, Any], action: str) -> int:
    changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    version: int = row.version
    if not changed:
        return version
    await uow.execute(update(Client).where(Client.id == row.id).values(**changed, version=version + 1))
    audit.record(
        uow,
        action,
        "client",
        row.id,
        client_id=row.id,
        before={name: as_json(getattr(row, name)) for name in changed},
        after={name: as_json(value) for name, value in changed.items()},
    )
    return version + 1


async def _code_for(uow: UnitOfWork, check: Checker, wanted: str | None, client_id: int | None) -> str:
    """The code that was asked for if nobody else has it, else a problem; a new one where none was asked for."""
    for _ in range(_TRIES):
        code = wanted or codes.make()
        await uow.execute(_ALONE_WITH_CODE, {"code": code})
        same = func.krc_code(Client.member_code) == func.krc_code(literal(code))
        taken = await uow.scalar(select(Client.id).where(same, Client.id != (client_id or 0)).limit(1))
        if taken is None:
            return code
        if wanted is not None:
            check.problem("memberCode", "TAKEN", "Somebody else has this code. Leave the field empty to get a new one.")
            return code
    raise RuntimeError("no free member code in eight tries")
