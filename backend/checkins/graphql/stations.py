"""Root fields of stations: translate, delegate."""

from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.checkins import queries, service
from backend.checkins.graphql.results import CreateStationInput, RenameStationInput, StationIdInput, StationResult, StationSaved
from backend.checkins.graphql.types import Station
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation, query


@strawberry.type
class StationQuery:
    """Root fields."""

    @query(Permission.STATIONS_READ, description="The stations in use, in the order in which they were made.")
    async def stations(
        self, info: Info, retired: Annotated[bool, strawberry.argument(description="True: the retired ones as well.")] = False
    ) -> list[Station]:
        """One statement."""
        return [Station.of(row) for row in await queries.stations(info.context.reader, retired=retired)]


@strawberry.type
class StationMutation:
    """Root fields."""

    @mutation(Permission.STATIONS_WRITE, description="Make a station.")
    async def create_station(
        self, info: Info, input: Annotated[CreateStationInput, strawberry.argument(description="Its name.")]
    ) -> StationResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            row = await service.create_station(uow, name=input.name, idempotency_key=input.idempotency_key)
        return StationSaved(station=Station.of(row))

    @mutation(Permission.STATIONS_WRITE, description="Give a station another name. Its visits follow.")
    async def rename_station(
        self, info: Info, input: Annotated[RenameStationInput, strawberry.argument(description="Which, and the name.")]
    ) -> StationResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            row = await service.rename_station(uow, station_id=ids.decode(input.id, "Station"), name=input.name)
        return StationSaved(station=Station.of(row))

    @mutation(Permission.STATIONS_WRITE, description="Retire a station: nobody can choose it any more, its visits keep it.")
    async def retire_station(
        self, info: Info, input: Annotated[StationIdInput, strawberry.argument(description="Which.")]
    ) -> StationResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            row = await service.retire_station(uow, station_id=ids.decode(input.id, "Station"))
        return StationSaved(station=Station.of(row))

    @mutation(Permission.STATIONS_WRITE, description="Take a retired station into use again.")
    async def restore_station(
        self, info: Info, input: Annotated[StationIdInput, strawberry.argument(description="Which.")]
    ) -> StationResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            row = await service.restore_station(uow, station_id=ids.decode(input.id, "Station"))
        return StationSaved(station=Station.of(row))
