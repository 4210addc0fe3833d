"""How somebody can be reached: adding, changing and removing phones, emails and Discord handles; at most one of a kind is primary."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from backend import clock
from backend.audit import idempotency
from backend.audit import service as audit
from backend.checking import Checker
from backend.clients.models import ContactKind, ContactMethod
from backend.clients.service import duplicates
from backend.clients.service.locking import locked
from backend.clients.service.versions import as_json, refuse_stale
from backend.db import AnyRow, UnitOfWork
from backend.errors import NotFound

MOST = 30
LABEL = 60
_HANDLE = 100
SHOWN = ("value", "label", "is_primary", "verified_at", "opted_out_at", "version")


@dataclass(frozen=True, slots=True)
class NewContactMethod:
    """A contact method to add, as it was typed. ``primary``: None makes it the primary one where it is the first of its kind."""

    client_id: int
    kind: ContactKind
    value: str | None
    label: str | None = None
    primary: bool | None = None


def _value(check: Checker, kind: ContactKind, given: str | None) -> str | None:
    if kind is ContactKind.PHONE:
        value = check.phone("value", given)
    elif kind is ContactKind.EMAIL:
        value = check.email("value", given)
    else:
        value = check.line("value", given and given.strip().removeprefix("@"), _HANDLE)
    needed = {ContactKind.PHONE: "a phone number", ContactKind.EMAIL: "an email address", ContactKind.DISCORD: "a Discord handle"}
    check.required("value", value, f"Give {needed[kind]}.")
    return value


async def siblings(uow: UnitOfWork, client_id: int) -> list[AnyRow]:
    """All of a client's, the oldest first."""
    columns = ContactMethod.__table__.columns
    return list(await uow.rows(select(*columns).where(ContactMethod.client_id == client_id).order_by(ContactMethod.id)))


def refuse_double(check: Checker, others: list[AnyRow], kind: ContactKind, value: str | None) -> None:
    """Note a problem where one of the others says the same."""
    if value is not None and any(other.kind is kind and other.value == value for other in others):
        check.problem("value", "ALREADY_THERE", "This client has this one already.")


def refuse_too_many(check: Checker, others: list[AnyRow]) -> None:
    """Note a problem where there is no room for one more."""
    if len(others) >= MOST:
        check.problem("value", "TOO_MANY", f"One client may have {MOST} of them. Remove one first.")


async def add(uow: UnitOfWork, asked: NewContactMethod, *, key: UUID | None = None) -> int:
    """Add one and return its number. With a ``key`` that was used for the same before, the number is that of the first time.

    Raises `ValidationFailed` (``ALREADY_THERE`` for one that the client has), `NotFound`, and `Conflict` as `locking.locked` does.
    """
    check = Checker()
    value = _value(check, asked.kind, asked.value)
    label = check.line("label", asked.label, LABEL)
    check.done()
    made = await idempotency.made_before(uow, key, "addContactMethod", asdict(asked) | {"value": value, "label": label})
    if made is not None:
        return made
    await locked(uow, asked.client_id)
    others = await siblings(uow, asked.client_id)
    refuse_double(check, others, asked.kind, value)
    refuse_too_many(check, others)
    check.done()
    first = not any(other.kind is asked.kind and other.is_primary for other in others)
    primary = first if asked.primary is None else asked.primary
    if primary:
        await step_down(uow, others, asked.kind)
    method = ContactMethod(client_id=asked.client_id, kind=asked.kind, value=value, label=label, is_primary=primary)
    uow.add(method)
    await uow.flush()
    after = {"kind": asked.kind.value, "value": value, "label": label, "is_primary": primary}
    given = {name: item for name, item in after.items() if item}
    audit.record(uow, "contact_method.added", "contact_method", method.id, client_id=asked.client_id, after=given)
    await duplicates.note_pairs(uow, asked.client_id)
    await idempotency.remember(uow, key, method.id)
    return method.id


async def _find(uow: UnitOfWork, number: int, version: int) -> tuple[AnyRow, list[AnyRow]]:
    """The contact method, its client locked, and the client's other ones."""
    client_id = await uow.scalar(select(ContactMethod.client_id).where(ContactMethod.id == number))
    if client_id is not None:
        await locked(uow, client_id)
        methods = await siblings(uow, client_id)
        found = next((method for method in methods if method.id == number), None)
        if found is not None:
            if found.version != version:
                shown = {name: getattr(found, name) for name in SHOWN}
                await refuse_stale(uow, "contact_method", number, given=version, present=shown)
            return found, [method for method in methods if method.id != number]
    raise NotFound("There is no such contact method. It may have been removed.")


async def change(uow: UnitOfWork, number: int, version: int, given: Mapping[str, Any]) -> tuple[int, int]:
    """Change what is given of ``value``, ``label``, ``primary``, ``verified`` and ``opted_out``; the client's number and the new version.

    Another value is a new one that nobody has proved, so it loses ``verified`` unless that is given too; it stays opted out, since that
    is for the client to take back. Raises `ValidationFailed`, `NotFound` and `Conflict`.
    """
    row, others = await _find(uow, number, version)
    check = Checker()
    wanted: dict[str, Any] = {}
    if "value" in given:
        wanted["value"] = _value(check, row.kind, given["value"])
        refuse_double(check, others, row.kind, wanted["value"])
        if wanted["value"] != row.value:
            wanted |= {"verified_at": None, "needs_fixing": False}
    if "label" in given:
        wanted["label"] = check.line("label", given["label"], LABEL)
    if "primary" in given:
        wanted["is_primary"] = bool(given["primary"])
    now = clock.now()
    for name, column in (("verified", "verified_at"), ("opted_out", "opted_out_at")):
        if name in given:
            wanted[column] = (wanted.get(column, getattr(row, column)) or now) if given[name] else None
    check.done()
    if wanted.get("is_primary"):
        await step_down(uow, others, row.kind)
    written = await write(uow, row, wanted)
    if wanted.get("value", row.value) != row.value:
        await duplicates.note_pairs(uow, row.client_id)
    return row.client_id, written


async def remove(uow: UnitOfWork, number: int, version: int) -> int:
    """Remove one and return its client's number. The oldest other one of its kind becomes primary where this one was.

    All of it stays in the audit entry, for `contacts_back.restore`. Raises `NotFound` and `Conflict`.
    """
    row, others = await _find(uow, number, version)
    await uow.execute(delete(ContactMethod).where(ContactMethod.id == number))
    heir = next((other for other in others if other.kind is row.kind and not other.needs_fixing), None) if row.is_primary else None
    kept = {name: as_json(value) for name, value in row._mapping.items() if name not in {"id", "client_id"} and value}  # noqa: SLF001
    before = kept | {"kind": row.kind.value} | ({"heir_id": heir.id} if heir is not None else {})
    audit.record(uow, "contact_method.removed", "contact_method", number, client_id=row.client_id, before=before)
    if heir is not None:
        await write(uow, heir, {"is_primary": True})
    client_id: int = row.client_id
    return client_id


async def step_down(uow: UnitOfWork, others: list[AnyRow], kind: ContactKind) -> None:
    """The one that is primary among the others no longer is."""
    for other in others:
        if other.kind is kind and other.is_primary:
            await write(uow, other, {"is_primary": False})


async def write(uow: UnitOfWork, row: AnyRow, wanted: Mapping[str, Any]) -> int:
    """Change the columns that differ, for a client whom this transaction holds; returns the version."""
    changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    version: int = row.version
    if not changed:
        return version
    await uow.execute(update(ContactMethod).where(ContactMethod.id == row.id).values(**changed, version=version + 1))
    audit.record(
        uow,
        "contact_method.updated",
        "contact_method",
        row.id,
        client_id=row.client_id,
        before={name: as_json(getattr(row, name)) for name in changed},
        after={name: as_json(value) for name, value in changed.items()},
    )
    return version + 1
