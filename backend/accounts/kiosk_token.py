"""The secrets of a kiosk: the token that it holds, and the code that it shows until somebody approves it."""

import hashlib
import hmac
import secrets

from backend.accounts.tokens import derive_key
from backend.config import Settings

_PREFIX = "krk_"
# Without 0 and O, 1, I and L: a code is read from one screen and typed on another.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def new_token() -> str:
    """A token that nobody has, of 256 bits."""
    return _PREFIX + secrets.token_urlsafe(32)


def is_meant(credential: str) -> bool:
    """Whether this credential wants to be a kiosk's token."""
    return credential.startswith(_PREFIX)


def digest(token: str) -> bytes:
    """What is stored of a token. It is random enough for a fast hash."""
    return hashlib.sha256(token.encode()).digest()


def new_code() -> str:
    """Eight signs, of 39 bits: they can be asked for by nobody but admins, and count for ten minutes."""
    return "".join(secrets.choice(_SIGNS) for _ in range(CODE_LENGTH))


def code_digest(settings: Settings, typed: str) -> bytes:
    """What is stored of a code: keyed, since all codes could be tried against a plain hash. Blanks, hyphens and case don't matter."""
    plain = "".join(typed.split()).replace("-", "").upper()
    return hmac.digest(derive_key(settings, "kiosk-pairing"), plain.encode(), "sha256")
