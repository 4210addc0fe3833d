"""Root fields of pairing and of the list of kiosks: translate, delegate."""

from typing import Annotated, Any, cast

import strawberry

from backend.accounts import kiosks as service
from backend.accounts.permissions import Permission
from backend.checkins import queries as places
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import PUBLIC, mutation, query
from backend.kiosks import queries
from backend.kiosks.graphql.device_types import (
    ApproveKioskInput,
    ApproveKioskResult,
    AskToPairInput,
    AskToPairResult,
    Kiosk,
    KioskSaved,
    PairingAsked,
    RevokeKioskInput,
    RevokeKioskResult,
    UpdateKioskInput,
    UpdateKioskResult,
    kiosks_by_id,
)
from backend.system import exit_pin


async def _saved(info: Info, number: int) -> KioskSaved:
    return KioskSaved(kiosk=cast("Kiosk", await info.context.load(kiosks_by_id, number)))


@strawberry.type
class KioskQuery:
    """Root fields."""

    @query(Permission.KIOSKS_READ, description="The paired devices, in the order in which they were paired.")
    async def kiosks(
        self, info: Info, revoked: Annotated[bool, strawberry.argument(description="True: the revoked ones as well.")] = False
    ) -> list[Kiosk]:
        """One statement."""
        rows = await queries.kiosks(info.context.reader, since=queries.midnight(info.context.settings.zone), revoked=revoked)
        return [Kiosk.of(row) for row in rows]

    @query(Permission.KIOSKS_WRITE, description="The text of the staff's QR code that lets them leave a kiosk's page.")
    async def kiosk_exit_code(self, info: Info) -> str:
        """From the settings alone; another PIN makes another code."""
        return exit_pin.code(info.context.settings, info.context.chosen.kiosk_exit_pin)


@strawberry.type
class KioskMutation:
    """Root fields."""

    @mutation(PUBLIC, description="Ask, as a device, to be paired. An administrator approves the code.")
    async def ask_to_pair(
        self, info: Info, input: Annotated[AskToPairInput, strawberry.argument(description="What for.")]
    ) -> AskToPairResult:
        """One transaction."""
        context = info.context
        async with context.unit_of_work() as uow:
            asked = await service.ask(uow, context.settings, kind=input.kind, address=context.address)
        return PairingAsked(code=asked.code, token=asked.token, expires_in_seconds=int(asked.lasts.total_seconds()))

    @mutation(Permission.KIOSKS_WRITE, description="Pair the device that shows a code.")
    async def approve_kiosk(
        self, info: Info, input: Annotated[ApproveKioskInput, strawberry.argument(description="The code, a name and a station.")]
    ) -> ApproveKioskResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            number = await service.approve(
                uow,
                info.context.settings,
                code=input.code,
                name=input.name,
                station_id=await _station(uow, input.station_id),
                key=input.idempotency_key,
            )
        return await _saved(info, number)

    @mutation(Permission.KIOSKS_WRITE, description="Rename or move a kiosk.")
    async def update_kiosk(
        self, info: Info, input: Annotated[UpdateKioskInput, strawberry.argument(description="Which, and what of it.")]
    ) -> UpdateKioskResult:
        """One transaction."""
        number = ids.decode(input.id, "Kiosk")
        async with info.context.unit_of_work() as uow:
            values: dict[str, Any] = {}
            if input.name is not None:
                values["name"] = input.name.value
            if input.station_id is not None:
                values["station_id"] = await _station(uow, input.station_id.value)
            await service.change(uow, number, version=input.version, values=values)
        return await _saved(info, number)

    @mutation(Permission.KIOSKS_WRITE, description="Cut a kiosk off for good, within five seconds. Safe to send again.")
    async def revoke_kiosk(
        self, info: Info, input: Annotated[RevokeKioskInput, strawberry.argument(description="Which kiosk.")]
    ) -> RevokeKioskResult:
        """One transaction."""
        number = ids.decode(input.id, "Kiosk")
        async with info.context.unit_of_work() as uow:
            await service.revoke(uow, number)
        return await _saved(info, number)


async def _station(reader: Any, given: strawberry.ID | None) -> int | None:
    """The station's number, which there is; raises `NotFound`."""
    return (await places.station(reader, ids.decode(given, "Station"))).id if given else None
