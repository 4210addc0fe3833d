"""Checking in, and taking it back."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from backend import clock
from backend.audit import service as audit
from backend.checkins import policy, queries
from backend.checkins.models import CheckIn, CheckInMethod, CheckInRepeat
from backend.checkins.statement import try_to_record
from backend.clients.models import Client
from backend.clients.standing import StandingStatus
from backend.config import Settings
from backend.db import AnyRow, UnitOfWork
from backend.errors import CheckInRefused, Conflict, FieldError, NotFound, ValidationFailed
from backend.jobs import outbox
from backend.memberships.models import CheckInPolicy

LONGEST_REASON = 500
TOPIC = "check_ins"
"""What live screens listen to."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit, new or found, the client's standing (columns of `standing_on`), and what to say."""

    check_in: queries.Visit
    standing: AnyRow
    sentence: str
    repeat: bool
    replayed: bool


async def check_in(
    uow: UnitOfWork,
    settings: Settings,
    *,
    request_id: UUID,
    client_id: int,
    station_id: int | None,
    user_id: int | None,
    method: CheckInMethod,
    language: str,
) -> Recorded:
    """Record a visit; the unit of work is one of one statement.

    A replay of ``request_id`` returns its first result; a second visit within the repeat window returns the first one
    as a repeat. Raises `NotFound`, `CheckInRefused` (archived, or the policy blocks), `Conflict` (the request id was
    used for another client).
    """
    now = clock.now()
    today = now.astimezone(settings.zone).date()
    try:
        row = await try_to_record(
            uow,
            request_id=request_id,
            client_id=client_id,
            station_id=station_id,
            user_id=user_id,
            method=method,
            at=now,
            day=today,
            repeat_window=timedelta(minutes=settings.repeat_window_minutes),
        )
    except IntegrityError as error:
        # The same request twice at the same instant, with no repeat window to make the second one wait.
        return await _replay_after_race(uow, error, request_id, client_id, language=language, settings=settings)
    if row.prior_id is not None:
        if row.prior_client_id != client_id:
            raise Conflict("This request id was already used to check in somebody else. Make a new one for each check-in.")
        return await _found(uow, row, row.prior_id, settings, language=language, repeat=row.prior_was_repeat, replayed=True)
    if row.client_id is None:
        raise NotFound("There is no client with this id.")
    if station_id is not None and row.station_id is None:
        raise NotFound("There is no station with this id.")
    if row.archived:
        raise CheckInRefused(policy.archived_sentence(language=language), code="CLIENT_ARCHIVED", standing=row)
    if not policy.may_play(row):
        raise CheckInRefused(policy.sentence(row, language=language, today=today), code="POLICY_BLOCK", standing=row)
    if row.recorded_id is None:
        return await _repeated(uow, row, request_id, settings, language=language)
    uow.announce(TOPIC, row.recorded_id)
    recorded = queries.Visit(
        id=row.recorded_id,
        client_id=client_id,
        happened_at=now,
        method=method,
        station_id=row.station_id,
        station_name=row.station_name,
        by_name=uow.actor.label,
        standing_status=StandingStatus(row.status),
        policy=CheckInPolicy(row.policy),
        voided=False,
        void_reason=None,
    )
    return Recorded(recorded, row, policy.sentence(row, language=language, today=today), repeat=False, replayed=False)


async def _found(
    uow: UnitOfWork, standing: AnyRow, number: int, settings: Settings, *, language: str, repeat: bool, replayed: bool
) -> Recorded:
    check_in = (await queries.check_ins_by_id(uow, [number]))[number]
    today = clock.today(settings.zone)
    said = policy.repeat_sentence(check_in.happened_at, language=language, zone=settings.zone) if repeat else None
    said = said or policy.sentence(standing, language=language, today=today)
    return Recorded(check_in, standing, said, repeat=repeat, replayed=replayed)


async def _repeated(uow: UnitOfWork, standing: AnyRow, request_id: UUID, settings: Settings, *, language: str) -> Recorded:
    """Nothing was recorded: another request was first, or this very one in another connection."""
    same = await queries.by_request(uow, request_id)
    if same is not None:
        return await _found(uow, standing, same.id, settings, language=language, repeat=False, replayed=True)
    first = await queries.latest_of_client(uow, standing.client_id)
    if first is None:
        raise Conflict("The visit that stood in the way was voided at this moment. Please check in again.")
    await uow.execute(insert(CheckInRepeat).values(request_id=request_id, check_in_id=first.id).on_conflict_do_nothing())
    return await _found(uow, standing, first.id, settings, language=language, repeat=True, replayed=False)


async def _replay_after_race(
    uow: UnitOfWork, error: IntegrityError, request_id: UUID, client_id: int, *, language: str, settings: Settings
) -> Recorded:
    same = await queries.by_request(uow, request_id)
    if same is None:
        raise error
    if same.client_id != client_id:
        raise Conflict("This request id was already used to check in somebody else. Make a new one for each check-in.")
    standing = await queries.standing_of(uow, client_id, clock.today(settings.zone))
    return await _found(uow, standing, same.id, settings, language=language, repeat=False, replayed=True)


async def void(uow: UnitOfWork, *, check_in_id: int, reason: str, user_id: int | None) -> queries.Visit:
    """Void a visit with a reason; it stays, but leaves every count.

    Raises `NotFound`, `Conflict` (already voided), `ValidationFailed` (no reason, or more than 500 characters).
    """
    reason = " ".join(reason.replace("\0", " ").split())
    if not reason:
        raise ValidationFailed(FieldError(("reason",), "REQUIRED", "Say why this visit is voided."))
    if len(reason) > LONGEST_REASON:
        raise ValidationFailed(FieldError(("reason",), "TOO_LONG", f"Keep the reason within {LONGEST_REASON} characters."))
    found = await uow.row(select(CheckIn.client_id, CheckIn.voided_at).where(CheckIn.id == check_in_id).with_for_update())
    if found is None:
        raise NotFound("There is no check-in with this id.")
    if found.voided_at is not None:
        raise Conflict("This visit was already voided.")
    # A check-in that is on its way must be seen by what comes below, or its visit would be taken from the client's last one.
    await uow.execute(select(Client.id).where(Client.id == found.client_id).with_for_update())
    now = clock.now()
    await uow.execute(update(CheckIn).where(CheckIn.id == check_in_id).values(voided_at=now, voided_by=user_id, void_reason=reason))
    # The repeat window and the list look at the last visit that counts.
    last = select(func.max(CheckIn.happened_at)).where(CheckIn.client_id == found.client_id, CheckIn.voided_at.is_(None)).scalar_subquery()
    await uow.execute(update(Client).where(Client.id == found.client_id).values(last_check_in_at=last))
    audit.record(uow, "check_in.voided", "check_in", check_in_id, client_id=found.client_id, after={"reason": reason})
    outbox.add(uow, "check_in.voided", {"check_in_id": check_in_id})
    uow.announce(TOPIC, check_in_id)
    return (await queries.check_ins_by_id(uow, [check_in_id]))[check_in_id]
