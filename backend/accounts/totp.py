"""Codes from an authenticator app: HOTP (RFC 4226) over 30-second steps (RFC 6238), SHA-1 and six digits, as every app knows them."""

import base64
import hmac
import re
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

DIGITS = 6
SECONDS = 30
# A phone's clock may be half a minute off.
_DRIFT = 1
# What RFC 4226 recommends, and exactly 32 characters in base 32.
_SECRET_BYTES = 20
_TYPED = re.compile(rf"[0-9]{{{DIGITS}}}", re.ASCII)


def new_secret() -> bytes:
    """A secret for one person's app."""
    return secrets.token_bytes(_SECRET_BYTES)


def code_at(secret: bytes, step: int) -> str:
    """The code of one step: RFC 4226's HOTP with the step as the counter."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(instant: datetime) -> int:
    """The step that an instant lies in."""
    return int(instant.timestamp()) // SECONDS


def matching_step(secret: bytes, code: str, now: datetime, last_step: int | None) -> int | None:
    """The step whose code this is, within one step of now and after ``last_step``: each code counts once. None when it is none."""
    current = step_of(now)
    found = None
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        # All are compared, so that the time tells nothing.
        if hmac.compare_digest(code_at(secret, step), code) and (last_step is None or step > last_step):
            found = step
    return found


def tidy(typed: str) -> str | None:
    """The six digits of what was typed, with blanks or a hyphen among them or not; None when it is something else."""
    text = re.sub(r"[\s-]", "", typed)
    return text if _TYPED.fullmatch(text) else None


def in_base32(secret: bytes) -> str:
    """The secret as apps take it when nothing can be scanned."""
    return base64.b32encode(secret).decode().rstrip("=")


def uri(secret: bytes, *, issuer: str, account: str) -> str:
    """What the QR code holds. Apps show ``issuer`` and ``account`` in their list."""
    label = quote(f"{issuer.replace(':', ' ')}:{account}", safe="")
    parameters = {"secret": in_base32(secret), "issuer": issuer, "algorithm": "SHA1", "digits": DIGITS, "period": SECONDS}
    return f"otpauth://totp/{label}?{urlencode(parameters, quote_via=quote)}"
