"""The staff's PIN that lets them leave a kiosk's page, and the QR code that does the same.

A kiosk has to check both without a network. Of the PIN it gets a slow salted hash, since four digits are soon tried out; of the code,
which nobody can guess, a plain one.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from backend.accounts.tokens import derive_key
from backend.config import Settings
from backend.errors import FieldError, ValidationFailed

ITERATIONS = 300_000
_FORM = re.compile(r"\d{4,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ExitPin:
    """PBKDF2 with HMAC-SHA-256; ``salt`` and ``hash`` in base64."""

    salt: str
    iterations: int
    hash: str


def make(pin: str) -> ExitPin:
    """The hash of a PIN. Takes a tenth of a second. Raises `ValidationFailed` (``NOT_A_PIN``)."""
    plain = "".join(pin.split())
    if not _FORM.fullmatch(plain):
        raise ValidationFailed(FieldError(("exitPin",), "NOT_A_PIN", "Choose 4 to 8 digits."))
    salt = secrets.token_bytes(16)
    derived = hashlib.pbkdf2_hmac("sha256", plain.encode(), salt, ITERATIONS)
    return ExitPin(base64.b64encode(salt).decode(), ITERATIONS, base64.b64encode(derived).decode())


def code(settings: Settings, pin: ExitPin | None) -> str:
    """The text of the QR code. With another PIN it is another one, so that one that got about can be made worthless."""
    bound = pin.salt.encode() if pin else b""
    return "krc-exit-" + hmac.digest(derive_key(settings, "kiosk-exit"), bound, "sha256").hex()[:32]


def code_hash(settings: Settings, pin: ExitPin | None) -> str:
    """SHA-256 of that text, in hex."""
    return hashlib.sha256(code(settings, pin).encode()).hexdigest()


def check(value: object, path: str) -> Iterator[FieldError]:
    """Nothing to find in what `make` made."""
    if not isinstance(value, ExitPin):
        yield FieldError((path,), "NOT_A_PIN", "Choose 4 to 8 digits.")


def read(value: list[object]) -> ExitPin:
    """From JSON."""
    salt, iterations, digest = value
    return ExitPin(str(salt), int(str(iterations)), str(digest))


def write(value: ExitPin) -> list[object]:
    """To JSON."""
    return [value.salt, value.iterations, value.hash]
