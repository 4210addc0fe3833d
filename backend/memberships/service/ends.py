"""Extending and ending memberships and authorizations: the same for both."""

from datetime import date

from backend.audit import service as audit
from backend.checking import Checker
from backend.db import UnitOfWork
from backend.memberships.periods import Period, length_of
from backend.memberships.service.authorizations import others_of_service
from backend.memberships.service.holdings import MEMBERSHIP, REASON, Kind, Saved, change, check_days, lock, refuse_overlap, said
from backend.memberships.service.memberships import other_memberships


async def extend(uow: UnitOfWork, kind: Kind, number: int, *, version: int, ends_on: date, allow_overlap: bool, today: date) -> Saved:
    """Give it a later last day; the reason of an early end is taken off.

    Raises `NotFound`, `Conflict`, `ValidationFailed` and, unless ``allow_overlap``, `PeriodOverlaps`.
    """
    held = await lock(uow, kind, number, version=version, for_more=True)
    before = Period(held.starts_on, held.ends_on)
    check = Checker()
    wanted = check_days(check, held.starts_on, ends_on, today)
    if wanted and ends_on <= before.ends_on:
        check.problem("endsOn", "NOT_LATER", f"It lasts until {said(before.ends_on)} already. Choose a later day.")
    check.done()
    if wanted and not allow_overlap:
        of_client = other_memberships if kind is MEMBERSHIP else others_of_service
        length = length_of(wanted)
        refuse_overlap(kind, wanted, await of_client(uow, held), length.from_day, before=before)
    old, new = change(held, {"ends_on": ends_on, "end_reason": None})
    audit.record(uow, f"{kind.subject}.extended", kind.subject, number, client_id=held.client_id, before=old, after=new)
    return Saved(number, held.client_id)


async def end(uow: UnitOfWork, kind: Kind, number: int, *, version: int, ends_on: date, reason: str) -> Saved:
    """Give it an earlier last day and a reason. Raises `NotFound`, `Conflict` and `ValidationFailed`."""
    held = await lock(uow, kind, number, version=version)
    check = Checker()
    why = check.line("reason", reason, REASON)
    check.required("reason", why, "Say why it ends early.")
    if ends_on < held.starts_on:
        check.problem("endsOn", "BEFORE_START", f"It begins on {said(held.starts_on)}. If it was a mistake, remove it.")
    elif ends_on >= held.ends_on:
        check.problem("endsOn", "NOT_EARLIER", f"It ends on {said(held.ends_on)} anyway. Choose an earlier day.")
    check.done()
    old, new = change(held, {"ends_on": ends_on, "end_reason": why})
    audit.record(uow, f"{kind.subject}.ended", kind.subject, number, client_id=held.client_id, before=old, after=new)
    return Saved(number, held.client_id)
