"""What memberships and authorizations have in common when they are changed: who is locked, which days may be theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from backend.audit.idempotency import made_before
from backend.checking import Checker
from backend.clients.models import Client
from backend.clients.service.versions import as_json, refuse_stale
from backend.db import ReadSession, UnitOfWork
from backend.errors import Conflict, NotFound, PeriodOverlaps
from backend.memberships.models import Authorization, Membership, MembershipTier
from backend.memberships.periods import DAY, EARLIEST, Period, first_free, latest

Held = Membership | Authorization
NOTE = 2000
REASON = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """Memberships or authorizations: their table, their GraphQL type, their name in the audit log, the columns a form may fill."""

    table: type[Membership] | type[Authorization]
    graphql: str
    subject: str
    columns: tuple[str, ...]


_BOTH = ("starts_on", "ends_on", "note", "end_reason")
_OF_AUTHORIZATION = (
    "uci_number", "authorization_number", "vendor_number", "service_code", "service_subcode", "service_coordinator",
    "service_coordinator_phone", "units_per_month", "unit",
)  # fmt: skip
MEMBERSHIP = Kind(Membership, "Membership", "membership", ("tier_id", *_BOTH))
AUTHORIZATION = Kind(Authorization, "Authorization", "authorization", (*_OF_AUTHORIZATION, *_BOTH))


@dataclass(frozen=True, slots=True)
class Saved:
    """A membership or an authorization that was saved. ``already_there``: nothing was made, this is what stood in its place."""

    number: int
    client_id: int
    already_there: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """Another holding of the same client: its number, what people call it, its days."""

    number: int
    name: str
    period: Period


async def lock_client(uow: UnitOfWork, client_id: int, *, for_more: bool) -> None:
    """Make others wait who change what this client holds.

    Raises `NotFound`; with ``for_more`` also `Conflict` (``CLIENT_ARCHIVED``), since nothing is added for an archived client.
    """
    # Not FOR UPDATE: a check-in of this client refers to the row and must not wait.
    locked = select(Client.id, Client.archived_at).where(Client.id == client_id).with_for_update(key_share=True)
    client = await uow.row(locked)
    if client is None:
        raise NotFound("There is no client with this id.")
    if for_more and client.archived_at is not None:
        raise Conflict("This client is archived. Restore them first.", code="CLIENT_ARCHIVED")


async def owner(reader: ReadSession, kind: Kind, number: int) -> int:
    """The client of a membership or authorization; raises `NotFound`."""
    found: int | None = await reader.scalar(select(kind.table.client_id).where(kind.table.id == number))
    if found is None:
        raise NotFound(f"There is no {kind.subject} with this id. It may have been removed.")
    return found


async def lock(uow: UnitOfWork, kind: Kind, number: int, *, version: int | None = None, for_more: bool = False) -> Any:
    """The row, its client locked as by `lock_client`.

    Raises `NotFound` and `Conflict`: ``STALE_VERSION`` where ``version`` is not the present one, ``MOVED`` where a merge gave it to
    another client at this moment.
    """
    client_id = await owner(uow, kind, number)
    await lock_client(uow, client_id, for_more=for_more)
    held = await uow.scalar(select(kind.table).where(kind.table.id == number).with_for_update())
    if held is None:
        raise NotFound(f"There is no {kind.subject} with this id. It may have been removed.")
    if held.client_id != client_id:
        raise Conflict("Two clients were merged at this moment. Please try again.", code="MOVED")
    if version is not None and held.version != version:
        present = {name: getattr(held, name) for name in ("version", *kind.columns)}
        if kind is MEMBERSHIP:
            present["tier_id"] = await uow.scalar(select(MembershipTier.name).where(MembershipTier.id == held.tier_id))
        await refuse_stale(uow, kind.subject, number, given=version, present=present)
    return held


async def made_by(uow: UnitOfWork, kind: Kind, key: UUID | None, operation: str, asked: object) -> Saved | None:
    """What an earlier request with this key made; raises `NotFound` where that has been removed since."""
    number = await made_before(uow, key, operation, asked)
    return Saved(number, await owner(uow, kind, number), already_there=True) if number is not None else None


def check_days(check: Checker, starts_on: date | None, ends_on: date | None, today: date) -> Period | None:
    """The period, if its days make sense: in order, not before 1990, not more than twenty years ahead."""
    end = latest(today)
    for path, day in (("startsOn", starts_on), ("endsOn", ends_on)):
        if day is not None and day < EARLIEST:
            check.problem(path, "TOO_LONG_AGO", "This is too long ago to be right.")
            return None
        if day is not None and day > end:
            check.problem(path, "TOO_FAR_AHEAD", "This is too far ahead to be right.")
            return None
    if starts_on is None or ends_on is None:
        return None
    if ends_on < starts_on:
        check.problem("endsOn", "ENDS_BEFORE_START", "The last day lies before the first one.")
        return None
    return Period(starts_on, ends_on)


def refuse_overlap(
    kind: Kind, wanted: Period, others: Iterable[Other], again: Callable[[date], Period], *, before: Period | None = None
) -> None:
    """Raise `PeriodOverlaps` where ``wanted`` shares days with one of the others; those that ``before`` shared days with don't count.

    Proposed is the first free period from there on, as ``again`` makes it from its first day. Where a period that there was
    ``before`` only lasts longer, it is the last free day that is proposed.
    """
    new = [other for other in others if wanted.overlaps(other.period) and not (before and before.overlaps(other.period))]
    if not new:
        return
    first = min(new, key=lambda other: (other.period, other.number))
    if before and before.starts_on == wanted.starts_on:
        proposed = Period(wanted.starts_on, max(first.period.starts_on - DAY, before.ends_on))
        advice = f"The last free day is {said(proposed.ends_on)}."
    else:
        proposed = first_free(wanted, [other.period for other in new], again)
        advice = f"The next free day is {said(proposed.starts_on)}."
    name = f" ({first.name})" if first.name else ""
    message = f"This client has another {kind.subject}{name} from {said(first.period.starts_on)} to {said(first.period.ends_on)}. {advice}"
    raise PeriodOverlaps(message, kind=kind.graphql, number=first.number, name=first.name, other=first.period, proposed=proposed)


def said(day: date) -> str:
    """A day in a sentence."""
    return f"{day.day} {day:%b %Y}"


def row_as_json(held: Held) -> dict[str, Any]:
    """All columns of a row for the audit log."""
    table: Table = type(held).__table__  # type: ignore[assignment]  # declared wider than it is
    return {column.name: as_json(getattr(held, column.name)) for column in table.columns}


def change(held: Held, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the columns that differ and grow the version; what they were and are, for the audit log. Both empty: nothing differed."""
    changed = {name: value for name, value in values.items() if getattr(held, name) != value}
    before = {name: as_json(getattr(held, name)) for name in changed}
    for name, value in changed.items():
        setattr(held, name, value)
    if changed:
        held.version += 1
    return before, {name: as_json(value) for name, value in changed.items()}


def starts_after(others: Sequence[Other], today: date) -> date:
    """The day after the last of them ends, or today where that has passed."""
    return max([today, *(other.period.ends_on + DAY for other in others)])
