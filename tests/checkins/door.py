"""A centre with a desk and a kiosk at its door, and a look at what they left."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text

from backend.accounts.models import Kiosk, KioskKind
from backend.checkins import service
from backend.checkins.models import CheckInMethod, CheckInRepeat
from backend.checkins.service.greedy import Press
from backend.clients.models import Client
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from tests.checkins.desk import figures_agree, visits
from tests.world import OPERATOR

KIOSK = Actor(ActorKind.KIOSK, id=7, label="Door")
NOON = datetime(2026, 7, 1, 19, tzinfo=UTC)
"""Noon in Los Angeles."""


AUDITED = text("SELECT subject_id FROM audit_log WHERE action = 'check_in.recorded' AND subject_id = ANY(:numbers)")
QUEUED = text(
    "SELECT CAST(payload ->> 'check_in_id' AS bigint) FROM outbox WHERE topic = 'check_in.recorded'"
    " AND CAST(payload ->> 'check_in_id' AS bigint) = ANY(:numbers)"
)


def after(minutes: float) -> datetime:
    """An instant after noon."""
    return NOON + timedelta(minutes=minutes)


@dataclass
class Door:
    """A centre with a desk and a kiosk, whose clock stands where the test says."""

    database: Database
    settings: Settings
    now: datetime = NOON
    language: str = "en"

    def with_window(self, minutes: int) -> None:
        self.settings = self.settings.model_copy(update={"repeat_window_minutes": minutes})

    async def place(self, client: int, at: datetime, request_id: UUID | None = None, **more: Any) -> service.Placed:
        given: dict[str, Any] = {"station_id": None, "user_id": None, "method": CheckInMethod.KIOSK, "language": self.language} | more
        request_id = request_id or uuid4()
        async with self.database.writing(KIOSK) as uow:
            return await service.place(uow, self.settings, request_id=request_id, client_id=client, happened_at=at, **given)

    async def live(self, client: int, at: datetime, request_id: UUID | None = None, **more: Any) -> service.Recorded:
        self.now = at
        given: dict[str, Any] = {"station_id": None, "user_id": None, "method": CheckInMethod.STAFF, "language": "en"} | more
        async with self.database.writing(OPERATOR, one_statement=True) as uow:
            return await service.check_in(uow, self.settings, request_id=request_id or uuid4(), client_id=client, **given)

    async def kiosk(self, name: str = "Door") -> int:
        async with self.database.writing(OPERATOR) as uow:
            kiosk = Kiosk(name=name, kind=KioskKind.CHECK_IN, token_hash=uuid4().bytes * 2)
            uow.add(kiosk)
            await uow.flush()
        return kiosk.id

    async def void(self, number: int) -> None:
        async with self.database.writing(OPERATOR) as uow:
            await service.void(uow, self.settings, check_in_id=number, reason="wrong", user_id=None)

    async def undo_void(self, number: int) -> None:
        async with self.database.writing(OPERATOR) as uow:
            await service.undo_void(uow, self.settings, check_in_id=number)

    async def held(self, client: int) -> dict[Press, Press]:
        """What is recorded, as the rule says it."""
        rows = await visits(self.database, client_id=client, voided_at=None)
        led: dict[int, Press] = {row.id: (row.happened_at, row.request_id) for row in rows}
        async with self.database.reading() as reader:
            repeats = list(await reader.scalars(select(CheckInRepeat).where(CheckInRepeat.check_in_id.in_(led))))
        return {press: press for press in led.values()} | {
            (row.happened_at or row.recorded_at, row.request_id): led[row.check_in_id] for row in repeats
        }

    async def times(self, client: int) -> list[str]:
        """When the visits that count were, in minutes after noon."""
        rows = await visits(self.database, client_id=client, voided_at=None)
        return sorted(f"{(row.happened_at - NOON) / timedelta(minutes=1):g}" for row in rows)

    async def entries(self, action: str) -> list[Any]:
        async with self.database.reading() as reader:
            found = "SELECT subject_id, client_id, actor_label, before, after FROM audit_log WHERE action = :action ORDER BY id"
            return list(await reader.rows(text(found), {"action": action}))

    async def consistent(self, client: int) -> None:
        """Whatever hangs on the visits agrees with them."""
        rows = await visits(self.database, client_id=client)
        counting = [row.happened_at for row in rows if row.voided_at is None]
        async with self.database.reading() as reader:
            ends = await reader.row(select(Client.first_check_in_at, Client.last_check_in_at).where(Client.id == client))
            for told in (AUDITED, QUEUED):
                assert sorted(await reader.scalars(told, {"numbers": [row.id for row in rows]})) == [row.id for row in rows]
        assert ends is not None
        assert tuple(ends) == (min(counting, default=None), max(counting, default=None))
        assert all(row.local_day == row.happened_at.astimezone(self.settings.zone).date() for row in rows)
        assert await figures_agree(self.database, self.settings)
