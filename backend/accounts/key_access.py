"""Who stands behind an API key.

Like a session's, a key's state is remembered for five seconds in each process: a revoked one is refused everywhere within that time,
and at once in the process that revoked it.
"""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, select

from backend import clock
from backend.accounts import key_format
from backend.accounts.models import ApiKey
from backend.accounts.permissions import KEY_SCOPES, Permission
from backend.accounts.principal import Principal
from backend.accounts.remembered import Memories, Memory
from backend.db import ActorKind, Database
from backend.errors import NotAllowed, NotFound, Unauthenticated

_UNKNOWN = "This API key is not known here."
_NO_DIGEST = bytes(32)


@dataclass(frozen=True, slots=True)
class _State:
    """What was read of a key, by its prefix; ``language`` is that of the product, since a key has none."""

    number: int
    name: str
    secret_hash: bytes
    principal: Principal
    ends_at: datetime | None
    revoked: bool
    read_at: datetime


_memories: Memories[_State] = Memories()


async def authenticate(database: Database, credential: str) -> Principal:
    """The principal of a key as it was sent; raises `Unauthenticated`, or `Unavailable` when the database is away.

    Costs no SQL when the key was looked at within the last five seconds, otherwise one statement; a mistyped key costs none.
    """
    key = key_format.read(credential)
    memory = _memories.of(database)
    state = memory.fresh(key.prefix, clock.now()) or await _read(database, memory, ApiKey.prefix == key.prefix)
    right = hmac.compare_digest(state.secret_hash if state else _NO_DIGEST, key.digest)
    if state is None or not right:
        raise Unauthenticated(_UNKNOWN)
    return _counting(state)


async def current(database: Database, api_key_id: int) -> Principal:
    """The principal of a key as it is now (five seconds old at most), for what outlives one request; raises `Unauthenticated`."""
    return _counting(await _state(database, api_key_id))


async def seen_by(database: Database, asking: Principal, api_key_id: int) -> Principal:
    """``asking``, who must be allowed to look at keys, with no more rights than this key has, and reading only.

    A key that has ended can be looked through too. Raises `NotAllowed`, `NotFound`.
    """
    if asking.kind is not ActorKind.USER or not asking.may(Permission.API_KEYS_READ):
        raise NotAllowed
    try:
        state = await _state(database, api_key_id)
    except Unauthenticated:
        raise NotFound("There is no API key with this id.") from None
    return replace(asking, permissions=asking.permissions & state.principal.permissions, api_key_id=api_key_id, read_only=True)


def forget(api_key_id: int) -> None:
    """Read this key afresh at its next request in this process."""
    _memories.forget(api_key_id)


async def _state(database: Database, api_key_id: int) -> _State:
    memory = _memories.of(database)
    state = memory.fresh_number(api_key_id, clock.now()) or await _read(database, memory, ApiKey.id == api_key_id)
    if state is None:
        raise Unauthenticated(_UNKNOWN)
    return state


def _counting(state: _State) -> Principal:
    """The principal, if the key still counts at this moment. Only who has the secret learns why not."""
    if state.revoked:
        raise Unauthenticated("This API key was revoked. Ask an administrator of the centre for another.")
    if state.ends_at is not None and state.ends_at <= clock.now():
        raise Unauthenticated("This API key has ended. Ask an administrator of the centre to extend it or for another.")
    return state.principal


async def _read(database: Database, memory: Memory[_State], which: ColumnElement[bool]) -> _State | None:
    generation, now = memory.generation, clock.now()
    async with database.reading() as reader:
        key: ApiKey | None = await reader.scalar(select(ApiKey).where(which))
    if key is None:
        return None
    state = _State(key.id, key.prefix, key.secret_hash, _principal(key), key.ends_at, key.revoked_at is not None, now)
    memory.remember(state, generation)
    return state


def _principal(key: ApiKey) -> Principal:
    return Principal(
        kind=ActorKind.API_KEY,
        user_id=None,
        session_id=None,
        display_name=key.name,
        role=None,
        # A scope that keys may hold no longer, or that this version does not know, gives nothing.
        permissions=frozenset(scope for scope in KEY_SCOPES if scope.value in key.scopes),
        language="en",
        must_change_password=False,
        session_expires_at=None,
        api_key_id=key.id,
        calls_an_hour=key.calls_an_hour,
    )
