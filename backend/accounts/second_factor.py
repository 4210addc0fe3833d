"""A user's own second factor: setting it up, its recovery codes, removing it; and what an admin does when a phone is lost.

Until the first code of the app was confirmed nothing changes at sign-in. Whoever has one set up shows that they have it before it is
changed or removed, so an open desk is not enough.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import select

from backend import clock
from backend.accounts import limits, queries, recovery_codes, sealing, service, sessions, totp
from backend.accounts.models import User
from backend.accounts.password_change import check_current_password
from backend.accounts.principal import Principal
from backend.accounts.proof import Given, Outcome, given, prove, six_digits
from backend.audit import service as audit
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.errors import Conflict, LoginRefused, NotFound, Unauthenticated

_EXISTS = "A second factor is set up already. Remove it first, with a code of it."
_NONE = "No second factor is set up."


@dataclass(frozen=True, slots=True)
class Begun:
    """What goes into the app, shown this once: the secret to type, and the address that the QR code holds."""

    secret: str
    uri: str


async def begin(
    database: Database, settings: Settings, principal: Principal, *, issuer: str, current_password: str, request_id: str | None
) -> Begun:
    """A new secret, which counts once a code of it was confirmed; one that was begun before is worthless.

    Raises `LoginRefused` when the current password is wrong or was tried too often, `Conflict` (``SECOND_FACTOR_EXISTS``).
    """
    user_id, session_id = _signed_in(principal)
    actor = principal.actor(request_id)
    async with database.reading() as reader:
        seen = await queries.user(reader, user_id)
    if seen is None:
        raise Unauthenticated
    if seen.totp_confirmed_at is not None:
        raise Conflict(_EXISTS, code="SECOND_FACTOR_EXISTS")
    await check_current_password(database, settings, actor, session_id, seen, current_password)
    secret = totp.new_secret()
    async with database.writing(actor) as uow:
        user = await service.lock(uow, user_id)
        if user.password_hash != seen.password_hash:
            raise LoginRefused("Your password was changed meanwhile.")
        if user.totp_confirmed_at is not None:
            raise Conflict(_EXISTS, code="SECOND_FACTOR_EXISTS")
        user.totp_secret, user.totp_last_step = sealing.seal(settings, user_id, secret), None
        await uow.flush()
        audit.record(uow, "second_factor.begun", "user", user_id)
    return Begun(totp.in_base32(secret), totp.uri(secret, issuer=issuer, account=seen.email))


async def confirm(database: Database, settings: Settings, principal: Principal, *, code: str, request_id: str | None) -> list[str]:
    """Turn on what was begun, with a code of it; returns the recovery codes.

    Raises `ValidationFailed`, `LoginRefused` (``WRONG_CODE``, ``TOO_MANY_TRIES``), `Conflict` (``NOT_BEGUN``, ``SECOND_FACTOR_EXISTS``).
    """
    typed = Given(six_digits(code), None)

    async def turn_on(uow: UnitOfWork, user: User) -> list[str]:
        user.totp_confirmed_at = clock.now()
        user.version += 1
        await uow.flush()
        audit.record(uow, "second_factor.set_up", "user", user.id)
        await sessions.read_afresh(uow, user.id)
        return await recovery_codes.replace(uow, settings, user.id)

    return await _with_proof(database, settings, principal.actor(request_id), _signed_in(principal)[0], typed, turn_on, begun=True)


async def renew_codes(
    database: Database, settings: Settings, principal: Principal, *, code: str | None, recovery_code: str | None, request_id: str | None
) -> list[str]:
    """Ten new recovery codes. Raises as `confirm` does, and `Conflict` (``NO_SECOND_FACTOR``)."""

    async def renew(uow: UnitOfWork, user: User) -> list[str]:
        audit.record(uow, "recovery_codes.renewed", "user", user.id)
        return await recovery_codes.replace(uow, settings, user.id)

    typed = given(code, recovery_code)
    return await _with_proof(database, settings, principal.actor(request_id), _signed_in(principal)[0], typed, renew)


async def remove(
    database: Database, settings: Settings, principal: Principal, *, code: str | None, recovery_code: str | None, request_id: str | None
) -> None:
    """Sign in with the password alone from now on. Raises as `renew_codes` does."""

    async def take_away(uow: UnitOfWork, user: User) -> list[str]:
        await _forget(uow, user)
        audit.record(uow, "second_factor.removed", "user", user.id)
        await sessions.read_afresh(uow, user.id)
        return []

    typed = given(code, recovery_code)
    await _with_proof(database, settings, principal.actor(request_id), _signed_in(principal)[0], typed, take_away)


async def reset(uow: UnitOfWork, user_id: int) -> int:
    """Take somebody's second factor away without a code, and end their sessions; returns how many.

    Raises `NotFound`, `Conflict` (``NO_SECOND_FACTOR``, ``ONESELF``).
    """
    if uow.actor.kind is ActorKind.USER and uow.actor.id == user_id:
        raise Conflict("Remove your own second factor in your profile, with a code of it.", code="ONESELF")
    if await queries.user(uow, user_id) is None:
        raise NotFound("There is no such user. The account may have been deleted.")
    user = await service.lock(uow, user_id)
    if user.totp_secret is None:
        raise Conflict(_NONE, code="NO_SECOND_FACTOR")
    await _forget(uow, user)
    audit.record(uow, "second_factor.reset", "user", user_id)
    return await sessions.end_all(uow, user_id, because="SECOND_FACTOR_RESET")


async def _with_proof(
    database: Database,
    settings: Settings,
    actor: Actor,
    user_id: int,
    typed: Given,
    work: Callable[[UnitOfWork, User], Awaitable[list[str]]],
    *,
    begun: bool = False,
) -> list[str]:
    """Do it in the same transaction in which the code is used up. ``begun``: the code is of a secret that is not confirmed yet."""
    outcome, done = Outcome.WRONG, list[str]()
    async with database.writing(actor) as uow:
        now = clock.now()
        buckets = limits.for_own_second_factor(settings, user_id)
        await limits.take(uow, buckets, now)
        user: User | None = await uow.scalar(select(User).where(User.id == user_id).with_for_update(key_share=True))
        if user is None or not user.active:
            raise Unauthenticated
        _check_state(user, begun=begun)
        outcome = await prove(uow, settings, user, typed)
        if outcome.right:
            done = await work(uow, user)
            await limits.give_back(uow, buckets, now)
        else:
            audit.record(uow, "second_factor.refused", "user", user_id, after={"reason": outcome.value})
    if not outcome.right:
        raise outcome.refusal()
    return done


def _check_state(user: User, *, begun: bool) -> None:
    if begun and user.totp_confirmed_at is not None:
        raise Conflict(_EXISTS, code="SECOND_FACTOR_EXISTS")
    if begun and user.totp_secret is None:
        raise Conflict("Nothing was begun, or it was taken back. Please begin again.", code="NOT_BEGUN")
    if not begun and user.totp_confirmed_at is None:
        raise Conflict(_NONE, code="NO_SECOND_FACTOR")


async def _forget(uow: UnitOfWork, user: User) -> None:
    user.totp_secret = user.totp_confirmed_at = user.totp_last_step = None
    user.version += 1
    await uow.flush()
    await recovery_codes.drop(uow, user.id)


def _signed_in(principal: Principal) -> tuple[int, int]:
    if principal.user_id is None or principal.session_id is None:
        raise Unauthenticated
    return principal.user_id, principal.session_id
