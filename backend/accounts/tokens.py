"""The tokens of a session: access tokens (JWT, HS256), refresh tokens and device tokens (random, stored as SHA-256).

Each purpose has a key of its own, derived from ``SECRET_KEY``, so a token or code of one kind never passes as another. A refresh
token's successor is derived from it: two tabs that refresh at once get the same one, although nothing readable is stored.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import jwt

from backend import clock
from backend.config import Settings
from backend.errors import Unauthenticated

ACCESS_LIFETIME = timedelta(minutes=10)
_ISSUER = "krc-check-in"
_AUDIENCE = "krc-check-in/graphql"
_ALGORITHM = "HS256"
_CLAIMS = ["exp", "iat", "aud", "iss", "jti", "sid", "sub", "ver"]
_CLOCK_SKEW = timedelta(seconds=30)
_MAX_ACCESS_TOKEN = 1024
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
# 32 bytes in base64url without padding: 43 characters.
_OPAQUE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What a valid access token says. ``version`` is the user's at issue: what is cached from before it is not good enough."""

    user_id: int
    session_id: int
    version: int
    expires_at: datetime


def derive_key(settings: Settings, purpose: str) -> bytes:
    """The 32-byte key for one purpose, such as ``access-token``."""
    return _derive(settings.secret_key.get_secret_value(), purpose)


@lru_cache(maxsize=64)
def _derive(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), b"krc-check-in:v1:" + purpose.encode(), "sha256")


def issue(settings: Settings, *, user_id: int, session_id: int, version: int, session_expires_at: datetime) -> tuple[str, datetime]:
    """A new access token and when it expires: in ten minutes, or with the session if that is sooner."""
    now = clock.now().replace(microsecond=0)
    expires_at = min(now + ACCESS_LIFETIME, session_expires_at.replace(microsecond=0))
    payload: dict[str, Any] = {
        "iss": _ISSUER,
        "aud": _AUDIENCE,
        "sub": str(user_id),
        "sid": str(session_id),
        "ver": version,
        "jti": secrets.token_urlsafe(12),
        "iat": int(now.timestamp()),
        "exp": int(expires_at.timestamp()),
    }
    return jwt.encode(payload, derive_key(settings, "access-token"), algorithm=_ALGORITHM), expires_at


def verify(settings: Settings, token: str) -> AccessClaims:
    """What the access token says; raises `Unauthenticated` when it is not ours, was changed, has expired or lacks a claim."""
    if len(token) > _MAX_ACCESS_TOKEN:
        raise Unauthenticated
    try:
        claims = jwt.decode(
            token,
            derive_key(settings, "access-token"),
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            # The times are checked below, by the product's own clock.
            options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except (jwt.PyJWTError, ValueError):
        raise Unauthenticated from None
    result = _checked(claims)
    if result is None:
        raise Unauthenticated
    return result


def _checked(claims: dict[str, Any]) -> AccessClaims | None:
    user_id, session_id, version, issued, expires = (claims[name] for name in ("sub", "sid", "ver", "iat", "exp"))
    if not all(type(value) is int for value in (version, issued, expires)):
        return None
    if not all(isinstance(value, str) and _NUMBER.fullmatch(value) for value in (user_id, session_id)):
        return None
    now = clock.now()
    if expires - issued > ACCESS_LIFETIME.total_seconds() or issued > (now + _CLOCK_SKEW).timestamp() or expires <= now.timestamp():
        return None
    return AccessClaims(int(user_id), int(session_id), version, datetime.fromtimestamp(expires, UTC))


def new_opaque() -> str:
    """A new refresh or device token: 256 random bits in 43 characters."""
    return secrets.token_urlsafe(32)


def is_opaque(token: str | None) -> bool:
    """Whether this has the form of a refresh or device token."""
    return token is not None and _OPAQUE.fullmatch(token) is not None


def successor(settings: Settings, refresh_token: str) -> str:
    """The refresh token that replaces this one, the same for whoever asks."""
    derived = hmac.digest(derive_key(settings, "refresh-successor"), refresh_token.encode(), "sha256")
    return base64.urlsafe_b64encode(derived).rstrip(b"=").decode()


def digest(token: str) -> bytes:
    """What is stored of a refresh or device token: its SHA-256. It has 256 bits of its own, so no slow hash is needed."""
    return hashlib.sha256(token.encode()).digest()
