"""What a client gets when its session starts or goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend import clock
from backend.accounts import sessions, tokens
from backend.accounts.models import RefreshToken, Session, User
from backend.accounts.principal import Principal
from backend.config import Settings
from backend.db import UnitOfWork

# A closed fortnight does not sign the desk out; a lost laptop that nobody opens signs itself out.
IDLE_LIFETIME = timedelta(days=14)
ABSOLUTE_LIFETIME = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Started:
    """The tokens of a session and whose it is.

    ``refresh_seconds`` is how long the refresh token may stay unused. ``device_token`` is None where the device is not told anew.
    """

    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_seconds: int
    principal: Principal
    user: User
    device_token: str | None = None


def expiry(created_at: datetime) -> datetime:
    """When a session ends that is used now: after a fortnight's rest, and ninety days after its start in any case."""
    return min(clock.now() + IDLE_LIFETIME, created_at + ABSOLUTE_LIFETIME)


def started(settings: Settings, session: Session, user: User, refresh_token: str, device_token: str | None = None) -> Started:
    """A fresh access token beside a refresh token that is already stored."""
    access_token, expires_at = tokens.issue(
        settings, user_id=user.id, session_id=session.id, version=user.version, session_expires_at=session.expires_at
    )
    return Started(
        access_token=access_token,
        access_expires_at=expires_at,
        refresh_token=refresh_token,
        refresh_seconds=max(0, int((session.expires_at - clock.now()).total_seconds())),
        principal=sessions.principal_of(session, user),
        user=user,
        device_token=device_token,
    )


def new_refresh_token(uow: UnitOfWork, session_id: int) -> str:
    """Add the first refresh token of a family."""
    token = tokens.new_opaque()
    uow.add(RefreshToken(token_hash=tokens.digest(token), session_id=session_id, created_at=clock.now()))
    return token
