"""Clients over GraphQL: what a row on the screen shows comes with the row, the rest is loaded in batches."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from backend.clients import queries
from backend.clients.graphql.about import Consent, ContactMethod, Note, Tag, alerts, consents_of_clients, contact_methods, notes_of_clients
from backend.clients.graphql.timeline import TimelineConnection, timelines
from backend.clients.standing import StandingSource, StandingStatus
from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.pagination import page_size
from backend.graphql.relay import Node
from backend.graphql.scalars import Language

if TYPE_CHECKING:
    from backend.checkins.graphql import CheckInConnection, VisitDay, VisitYear
    from backend.clients.graphql.duplicates import PossibleDuplicate
    from backend.clients.graphql.erasing import Erasure
    from backend.clients.graphql.merging import ClientMerge
    from backend.memberships.graphql import Allowance, Authorization, Membership

strawberry.enum(StandingStatus, description="What a client's memberships and authorizations add up to. EXPIRING: 30 days or fewer left.")
strawberry.enum(StandingSource, description="Which kind of row decided a standing.")


@strawberry.type(description="Whether a client's memberships and authorizations cover today, and how long.")
class Standing:
    """A standing on the centre's present day."""

    status: StandingStatus = strawberry.field(description="The status in one word.")
    source: StandingSource | None = strawberry.field(description="Which kind of row decided it; null without any.")
    starts_on: date | None = strawberry.field(description="First day of the row that decided.")
    ends_on: date | None = strawberry.field(description="Last day that is covered without a gap, that day included.")
    days_left: int | None = strawberry.field(
        description="Days until `endsOn`: 0 on the last day, negative once expired. For PENDING, the days until `startsOn`."
    )
    tier_name: str | None = strawberry.field(description="The membership's tier, where a membership decided.")

    @classmethod
    def of(cls, row: AnyRow) -> "Standing":
        """From a row that has the columns of `standing_on`."""
        return cls(
            status=row.status,
            source=row.source,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            days_left=row.days_left,
            tier_name=row.tier_name,
        )


@strawberry.type(description="What makes the kiosk comfortable for somebody.")
class Comfort:
    """Settings of the kiosk."""

    large_text: bool = strawberry.field(description="Show large text.")
    no_sound: bool = strawberry.field(description="Make no sound.")
    no_motion: bool = strawberry.field(description="Move nothing.")
    colour: str | None = strawberry.field(description="The colour that they chose, by its name.")
    picture: str | None = strawberry.field(description="The picture that they chose, by its name.")


@strawberry.type(description="A person on file.")
class Client(Node):
    """A client with everything that a row on the screen needs."""

    number: strawberry.Private[int]
    first_name: str = strawberry.field(description="Given name.")
    last_name: str = strawberry.field(description="Family name; may be empty.")
    display_name: str = strawberry.field(description="What to call them: preferred or given name, then family name.")
    preferred_name: str | None = strawberry.field(description="What they like to be called, where it is not the given name.")
    date_of_birth: date | None = strawberry.field(description="Date of birth.")
    guardian_name: str | None = strawberry.field(description="Parent or guardian.")
    guardian_relation: str | None = strawberry.field(description="What the guardian is to them: mother, conservator.")
    guardian_phone: str | None = strawberry.field(description="The guardian's phone in E.164.")
    service_coordinator: str | None = strawberry.field(description="Whom to call at the regional centre.")
    service_coordinator_phone: str | None = strawberry.field(description="The coordinator's phone in E.164.")
    service_coordinator_email: str | None = strawberry.field(description="The coordinator's email address.")
    member_code: str | None = strawberry.field(description="The code on the member's card.")
    language: Language = strawberry.field(description="The language they prefer.")
    comfort: Comfort = strawberry.field(description="What makes the kiosk comfortable for them.")
    gamer_tag: str | None = strawberry.field(description="What the lobby's screen shows of them, if they agreed.")
    archived: bool = strawberry.field(description="Archived clients are hidden and can't check in.")
    archived_at: datetime | None = strawberry.field(description="Since when they are archived.")
    created_at: datetime = strawberry.field(description="When they were put on file.")
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")
    standing: Standing = strawberry.field(description="Today's standing.")
    last_check_in_at: datetime | None = strawberry.field(description="The last visit that was not voided.")
    contact_methods: list[ContactMethod] = strawberry.field(description="Primary ones first.")
    tags: list[Tag] = strawberry.field(description="Labels, by name.")
    alerts: list[Note] = strawberry.field(description="Pinned notes, newest first.")

    @classmethod
    def of(cls, row: AnyRow) -> "Client":
        """From a row of `queries.client_select`."""
        return cls(
            id=ids.encode("Client", row.id),
            number=row.id,
            first_name=row.first_name,
            last_name=row.last_name,
            display_name=f"{row.preferred_name or row.first_name} {row.last_name}".strip(),
            preferred_name=row.preferred_name,
            date_of_birth=row.date_of_birth,
            guardian_name=row.guardian_name,
            guardian_relation=row.guardian_relation,
            guardian_phone=row.guardian_phone,
            service_coordinator=row.service_coordinator,
            service_coordinator_phone=row.service_coordinator_phone,
            service_coordinator_email=row.service_coordinator_email,
            member_code=row.member_code,
            language=Language(row.language),
            comfort=Comfort(
                large_text=row.large_text,
                no_sound=row.no_sound,
                no_motion=row.no_motion,
                colour=row.kiosk_colour,
                picture=row.kiosk_picture,
            ),
            gamer_tag=row.gamer_tag,
            archived=row.archived_at is not None,
            archived_at=row.archived_at,
            created_at=row.created_at,
            version=row.version,
            standing=Standing.of(row),
            last_check_in_at=row.last_check_in_at,
            contact_methods=contact_methods(row.contact_methods or ()),
            tags=sorted((Tag.of(*tag) for tag in row.tags or ()), key=lambda tag: tag.name.lower()),
            alerts=alerts(row.alerts or ()),
        )

    @strawberry.field(description="All remarks that were not deleted, the newest first.")
    async def notes(self, info: Info) -> list[Note]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load(notes_of_clients, self.number) or []

    @strawberry.field(description="The consent history, the newest first.")
    async def consents(self, info: Info) -> list[Consent]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load(consents_of_clients, self.number) or []

    @strawberry.field(description="Everything that happened to them, by whom, the newest first; a page at a time.")
    async def timeline(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 20,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> TimelineConnection:
        """One statement for all clients asked for."""
        page: TimelineConnection = await info.context.load(timelines, (self.number, page_size(first), after))
        return page

    @strawberry.field(description="Pairs with clients who may be the same person, as long as nobody has said that they are not.")
    async def possible_duplicates(
        self, info: Info
    ) -> list[Annotated["PossibleDuplicate", strawberry.lazy("backend.clients.graphql.duplicates")]]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load_by_name("possible_duplicates_of_client", self.number) or []

    @strawberry.field(description="The client into whom they were merged; null for a client of their own.")
    async def merged_into(self, info: Info) -> "Client | None":
        """Two statements for all clients asked for."""
        number = await info.context.load_by_name("merged_into_of_client", self.number)
        return await info.context.load(clients_by_id, number) if number else None

    @strawberry.field(description="Who was merged into them, the latest first, those included that were undone.")
    async def merges(self, info: Info) -> list[Annotated["ClientMerge", strawberry.lazy("backend.clients.graphql.merging")]]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load_by_name("merges_of_client", self.number) or []

    @strawberry.field(description="When and why they were erased; null for everybody who was not.")
    async def erasure(self, info: Info) -> Annotated["Erasure", strawberry.lazy("backend.clients.graphql.erasing")] | None:
        """Loaded in one batch for all clients asked for."""
        found: Any = await info.context.load_by_name("erasure_of_client", self.number)
        return found  # type: ignore[no-any-return]  # the batch registers itself

    @strawberry.field(description="Memberships, the latest first.")
    async def memberships(self, info: Info) -> list[Annotated["Membership", strawberry.lazy("backend.memberships.graphql")]]:
        """Loaded in one batch; the batch is the memberships' own."""
        return await info.context.load_by_name("memberships_of_client", self.number) or []

    @strawberry.field(description="Funded purchases of service, the latest first.")
    async def authorizations(self, info: Info) -> list[Annotated["Authorization", strawberry.lazy("backend.memberships.graphql")]]:
        """Loaded in one batch; the batch is the authorizations' own."""
        return await info.context.load_by_name("authorizations_of_client", self.number) or []

    @strawberry.field(description="What may be used today of each membership and authorization that covers it, memberships first.")
    async def allowances(self, info: Info) -> list[Annotated["Allowance", strawberry.lazy("backend.memberships.graphql")]]:
        """Loaded in one batch; the batch is the memberships' own."""
        return await info.context.load_by_name("allowances_of_client", self.number) or []

    @strawberry.field(description="The days of a year on which they came, in order. Voided visits don't count.")
    async def visit_days(
        self, info: Info, year: Annotated[int, strawberry.argument(description="The year, from 1900 to 9000.")]
    ) -> list[Annotated["VisitDay", strawberry.lazy("backend.checkins.graphql")]]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load_by_name("visit_days_of_client", (self.number, year)) or []

    @strawberry.field(description="The years in which they came, the latest first.")
    async def visit_years(self, info: Info) -> list[Annotated["VisitYear", strawberry.lazy("backend.checkins.graphql")]]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load_by_name("visit_years_of_client", self.number) or []

    @strawberry.field(description="Visits, the newest first, voided ones included.")
    async def check_ins(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 20,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> Annotated["CheckInConnection", strawberry.lazy("backend.checkins.graphql")]:
        """A page of this client's visits."""
        page: Any = await info.context.load_by_name("check_ins_of_client", (self.number, page_size(first), after))
        return page  # type: ignore[no-any-return]  # the type is known only above this feature


async def clients_by_id(reader: ReadSession, context: Context, client_ids: list[int]) -> Mapping[int, Client]:
    """Batch: clients by their number."""
    rows = await queries.clients_by_id(reader, client_ids, context.today())
    return {number: Client.of(row) for number, row in rows.items()}
