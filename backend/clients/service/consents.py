"""Consents: a history to which lines are added. Taking one back is a line too."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from backend import clock, values
from backend.audit import idempotency
from backend.audit import service as audit
from backend.checking import Checker
from backend.clients.models import Consent, ConsentKind
from backend.clients.service.locking import locked
from backend.clients.service.versions import author
from backend.db import UnitOfWork

SOURCE = 200
_AHEAD = timedelta(minutes=5)
"""How far a device's clock may be ahead of the server's."""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """A line to add: given or taken back, where (a form, the desk, a call), and when if that was not now (aware)."""

    client_id: int
    kind: ConsentKind
    granted: bool
    source: str | None
    happened_at: datetime | None = None


def _check_instant(check: Checker, at: datetime | None) -> None:
    if at is None:
        return
    if at.tzinfo is None:
        check.problem("happenedAt", "NO_TIME_ZONE", "Say in which time zone this is.")
    elif at > clock.now() + _AHEAD:
        check.problem("happenedAt", "IN_FUTURE", "This is still to come.")
    elif at.date() < values.EARLIEST:
        check.problem("happenedAt", "TOO_LONG_AGO", "This is too long ago to be right.")


async def record(uow: UnitOfWork, asked: NewConsent, *, key: UUID | None = None) -> int:
    """Add a line and return its number. With a ``key`` that was used for the same before, the number is that of the first time.

    Raises `ValidationFailed`, `NotFound`, and `Conflict` as `locking.locked` does.
    """
    check = Checker()
    source = check.line("source", asked.source, SOURCE)
    check.required("source", source, "Say where this was given or taken back: a form, the desk, a call.")
    _check_instant(check, asked.happened_at)
    check.done()
    made = await idempotency.made_before(uow, key, "recordConsent", asdict(asked) | {"source": source})
    if made is not None:
        return made
    await locked(uow, asked.client_id)
    at = asked.happened_at or clock.now()
    of_instant = (Consent.client_id == asked.client_id, Consent.kind == asked.kind, Consent.happened_at == at)
    if await uow.scalar(select(Consent.id).where(*of_instant)) is not None:
        check.problem("happenedAt", "ALREADY_THERE", "Something is recorded for this very moment already.")
        check.done()
    line = Consent(client_id=asked.client_id, kind=asked.kind, granted=asked.granted, source=source, happened_at=at, user_id=author(uow))
    uow.add(line)
    await uow.flush()
    after = {"kind": asked.kind.value, "granted": asked.granted, "source": source, "happened_at": at.isoformat()}
    audit.record(uow, "consent.recorded", "consent", line.id, client_id=asked.client_id, after=after)
    await idempotency.remember(uow, key, line.id)
    return line.id
