"""Who stands behind a kiosk's token. Like a key's, its state is remembered for five seconds in each process."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from backend import clock
from backend.accounts import kiosk_token
from backend.accounts.models import Kiosk, KioskPairing
from backend.accounts.permissions import PERMISSIONS_OF_KIOSK
from backend.accounts.principal import Principal
from backend.accounts.remembered import Memories, Memory
from backend.db import ActorKind, Database
from backend.errors import Unauthenticated

is_meant = kiosk_token.is_meant

NOT_APPROVED = "KIOSK_NOT_APPROVED"
REVOKED = "KIOSK_REVOKED"


@dataclass(frozen=True, slots=True)
class _State:
    """What was read of a kiosk, by the hash of its token."""

    number: int
    name: bytes
    principal: Principal
    revoked: bool
    read_at: datetime


_memories: Memories[_State] = Memories()


async def authenticate(database: Database, token: str) -> Principal:
    """The principal of a kiosk's token; raises `Unauthenticated`, or `Unavailable` when the database is away.

    Codes: ``KIOSK_NOT_APPROVED`` (the code that it shows is still to be typed in), ``KIOSK_REVOKED``, ``UNAUTHENTICATED`` (unknown,
    or its code has ended). Costs no SQL when the kiosk was looked at within the last five seconds, otherwise one statement.
    """
    memory, digest = _memories.of(database), kiosk_token.digest(token)
    state = memory.fresh(digest, clock.now()) or await _read(database, memory, Kiosk.token_hash == digest)
    if state is not None:
        return _counting(state)
    async with database.reading() as reader:
        asked = exists().where(KioskPairing.token_hash == digest, KioskPairing.expires_at > clock.now())
        if await reader.scalar(select(asked)):
            raise Unauthenticated("This device waits for an administrator's approval.", code=NOT_APPROVED)
    raise Unauthenticated("This device is not paired. Pair it again.")


async def current(database: Database, kiosk_id: int) -> Principal:
    """The principal of a kiosk as it is now (five seconds old at most); raises `Unauthenticated`."""
    memory = _memories.of(database)
    state = memory.fresh_number(kiosk_id, clock.now()) or await _read(database, memory, Kiosk.id == kiosk_id)
    if state is None:
        raise Unauthenticated("This device is not paired. Pair it again.")
    return _counting(state)


def forget(kiosk_id: int) -> None:
    """Read this kiosk afresh at its next request in this process."""
    _memories.forget(kiosk_id)


def _counting(state: _State) -> Principal:
    if state.revoked:
        raise Unauthenticated("This device was revoked by an administrator.", code=REVOKED)
    return state.principal


async def _read(database: Database, memory: Memory[_State], which: ColumnElement[bool]) -> _State | None:
    generation, now = memory.generation, clock.now()
    async with database.reading() as reader:
        kiosk: Kiosk | None = await reader.scalar(select(Kiosk).where(which))
    if kiosk is None:
        return None
    state = _State(kiosk.id, kiosk.token_hash, _principal(kiosk), kiosk.revoked_at is not None, now)
    memory.remember(state, generation)
    return state


def _principal(kiosk: Kiosk) -> Principal:
    return Principal(
        kind=ActorKind.KIOSK,
        user_id=None,
        session_id=None,
        display_name=kiosk.name,
        role=None,
        permissions=PERMISSIONS_OF_KIOSK[kiosk.kind],
        language="en",
        must_change_password=False,
        session_expires_at=None,
        kiosk_id=kiosk.id,
    )
