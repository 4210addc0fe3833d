"""What stands for a client on a kiosk: the same for as long as the kiosk is paired, and no other kiosk's.

The client's number under a keyed mask with a keyed mark (the mark is made first and makes the mask), so that a handle can neither be
read nor made up, needs no table, and works after a weekend without a network.
"""

import base64
import hmac

from backend.accounts.tokens import derive_key
from backend.config import Settings

_MARK, _NUMBER = 16, 8
LENGTH = 32
"""Characters of a handle."""


def make(settings: Settings, kiosk_id: int, client_id: int) -> str:
    """The handle of a client on a kiosk."""
    number = client_id.to_bytes(_NUMBER, "big")
    mark = _mark(settings, kiosk_id, number)
    return base64.urlsafe_b64encode(mark + _masked(settings, mark, number)).decode()


def read(settings: Settings, kiosk_id: int, handle: str) -> int | None:
    """The client's number; None for what is no handle of this kiosk."""
    try:
        whole = base64.b64decode(handle.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(whole) != _MARK + _NUMBER:
        return None
    mark = whole[:_MARK]
    number = _masked(settings, mark, whole[_MARK:])
    return int.from_bytes(number, "big") if hmac.compare_digest(mark, _mark(settings, kiosk_id, number)) else None


def _mark(settings: Settings, kiosk_id: int, number: bytes) -> bytes:
    return hmac.digest(derive_key(settings, "kiosk-handle"), b"%d:" % kiosk_id + number, "sha256")[:_MARK]


def _masked(settings: Settings, mark: bytes, number: bytes) -> bytes:
    mask = hmac.digest(derive_key(settings, "kiosk-mask"), mark, "sha256")
    return bytes(one ^ other for one, other in zip(number, mask, strict=False))
