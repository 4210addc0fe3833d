"""Clients over GraphQL: what a row on the screen shows comes with the row, the rest is loaded in batches."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from backend import clock
from backend.clients import queries
from backend.clients.models import ConsentKind, ContactKind
from backend.clients.standing import StandingSource, StandingStatus
from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.pagination import page_size
from backend.graphql.relay import Node
from backend.graphql.scalars import Language

if TYPE_CHECKING:
    from backend.checkins.graphql import CheckInConnection
    from backend.clients.graphql.duplicates import PossibleDuplicate
    from backend.memberships.graphql import Authorization, Membership

strawberry.enum(StandingStatus, description="What a client's memberships and authorizations add up to. EXPIRING: 30 days or fewer left.")
strawberry.enum(StandingSource, description="Which kind of row decided a standing.")
strawberry.enum(ContactKind, description="How somebody can be reached.")
strawberry.enum(ConsentKind, description="What somebody may agree to.")


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


@strawberry.type(description="A phone, an email or a Discord handle of a client.")
class ContactMethod(Node):
    """A way to reach somebody."""

    kind: ContactKind = strawberry.field(description="What it is.")
    value: str = strawberry.field(description="Phones in E.164, emails in lower case; as it was written where it needs fixing.")
    display: str = strawberry.field(description="The same, as people write it.")
    primary: bool = strawberry.field(description="Whether this one is to be used first among its kind.")
    verified: bool = strawberry.field(description="Whether somebody proved that it is theirs.")
    opted_out: bool = strawberry.field(description="Whether nothing may be sent to it.")
    needs_fixing: bool = strawberry.field(
        description="Whether it came over as it was written and can't be used until somebody corrects it: a phone without an area code."
    )


@strawberry.type(description="A coloured label on clients.")
class Tag(Node):
    """A label."""

    name: str = strawberry.field(description="The word on it.")
    colour: str = strawberry.field(description="slate, red, orange, amber, green, teal, blue, violet or pink.")


@strawberry.type(description="A remark by a staff user.")
class Note(Node):
    """A remark; pinned, it is an alert."""

    body: str = strawberry.field(description="Plain text.")
    pinned: bool = strawberry.field(description="Whether it shows as an alert at check-in.")
    created_at: datetime = strawberry.field(description="When it was written.")
    author_name: str | None = strawberry.field(description="Who wrote it.")


@strawberry.type(description="One line of a client's consent history.")
class Consent:
    """Given or withdrawn."""

    kind: ConsentKind = strawberry.field(description="What it is about.")
    granted: bool = strawberry.field(description="True: given. False: withdrawn.")
    at: datetime = strawberry.field(description="When.")
    source: str = strawberry.field(description="Where it was given: a form, the desk, an import.")
    by_name: str | None = strawberry.field(description="The user who recorded it.")


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
    service_coordinator: str | None = strawberry.field(description="Whom to call at the regional centre.")
    member_code: str | None = strawberry.field(description="The code on the member's card.")
    language: Language = strawberry.field(description="The language they prefer.")
    archived: bool = strawberry.field(description="Archived clients are hidden and can't check in.")
    created_at: datetime = strawberry.field(description="When they were put on file.")
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")
    standing: Standing = strawberry.field(description="Today's standing.")
    last_check_in_at: datetime | None = strawberry.field(description="The last visit that was not voided.")
    contact_methods: list[ContactMethod] = strawberry.field(description="Primary ones first.")
    tags: list[Tag] = strawberry.field(description="Labels, by name.")
    alerts: list[Note] = strawberry.field(description="Pinned notes.")

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
            service_coordinator=row.service_coordinator,
            member_code=row.member_code,
            language=Language(row.language),
            archived=row.archived,
            created_at=row.created_at,
            version=row.version,
            standing=Standing.of(row),
            last_check_in_at=row.last_check_in_at,
            contact_methods=_contact_methods(row.contact_methods or ()),
            tags=[Tag(id=ids.encode("Tag", i), name=name, colour=colour) for i, name, colour in sorted(row.tags or (), key=_by_name)],
            alerts=[_note(i, body, True, datetime.fromisoformat(at), author) for i, body, at, author in row.alerts or ()],
        )

    @strawberry.field(description="All remarks, the newest first.")
    async def notes(self, info: Info) -> list[Note]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load(_notes, self.number) or []

    @strawberry.field(description="The consent history, the newest first.")
    async def consents(self, info: Info) -> list[Consent]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load(_consents, self.number) or []

    @strawberry.field(description="Pairs with clients who may be the same person, as long as nobody has said that they are not.")
    async def possible_duplicates(
        self, info: Info
    ) -> list[Annotated["PossibleDuplicate", strawberry.lazy("backend.clients.graphql.duplicates")]]:
        """Loaded in one batch for all clients asked for."""
        return await info.context.load_by_name("possible_duplicates_of_client", self.number) or []

    @strawberry.field(description="Memberships, the latest first.")
    async def memberships(self, info: Info) -> list[Annotated["Membership", strawberry.lazy("backend.memberships.graphql")]]:
        """Loaded in one batch; the batch is the memberships' own."""
        return await info.context.load_by_name("memberships_of_client", self.number) or []

    @strawberry.field(description="Funded purchases of service, the latest first.")
    async def authorizations(self, info: Info) -> list[Annotated["Authorization", strawberry.lazy("backend.memberships.graphql")]]:
        """Loaded in one batch; the batch is the authorizations' own."""
        return await info.context.load_by_name("authorizations_of_client", self.number) or []

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


def _by_name(tag: list[Any]) -> str:
    return str(tag[1]).lower()


def _contact_methods(rows: Any) -> list[ContactMethod]:
    methods = [
        ContactMethod(
            id=ids.encode("ContactMethod", number),
            kind=ContactKind(kind),
            value=value,
            display=_as_written(kind, value),
            primary=primary,
            verified=verified,
            opted_out=opted_out,
            needs_fixing=needs_fixing,
        )
        for number, kind, value, primary, verified, opted_out, needs_fixing in rows
    ]
    return sorted(methods, key=lambda method: (list(ContactKind).index(method.kind), not method.primary, method.value))


def _as_written(kind: str, value: str) -> str:
    if kind == ContactKind.PHONE and value.startswith("+1") and len(value) == 12:
        return f"({value[2:5]}) {value[5:8]}-{value[8:]}"
    return value


def _note(number: int, body: str, pinned: bool, created_at: datetime, author: str | None) -> Note:
    return Note(id=ids.encode("Note", number), body=body, pinned=pinned, created_at=created_at, author_name=author)


async def _notes(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, list[Note]]:
    found: dict[int, list[Note]] = defaultdict(list)
    for row in await queries.notes_of(reader, client_ids):
        found[row.client_id].append(_note(row.id, row.body, row.pinned, row.created_at, row.display_name))
    return found


async def _consents(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, list[Consent]]:
    found: dict[int, list[Consent]] = defaultdict(list)
    for row in await queries.consents_of(reader, client_ids):
        found[row.client_id].append(
            Consent(kind=row.kind, granted=row.granted, at=row.happened_at, source=row.source, by_name=row.display_name)
        )
    return found


async def clients_by_id(reader: ReadSession, context: Context, client_ids: list[int]) -> Mapping[int, Client]:
    """Batch: clients by their number."""
    rows = await queries.clients_by_id(reader, client_ids, clock.today(context.settings.zone))
    return {number: Client.of(row) for number, row in rows.items()}
