"""How often a password may be guessed, counted in PostgreSQL.

A try is counted before the password is looked at and given back when it was right, so a hundred guesses at once are a hundred
guesses. A try that is refused here is not counted, so knocking on does not prolong the wait and can't use up what others need.

| bucket                         | tries an hour | counts                                      |
|--------------------------------|---------------|---------------------------------------------|
| account                        | 20            | from unknown devices                        |
| network (/24 or /64)           | 300           | from unknown devices                        |
| everybody                      | 3000          | from unknown devices                        |
| account on a device it knows   | 60            | alone, so guessers elsewhere lock nobody out |
| password change in one session | 20            | the current password, asked again           |
| one challenge                  | 5             | codes of the second factor                  |
| second factor of an account    | 20            | codes from unknown devices                  |
| the same on a device it knows  | 20            | alone, so guessers elsewhere lock nobody out |
| one-time links of a network    | 300           | links that are not valid                    |
| one's own second factor        | 20            | codes that change or remove it              |
| pairing of a network           | 120           | devices that ask for a code                 |

The hour slides: of the clock hour before, the part that is less than an hour ago counts, as if its tries had been spread evenly.
"""

import hmac
import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ARRAY, BigInteger, DateTime, LargeBinary, bindparam, text

from backend.accounts.tokens import derive_key
from backend.config import Settings
from backend.db import UnitOfWork
from backend.errors import LoginRefused

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Bucket:
    """What tries are counted by: ``key`` is a keyed hash, so that nothing that was typed is kept."""

    name: str
    key: bytes
    limit: int


def for_login(settings: Settings, *, account: str, address: str, device: bytes | None) -> list[Bucket]:
    """The buckets of a login: ``account`` is the user's id or what was typed, ``device`` the hash of a device the account knows."""
    if device is not None:
        return [_bucket(settings, "device", f"{device.hex()}:{account}", 60)]
    return [
        _bucket(settings, "account", account, 20),
        _bucket(settings, "network", network_of(address), 300),
        _bucket(settings, "everybody", "", 3000),
    ]


def for_password_change(settings: Settings, session_id: int) -> list[Bucket]:
    """The bucket of a session that asks for the current password again."""
    return [_bucket(settings, "password-change", str(session_id), 20)]


def for_link(settings: Settings, address: str) -> list[Bucket]:
    """The bucket of one-time links. They can't be guessed; this keeps a network from trying all day."""
    return [_bucket(settings, "link", network_of(address), 300)]


def for_challenge(settings: Settings, name: str) -> list[Bucket]:
    """The bucket of one sign-in that waits for its second factor."""
    return [_bucket(settings, "challenge", name, 5)]


def for_second_factor(settings: Settings, user_id: int, device: bytes | None) -> list[Bucket]:
    """The bucket of codes at sign-in; ``device`` is the hash of a device that the account knows."""
    if device is not None:
        return [_bucket(settings, "second-factor-device", f"{device.hex()}:{user_id}", 20)]
    return [_bucket(settings, "second-factor", str(user_id), 20)]


def for_own_second_factor(settings: Settings, user_id: int) -> list[Bucket]:
    """The bucket of codes that somebody signed in gives to change their second factor."""
    return [_bucket(settings, "own-second-factor", str(user_id), 20)]


def for_pairing(settings: Settings, address: str) -> list[Bucket]:
    """The bucket of devices that ask for a code. Each shows one for ten minutes and asks again, so a centre needs a few an hour."""
    return [_bucket(settings, "pairing", network_of(address), 120)]


def network_of(address: str) -> str:
    """The network that an address belongs to: /24 of IPv4, /64 of IPv6."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 64), strict=False))


async def take(uow: UnitOfWork, buckets: Sequence[Bucket], now: datetime) -> list[str]:
    """Count one try in each bucket; returns the names of those that are full now.

    Raises `LoginRefused` ``TOO_MANY_TRIES`` when one was full before; the transaction must then be rolled back, which it is when the
    exception leaves the unit of work.
    """
    rows = await uow.rows(_TAKE, _parameters(buckets, now))
    limits = {bucket.key: bucket for bucket in buckets}
    elapsed = now.timestamp() % _HOUR
    waits = [wait(limits[row.bucket].limit, row.failures - 1, row.previous, elapsed) for row in rows]
    if any(waits):
        raise LoginRefused("Too many tries. Please wait a little and try again.", code="TOO_MANY_TRIES", retry_after=max(waits))
    return [limits[row.bucket].name for row in rows if wait(limits[row.bucket].limit, row.failures, row.previous, elapsed)]


async def give_back(uow: UnitOfWork, buckets: Sequence[Bucket], taken_at: datetime) -> None:
    """Undo a `take` of that instant: the password was right, or was not looked at."""
    await uow.execute(_GIVE_BACK, _parameters(buckets, taken_at))


def wait(limit: int, failures: int, previous: int, elapsed: float) -> int:
    """Seconds until one more try fits, 0 if it does now.

    ``failures`` are those of this clock hour, ``previous`` those of the one before, ``elapsed`` the seconds into this one.
    """
    if failures + previous * (1 - elapsed / _HOUR) + 1 <= limit:
        return 0
    room = limit - 1
    if failures <= room:
        return max(1, math.ceil(_HOUR * (1 - (room - failures) / previous) - elapsed))
    return max(1, math.ceil(_HOUR - elapsed + _HOUR * (1 - room / failures)))


def _bucket(settings: Settings, name: str, value: str, limit: int) -> Bucket:
    key = hmac.digest(derive_key(settings, "login-counter"), f"{name}\0{value}".encode(), "sha256")
    return Bucket(name, key, limit)


def _parameters(buckets: Sequence[Bucket], now: datetime) -> dict[str, object]:
    hour = now.replace(minute=0, second=0, microsecond=0)
    # In one order for everybody, or two logins would wait for each other.
    return {"keys": sorted(bucket.key for bucket in buckets), "hour": hour, "before": hour - timedelta(hours=1)}


_TYPES = (
    bindparam("keys", type_=ARRAY(LargeBinary)),
    bindparam("hour", type_=DateTime(timezone=True)),
)
_BEFORE = bindparam("before", type_=DateTime(timezone=True))

_TAKE = (
    text("""
    WITH counted AS (
        INSERT INTO login_counters AS mine (bucket, hour, failures)
        SELECT key, :hour, 1 FROM unnest(:keys) AS key ORDER BY key
        ON CONFLICT (bucket, hour) DO UPDATE SET failures = mine.failures + 1
        RETURNING bucket, failures
    )
    SELECT counted.bucket, counted.failures, coalesce(earlier.failures, 0) AS previous
    FROM counted LEFT JOIN login_counters AS earlier ON earlier.bucket = counted.bucket AND earlier.hour = :before
    """)
    .bindparams(*_TYPES, _BEFORE)
    .columns(bucket=LargeBinary, failures=BigInteger, previous=BigInteger)
)

_GIVE_BACK = text("""
    UPDATE login_counters SET failures = failures - 1
    FROM (SELECT bucket, hour FROM login_counters WHERE bucket = ANY(:keys) AND hour = :hour ORDER BY bucket FOR UPDATE) AS taken
    WHERE login_counters.bucket = taken.bucket AND login_counters.hour = taken.hour AND failures > 0
    """).bindparams(*_TYPES)
