"""Signing in.

Whoever fails learns nothing: an unknown identifier, a wrong password and a disabled user get the same answer after the same work, and
the same number of statements. The work with the password happens between two short transactions, so no connection waits for it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from backend import clock
from backend.accounts import limits, passwords, queries, tokens, users
from backend.accounts.entering import Browser, Challenged, enter, knows_device
from backend.accounts.models import User
from backend.accounts.started import Started
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

    @property
    def browser(self) -> Browser:
        """Where."""
        return Browser(self.device_token, self.address, self.user_agent, self.request_id)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A try that was counted: whose it seems to be, and how to take it back."""

    user: User | None
    buckets: list[limits.Bucket]
    at: datetime
    full: list[str]


async def login(database: Database, settings: Settings, attempt: Attempt) -> Started | Challenged:
    """Start a session, or ask for the second factor where the user has one.

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
            if not isinstance(result, User):
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
    known = await knows_device(uow, user.id if user else 0, attempt.device_token)
    device = tokens.digest(attempt.device_token) if known and attempt.device_token else None
    # One bucket for a user's email and username together; an unknown identifier has one that fills in the same way.
    account = str(user.id) if user else f"?{queries.normalise_identifier(attempt.identifier)}"
    buckets = limits.for_login(settings, account=account, address=attempt.address, device=device)
    return _Counted(user, buckets, now, await limits.take(uow, buckets, now))


async def _try_password(attempt: Attempt, user: User | None) -> tuple[bool, str | None]:
    """Whether the password is right, and its new hash where the stored one is of an old kind."""
    right = await passwords.verify(attempt.password, user.password_hash if user else None)
    if user is None or not may_enter(user) or not right:
        return False, None
    return True, await passwords.hash(attempt.password) if passwords.needs_rehash(user.password_hash) else None


def may_enter(user: User) -> bool:
    """Whether a right password lets this user in now: the account is active, and the password was not a temporary one that is over."""
    return user.active and users.password_counts(user, clock.now())


async def _start(
    database: Database, settings: Settings, attempt: Attempt, counted: _Counted, rehashed: str | None
) -> Started | Challenged | User:
    """What comes next; or the user as they are now, when their password changed since it was verified."""
    seen = counted.user
    assert seen is not None  # noqa: S101 (a right password has a user)
    actor = Actor(kind=ActorKind.USER, id=seen.id, label=seen.display_name, request_id=attempt.request_id)
    async with database.writing(actor) as uow:
        user: User = (await uow.execute(select(User).where(User.id == seen.id).with_for_update(key_share=True))).scalar_one()
        if user.password_hash != seen.password_hash or not may_enter(user):
            return user
        # Now, since the second step no longer knows the password; a challenge is bound to the hash that stays.
        user.password_hash = rehashed or user.password_hash
        entered = await enter(uow, settings, user, attempt.browser)
        await uow.flush()
        await limits.give_back(uow, counted.buckets, counted.at)
    return entered


def _record_refusal(uow: UnitOfWork, counted: _Counted) -> None:
    # Refusals for too many tries are not recorded one by one, or they could fill the log; this tells which limit was reached.
    after: dict[str, object] = {"reason": _reason(counted.user)}
    if counted.full:
        after["limits_reached"] = counted.full
    audit.record(uow, "session.refused", "user", counted.user.id if counted.user else None, after=after)


def _reason(user: User | None) -> str:
    if user is None or may_enter(user):
        return "WRONG_CREDENTIALS"
    return "PASSWORD_OVER" if user.active else "INACTIVE"
