"""Adding, correcting and renewing memberships."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from backend.audit import service as audit
from backend.audit.idempotency import remember
from backend.checking import Checker
from backend.clients.service.versions import as_json
from backend.db import ReadSession, UnitOfWork
from backend.memberships.models import Membership, MembershipTier
from backend.memberships.periods import Length, Period, length_of, length_sold, renewal
from backend.memberships.service.holdings import (
    MEMBERSHIP,
    NOTE,
    REASON,
    Other,
    Saved,
    change,
    check_days,
    lock,
    lock_client,
    made_by,
    refuse_overlap,
    starts_after,
)


async def _memberships(reader: ReadSession, client_id: int) -> Sequence[Other]:
    rows = await reader.rows(
        select(Membership.id, MembershipTier.name, Membership.starts_on, Membership.ends_on)
        .join(MembershipTier, MembershipTier.id == Membership.tier_id)
        .where(Membership.client_id == client_id)
    )
    return [Other(row.id, row.name, Period(row.starts_on, row.ends_on)) for row in rows]


async def other_memberships(reader: ReadSession, held: Membership) -> Sequence[Other]:
    """The client's memberships but this one: of whichever tier, no two may share a day unless that is allowed."""
    return [other for other in await _memberships(reader, held.client_id) if other.number != held.id]


async def _tier(reader: ReadSession, check: Checker, tier_id: int, *, kept: bool = False) -> MembershipTier | None:
    """The tier, if it may be given; ``kept``: it is the membership's own already, so it may be retired."""
    tier: MembershipTier | None = await reader.scalar(select(MembershipTier).where(MembershipTier.id == tier_id))
    if tier is None:
        check.problem("tierId", "NO_SUCH_TIER", "There is no such tier. Choose another one.")
    elif tier.retired_at is not None and not kept:
        check.problem("tierId", "TIER_RETIRED", f"{tier.name} is no longer sold. Choose another tier.")
        return None
    return tier


async def add_membership(
    uow: UnitOfWork,
    *,
    client_id: int,
    tier_id: int,
    starts_on: date | None,
    ends_on: date | None,
    note: str | None,
    allow_overlap: bool,
    today: date,
    key: UUID | None,
) -> Saved:
    """Give a client a membership.

    Without a first day it begins after the client's last one, or today where that has passed; without a last day it lasts as long as
    its tier says. Raises `NotFound`, `Conflict` (``CLIENT_ARCHIVED``, ``KEY_REUSED``), `ValidationFailed`, `PeriodOverlaps`.
    """
    asked = [client_id, tier_id, starts_on, ends_on, note, allow_overlap]
    if made := await made_by(uow, MEMBERSHIP, key, "addMembership", asked):
        return made
    await lock_client(uow, client_id, for_more=True)
    others = await _memberships(uow, client_id)
    check = Checker()
    said = check.words("note", note, NOTE)
    tier = await _tier(uow, check, tier_id)
    length = length_sold(tier.period_months, tier.period_days) if tier else None
    period = _period(check, starts_on or starts_after(others, today), ends_on, length, today) if tier else None
    check.done()
    assert tier is not None and period is not None  # noqa: S101, PT018 (else something was wrong, and said)
    if not allow_overlap:
        again = length if length and ends_on is None else length_of(period)
        refuse_overlap(MEMBERSHIP, period, others, again.from_day)
    number = await _insert(uow, "membership.added", client_id, tier, period, said)
    await remember(uow, key, number)
    return Saved(number, client_id)


async def renew_membership(
    uow: UnitOfWork,
    number: int,
    *,
    tier_id: int | None,
    starts_on: date | None,
    ends_on: date | None,
    note: str | None,
    allow_overlap: bool,
    today: date,
    key: UUID | None,
) -> Saved:
    """Add what follows a membership: from the day after it ends, or today where that has passed, as long as its tier says.

    Where the client has one already that begins after this one ends, that one is the answer, so two renewals at once make one. A
    tier without a period gives as long as this membership lasted. Raises as `add_membership` does.
    """
    asked = [number, tier_id, starts_on, ends_on, note, allow_overlap]
    if made := await made_by(uow, MEMBERSHIP, key, "renewMembership", asked):
        return made
    held: Membership = await lock(uow, MEMBERSHIP, number, for_more=True)
    own = Period(held.starts_on, held.ends_on)
    others = await _memberships(uow, held.client_id)
    following = [other for other in others if other.period.starts_on > own.ends_on]
    if following:
        next_one = min(following, key=lambda other: other.period)
        await remember(uow, key, next_one.number)
        return Saved(next_one.number, held.client_id, already_there=True)
    check = Checker()
    said = check.words("note", note, NOTE)
    tier = await _tier(uow, check, tier_id or held.tier_id)
    length = (length_sold(tier.period_months, tier.period_days) if tier else None) or length_of(own)
    period = _period(check, starts_on or renewal(own, length, today).starts_on, ends_on, length, today) if tier else None
    check.done()
    assert tier is not None and period is not None  # noqa: S101, PT018 (else something was wrong, and said)
    if not allow_overlap:
        refuse_overlap(MEMBERSHIP, period, others, (length if ends_on is None else length_of(period)).from_day)
    made_number = await _insert(uow, "membership.renewed", held.client_id, tier, period, said, renews=number)
    await remember(uow, key, made_number)
    return Saved(made_number, held.client_id)


async def update_membership(
    uow: UnitOfWork, number: int, *, version: int, values: Mapping[str, Any], allow_overlap: bool, today: date
) -> Saved:
    """Correct a membership: ``values`` has any of tier_id, starts_on, ends_on, note, end_reason.

    Raises `NotFound`, `Conflict` (``STALE_VERSION``), `ValidationFailed`, `PeriodOverlaps`.
    """
    held: Membership = await lock(uow, MEMBERSHIP, number, version=version)
    check = Checker()
    wanted = dict(values)
    if "note" in wanted:
        wanted["note"] = check.words("note", wanted["note"], NOTE)
    if "end_reason" in wanted:
        wanted["end_reason"] = check.line("endReason", wanted["end_reason"], REASON)
    names: dict[str, str] = {}
    if wanted.get("tier_id", held.tier_id) != held.tier_id and (tier := await _tier(uow, check, wanted["tier_id"])):
        names = {"tier": tier.name}
    before = Period(held.starts_on, held.ends_on)
    period = check_days(check, wanted.get("starts_on", held.starts_on), wanted.get("ends_on", held.ends_on), today)
    check.done()
    if period and period != before and not allow_overlap:
        refuse_overlap(MEMBERSHIP, period, await other_memberships(uow, held), length_of(period).from_day, before=before)
    old, new = change(held, wanted)
    if new:
        audit.record(uow, "membership.updated", "membership", number, client_id=held.client_id, before=old, after=new | names)
    return Saved(number, held.client_id)


def _period(check: Checker, first: date, ends_on: date | None, length: Length | None, today: date) -> Period | None:
    """From the first to the last day, which is given or reckoned; None where a day is missing or makes no sense, which is then noted."""
    # The first day is looked at before anything is reckoned from it: a year such as 9999 has no month after it.
    if not check_days(check, first, first, today):
        return None
    if ends_on is None and length is None:
        check.problem("endsOn", "NO_PERIOD", "This tier has no period. Say when the membership ends.")
        return None
    return check_days(check, first, ends_on or (length.from_day(first).ends_on if length else None), today)


async def _insert(uow: UnitOfWork, action: str, client_id: int, tier: MembershipTier, period: Period, note: str | None, **more: Any) -> int:
    made = Membership(client_id=client_id, tier_id=tier.id, starts_on=period.starts_on, ends_on=period.ends_on, note=note)
    uow.add(made)
    await uow.flush()
    days = {"starts_on": as_json(period.starts_on), "ends_on": as_json(period.ends_on)}
    after = {"tier_id": tier.id, "tier": tier.name, **days, **({"note": note} if note else {}), **more}
    audit.record(uow, action, "membership", made.id, client_id=client_id, after=after)
    return made.id
