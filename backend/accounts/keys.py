"""Making, changing, rotating and revoking API keys. A key's secret leaves here once, and only its hash stays.

Codes of `Conflict`: ``KEY_REVOKED``, ``KEY_REPLACED``, ``KEY_ENDED``, ``STALE_VERSION``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from backend import clock
from backend.accounts import key_access, key_format
from backend.accounts.models import ApiKey
from backend.accounts.permissions import KEY_SCOPES
from backend.accounts.versions import refuse_stale
from backend.audit import service as audit
from backend.audit.idempotency import made_before, remember
from backend.checking import Checker
from backend.db import ActorKind, UnitOfWork
from backend.errors import Conflict, NotFound

MOST_CALLS = 100_000
MOST_OVERLAP_DAYS = 7
_LONGEST_NAME = 100
_LONGEST = timedelta(days=3660)
_COLUMNS = ("name", "scopes", "ends_at", "calls_an_hour")


@dataclass(frozen=True, slots=True)
class Made:
    """A new key; ``text`` is what its holder sends. None where an earlier request made it: it can't be shown again."""

    number: int
    text: str | None


async def create(uow: UnitOfWork, values: Mapping[str, Any], *, key: UUID | None = None) -> Made:
    """A new key; ``values`` has name, scopes, ends_at and calls_an_hour. Raises `ValidationFailed`, `Conflict` (``KEY_REUSED``)."""
    made = await made_before(uow, key, "createApiKey", dict(values))
    if made is not None:
        return Made(made, None)
    clean = _clean(values)
    fresh, row = await _add(uow, clean)
    audit.record(uow, "api_key.created", "api_key", row.id, after={"prefix": row.prefix, **_as_json(clean)})
    await remember(uow, key, row.id)
    return Made(row.id, fresh.text)


async def update(uow: UnitOfWork, number: int, *, version: int, values: Mapping[str, Any]) -> None:
    """Change a key; ``values`` has any of name, scopes, ends_at and calls_an_hour. It counts within five seconds everywhere.

    Raises `NotFound`, `ValidationFailed`, `Conflict`.
    """
    row = await _found(uow, number, version)
    changed = {name: value for name, value in _clean(values, row).items() if getattr(row, name) != value}
    if changed:
        before = {name: getattr(row, name) for name in changed}
        _change(uow, "api_key.updated", row, changed, before=before)


async def rotate(uow: UnitOfWork, number: int, *, version: int, overlap: timedelta) -> Made:
    """A successor with a new secret and all else the same; the old key works for as long as ``overlap`` says, seven days at most.

    Raises `NotFound`, `ValidationFailed`, `Conflict`.
    """
    check = Checker()
    if not timedelta(0) <= overlap <= timedelta(days=MOST_OVERLAP_DAYS):
        check.problem("overlapHours", "OUT_OF_RANGE", f"The old secret can work on for 0 to {MOST_OVERLAP_DAYS * 24} hours.")
    check.done()
    row = await _found(uow, number, version)
    now = clock.now()
    if row.ends_at is not None and row.ends_at <= now:
        raise Conflict("This key has ended. Give it a later end first, or make another one.", code="KEY_ENDED")
    fresh, successor = await _add(uow, {name: getattr(row, name) for name in _COLUMNS})
    ends_at = now + overlap if row.ends_at is None else min(row.ends_at, now + overlap)
    before = {"ends_at": row.ends_at}
    _change(uow, "api_key.rotated", row, {"replaced_by_id": successor.id, "ends_at": ends_at}, before=before)
    after = {"prefix": successor.prefix, "replaces": row.id, **_as_json({name: getattr(successor, name) for name in _COLUMNS})}
    audit.record(uow, "api_key.created", "api_key", successor.id, after=after)
    return Made(successor.id, fresh.text)


async def revoke(uow: UnitOfWork, number: int) -> None:
    """End a key for good, within five seconds everywhere. A second time changes nothing. Raises `NotFound`."""
    row = await _locked(uow, number)
    if row.revoked_at is None:
        _change(uow, "api_key.revoked", row, {"revoked_at": clock.now()}, before={})


def _clean(values: Mapping[str, Any], row: ApiKey | None = None) -> dict[str, Any]:
    """The values tidied; raises `ValidationFailed`. What a ``row`` has already is not looked at again."""
    check, clean = Checker(), dict(values)
    if "name" in values:
        clean["name"] = check.line("name", values["name"], _LONGEST_NAME)
        check.required("name", clean["name"], "Say in the name who will use the key.")
    if "scopes" in values:
        clean["scopes"] = _scopes(check, values["scopes"] or ())
    ends_at: datetime | None = values.get("ends_at")
    if ends_at is not None and (row is None or row.ends_at != ends_at):
        _check_end(check, ends_at)
    if "calls_an_hour" in values and not 1 <= (values["calls_an_hour"] or 0) <= MOST_CALLS:
        check.problem("callsAnHour", "OUT_OF_RANGE", f"Give 1 to {MOST_CALLS:,}.")
    check.done()
    return clean


def _check_end(check: Checker, ends_at: datetime) -> None:
    if ends_at.tzinfo is None:
        check.problem("endsAt", "NO_ZONE", "Say the time zone too, such as 2030-01-31T08:00:00Z.")
    elif ends_at <= clock.now():
        check.problem("endsAt", "IN_PAST", "This moment is over. Choose a later one, or revoke the key.")
    elif ends_at > clock.now() + _LONGEST:
        check.problem("endsAt", "TOO_FAR", "Choose an end within ten years, or none.")


def _scopes(check: Checker, given: Collection[str]) -> list[str]:
    known = {scope.value for scope in KEY_SCOPES}
    if not given:
        check.problem("scopes", "REQUIRED", "Choose at least one scope.")
    elif not known.issuperset(given):
        # Not named: it may be any text.
        check.problem("scopes", "UNKNOWN_SCOPE", "A key can have these scopes alone: " + ", ".join(sorted(known)) + ".")
    return sorted(set(given))


async def _add(uow: UnitOfWork, clean: Mapping[str, Any]) -> tuple[key_format.Key, ApiKey]:
    fresh = key_format.new()
    made_by = uow.actor.id if uow.actor.kind is ActorKind.USER else None
    row = ApiKey(**clean, prefix=fresh.prefix, secret_hash=fresh.digest, made_by=made_by)
    uow.add(row)
    await uow.flush()
    return fresh, row


async def _locked(uow: UnitOfWork, number: int) -> ApiKey:
    row: ApiKey | None = await uow.scalar(
        select(ApiKey).where(ApiKey.id == number).with_for_update(key_share=True).execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("There is no API key with this id.")
    return row


async def _found(uow: UnitOfWork, number: int, version: int) -> ApiKey:
    """A key that may still be changed, at the version that was read."""
    row = await _locked(uow, number)
    if row.revoked_at is not None:
        raise Conflict("This key was revoked, so it stays as it is. Make another one.", code="KEY_REVOKED")
    if row.replaced_by_id is not None:
        raise Conflict("This key was replaced by another, so it stays as it is. Change its successor, or revoke it.", code="KEY_REPLACED")
    if row.version != version:
        present = _as_json({name: getattr(row, name) for name in _COLUMNS})
        await refuse_stale(uow, "api_key", number, given=version, version=row.version, present=present)
    return row


def _change(uow: UnitOfWork, action: str, row: ApiKey, changed: Mapping[str, Any], *, before: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    audit.record(uow, action, "api_key", row.id, before=_as_json(before) or None, after=_as_json(changed))
    uow.after_commit(partial(key_access.forget, row.id))


def _as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
