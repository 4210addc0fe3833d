"""API keys over GraphQL: types, inputs and what mutations answer."""

import enum
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self, cast
from uuid import UUID

import strawberry

from backend import clock
from backend.accounts import key_queries
from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.pagination import PageInfo
from backend.graphql.relay import Node

USUAL_CALLS = 5_000
_VERSION = "The version that was read."
_STAYS = "Absent: stays as it is."
_SCOPES = 'What it may do, such as "clients:read". See apiKeyScopes.'
_CALLS = "How many requests it may send in a clock hour, 1 to 100,000."


@strawberry.enum(description="Whether an API key works. REPLACED: it was rotated and works until its end, beside its successor.")
class ApiKeyState(enum.StrEnum):
    """The state of a key."""

    ACTIVE = "ACTIVE"
    REPLACED = "REPLACED"
    ENDED = "ENDED"
    REVOKED = "REVOKED"


@strawberry.type(description="How an API key was used in one clock hour.")
class ApiKeyHour:
    """An hour."""

    begins_at: datetime = strawberry.field(description="When the hour began.")
    calls: int = strawberry.field(description="How many requests it sent.")
    cost: int = strawberry.field(description="How many fields they asked for.")


@strawberry.type(description="The credential of an integration.")
class ApiKey(Node):
    """A key, without its secret."""

    number: strawberry.Private[int]
    replaced_by_number: strawberry.Private[int | None]
    name: str = strawberry.field(description="Who uses it.")
    prefix: str = strawberry.field(description="The second part of the key, by which it is known in lists and logs.")
    scopes: list[str] = strawberry.field(description='What it may do, such as "clients:read", in alphabetical order.')
    state: ApiKeyState = strawberry.field(description="Whether it works.")
    calls_an_hour: int = strawberry.field(description="How many requests it may send in a clock hour.")
    calls_left: int = strawberry.field(description="How many of them are left in this hour.")
    cost_this_hour: int = strawberry.field(description="How many fields its requests of this hour asked for.")
    made_by: str | None = strawberry.field(description="Who made it; null when that user is gone.")
    created_at: datetime = strawberry.field(description="When it was made.")
    ends_at: datetime | None = strawberry.field(description="From when on it is refused; null: never.")
    last_used_at: datetime | None = strawberry.field(description="Its last request, to the minute; null: it was never used.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked.")
    version: int = strawberry.field(description="Grows with every change; a change gives the one it read.")

    @strawberry.field(description="The key that took its place, after a rotation.")
    async def replaced_by(self, info: Info) -> "ApiKey | None":
        """Loaded in one batch for all keys of a page."""
        if self.replaced_by_number is None:
            return None
        return cast("ApiKey | None", await info.context.load(keys_by_id, self.replaced_by_number))

    @strawberry.field(description="The hours of the last day in which it was used, the newest first.")
    async def hours(self, info: Info) -> list[ApiKeyHour]:
        """Loaded in one batch for all keys of a page."""
        return await info.context.load(_hours, self.number) or []

    @classmethod
    def of(cls, row: AnyRow) -> Self:
        """From a row of `key_queries`."""
        return cls(
            id=ids.encode("ApiKey", row.id),
            number=row.id,
            replaced_by_number=row.replaced_by_id,
            name=row.name,
            prefix=row.prefix,
            scopes=sorted(row.scopes),
            state=_state(row),
            calls_an_hour=row.calls_an_hour,
            calls_left=max(0, row.calls_an_hour - row.calls),
            cost_this_hour=row.cost,
            made_by=row.made_by_name,
            created_at=row.created_at,
            ends_at=row.ends_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
            version=row.version,
        )


def _state(row: AnyRow) -> ApiKeyState:
    if row.revoked_at is not None:
        return ApiKeyState.REVOKED
    if row.ends_at is not None and row.ends_at <= clock.now():
        return ApiKeyState.ENDED
    return ApiKeyState.ACTIVE if row.replaced_by_id is None else ApiKeyState.REPLACED


async def keys_by_id(reader: ReadSession, _context: Context, numbers: list[int]) -> Mapping[int, ApiKey]:
    """A batch of keys."""
    return {row.id: ApiKey.of(row) for row in await key_queries.keys_by_id(reader, numbers)}


async def _hours(reader: ReadSession, _context: Context, numbers: list[int]) -> Mapping[int, list[ApiKeyHour]]:
    found: dict[int, list[ApiKeyHour]] = defaultdict(list)
    for row in await key_queries.uses_of(reader, numbers):
        found[row.api_key_id].append(ApiKeyHour(begins_at=row.hour, calls=row.calls, cost=row.cost))
    return found


@strawberry.type(description="An API key and the cursor to go on after it.")
class ApiKeyEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: ApiKey = strawberry.field(description="The key.")


@strawberry.type(description="A page of API keys.")
class ApiKeyConnection:
    """A keyset page."""

    include_ended: strawberry.Private[bool]
    edges: list[ApiKeyEdge] = strawberry.field(description="The keys of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    @strawberry.field(description="How many there are in all.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        return await key_queries.count_of_keys(info.context.reader, ended=self.include_ended)


@strawberry.type(description="The API key that a request comes with, as its holder may see it.")
class ApiKeyInUse:
    """A key's own view of itself."""

    name: str = strawberry.field(description="Its name.")
    prefix: str = strawberry.field(description="The second part of the key.")
    scopes: list[str] = strawberry.field(description="What it may do, in alphabetical order.")
    ends_at: datetime | None = strawberry.field(description="From when on it is refused; null: never.")
    calls_an_hour: int = strawberry.field(description="How many requests it may send in a clock hour.")
    calls_left: int = strawberry.field(description="How many of them are left in this hour, after this one.")


@strawberry.input(description="A new API key.")
class CreateApiKeyInput:
    """Who may do what, and until when."""

    name: str = strawberry.field(description="Who will use it; at most 100 characters.")
    scopes: list[str] = strawberry.field(description=_SCOPES)
    ends_at: datetime | None = strawberry.field(default=None, description="From when on it is refused; null: never.")
    calls_an_hour: int = strawberry.field(default=USUAL_CALLS, description=_CALLS)
    idempotency_key: UUID | None = strawberry.field(
        default=None, description="A new UUID for each intention; give the same one when you try again, and it is done once."
    )


@strawberry.input(description="What to change of an API key. What is absent stays as it is.")
class UpdateApiKeyInput:
    """Changes; they count within five seconds."""

    id: strawberry.ID = strawberry.field(description="The key.")
    version: int = strawberry.field(description=_VERSION)
    name: strawberry.Maybe[str] = strawberry.field(description=_STAYS)
    scopes: strawberry.Maybe[list[str]] = strawberry.field(description=f"{_STAYS} Otherwise all of them: {_SCOPES}")
    ends_at: strawberry.Maybe[datetime | None] = strawberry.field(description="Absent: stays as it is. Null: it never ends.")
    calls_an_hour: strawberry.Maybe[int] = strawberry.field(description=f"{_STAYS} {_CALLS}")


@strawberry.input(description="Which API key shall get a new secret, and for how long the old one works on.")
class RotateApiKeyInput:
    """A rotation."""

    id: strawberry.ID = strawberry.field(description="The key.")
    version: int = strawberry.field(description=_VERSION)
    overlap_hours: int = strawberry.field(default=24, description="For how long the old secret works beside the new one: 0 to 168.")


@strawberry.input(description="Which API key shall end at once and for good.")
class RevokeApiKeyInput:
    """A revocation."""

    id: strawberry.ID = strawberry.field(description="The key.")


@strawberry.type(description="The API key as it is now.")
class ApiKeySaved:
    """Saved."""

    api_key: ApiKey = strawberry.field(description="The key.")


@strawberry.type(description="A new API key with its secret, which is never shown again.")
class ApiKeyMade:
    """Made."""

    api_key: ApiKey = strawberry.field(description="The key.")
    text: str | None = strawberry.field(
        description="The whole key, to be sent as Authorization: Bearer. Null where an earlier request with this idempotency key made it."
    )


CreateApiKeyResult = Annotated[
    ApiKeyMade | ValidationProblem | Conflict | NotAllowed,
    strawberry.union("CreateApiKeyResult", description="The new key with its secret, or why there is none."),
]
RotateApiKeyResult = Annotated[
    ApiKeyMade | ValidationProblem | Conflict | NotFound | NotAllowed,
    strawberry.union("RotateApiKeyResult", description="The successor with its secret, or why there is none."),
]
UpdateApiKeyResult = Annotated[
    ApiKeySaved | ValidationProblem | Conflict | NotFound | NotAllowed,
    strawberry.union("UpdateApiKeyResult", description="The key as it is now, or why it is not."),
]
RevokeApiKeyResult = Annotated[
    ApiKeySaved | NotFound | NotAllowed, strawberry.union("RevokeApiKeyResult", description="The key as it is now, or why it is not.")
]
