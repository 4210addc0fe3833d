"""Root fields of visits: translate, delegate."""

from typing import Annotated

import strawberry

from backend import clock
from backend.accounts.permissions import Permission
from backend.checkins import queries, service
from backend.checkins.graphql.types import (
    CheckIn,
    CheckInConnection,
    CheckInFilter,
    CheckInInput,
    CheckInRecorded,
    CheckInResult,
    CheckInVoided,
    Station,
    VisitsToday,
    VoidCheckInInput,
    VoidCheckInResult,
    page,
)
from backend.checkins.models import CheckInMethod
from backend.clients.graphql import Standing
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation, query
from backend.graphql.pagination import page_size


@strawberry.type
class CheckInQuery:
    """Root fields."""

    @query(Permission.CHECK_INS_READ, description="Visits, the newest first, a page at a time.")
    async def check_ins(
        self,
        info: Info,
        filter: Annotated[CheckInFilter | None, strawberry.argument(description="Conditions.")] = None,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 20,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> CheckInConnection:
        """One statement for the page, one for its clients."""
        wanted = filter or CheckInFilter()
        criteria = queries.CheckInCriteria(
            client_id=ids.decode(wanted.client_id, "Client") if wanted.client_id else None,
            station_id=ids.decode(wanted.station_id, "Station") if wanted.station_id else None,
            day=clock.today(info.context.settings.zone) if wanted.today else None,
            include_voided=wanted.include_voided,
        )
        return await page(info.context.reader, info.context, criteria, page_size(first), after)

    @query(Permission.CHECK_INS_READ, description="How many came today.")
    async def visits_today(self, info: Info) -> VisitsToday:
        """One statement."""
        today = clock.today(info.context.settings.zone)
        count, last_hour = await queries.visits_of_day(info.context.reader, today, now=clock.now())
        return VisitsToday(count=count, last_hour=last_hour)

    @query(Permission.STATIONS_READ, description="The stations in use.")
    async def stations(self, info: Info) -> list[Station]:
        """One statement."""
        return [Station(id=ids.encode("Station", row.id), name=row.name) for row in await queries.stations(info.context.reader)]


@strawberry.type
class CheckInMutation:
    """Root fields."""

    @mutation(Permission.CHECK_INS_WRITE, description="Check a client in. Safe to send again with the same request id.")
    async def check_in(
        self, info: Info, input: Annotated[CheckInInput, strawberry.argument(description="Who and where.")]
    ) -> CheckInResult:
        """One statement."""
        context = info.context
        principal = context.signed_in
        async with context.unit_of_work(one_statement=True) as uow:
            recorded = await service.check_in(
                uow,
                context.settings,
                request_id=input.request_id,
                client_id=ids.decode(input.client_id, "Client"),
                station_id=ids.decode(input.station_id, "Station") if input.station_id else None,
                user_id=principal.user_id,
                method=CheckInMethod.STAFF,
                language=principal.language,
            )
        return CheckInRecorded(
            check_in=CheckIn.of(recorded.check_in, context),
            repeat=recorded.repeat,
            replayed=recorded.replayed,
            sentence=recorded.sentence,
            standing=Standing.of(recorded.standing),
        )

    @mutation(Permission.CHECK_INS_VOID, description="Void a visit that should not have been recorded.")
    async def void_check_in(
        self,
        info: Info,
        input: Annotated[VoidCheckInInput, strawberry.argument(description="Which, and why.")],
    ) -> VoidCheckInResult:
        """One transaction."""
        number = ids.decode(input.check_in_id, "CheckIn")
        async with info.context.unit_of_work() as uow:
            visit = await service.void(uow, check_in_id=number, reason=input.reason, user_id=info.context.signed_in.user_id)
        return CheckInVoided(check_in=CheckIn.of(visit, info.context))
