"""Making something once, however often the request is sent.

A creating mutation takes an ``idempotencyKey``, a UUID of the caller's. The key is claimed in the transaction that makes the thing:
two at once wait for each other, and the second finds what the first made. Keys are kept for seven days.
"""

import hashlib
from uuid import UUID

import orjson
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from backend.audit.models import IdempotencyKey
from backend.db import UnitOfWork
from backend.errors import Conflict


async def made_before(uow: UnitOfWork, key: UUID | None, operation: str, asked: object) -> int | None:
    """Claim ``key`` for this principal; the number of what an earlier request with it made, or None: go on and make it.

    ``asked`` is what was asked for, as anything that orjson can write. Without a key nothing is claimed. Raises `Conflict`
    (``KEY_REUSED``) where the key was used for something else.
    """
    if key is None:
        return None
    digest = hashlib.sha256(orjson.dumps([operation, asked], option=orjson.OPT_SORT_KEYS, default=str)).digest()
    mine = {"actor_kind": uow.actor.kind, "actor_id": uow.actor.id or 0, "key": key}
    claimed = await uow.scalar(
        insert(IdempotencyKey)
        .values(**mine, operation=operation, digest=digest)
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.operation)
    )
    if claimed is not None:
        return None
    found = await uow.row(select(IdempotencyKey.digest, IdempotencyKey.subject_id).filter_by(**mine))
    if found is None or found.digest != digest:
        raise Conflict("This idempotency key was already used for another request. Make a new one for each intention.", code="KEY_REUSED")
    number: int | None = found.subject_id
    return number


async def remember(uow: UnitOfWork, key: UUID | None, number: int) -> None:
    """Note what was made under a key that `made_before` claimed in this transaction."""
    if key is None:
        return
    of_key = (IdempotencyKey.actor_kind == uow.actor.kind, IdempotencyKey.actor_id == (uow.actor.id or 0), IdempotencyKey.key == key)
    await uow.execute(update(IdempotencyKey).where(*of_key).values(subject_id=number))
