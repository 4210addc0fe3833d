"""Offering, changing and retiring tiers. Exactly one of them is the default."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from backend import clock
from backend.audit import service as audit
from backend.audit.idempotency import made_before, remember
from backend.checking import Checker
from backend.clients.reading import path_of
from backend.clients.service.versions import as_json, refuse_stale
from backend.db import UnitOfWork
from backend.errors import Conflict, NotFound
from backend.memberships.models import MembershipTier
from backend.memberships.periods import LONGEST_DAYS, LONGEST_MONTHS

LOCK = 0x6B72630400
COLOURS = ("slate", "red", "orange", "amber", "green", "teal", "blue", "violet", "pink")
_CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", re.ASCII)
_LONGEST = {"name": 120, "code": 40, "description": 500, "sentence_en": 200, "sentence_es": 200}
_MOST = {"period_months": LONGEST_MONTHS, "period_days": LONGEST_DAYS, "visit_cap": 10_000, "price_cents": 100_000_000}
_LEAST = {"price_cents": 0}
_COLUMNS = (
    "name", "code", "period_months", "period_days", "visit_cap", "cap_window", "price_cents", "policy", "colour", "description",
    "sentence_en", "sentence_es", "is_default",
)  # fmt: skip


async def _all(uow: UnitOfWork) -> Sequence[MembershipTier]:
    """Every tier. Changes of tiers wait for each other: code and default are rules over all of them, those just made included."""
    await uow.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    return await uow.scalars(select(MembershipTier).order_by(MembershipTier.id))


def _clean(check: Checker, given: Mapping[str, Any]) -> dict[str, Any]:
    clean = dict(given)
    for name, value in given.items():
        path = ".".join(path_of(name))
        if name in _LONGEST:
            clean[name] = check.line(path, value, _LONGEST[name])
        elif name in _MOST and value is not None and not _LEAST.get(name, 1) <= value <= _MOST[name]:
            check.problem(path, "OUT_OF_RANGE", f"Give {_LEAST.get(name, 1)} to {_MOST[name]:,}, or nothing.")
        elif name == "colour" and value not in COLOURS:
            check.problem(path, "UNKNOWN", f"Choose one of {', '.join(COLOURS)}.")
    for name, asked in (("name", "Give the tier a name."), ("code", "Give the tier a code.")):
        if name in given:
            check.required(name, clean[name], asked)
    if clean.get("code") and not _CODE.fullmatch(clean["code"]):
        check.problem("code", "BAD_TIER_CODE", "A code has letters and digits, with hyphens between them.")
    return clean


def _check_together(check: Checker, wanted: Mapping[str, Any], others: Sequence[MembershipTier]) -> None:
    if wanted["period_months"] is not None and wanted["period_days"] is not None:
        check.problem("periodDays", "ONE_PERIOD", "Give months or days, not both.")
    code = wanted["code"]
    if code and any(other.code.lower() == code.lower() for other in others):
        check.problem("code", "CODE_TAKEN", "Another tier has this code.")


async def _take_default(uow: UnitOfWork, others: Sequence[MembershipTier]) -> None:
    """The present default is it no more: before another row becomes it, since the table has room for one."""
    for other in others:
        if other.is_default:
            other.is_default = False
            other.version += 1
            audit.record(
                uow, "membership_tier.updated", "membership_tier", other.id, before={"is_default": True}, after={"is_default": False}
            )
    await uow.flush()


async def create_tier(uow: UnitOfWork, values: Mapping[str, Any], *, key: UUID | None) -> int:
    """Offer a new tier; ``values`` has all its columns. Returns its number; raises `ValidationFailed`, `Conflict` (``KEY_REUSED``)."""
    made = await made_before(uow, key, "createTier", dict(values))
    if made is not None:
        return made
    others = await _all(uow)
    check = Checker()
    clean = _clean(check, values)
    _check_together(check, clean, others)
    check.done()
    if clean["is_default"]:
        await _take_default(uow, others)
    tier = MembershipTier(**clean)
    uow.add(tier)
    await uow.flush()
    after = {name: as_json(value) for name, value in clean.items() if value is not None}
    audit.record(uow, "membership_tier.created", "membership_tier", tier.id, after=after)
    await remember(uow, key, tier.id)
    return tier.id


async def _found(uow: UnitOfWork, number: int, version: int) -> tuple[MembershipTier, list[MembershipTier]]:
    """The tier and the others; raises `NotFound` and `Conflict` (``STALE_VERSION``)."""
    everything = await _all(uow)
    tier = next((one for one in everything if one.id == number), None)
    if tier is None:
        raise NotFound("There is no tier with this id.")
    if tier.version != version:
        present = {name: getattr(tier, name) for name in ("version", "retired_at", *_COLUMNS)}
        await refuse_stale(uow, "membership_tier", number, given=version, present=present)
    return tier, [one for one in everything if one.id != number]


async def update_tier(uow: UnitOfWork, number: int, *, version: int, values: Mapping[str, Any]) -> None:
    """Change a tier; ``values`` has any of its columns. Memberships keep their days; caps, policy and sentences hold at once.

    Raises `NotFound`, `Conflict` (``STALE_VERSION``), `ValidationFailed`.
    """
    tier, others = await _found(uow, number, version)
    check = Checker()
    clean = _clean(check, values)
    _check_together(check, {name: clean.get(name, getattr(tier, name)) for name in _COLUMNS}, others)
    if tier.is_default and not clean.get("is_default", True):
        check.problem("isDefault", "NEEDS_DEFAULT", "One tier has to be the default. Make another one the default instead.")
    if clean.get("is_default") and tier.retired_at is not None:
        check.problem("isDefault", "TIER_RETIRED", "A tier that is no longer sold can't be the default.")
    check.done()
    changed = {name: value for name, value in clean.items() if getattr(tier, name) != value}
    if not changed:
        return
    if changed.get("is_default"):
        await _take_default(uow, others)
    _change(uow, "membership_tier.updated", tier, changed)


async def set_retired(uow: UnitOfWork, number: int, *, version: int, retired: bool) -> None:
    """Sell it no longer, or again; memberships that have it keep it. A second time changes nothing.

    Raises `NotFound`, `Conflict` (``STALE_VERSION``; ``TIER_IS_DEFAULT``: its policy holds for everyone without a membership).
    """
    tier, _ = await _found(uow, number, version)
    if (tier.retired_at is not None) == retired:
        return
    if tier.is_default:
        raise Conflict("This is the default tier. Make another one the default first.", code="TIER_IS_DEFAULT")
    _change(uow, f"membership_tier.{'retired' if retired else 'unretired'}", tier, {"retired_at": clock.now() if retired else None})


def _change(uow: UnitOfWork, action: str, tier: MembershipTier, changed: Mapping[str, Any]) -> None:
    before = {name: as_json(getattr(tier, name)) for name in changed}
    for name, value in changed.items():
        setattr(tier, name, value)
    tier.version += 1
    after = {name: as_json(value) for name, value in changed.items()}
    audit.record(uow, action, "membership_tier", tier.id, before=before, after=after)
