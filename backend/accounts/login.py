"""Signing in.

Whoever fails learns nothing: an unknown identifier, a wrong password and a disabled user get the same answer after the same work, and
the same number of statements. The work with the password happens between two short transactions, so no connection waits for it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from backend import clock
from backend.accounts import limits, passwords, queries, tokens
from backend.accounts.models import KnownDevice, Session, User
from backend.accounts.started import Started, expiry, new_refresh_token, started
from backend.audit import service as audit
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.errors import FieldError, LoginRefused, ValidationFailed

WRONG_CREDENTIALS = "The email, username or password is not right."
_CHANGES_SURVIVED = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody who wants to sign in. ``device_token`` is the cookie of an earlier login on this browser; ``address`` is the client's."""

    identifier: str
    password: str
    device_token: str | None = None
    address: str = ""
    user_agent: str = ""
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """A try that was counted: whose it seems to be, and how to take it back."""

    user: User | None
    buckets: list[limits.Bucket]
    at: datetime
    full: list[str]


async def login(database: Database, settings: Settings, attempt: Attempt) -> Started:
    """Start a session.

    Raises `ValidationFailed` when something was left empty, `LoginRefused` (``WRONG_CREDENTIALS``, ``TOO_MANY_TRIES``),
    `RateLimited` when too many are signing in at this instant.
    """
    _check_given(attempt)
    anonymous = Actor(kind=ActorKind.ANONYMOUS, request_id=attempt.request_id)
    async with database.writing(anonymous) as uow:
        counted = await _count(uow, settings, attempt)
    try:
        for _ in range(_CHANGES_SURVIVED):
            right, rehashed = await _try_password(attempt, counted.user)
            if not right:
                break
            result = await _start(database, settings, attempt, counted, rehashed)
            if isinstance(result, Started):
                return result
            counted = _Counted(result, counted.buckets, counted.at, counted.full)
    except Exception:
        # The password was not judged, so the try does not count.
        async with database.writing(anonymous) as uow:
            await limits.give_back(uow, counted.buckets, counted.at)
        raise
    async with database.writing(anonymous) as uow:
        _record_refusal(uow, counted)
    raise LoginRefused(WRONG_CREDENTIALS)


def _check_given(attempt: Attempt) -> None:
    problems = []
    if not attempt.identifier.strip():
        problems.append(FieldError(("identifier",), "REQUIRED", "Please enter your email address or username."))
    if not attempt.password:
        problems.append(FieldError(("password",), "REQUIRED", "Please enter your password."))
    if problems:
        raise ValidationFailed(*problems)


async def _count(uow: UnitOfWork, settings: Settings, attempt: Attempt) -> _Counted:
    now = clock.now()
    user = await queries.user_by_identifier(uow, attempt.identifier)
    device = tokens.digest(attempt.device_token) if attempt.device_token and tokens.is_opaque(attempt.device_token) else None
    known = select(exists().where(KnownDevice.device_hash == (device or b""), KnownDevice.user_id == (user.id if user else 0)))
    is_known = bool(await uow.scalar(known))
    # One bucket for a user's email and username together; an unknown identifier has one that fills in the same way.
    account = str(user.id) if user else f"?{queries.normalise_identifier(attempt.identifier)}"
    buckets = limits.for_login(settings, account=account, address=attempt.address, device=device if is_known else None)
    return _Counted(user, buckets, now, await limits.take(uow, buckets, now))


async def _try_password(attempt: Attempt, user: User | None) -> tuple[bool, str | None]:
    """Whether the password is right, and its new hash where the stored one is of an old kind."""
    right = await passwords.verify(attempt.password, user.password_hash if user else None)
    if user is None or not user.active or not right:
        return False, None
    return True, await passwords.hash(attempt.password) if passwords.needs_rehash(user.password_hash) else None


async def _start(database: Database, settings: Settings, attempt: Attempt, counted: _Counted, rehashed: str | None) -> Started | User:
    """The new session, or the user as they are now when their password changed since it was verified."""
    seen = counted.user
    assert seen is not None  # noqa: S101 (a right password has a user)
    now = clock.now()
    actor = Actor(kind=ActorKind.USER, id=seen.id, label=seen.display_name, request_id=attempt.request_id)
    async with database.writing(actor) as uow:
        user: User = (await uow.execute(select(User).where(User.id == seen.id).with_for_update(key_share=True))).scalar_one()
        if user.password_hash != seen.password_hash or not user.active:
            return user
        user.last_login_at = now
        user.password_hash = rehashed or user.password_hash
        session = Session(
            user_id=user.id, user_agent=_printable(attempt.user_agent), created_at=now, last_used_at=now, expires_at=expiry(now)
        )
        uow.add(session)
        await uow.flush()
        refresh_token = new_refresh_token(uow, session.id)
        device_token = await _know_device(uow, user.id, attempt.device_token, now)
        audit.record(uow, "session.started", "session", session.id, after={"user_id": user.id})
        await uow.flush()
        await limits.give_back(uow, counted.buckets, counted.at)
    return started(settings, session, user, refresh_token, device_token)


async def _know_device(uow: UnitOfWork, user_id: int, presented: str | None, now: datetime) -> str:
    """Remember this browser for this user. A token that nobody here ever gave out is replaced: it may have been planted."""
    token = presented if presented and tokens.is_opaque(presented) else None
    if token is not None and not await uow.scalar(select(exists().where(KnownDevice.device_hash == tokens.digest(token)))):
        token = None
    token = token or tokens.new_opaque()
    statement = insert(KnownDevice).values(device_hash=tokens.digest(token), user_id=user_id, last_seen_at=now)
    await uow.execute(
        statement.on_conflict_do_update(index_elements=["device_hash", "user_id"], set_={"last_seen_at": statement.excluded.last_seen_at})
    )
    return token


def _record_refusal(uow: UnitOfWork, counted: _Counted) -> None:
    # Refusals for too many tries are not recorded one by one, or they could fill the log; this tells which limit was reached.
    after: dict[str, object] = {"reason": "INACTIVE" if counted.user and not counted.user.active else "WRONG_CREDENTIALS"}
    if counted.full:
        after["limits_reached"] = counted.full
    audit.record(uow, "session.refused", "user", counted.user.id if counted.user else None, after=after)


def _printable(user_agent: str) -> str:
    return "".join(character for character in user_agent if character.isprintable())[:300]
