"""The second step of signing in: the challenge of the first, and the second factor."""

from sqlalchemy import select

from backend import clock
from backend.accounts import challenge, limits, tokens
from backend.accounts.challenge import Challenge
from backend.accounts.entering import Browser, knows_device, open_session
from backend.accounts.login import may_enter
from backend.accounts.models import User
from backend.accounts.proof import Given, Outcome, given, prove
from backend.accounts.started import Started
from backend.audit import service as audit
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.errors import LoginRefused

_OVER = "This sign-in is over. Please enter your password again."


async def complete_login(
    database: Database, settings: Settings, browser: Browser, *, text: str, code: str | None, recovery_code: str | None
) -> Started:
    """Start the session of a challenge (``text``).

    Raises `ValidationFailed` when nothing useful was typed, `LoginRefused`: ``CHALLENGE_OVER`` (it is not ours, is over, had five tries,
    belongs to another browser, or the account changed since), ``WRONG_CODE``, ``SECOND_FACTOR_LOST``, ``TOO_MANY_TRIES``.
    """
    typed = given(code, recovery_code)
    asked = challenge.read(settings, text)
    if asked is None:
        raise _over()
    async with database.writing(Actor(kind=ActorKind.ANONYMOUS, request_id=browser.request_id)) as uow:
        result = await _complete(uow, settings, browser, asked, typed)
    if isinstance(result, Outcome):
        raise result.refusal()
    return result


async def _complete(uow: UnitOfWork, settings: Settings, browser: Browser, asked: Challenge, typed: Given) -> Started | Outcome:
    now = clock.now()
    one = limits.for_challenge(settings, asked.name)
    try:
        await limits.take(uow, one, now)
    except LoginRefused:
        # Waiting helps nobody: another challenge costs the password.
        raise _over() from None
    known = await knows_device(uow, asked.user_id, browser.device_token)
    device = tokens.digest(browser.device_token) if known and browser.device_token else None
    buckets = limits.for_second_factor(settings, asked.user_id, device)
    full = await limits.take(uow, buckets, now)
    user = await _user(uow, asked.user_id)
    if (
        user is None
        or user.totp_confirmed_at is None
        or not may_enter(user)
        or not challenge.fits(settings, asked, user, browser.device_token)
    ):
        raise _over()
    outcome = await prove(uow, settings, user, typed)
    if not outcome.right:
        after = {"reason": outcome.value} | ({"limits_reached": full} if full else {})
        audit.record(uow, "session.refused", "user", user.id, after=after)
        return outcome
    uow.actor = Actor(kind=ActorKind.USER, id=user.id, label=user.display_name, request_id=browser.request_id)
    session = await open_session(uow, settings, user, browser, browser.device_token or "", {"second_factor": outcome.value})
    await limits.give_back(uow, [*one, *buckets], now)
    return session


async def _user(uow: UnitOfWork, user_id: int) -> User | None:
    """Locked: the same code twice at once must count once."""
    found: User | None = await uow.scalar(select(User).where(User.id == user_id).with_for_update(key_share=True))
    return found


def _over() -> LoginRefused:
    return LoginRefused(_OVER, code="CHALLENGE_OVER")
