"""What a merge would do, over GraphQL."""

import enum
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import cast

import strawberry

from backend.clients.graphql.types import Client, clients_by_id
from backend.clients.merge.parts import HIDDEN, Item
from backend.clients.merge.service import Preview
from backend.clients.reading import as_read
from backend.graphql import ids
from backend.graphql.context import Info


@strawberry.enum(description="What the clients of a merge may differ in; each comes whole from one of them.")
class MergeField(enum.Enum):
    """The columns that a form may fill."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PREFERRED_NAME = "preferred_name"
    DATE_OF_BIRTH = "date_of_birth"
    LANGUAGE = "language"
    GUARDIAN_NAME = "guardian_name"
    GUARDIAN_RELATION = "guardian_relation"
    GUARDIAN_PHONE = "guardian_phone"
    SERVICE_COORDINATOR = "service_coordinator"
    SERVICE_COORDINATOR_PHONE = "service_coordinator_phone"
    SERVICE_COORDINATOR_EMAIL = "service_coordinator_email"
    MEMBER_CODE = "member_code"
    LARGE_TEXT = "large_text"
    NO_SOUND = "no_sound"
    NO_MOTION = "no_motion"
    KIOSK_COLOUR = "kiosk_colour"
    KIOSK_PICTURE = "kiosk_picture"
    GAMER_TAG = "gamer_tag"


@strawberry.enum(description="What belongs to a client and moves with them.")
class MergeKind(enum.Enum):
    """The tables that people know."""

    CONTACT_METHODS = "contact_methods"
    CONSENTS = "consents"
    NOTES = "client_notes"
    TAGS = "client_tags"
    MEMBERSHIPS = "memberships"
    AUTHORIZATIONS = "authorizations"
    VISITS = "check_ins"
    MESSAGES = "messages"
    GGLEAP_LINKS = "ggleap_links"


_PERIODS = (MergeKind.MEMBERSHIPS, MergeKind.AUTHORIZATIONS)


@strawberry.type(description="What one of the clients says in a field.")
class MergeValue:
    """A client's value."""

    client_id: strawberry.ID = strawberry.field(description="Whose.")
    value: str | None = strawberry.field(description="As people read it; null where it is empty.")


@strawberry.type(description="A field in which the clients differ.")
class MergeDifference:
    """Who says what, and who wins."""

    field: MergeField = strawberry.field(description="The field.")
    values: list[MergeValue] = strawberry.field(description="What each one says, the kept client first.")
    winner_id: strawberry.ID = strawberry.field(description="Whose value is kept: the chosen one, else the first that is not empty.")


@strawberry.type(description="How much of one kind moves to the kept client, and how much stays because that one has the same.")
class MergeCount:
    """Counts."""

    kind: MergeKind = strawberry.field(description="What.")
    moving: int = strawberry.field(description="How many move.")
    staying: int = strawberry.field(description="How many stay with the former client.")


@strawberry.type(description="Something of a client that the kept one has already; it stays with the former client, in the archive.")
class MergeStaying:
    """One thing that stays."""

    kind: MergeKind = strawberry.field(description="What.")
    client_id: strawberry.ID = strawberry.field(description="Whose.")
    name: str | None = strawberry.field(description="The value, the name, or the number that tells it from others.")
    starts_on: date | None = strawberry.field(description="Its first day, where it has one.")
    ends_on: date | None = strawberry.field(description="Its last day, where it has one.")
    differs: bool = strawberry.field(description="True when it is the same by name, but says something else: look at both before merging.")


@strawberry.type(description="A membership or an authorization.")
class MergePeriod:
    """One side of an overlap."""

    client_id: strawberry.ID = strawberry.field(description="Whose it is now.")
    name: str | None = strawberry.field(description="The tier, or the authorization's number.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day, included.")


@strawberry.type(description="Two memberships, or two authorizations, of different clients that share days and will be one client's.")
class MergeOverlap:
    """A pair."""

    kind: MergeKind = strawberry.field(description="MEMBERSHIPS or AUTHORIZATIONS.")
    one: MergePeriod = strawberry.field(description="The one that begins first.")
    other: MergePeriod = strawberry.field(description="The other one.")


@strawberry.type(description="What a merge would do. Nothing was changed.")
class MergePreview:
    """A dry run."""

    shown: strawberry.Private[Preview]
    differences: list[MergeDifference] = strawberry.field(description="The fields in which they differ.")
    counts: list[MergeCount] = strawberry.field(description="What moves and what stays, by kind, as far as there is any.")
    staying: list[MergeStaying] = strawberry.field(description="What stays, by name.")
    overlaps: list[MergeOverlap] = strawberry.field(description="Periods that will share days.")

    @strawberry.field(description="The clients as they are now, the kept one first.")
    async def clients(self, info: Info) -> list[Client]:
        """Loaded in one batch."""
        return [cast("Client", await info.context.load(clients_by_id, row.id)) for row in self.shown.rows]

    @classmethod
    def of(cls, shown: Preview) -> "MergePreview":
        """From what the feature found."""
        known = {kind: [item for item in shown.items.get(kind.value, ()) if item.name != HIDDEN] for kind in MergeKind}
        return cls(
            shown=shown,
            differences=[
                MergeDifference(
                    field=MergeField(field.column),
                    values=[MergeValue(client_id=_client(number), value=as_read(value)) for number, value in field.values.items()],
                    winner_id=_client(field.winner),
                )
                for field in shown.fields
            ],
            counts=[count for kind, items in known.items() if (count := _count(kind, items)).moving or count.staying],
            staying=[_staying(kind, item) for kind, items in known.items() for item in items if item.moves is False],
            overlaps=[pair for kind in _PERIODS for pair in _overlaps(kind, known[kind])],
        )


def _client(number: int) -> strawberry.ID:
    return ids.encode("Client", number)


def _count(kind: MergeKind, items: Sequence[Item]) -> MergeCount:
    return MergeCount(kind=kind, moving=sum(item.moves is True for item in items), staying=sum(item.moves is False for item in items))


def _staying(kind: MergeKind, item: Item) -> MergeStaying:
    return MergeStaying(
        kind=kind,
        client_id=_client(item.client_id),
        name=as_read(item.name),
        starts_on=item.starts_on,
        ends_on=item.ends_on,
        differs=item.differs,
    )


def _overlaps(kind: MergeKind, items: Sequence[Item]) -> Iterator[MergeOverlap]:
    periods = sorted(
        (item.starts_on, item.ends_on, item.client_id, item.name)
        for item in items
        if item.moves is not False and item.starts_on is not None and item.ends_on is not None
    )
    for (starts_on, ends_on, client_id, name), (other_starts, other_ends, other_id, other_name) in combinations(periods, 2):
        if client_id != other_id and other_starts <= ends_on:
            yield MergeOverlap(
                kind=kind,
                one=MergePeriod(client_id=_client(client_id), name=name, starts_on=starts_on, ends_on=ends_on),
                other=MergePeriod(client_id=_client(other_id), name=other_name, starts_on=other_starts, ends_on=other_ends),
            )
