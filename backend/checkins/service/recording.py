"""Checking in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from backend import clock
from backend.checkins import policy, queries
from backend.checkins.allowances import after_visit, remaining, spent_before
from backend.checkins.models import CheckInMethod
from backend.checkins.service.changing import OTHER_CLIENT, TOPIC, clean_reason
from backend.checkins.statement import Wish, try_to_record, try_to_repeat
from backend.clients.standing import StandingStatus
from backend.config import Settings
from backend.db import AnyRow, UnitOfWork
from backend.errors import CheckInRefused, Conflict, NotFound
from backend.memberships.models import CheckInPolicy
from backend.memberships.queries import Use
from backend.system.choices import Sentences

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit, new or found, the client's standing (columns of `standing_on`), what to say, and what is left to use."""

    check_in: queries.Visit
    standing: AnyRow
    sentence: str
    warning: str | None
    allowances: Sequence[Use]
    repeat: bool
    replayed: bool

    def instead_of(self, client_id: int) -> bool:
        """Whether it is the visit of another client, into whom this one was merged."""
        return self.check_in.client_id != client_id


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
    override_reason: str | None = None,
    said: Sentences = policy.NOTHING_SAID,
    kiosk_id: int | None = None,
) -> Recorded:
    """Record a visit; the unit of work is one of one statement.

    A replay of ``request_id`` returns its first result; a second visit within the repeat window returns the first one as a repeat.
    ``override_reason`` lets somebody in whom the policy keeps out; whoever calls has seen that the actor may do that. For a client who
    was merged into another one the visit is that one's, and the sentence says so. ``said`` are the centre's own sentences.

    Raises `NotFound`, `CheckInRefused` (archived, or the policy blocks one who has expired or used everything up), `Conflict` (the
    request id was used for another client), `ValidationFailed` (a reason of more than 500 characters).
    """
    if override_reason is not None:
        override_reason = clean_reason(override_reason, path="overrideReason", missing="Say why they may play all the same.")
    now = clock.now()
    here = now.astimezone(settings.zone)
    wish = Wish(
        request_id=request_id,
        client_id=client_id,
        station_id=station_id,
        user_id=user_id,
        method=method,
        override_reason=override_reason,
        at=now,
        day=here.date(),
        hour=here.hour,
        repeat_window=timedelta(minutes=settings.repeat_window_minutes),
        kiosk_id=kiosk_id,
    )
    desk = _Desk(uow, settings, language, client_id, said)
    for _ in range(_TRIES):
        if (answer := await _attempt(desk, wish)) is not None:
            return answer
    raise Conflict("Visits of this client are being changed at this moment. Please check in again.")


async def _attempt(desk: "_Desk", wish: Wish) -> Recorded | None:
    """What came of the wish; None when the visit that it would repeat was voided or moved at this moment: now it may be one itself."""
    try:
        row = await try_to_record(desk.uow, wish)
    except IntegrityError as error:
        # The same request twice at the same instant, with no repeat window to make the second one wait.
        return await desk.after_race(error, wish)
    if row.prior_id is not None:
        if row.prior_client_id not in (wish.client_id, row.client_id):
            raise Conflict(OTHER_CLIENT)
        return await desk.found(row, row.prior_id, repeat=row.prior_was_repeat, replayed=True)
    if row.client_id is None:
        raise NotFound("There is no client with this id.")
    if wish.station_id is not None and row.station_id is None:
        raise NotFound("There is no station with this id.")
    if row.archived:
        raise CheckInRefused(policy.archived_sentence(language=desk.language), code="CLIENT_ARCHIVED", standing=row)
    uses = after_visit(row.allowances, recorded=row.recorded_id is not None)
    verdict = policy.Verdict(row, row.good, row.spent, remaining(uses), overridden=wish.override_reason is not None)
    if row.recorded_id is None:
        # A visit of this moment is found again whatever has been used up by it.
        if verdict.may_play or row.recent:
            return await desk.repeated(row, wish)
        code = "USED_UP" if row.spent else "POLICY_BLOCK"
        sentence = policy.sentence(verdict, language=desk.language, today=wish.day, said=desk.own_words)
        raise CheckInRefused(sentence, code=code, standing=row)
    desk.uow.announce(TOPIC, row.recorded_id)
    recorded = queries.Visit(
        id=row.recorded_id,
        client_id=row.client_id,
        happened_at=wish.at,
        method=wish.method,
        station_id=row.station_id,
        station_name=row.station_name,
        by_name=desk.uow.actor.label,
        standing_status=StandingStatus(row.status),
        policy=CheckInPolicy(row.policy),
        override_reason=None if row.good else wish.override_reason,
    )
    return desk.said(recorded, verdict, uses)


class _Desk:
    """Who asks, about whom, and in which language they are answered."""

    def __init__(self, uow: UnitOfWork, settings: Settings, language: str, client_id: int, own_words: Sentences) -> None:
        self.own_words = own_words
        self.uow = uow
        self.settings = settings
        self.language = language
        self.client_id = client_id

    def said(
        self, visit: queries.Visit, verdict: policy.Verdict, uses: Sequence[Use], *, repeat: bool = False, replayed: bool = False
    ) -> Recorded:
        """The answer about a visit."""
        if repeat:
            sentence = policy.repeat_sentence(visit.happened_at, language=self.language, zone=self.settings.zone)
        else:
            sentence = policy.sentence(verdict, language=self.language, today=clock.today(self.settings.zone), said=self.own_words)
        if visit.client_id != self.client_id:
            sentence = f"{sentence} {policy.merged_sentence(language=self.language)}"
        warning = policy.warning(verdict.left, language=self.language) if verdict.good else None
        return Recorded(visit, verdict.standing, sentence, warning, uses, repeat=repeat, replayed=replayed)

    async def found(self, row: AnyRow, number: int, *, repeat: bool, replayed: bool) -> Recorded:
        """The answer about a visit that was there before, judged as it was then as far as that is known."""
        visit = (await queries.check_ins_by_id(self.uow, [number]))[number]
        uses = after_visit(row.allowances, recorded=False)
        spent = spent_before(uses, counted=not visit.voided)
        good = row.status in (StandingStatus.ACTIVE, StandingStatus.EXPIRING) and not spent
        verdict = policy.Verdict(row, good, spent, remaining(uses), overridden=visit.override_reason is not None)
        return self.said(visit, verdict, uses, repeat=repeat, replayed=replayed)

    async def repeated(self, row: AnyRow, wish: Wish) -> Recorded | None:
        """Nothing was recorded: another request was first, or this very one in another connection; None when that no longer holds."""
        same = await queries.by_request(self.uow, wish.request_id)
        if same is not None:
            return await self.found(row, same.id, repeat=False, replayed=True)
        first = await try_to_repeat(self.uow, wish, row.client_id)
        return None if first is None else await self.found(row, first, repeat=True, replayed=False)

    async def after_race(self, error: IntegrityError, wish: Wish) -> Recorded:
        """The answer that the first of two equal requests got."""
        same = await queries.by_request(self.uow, wish.request_id)
        if same is None:
            raise error
        row = await try_to_record(self.uow, wish)
        if same.client_id not in (wish.client_id, row.client_id):
            raise Conflict(OTHER_CLIENT)
        return await self.found(row, same.id, repeat=False, replayed=True)
