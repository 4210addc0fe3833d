"""Small secrets at rest: a user's TOTP secret, unreadable in the database and in a backup without ``SECRET_KEY``.

A secret of at most 32 bytes is XORed with a pad that HMAC-SHA256 makes of a fresh nonce, and authenticated over user, nonce and
ciphertext with another key (encrypt, then MAC): one block of a stream cipher, which needs no library. Swapped between users, or
changed by a bit, it opens no more; the same holds after ``SECRET_KEY`` was replaced.
"""

import hmac
import secrets

from backend.accounts.tokens import derive_key
from backend.config import Settings

_NONCE = 16
_TAG = 16
_MOST = 32


def seal(settings: Settings, user_id: int, secret: bytes) -> bytes:
    """What is stored of a secret."""
    if not 0 < len(secret) <= _MOST:
        raise ValueError("a secret has 1 to 32 bytes")
    nonce = secrets.token_bytes(_NONCE)
    hidden = _xor(secret, _pad(settings, user_id, nonce))
    return nonce + hidden + _tag(settings, user_id, nonce + hidden)


def unseal(settings: Settings, user_id: int, stored: bytes) -> bytes | None:
    """The secret, or None when it was not sealed for this user under this ``SECRET_KEY``."""
    sealed, tag = stored[:-_TAG], stored[-_TAG:]
    if not _NONCE < len(sealed) <= _NONCE + _MOST or not hmac.compare_digest(tag, _tag(settings, user_id, sealed)):
        return None
    return _xor(sealed[_NONCE:], _pad(settings, user_id, sealed[:_NONCE]))


def _pad(settings: Settings, user_id: int, nonce: bytes) -> bytes:
    return hmac.digest(derive_key(settings, "second-factor-seal"), nonce + str(user_id).encode(), "sha256")


def _tag(settings: Settings, user_id: int, sealed: bytes) -> bytes:
    return hmac.digest(derive_key(settings, "second-factor-seal-tag"), f"{user_id}\0".encode() + sealed, "sha256")[:_TAG]


def _xor(data: bytes, pad: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(data, pad, strict=False))
