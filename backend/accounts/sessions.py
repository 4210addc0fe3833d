"""Who stands behind an access token, and how sessions end.

A session's state is remembered for five seconds in each process, whether it is good or not, so an end is seen everywhere within
that time and at once in the process that made it.
"""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import select, update

from backend import clock
from backend.accounts import tokens
from backend.accounts.models import Session, User
from backend.accounts.permissions import permissions_of
from backend.accounts.principal import Principal
from backend.audit import service as audit
from backend.config import Settings
from backend.db import ActorKind, Database, UnitOfWork
from backend.errors import Unauthenticated

REMEMBERED = timedelta(seconds=5)
_MAX_REMEMBERED = 4096
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _State:
    """What was read of a session: its principal, or None when it does not count; ``version`` is the user's."""

    principal: Principal | None
    version: int
    read_at: datetime


class _Memory:
    """The states of one database's sessions, and the access tokens whose signature was checked."""

    def __init__(self) -> None:
        self.states: OrderedDict[int, _State] = OrderedDict()
        self.claims: OrderedDict[tuple[bytes, str], tokens.AccessClaims] = OrderedDict()
        # Counts `forget`: a state that was being read meanwhile must not be remembered.
        self.generation = 0


_memories: "WeakKeyDictionary[Database, _Memory]" = WeakKeyDictionary()


async def authenticate(database: Database, settings: Settings, access_token: str) -> Principal:
    """The principal of an access token; raises `Unauthenticated`, or `Unavailable` when the database is away.

    Costs no SQL when the session was looked at within the last five seconds, otherwise one statement.
    """
    claims = _claims(_memory(database), settings, access_token)
    principal = await current(database, claims.session_id, version=claims.version)
    if principal.user_id != claims.user_id:
        raise Unauthenticated
    return principal


async def current(database: Database, session_id: int, *, version: int = 0) -> Principal:
    """The principal of a session as it is now (five seconds old at most), for what outlives one access token, such as a socket.

    ``version`` is the least version of the user that will do. Raises `Unauthenticated` when the session has ended.
    """
    memory = _memory(database)
    now = clock.now()
    state = memory.states.get(session_id)
    if state is None or state.version < version or not timedelta(0) <= now - state.read_at < REMEMBERED:
        generation = memory.generation
        state = await _read(database, session_id, now)
        if generation == memory.generation:
            _remember(memory.states, session_id, state)
    principal = state.principal
    if principal is None or principal.session_expires_at is None or principal.session_expires_at <= now:
        raise Unauthenticated("Your session has ended. Please sign in again.")
    return principal


def forget(session_id: int) -> None:
    """Read this session afresh at its next request in this process."""
    for memory in _memories.values():
        memory.generation += 1
        memory.states.pop(session_id, None)


def principal_of(session: Session, user: User) -> Principal:
    """The principal of a session that counts."""
    return Principal(
        kind=ActorKind.USER,
        user_id=user.id,
        session_id=session.id,
        display_name=user.display_name,
        role=user.role,
        permissions=permissions_of(
            user.role, must_change_password=user.must_change_password, must_set_up_second_factor=user.must_set_up_second_factor
        ),
        language=user.language,
        must_change_password=user.must_change_password,
        must_set_up_second_factor=user.must_set_up_second_factor,
        session_expires_at=session.expires_at,
    )


async def end(uow: UnitOfWork, session_id: int, *, because: str) -> bool:
    """End one session; whether it was still going on. Its tokens are dead from the commit on."""
    return bool(await _end(uow, because, [session_id]))


async def end_all(uow: UnitOfWork, user_id: int, *, because: str, but: int | None = None) -> int:
    """End every session of a user but one; returns how many there were."""
    statement = select(Session.id).where(Session.user_id == user_id, Session.ended_at.is_(None)).order_by(Session.id).with_for_update()
    if but is not None:
        statement = statement.where(Session.id != but)
    return await _end(uow, because, await uow.scalars(statement))


async def read_afresh(uow: UnitOfWork, user_id: int) -> None:
    """Let what changed about a user count at once in this process, and within 5 s in the others."""
    going_on = select(Session.id).where(Session.user_id == user_id, Session.ended_at.is_(None))
    for session_id in await uow.scalars(going_on):
        uow.after_commit(partial(forget, session_id))


async def _end(uow: UnitOfWork, because: str, session_ids: Collection[int]) -> int:
    if not session_ids:
        return 0
    ended = await uow.scalars(
        update(Session)
        .where(Session.id.in_(session_ids), Session.ended_at.is_(None))
        .values(ended_at=clock.now(), ended_because=because)
        .returning(Session.id)
        .execution_options(synchronize_session=False)
    )
    for session_id in ended:
        audit.record(uow, "session.ended", "session", session_id, after={"because": because})
        uow.after_commit(partial(forget, session_id))
    return len(ended)


def _memory(database: Database) -> _Memory:
    memory = _memories.get(database)
    if memory is None:
        memory = _memories[database] = _Memory()
    return memory


def _claims(memory: _Memory, settings: Settings, access_token: str) -> tokens.AccessClaims:
    """Like `tokens.verify`, which costs a hundred times a look into a dictionary and is wanted at every request."""
    key = (tokens.derive_key(settings, "access-token"), access_token)
    known = memory.claims.get(key)
    if known is not None and known.expires_at > clock.now():
        return known
    claims = tokens.verify(settings, access_token)
    _remember(memory.claims, key, claims)
    return claims


def _remember(entries: OrderedDict[_Key, _Value], key: _Key, value: _Value) -> None:
    entries[key] = value
    entries.move_to_end(key)
    if len(entries) > _MAX_REMEMBERED:
        entries.popitem(last=False)


async def _read(database: Database, session_id: int, now: datetime) -> _State:
    statement = select(Session, User).join(User, User.id == Session.user_id).where(Session.id == session_id)
    async with database.reading() as reader:
        row = await reader.row(statement)
    if row is None:
        return _State(None, 0, now)
    session, user = row.Session, row.User
    counts = user.active and session.ended_at is None and session.expires_at > now
    return _State(principal_of(session, user) if counts else None, user.version, now)
