"""Pairing, changing and revoking kiosks.

A device asks and gets a code and a token. The token is good for nothing until an admin types the code: so nothing secret has to be
handed over afterwards, and a device whose network breaks meanwhile just goes on asking whether it counts.

Codes of `Conflict`: ``KIOSK_REVOKED``, ``STALE_VERSION``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text, update

from backend import clock
from backend.accounts import kiosk_access, kiosk_token, limits
from backend.accounts.models import Kiosk, KioskKind, KioskPairing
from backend.accounts.versions import refuse_stale
from backend.audit import service as audit
from backend.audit.idempotency import made_before, remember
from backend.checking import Checker
from backend.config import Settings
from backend.db import ActorKind, UnitOfWork
from backend.errors import Conflict, NotFound

CODE_LASTS = timedelta(minutes=10)
LONGEST_NAME = 80
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('kiosk_names', 4218))")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the device shows and what it keeps."""

    code: str
    token: str
    lasts: timedelta


async def ask(uow: UnitOfWork, settings: Settings, *, kind: KioskKind, address: str) -> Asked:
    """A code for a device that wants to be paired. Raises `LoginRefused` (``TOO_MANY_TRIES``)."""
    now = clock.now()
    await limits.take(uow, limits.for_pairing(settings, address), now)
    code, token = kiosk_token.new_code(), kiosk_token.new_token()
    hashes = {"code_hash": kiosk_token.code_digest(settings, code), "token_hash": kiosk_token.digest(token)}
    uow.add(KioskPairing(**hashes, kind=kind, expires_at=now + CODE_LASTS))
    await uow.flush()
    return Asked(code, token, CODE_LASTS)


async def approve(uow: UnitOfWork, settings: Settings, *, code: str, name: str, station_id: int | None, key: UUID | None = None) -> int:
    """Pair the device that shows this code; returns the kiosk's number. The caller has seen that there is such a station.

    Raises `ValidationFailed`: ``UNKNOWN_CODE`` (never made, used or over), and what is wrong with the name.
    """
    made = await made_before(uow, key, "approveKiosk", [code, name, station_id])
    if made is not None:
        return made
    digest = kiosk_token.code_digest(settings, code)
    asked: KioskPairing | None = await uow.scalar(select(KioskPairing).where(KioskPairing.code_hash == digest).with_for_update())
    check = Checker()
    if asked is None or asked.expires_at <= clock.now():
        check.problem("code", "UNKNOWN_CODE", "No device shows this code now. Codes change every ten minutes; look at the device again.")
    clean = await _name(uow, check, name, but=None)
    check.done()
    if asked is None:
        raise NotFound("No device shows this code now.")
    by = uow.actor.id if uow.actor.kind is ActorKind.USER else None
    row = Kiosk(name=clean, kind=asked.kind, station_id=station_id, token_hash=asked.token_hash, paired_by=by)
    uow.add(row)
    await uow.execute(delete(KioskPairing).where(KioskPairing.code_hash == digest))
    await uow.flush()
    await remember(uow, key, row.id)
    audit.record(uow, "kiosk.approved", "kiosk", row.id, after={"name": clean, "kind": asked.kind.value, "station_id": station_id})
    return row.id


async def change(uow: UnitOfWork, number: int, *, version: int, values: Mapping[str, Any]) -> None:
    """Rename or move a kiosk; ``values`` has any of name and station_id. Raises `NotFound`, `ValidationFailed`, `Conflict`."""
    row = await _locked(uow, number)
    if row.revoked_at is not None:
        raise Conflict("This kiosk was revoked, so it stays as it is.", code="KIOSK_REVOKED")
    if row.version != version:
        await refuse_stale(
            uow, "kiosk", number, given=version, version=row.version, present={"name": row.name, "station_id": row.station_id}
        )
    clean = dict(values)
    if "name" in clean:
        check = Checker()
        clean["name"] = await _name(uow, check, clean["name"] or "", but=number)
        check.done()
    changed = {name: value for name, value in clean.items() if getattr(row, name) != value}
    if changed:
        audit.record(uow, "kiosk.updated", "kiosk", number, before={name: getattr(row, name) for name in changed}, after=changed)
        await uow.execute(update(Kiosk).where(Kiosk.id == number).values(**changed, version=Kiosk.version + 1))
        uow.after_commit(partial(kiosk_access.forget, number))


async def revoke(uow: UnitOfWork, number: int) -> None:
    """Cut a kiosk off for good, within five seconds everywhere. A second time changes nothing. Raises `NotFound`."""
    row = await _locked(uow, number)
    if row.revoked_at is None:
        await uow.execute(update(Kiosk).where(Kiosk.id == number).values(revoked_at=clock.now(), version=Kiosk.version + 1))
        audit.record(uow, "kiosk.revoked", "kiosk", number, before={"name": row.name, "queued": row.queued})
        uow.after_commit(partial(kiosk_access.forget, number))


async def _name(uow: UnitOfWork, check: Checker, typed: str, *, but: int | None) -> str:
    """The name tidied; what is wrong with it is noted."""
    name = check.line("name", typed, LONGEST_NAME)
    check.required("name", name, "Give the kiosk a name, such as Front door.")
    if name is None:
        return ""
    # Two approvals at once would both find the name free.
    await uow.execute(_ALONE)
    same = select(Kiosk.id).where(func.lower(Kiosk.name) == name.lower(), Kiosk.revoked_at.is_(None))
    if but is not None:
        same = same.where(Kiosk.id != but)
    if await uow.scalar(same.limit(1)) is not None:
        check.problem("name", "NAME_TAKEN", "Another kiosk has this name.")
    return name


async def _locked(uow: UnitOfWork, number: int) -> Kiosk:
    row: Kiosk | None = await uow.scalar(
        select(Kiosk).where(Kiosk.id == number).with_for_update(key_share=True).execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("There is no kiosk with this id.")
    return row
