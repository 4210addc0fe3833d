"""Root fields of API keys: translate, delegate."""

from datetime import timedelta
from typing import Annotated, cast

import strawberry

from backend.accounts import key_queries
from backend.accounts import keys as service
from backend.accounts.graphql.key_types import (
    ApiKey,
    ApiKeyConnection,
    ApiKeyEdge,
    ApiKeyInUse,
    ApiKeyMade,
    ApiKeySaved,
    CreateApiKeyInput,
    CreateApiKeyResult,
    RevokeApiKeyInput,
    RevokeApiKeyResult,
    RotateApiKeyInput,
    RotateApiKeyResult,
    UpdateApiKeyInput,
    UpdateApiKeyResult,
    keys_by_id,
)
from backend.accounts.permissions import KEY_SCOPES, Permission
from backend.errors import NotFound
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import PUBLIC, mutation, query
from backend.graphql.pagination import decode_cursor, encode_cursor, page_info, page_size

_KIND = "API_KEY"


async def _key(info: Info, number: int) -> ApiKey:
    return cast("ApiKey", await info.context.load(keys_by_id, number))


async def _made(info: Info, made: service.Made) -> ApiKeyMade:
    return ApiKeyMade(api_key=await _key(info, made.number), text=made.text)


@strawberry.type
class ApiKeyQuery:
    """Root fields."""

    @query(Permission.API_KEYS_READ, description="API keys, the newest first, a page at a time.")
    async def api_keys(
        self,
        info: Info,
        include_ended: Annotated[bool, strawberry.argument(description="True: those that no longer work, too.")] = False,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> ApiKeyConnection:
        """One statement."""
        size = page_size(first)
        last = decode_cursor(after, _KIND, int)[0] if after else None
        rows = await key_queries.page_of_keys(info.context.reader, ended=include_ended, first=size, after=last)
        shown = rows[:size]
        cursors = [encode_cursor(_KIND, row.id) for row in shown]
        edges = [ApiKeyEdge(cursor=cursor, node=ApiKey.of(row)) for cursor, row in zip(cursors, shown, strict=True)]
        return ApiKeyConnection(include_ended=include_ended, edges=edges, page_info=page_info(cursors, more=len(rows) > size, after=after))

    @query(Permission.API_KEYS_READ, description="One API key; null when there is none with this id.")
    async def api_key(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The key.")]) -> ApiKey | None:
        """One statement."""
        try:
            number = ids.decode(id, "ApiKey")
        except NotFound:
            return None
        return cast("ApiKey | None", await info.context.load(keys_by_id, number))

    @query(Permission.API_KEYS_READ, description="The scopes that an API key can have, in alphabetical order.")
    async def api_key_scopes(self) -> list[str]:
        """From the code alone."""
        return sorted(scope.value for scope in KEY_SCOPES)

    @query(PUBLIC, description="The API key that this request comes with; null for everybody else. A key needs no scope for it.")
    async def api_key_in_use(self, info: Info) -> ApiKeyInUse | None:
        """One statement for a key, none for others."""
        principal = info.context.principal
        if principal is None or principal.api_key_id is None:
            return None
        key = await _key(info, principal.api_key_id)
        return ApiKeyInUse(
            name=key.name,
            prefix=key.prefix,
            scopes=sorted(permission.value for permission in principal.permissions),
            ends_at=key.ends_at,
            calls_an_hour=key.calls_an_hour,
            calls_left=key.calls_left,
        )


@strawberry.type
class ApiKeyMutation:
    """Root fields."""

    @mutation(Permission.API_KEYS_WRITE, description="Make an API key. Its secret is in this answer and nowhere else.")
    async def create_api_key(
        self, info: Info, input: Annotated[CreateApiKeyInput, strawberry.argument(description="Who may do what.")]
    ) -> CreateApiKeyResult:
        """One transaction."""
        values = {"name": input.name, "scopes": input.scopes, "ends_at": input.ends_at, "calls_an_hour": input.calls_an_hour}
        async with info.context.unit_of_work() as uow:
            made = await service.create(uow, values, key=input.idempotency_key)
        return await _made(info, made)

    @mutation(Permission.API_KEYS_WRITE, description="Change an API key. It counts within five seconds.")
    async def update_api_key(
        self, info: Info, input: Annotated[UpdateApiKeyInput, strawberry.argument(description="Which key, and what of it.")]
    ) -> UpdateApiKeyResult:
        """One transaction."""
        number = ids.decode(input.id, "ApiKey")
        typed = {name: getattr(input, name) for name in ("name", "scopes", "ends_at", "calls_an_hour")}
        values = {name: some.value for name, some in typed.items() if isinstance(some, strawberry.Some)}
        async with info.context.unit_of_work() as uow:
            await service.update(uow, number, version=input.version, values=values)
        return ApiKeySaved(api_key=await _key(info, number))

    @mutation(
        Permission.API_KEYS_WRITE,
        description="Give an integration a new secret: a successor with the same rights. The old secret works on for the hours given.",
    )
    async def rotate_api_key(
        self, info: Info, input: Annotated[RotateApiKeyInput, strawberry.argument(description="Which key, and the overlap.")]
    ) -> RotateApiKeyResult:
        """One transaction."""
        number = ids.decode(input.id, "ApiKey")
        async with info.context.unit_of_work() as uow:
            made = await service.rotate(uow, number, version=input.version, overlap=timedelta(hours=input.overlap_hours))
        return await _made(info, made)

    @mutation(Permission.API_KEYS_WRITE, description="End an API key for good, within five seconds, open sockets too. Safe to send again.")
    async def revoke_api_key(
        self, info: Info, input: Annotated[RevokeApiKeyInput, strawberry.argument(description="Which key.")]
    ) -> RevokeApiKeyResult:
        """One transaction."""
        number = ids.decode(input.id, "ApiKey")
        async with info.context.unit_of_work() as uow:
            await service.revoke(uow, number)
        return ApiKeySaved(api_key=await _key(info, number))
