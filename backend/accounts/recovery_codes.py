"""Codes on paper that stand in for a lost phone, once each. A keyed hash is kept: without ``SECRET_KEY`` nobody can try them out."""

import hmac
import secrets

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from backend import clock
from backend.accounts.models import RecoveryCode
from backend.accounts.tokens import derive_key
from backend.config import Settings
from backend.db import ReadSession, UnitOfWork

COUNT = 10
# No look-alikes, since these are read from paper. Ten of 31 characters are 49 bits.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_HALF = 5


async def replace(uow: UnitOfWork, settings: Settings, user_id: int) -> list[str]:
    """Ten new codes to show once, such as ``k7m2p-x9rwd``; those of before are worthless."""
    codes: set[str] = set()
    while len(codes) < COUNT:
        codes.add("".join(secrets.choice(_ALPHABET) for _ in range(2 * _HALF)))
    await drop(uow, user_id)
    await uow.execute(insert(RecoveryCode), [{"user_id": user_id, "code_hash": _digest(settings, user_id, code)} for code in codes])
    return [f"{code[:_HALF]}-{code[_HALF:]}" for code in codes]


async def spend(uow: UnitOfWork, settings: Settings, user_id: int, typed: str) -> bool:
    """Whether this is an unused code of the user; it is used then."""
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user_id,
            RecoveryCode.code_hash == _digest(settings, user_id, typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.user_id)
        .execution_options(synchronize_session=False)
    )
    return bool(await uow.scalars(used))


async def drop(uow: UnitOfWork, user_id: int) -> None:
    """Make every code of the user worthless."""
    await uow.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id).execution_options(synchronize_session=False))


async def left(reader: ReadSession, user_id: int) -> int:
    """How many the user has not used yet."""
    unused = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return int(await reader.scalar(unused))


def _digest(settings: Settings, user_id: int, typed: str) -> bytes:
    """In any case, with or without the hyphen."""
    plain = "".join(character for character in typed.lower() if character.isalnum())
    return hmac.digest(derive_key(settings, "recovery-code"), f"{user_id}\0{plain}".encode(errors="replace"), "sha256")
