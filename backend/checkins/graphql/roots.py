"""Root fields of visits: translate, authorise, delegate."""

from typing import Annotated

import strawberry

from backend import clock
from backend.accounts.permissions import Permission
from backend.checkins import queries, service
from backend.checkins.graphql import pages
from backend.checkins.graphql.pages import CheckInConnection, CheckInFilter
from backend.checkins.graphql.results import (
    ChangeCheckInResult,
    CheckInChanged,
    CheckInIdInput,
    CheckInInput,
    CheckInRecorded,
    CheckInResult,
    CheckInVoided,
    CodeLookup,
    VoidCheckInInput,
    VoidCheckInResult,
)
from backend.checkins.graphql.types import CheckIn, CheckInAuthor, VisitsToday, method_of
from backend.clients.graphql import Standing, clients_by_id
from backend.errors import CheckInRefused, NotAllowed
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation, query
from backend.graphql.pagination import page_size
from backend.memberships.graphql import Allowance


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
        """One statement for the page, one for its clients; one more for the centre's hours where `present` is asked for."""
        criteria = await pages.criteria_of(filter or CheckInFilter(), info.context)
        return await pages.page(info.context.reader, info.context, criteria, page_size(first), after)

    @query(Permission.CHECK_INS_READ, description="How many came today, and how many are here now.")
    async def visits_today(self, info: Info) -> VisitsToday:
        """One statement for the centre's hours, one for the figures."""
        context = info.context
        since = await pages.present_since(context)
        today = context.today()
        found = await queries.visits_of_day(context.reader, today, now=clock.now(), present_since=since)
        return VisitsToday(count=found.visits, last_hour=found.last_hour, present=found.present, present_since=since)

    @query(
        Permission.CHECK_INS_WRITE,
        description="Whose code it is that was scanned or typed, or whose UCI number; through merges to the client who was kept.",
    )
    async def client_by_code(
        self, info: Info, code: Annotated[str, strawberry.argument(description="As it was read: spaces, hyphens and case don't matter.")]
    ) -> CodeLookup:
        """One statement for the code, one for the client."""
        state, number = await queries.client_of_code(info.context.reader, code)
        return CodeLookup(state=state, client=await info.context.load(clients_by_id, number) if number else None)

    @query(Permission.CHECK_INS_READ, description="The users who may have recorded visits, by name.")
    async def check_in_authors(self, info: Info) -> list[CheckInAuthor]:
        """One statement."""
        rows = await queries.recorders(info.context.reader)
        return [CheckInAuthor(id=ids.encode("User", row.id), name=row.display_name) for row in rows]


@strawberry.type
class CheckInMutation:
    """Root fields."""

    @mutation(Permission.CHECK_INS_WRITE, description="Check a client in. Safe to send again with the same request id.")
    async def check_in(
        self, info: Info, input: Annotated[CheckInInput, strawberry.argument(description="Who and where.")]
    ) -> CheckInResult:
        """One statement; a refusal is recorded in a transaction of its own."""
        context = info.context
        principal = context.signed_in
        if input.override_reason is not None and Permission.CHECK_INS_OVERRIDE not in principal.permissions:
            raise NotAllowed
        client_id = ids.decode(input.client_id, "Client")
        station_id = ids.decode(input.station_id, "Station") if input.station_id else None
        try:
            async with context.unit_of_work(one_statement=True) as uow:
                recorded = await service.check_in(
                    uow,
                    context.settings,
                    request_id=input.request_id,
                    client_id=client_id,
                    station_id=station_id,
                    user_id=principal.user_id,
                    method=method_of(principal),
                    language=principal.language,
                    override_reason=input.override_reason,
                    said=context.chosen.policy_sentences,
                )
        except CheckInRefused as refusal:
            async with context.unit_of_work() as uow:
                await service.record_refusal(uow, refusal, station_id=station_id)
            raise
        return CheckInRecorded(
            check_in=CheckIn.of(recorded.check_in, context),
            repeat=recorded.repeat,
            replayed=recorded.replayed,
            merged=recorded.instead_of(client_id),
            sentence=recorded.sentence,
            warning=recorded.warning,
            standing=Standing.of(recorded.standing),
            allowances=[Allowance.of(use) for use in recorded.allowances],
        )

    @mutation(Permission.CHECK_INS_VOID, description="Void a visit that should not have been recorded.")
    async def void_check_in(
        self, info: Info, input: Annotated[VoidCheckInInput, strawberry.argument(description="Which, and why.")]
    ) -> VoidCheckInResult:
        """One transaction."""
        context = info.context
        number = ids.decode(input.check_in_id, "CheckIn")
        async with context.unit_of_work() as uow:
            visit = await service.void(
                uow,
                context.settings,
                check_in_id=number,
                reason=input.reason,
                user_id=context.signed_in.user_id,
                past_zones=context.chosen.past_zones,
            )
        return CheckInVoided(check_in=CheckIn.of(visit, info.context))

    @mutation(Permission.CHECK_INS_VOID, description="Let a visit count again that was voided a moment ago.")
    async def undo_void(
        self, info: Info, input: Annotated[CheckInIdInput, strawberry.argument(description="Which.")]
    ) -> ChangeCheckInResult:
        """One transaction."""
        number = ids.decode(input.check_in_id, "CheckIn")
        async with info.context.unit_of_work() as uow:
            past_zones = info.context.chosen.past_zones
            visit = await service.undo_void(uow, info.context.settings, check_in_id=number, past_zones=past_zones)
        return CheckInChanged(check_in=CheckIn.of(visit, info.context))

    @mutation(Permission.CHECK_INS_WRITE, description="Note that somebody leaves now. Safe to send again.")
    async def check_out(
        self, info: Info, input: Annotated[CheckInIdInput, strawberry.argument(description="Which visit ends.")]
    ) -> ChangeCheckInResult:
        """One transaction."""
        number = ids.decode(input.check_in_id, "CheckIn")
        async with info.context.unit_of_work() as uow:
            visit = await service.check_out(uow, check_in_id=number, user_id=info.context.signed_in.user_id)
        return CheckInChanged(check_in=CheckIn.of(visit, info.context))

    @mutation(Permission.CHECK_INS_WRITE, description="Take a check-out of a moment ago back: they are still here.")
    async def undo_check_out(
        self, info: Info, input: Annotated[CheckInIdInput, strawberry.argument(description="Which visit goes on.")]
    ) -> ChangeCheckInResult:
        """One transaction."""
        number = ids.decode(input.check_in_id, "CheckIn")
        async with info.context.unit_of_work() as uow:
            visit = await service.undo_check_out(uow, info.context.settings, check_in_id=number)
        return CheckInChanged(check_in=CheckIn.of(visit, info.context))
