"""What an empty centre begins with: two stations and a default tier. Renaming or adding some later is never undone."""

from sqlalchemy import exists, select

from backend.audit.service import record
from backend.checkins.models import Station
from backend.db import ReadSession, UnitOfWork
from backend.memberships.models import CheckInPolicy, MembershipTier

STATIONS = ("Front Desk", "Kiosk")


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
        tier = MembershipTier(name="Standard", code="standard", policy=CheckInPolicy.REMIND, is_default=True)
        uow.add(tier)
        await uow.flush()
        record(uow, "membership_tier.created", "membership_tier", tier.id, after={"name": tier.name, "policy": tier.policy.value})
