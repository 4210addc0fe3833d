"""What an empty centre begins with: two stations and a default tier. Renaming or adding some later is never undone."""

from sqlalchemy import exists, func, select

from backend.audit.service import record
from backend.checkins.models import Station
from backend.db import ReadSession, UnitOfWork
from backend.memberships.models import CheckInPolicy, MembershipTier

STATIONS = ("Front Desk", "Kiosk")
TIER = "standard"


async def missing(reader: ReadSession) -> list[str]:
    """Which of the seeds are missing: ``stations``, ``default tier`` or both."""
    stations = await reader.scalar(select(exists().select_from(Station)))
    tier = await reader.scalar(select(exists().where(MembershipTier.is_default)))
    return [name for name, there in (("stations", stations), ("default tier", tier)) if not there]


async def sow(uow: UnitOfWork, names: list[str]) -> None:
    """Add what `missing` named."""
    if "stations" in names:
        stations = [Station(name=name) for name in STATIONS]
        uow.add(*stations)
        await uow.flush()
        for station in stations:
            record(uow, "station.created", "station", station.id, after={"name": station.name})
    if "default tier" in names:
        await _sow_tier(uow)


async def _sow_tier(uow: UnitOfWork) -> None:
    tier: MembershipTier | None = (
        await uow.execute(select(MembershipTier).where(func.lower(MembershipTier.code) == TIER))
    ).scalar_one_or_none()
    if tier is not None:
        # Somebody made it and took the default away: it becomes that again, since there has to be one.
        tier.is_default, tier.retired_at = True, None
        record(uow, "membership_tier.updated", "membership_tier", tier.id, after={"is_default": True})
        return
    tier = MembershipTier(name="Standard", code=TIER, policy=CheckInPolicy.REMIND, is_default=True)
    uow.add(tier)
    await uow.flush()
    record(uow, "membership_tier.created", "membership_tier", tier.id, after={"name": tier.name, "policy": tier.policy.value})
