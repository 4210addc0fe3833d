"""What an API key looks like: ``krc_<prefix>_<secret>_<checksum>``.

The prefix names the key in lists and logs. The checksum tells a typing error without a look-up, and a scanner of leaked credentials
that it found one.
"""

import hashlib
import re
import secrets
import string
import zlib
from dataclasses import dataclass

from backend.errors import Unauthenticated

_BASE32 = string.ascii_lowercase + "234567"
_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_PREFIX, _SECRET, _CHECKSUM = 8, 30, 6
_FORM = re.compile(rf"krc_([a-z2-7]{{{_PREFIX}}})_([0-9A-Za-z]{{{_SECRET}}})_([0-9A-Za-z]{{{_CHECKSUM}}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Key:
    """A whole key; ``secret`` has 178 bits."""

    prefix: str
    secret: str

    @property
    def text(self) -> str:
        """As its holder sends it."""
        begin = f"krc_{self.prefix}_{self.secret}"
        return f"{begin}_{checksum(begin)}"

    @property
    def digest(self) -> bytes:
        """What is stored of the secret. It is random enough for a fast hash."""
        return hashlib.sha256(self.secret.encode()).digest()


def new() -> Key:
    """A key that nobody has."""
    return Key("".join(secrets.choice(_BASE32) for _ in range(_PREFIX)), "".join(secrets.choice(_BASE62) for _ in range(_SECRET)))


def is_meant(credential: str) -> bool:
    """Whether this credential wants to be an API key, as opposed to an access token."""
    return credential.startswith("krc_")


def read(text: str) -> Key:
    """The parts of a key; raises `Unauthenticated` for what can be none."""
    form = _FORM.fullmatch(text)
    if form is None or checksum(text.rpartition("_")[0]) != form[3]:
        raise Unauthenticated("This is not a whole API key: a sign of it is missing or wrong. Copy it again.")
    return Key(form[1], form[2])


def checksum(text: str) -> str:
    """CRC-32 in six digits of base 62."""
    rest, digits = zlib.crc32(text.encode()), ""
    while rest:
        rest, digit = divmod(rest, 62)
        digits = _BASE62[digit] + digits
    return digits.rjust(_CHECKSUM, "0")
