"""Adding, correcting and renewing authorizations."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from backend.audit import service as audit
from backend.audit.idempotency import remember
from backend.checking import Checker
from backend.clients.reading import path_of
from backend.clients.service.duplicates import note_pairs
from backend.clients.service.versions import as_json
from backend.db import AnyRow, ReadSession, UnitOfWork
from backend.errors import FieldError, ValidationFailed
from backend.memberships.models import Authorization
from backend.memberships.periods import Period, length_of, renewal
from backend.memberships.service.holdings import (
    AUTHORIZATION,
    NOTE,
    REASON,
    Other,
    Saved,
    change,
    check_days,
    lock,
    lock_client,
    made_by,
    refuse_overlap,
)
from backend.values import NAME_LENGTH, UCI_LENGTH

_MOST_UNITS = 10_000
_Rule = Callable[[Checker, str, Any], Any]


def _line(longest: int) -> _Rule:
    return lambda check, path, given: check.line(path, given, longest)


def _uci(check: Checker, path: str, given: str | None) -> str | None:
    number = check.line(path, given, UCI_LENGTH)
    check.required(path, number, "Give the client's UCI number.")
    return number


def _units(check: Checker, path: str, given: int | None) -> int | None:
    if given is not None and not 1 <= given <= _MOST_UNITS:
        check.problem(path, "OUT_OF_RANGE", f"Give 1 to {_MOST_UNITS:,} units, or none.")
    return given


def _as_it_is(_check: Checker, _path: str, given: Any) -> Any:
    return given


_RULES: dict[str, _Rule] = {
    "uci_number": _uci,
    "authorization_number": _line(50),
    "vendor_number": _line(50),
    "service_code": _line(20),
    "service_subcode": _line(20),
    "service_coordinator": _line(NAME_LENGTH),
    "service_coordinator_phone": lambda check, path, given: check.phone(path, given),
    "units_per_month": _units,
    "unit": _as_it_is,
    "note": lambda check, path, given: check.words(path, given, NOTE),
    "end_reason": _line(REASON),
    "starts_on": _as_it_is,
    "ends_on": _as_it_is,
}
# What a renewal takes over. Not the number: the next purchase of service has one of its own.
_KEPT = (
    "uci_number", "vendor_number", "service_code", "service_subcode", "service_coordinator", "service_coordinator_phone", "units_per_month",
    "unit",
)  # fmt: skip


def cleaned(check: Checker, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given columns as they are stored; what is wrong is noted under its path."""
    return {name: _RULES[name](check, ".".join(path_of(name)), value) for name, value in given.items()}


async def _rows(reader: ReadSession, client_id: int) -> Sequence[AnyRow]:
    return await reader.rows(
        select(
            Authorization.id,
            Authorization.uci_number,
            Authorization.authorization_number,
            Authorization.service_code,
            Authorization.service_subcode,
            Authorization.starts_on,
            Authorization.ends_on,
        ).where(Authorization.client_id == client_id)
    )


def _of_service(rows: Sequence[AnyRow], code: str | None, subcode: str | None, *, without: int | None = None) -> Sequence[Other]:
    """Those for the same service: another service may be paid on the same days."""
    found = []
    for row in rows:
        if row.id != without and (row.service_code, row.service_subcode) == (code, subcode):
            service = "/".join(part for part in (row.service_code, row.service_subcode) if part)
            found.append(Other(row.id, row.authorization_number or service, Period(row.starts_on, row.ends_on)))
    return found


async def others_of_service(reader: ReadSession, held: Authorization) -> Sequence[Other]:
    """The client's other authorizations for the same service."""
    return _of_service(await _rows(reader, held.client_id), held.service_code, held.service_subcode, without=held.id)


def _refuse_same(rows: Sequence[AnyRow], values: Mapping[str, Any], *, without: int | None = None) -> None:
    """Raise where the client has one with the same UCI number, first day and number: the table has each of them once."""
    key = (values["uci_number"], values["starts_on"], values["authorization_number"] or "")
    if any(row.id != without and (row.uci_number, row.starts_on, row.authorization_number or "") == key for row in rows):
        said = "There is an authorization with this UCI number, this number and this first day already."
        raise ValidationFailed(FieldError(("authorizationNumber",), "SAME_AUTHORIZATION", said))


async def add_authorization(
    uow: UnitOfWork, *, client_id: int, values: Mapping[str, Any], allow_overlap: bool, today: date, key: UUID | None
) -> Saved:
    """Put an authorization on file; ``values`` has all columns that a form may fill, but ``end_reason``.

    One for the same service may not share a day with it unless ``allow_overlap``. Raises `NotFound`, `Conflict`
    (``CLIENT_ARCHIVED``, ``KEY_REUSED``), `ValidationFailed`, `PeriodOverlaps`.
    """
    if made := await made_by(uow, AUTHORIZATION, key, "addAuthorization", [client_id, values, allow_overlap]):
        return made
    await lock_client(uow, client_id, for_more=True)
    check = Checker()
    clean = cleaned(check, values)
    check_days(check, clean["starts_on"], clean["ends_on"], today)
    check.done()
    number = await insert(uow, "authorization.added", client_id, clean, allow_overlap=allow_overlap)
    await note_pairs(uow, client_id)
    await remember(uow, key, number)
    return Saved(number, client_id)


async def renew_authorization(
    uow: UnitOfWork, number: int, *, values: Mapping[str, Any], allow_overlap: bool, today: date, key: UUID | None
) -> Saved:
    """Add what follows an authorization, with its service, units and coordinator, for as long as it lasted.

    ``values`` may have another first and last day, UCI number, units, a note and the new number. Where there is one for the same
    service that begins after this one ends, that one is the answer, so two renewals at once make one. Raises as `add_authorization`.
    """
    if made := await made_by(uow, AUTHORIZATION, key, "renewAuthorization", [number, values, allow_overlap]):
        return made
    held: Authorization = await lock(uow, AUTHORIZATION, number, for_more=True)
    own = Period(held.starts_on, held.ends_on)
    following = [other for other in await others_of_service(uow, held) if other.period.starts_on > own.ends_on]
    if following:
        next_one = min(following, key=lambda other: other.period)
        await remember(uow, key, next_one.number)
        return Saved(next_one.number, held.client_id, already_there=True)
    check = Checker()
    given = {name: value for name, value in values.items() if value is not None}
    kept = {name: getattr(held, name) for name in _KEPT}
    clean = cleaned(check, {"authorization_number": None, "note": None, **kept, **given})
    starts_on = values["starts_on"] or renewal(own, length_of(own), today).starts_on
    ends_on = values["ends_on"]
    if check_days(check, starts_on, ends_on or starts_on, today):
        ends_on = ends_on or length_of(own).from_day(starts_on).ends_on
        check_days(check, starts_on, ends_on, today)
    check.done()
    clean |= {"starts_on": starts_on, "ends_on": ends_on}
    made_number = await insert(uow, "authorization.renewed", held.client_id, clean, allow_overlap=allow_overlap, renews=number)
    await remember(uow, key, made_number)
    return Saved(made_number, held.client_id)


async def update_authorization(
    uow: UnitOfWork, number: int, *, version: int, values: Mapping[str, Any], allow_overlap: bool, today: date
) -> Saved:
    """Correct an authorization: ``values`` has any of the columns that a form may fill.

    Raises `NotFound`, `Conflict` (``STALE_VERSION``), `ValidationFailed`, `PeriodOverlaps`.
    """
    held: Authorization = await lock(uow, AUTHORIZATION, number, version=version)
    check = Checker()
    clean = cleaned(check, values)
    wanted = {name: clean.get(name, getattr(held, name)) for name in AUTHORIZATION.columns}
    before = Period(held.starts_on, held.ends_on)
    period = check_days(check, wanted["starts_on"], wanted["ends_on"], today)
    check.done()
    rows = await _rows(uow, held.client_id)
    if {"uci_number", "starts_on", "authorization_number"} & clean.keys():
        _refuse_same(rows, wanted, without=number)
    service = (wanted["service_code"], wanted["service_subcode"])
    same_service = service == (held.service_code, held.service_subcode)
    if period and not allow_overlap and not (same_service and period == before):
        others = _of_service(rows, *service, without=number)
        refuse_overlap(AUTHORIZATION, period, others, length_of(period).from_day, before=before if same_service else None)
    old, new = change(held, clean)
    if new:
        audit.record(uow, "authorization.updated", "authorization", number, client_id=held.client_id, before=old, after=new)
    return Saved(number, held.client_id)


async def insert(uow: UnitOfWork, action: str, client_id: int, clean: Mapping[str, Any], *, allow_overlap: bool, **more: Any) -> int:
    """Put what is in form on file, for a client whom this transaction holds; returns its number."""
    rows = await _rows(uow, client_id)
    period = Period(clean["starts_on"], clean["ends_on"])
    _refuse_same(rows, clean)
    if not allow_overlap:
        others = _of_service(rows, clean["service_code"], clean["service_subcode"])
        refuse_overlap(AUTHORIZATION, period, others, length_of(period).from_day)
    made = Authorization(client_id=client_id, **clean)
    uow.add(made)
    await uow.flush()
    after = {name: as_json(value) for name, value in clean.items() if value is not None} | more
    audit.record(uow, action, "authorization", made.id, client_id=client_id, after=after)
    return made.id
