"""What somebody holds between the right password and the second factor: a signed token of five minutes.

It is bound to the user, to the password that was right, and to the browser by its device cookie; nothing but `complete_login` takes it.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from backend import clock
from backend.accounts import tokens
from backend.accounts.models import User
from backend.config import Settings

LIFETIME = timedelta(minutes=5)
_AUDIENCE = "krc-check-in/second-factor"
_ALGORITHM = "HS256"
_PURPOSE = "second-factor-challenge"
_CLAIMS = ["exp", "aud", "jti", "sub", "bound"]
_MOST = 1024


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a challenge of ours says; ``name`` is its own, by which tries are counted."""

    user_id: int
    name: str
    bound: str


def issue(settings: Settings, user: User, device_token: str) -> tuple[str, datetime]:
    """A challenge for this user on this browser, and when it is over."""
    ends = (clock.now() + LIFETIME).replace(microsecond=0)
    payload: dict[str, Any] = {
        "aud": _AUDIENCE,
        "sub": str(user.id),
        "jti": secrets.token_urlsafe(12),
        "exp": int(ends.timestamp()),
        "bound": _binding(settings, user, device_token),
    }
    return jwt.encode(payload, tokens.derive_key(settings, _PURPOSE), algorithm=_ALGORITHM), ends


def read(settings: Settings, token: str) -> Challenge | None:
    """What the token says, or None when it is not ours, was changed or is over. `fits` has to be asked as well."""
    if len(token) > _MOST:
        return None
    try:
        claims = jwt.decode(
            token,
            tokens.derive_key(settings, _PURPOSE),
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            # The time is checked below, by the product's own clock.
            options={"require": _CLAIMS, "verify_exp": False},
        )
    except (jwt.PyJWTError, ValueError):
        return None
    if claims["exp"] <= clock.now().timestamp():
        return None
    return Challenge(int(claims["sub"]), claims["jti"], claims["bound"])


def fits(settings: Settings, challenge: Challenge, user: User, device_token: str | None) -> bool:
    """Whether it was made for this user with the password as it is now, and for the browser that brings it."""
    if device_token is None or not tokens.is_opaque(device_token):
        return False
    return hmac.compare_digest(challenge.bound, _binding(settings, user, device_token))


def _binding(settings: Settings, user: User, device_token: str) -> str:
    text = f"{user.id}\0{user.password_hash}\0{tokens.digest(device_token).hex()}"
    bound = hmac.digest(tokens.derive_key(settings, "second-factor-binding"), text.encode(), "sha256")
    return base64.urlsafe_b64encode(bound).rstrip(b"=").decode()
