"""Recording a visit of an earlier moment, as a kiosk tells of it that was offline: late, in any order, any number of times.

What is recorded in the end depends on the presses alone and not on the order in which they arrived, those at the desk included: see
`backend.checkins.service.greedy`. So a press may take a visit over that was recorded before it, which then moves to its instant.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, DateTime, bindparam, case, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from backend import clock
from backend.checkins import policy, queries
from backend.checkins.models import CheckIn, CheckInMethod, CheckInRepeat, Station
from backend.checkins.service.changing import OTHER_CLIENT, note
from backend.checkins.service.greedy import Arrangement, Press, arranged, linked
from backend.checkins.service.voiding import PUT_BACK, TAKE_BACK
from backend.clients.merge.service import VISITS
from backend.clients.models import Client
from backend.clients.standing import StandingSource, StandingStatus
from backend.config import Settings
from backend.db import AnyRow, UnitOfWork
from backend.errors import CheckInRefused, Conflict, NotFound
from backend.jobs import outbox
from backend.memberships.models import CheckInPolicy
from backend.system import centre, hours
from backend.system.zones import PastZone, zone_at

_AROUND = timedelta(days=1)
_LONGEST = timedelta(days=2)
"""No visit that closing ends is longer."""
_REQUEST_KEYS = ("uq_check_ins_request_id", "pk_check_in_repeats")

# Closing ends a visit where the next one begins; this next one was not there yet when the day was closed.
_SHORTEN = text(
    """
    WITH over AS (
      SELECT c.id, c.checked_out_at, (SELECT min(n.happened_at) FROM check_ins n
                                      WHERE n.client_id = c.client_id AND n.happened_at > c.happened_at AND n.voided_at IS NULL) AS ends_at
      FROM check_ins c
      WHERE c.client_id = :client_id AND c.happened_at BETWEEN :since AND :until AND c.voided_at IS NULL AND c.checked_out_by_closing
    )
    UPDATE check_ins c SET checked_out_at = o.ends_at FROM over o WHERE c.id = o.id AND o.ends_at < o.checked_out_at
    RETURNING c.id, o.checked_out_at AS former, c.checked_out_at AS ends_at
    """
).bindparams(
    bindparam("client_id", type_=BigInteger()),
    bindparam("since", type_=DateTime(timezone=True)),
    bindparam("until", type_=DateTime(timezone=True)),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """The visit that answers a press, and the client's standing on the day of the press (columns of `queries.standing_of`)."""

    check_in: queries.Visit
    standing: AnyRow
    repeat: bool
    replayed: bool


async def place(
    uow: UnitOfWork,
    settings: Settings,
    *,
    request_id: UUID,
    client_id: int,
    happened_at: datetime,
    station_id: int | None,
    user_id: int | None,
    method: CheckInMethod,
    language: str,
    kiosk_id: int | None = None,
    past_zones: Sequence[PastZone] = (),
) -> Placed:
    """Record the visit of a press at ``happened_at`` (aware, not in the future), or find the one that it repeats.

    Whoever calls decided that the visit is to be recorded: neither the policy nor what is used up refuses it here. A replay of
    ``request_id`` returns its visit. For a client who was merged into another one the visit is that one's. ``past_zones`` are those by
    which the days and hours of earlier moments are told. One press for each unit of work: more of them, of several clients, could wait
    for each other in a circle.

    Raises `NotFound`, `CheckInRefused` (archived; ``language`` is its sentence's), `Conflict` (the request id was used for another client).
    """
    happened_at = happened_at.astimezone(UTC)
    client = await _hold_client(uow, client_id)
    found = await queries.answered(uow, request_id)
    if found is not None and found.client_id not in (client_id, client.id if client is not None else None):
        raise Conflict(OTHER_CLIENT)
    if client is None:
        raise NotFound("There is no client with this id.")
    placing = _Placing(uow, settings, client.id, past_zones)
    standing = await placing.standing_of(happened_at)
    if found is not None:
        number, repeat = found.check_in_id, found.repeat
    else:
        if station_id is not None and await uow.scalar(select(Station.id).where(Station.id == station_id)) is None:
            raise NotFound("There is no station with this id.")
        if client.archived_at is not None:
            raise CheckInRefused(policy.archived_sentence(language=language), code="CLIENT_ARCHIVED", standing=standing)
        number, repeat = await placing.take((happened_at, request_id), _Asked(method, station_id, user_id, kiosk_id, clock.now()))
    visit = (await queries.check_ins_by_id(uow, [number]))[number]
    return Placed(visit, standing, repeat=repeat, replayed=found is not None)


async def _hold_client(uow: UnitOfWork, client_id: int) -> AnyRow | None:
    """Whose visit it is, locked: whoever else records, moves or voids one of theirs waits."""
    asked = aliased(Client)
    owner = Client.id == func.coalesce(asked.merged_into_id, asked.id)
    theirs = select(Client.id, Client.archived_at, Client.merged_into_id).join(asked, owner).where(asked.id == client_id)
    # One who was merged into another client while we waited for the row is found to be that one by the next look.
    while (found := await uow.row(theirs.with_for_update(of=Client))) is not None and found.merged_into_id is not None:
        pass
    return found


class _Asked(NamedTuple):
    """What a press says beside its instant and request; the columns of both tables."""

    method: CheckInMethod
    station_id: int | None
    user_id: int | None
    kiosk_id: int | None
    recorded_at: datetime


class _Placing:
    """The steps that put a press among the others of its client, whose row is held."""

    def __init__(self, uow: UnitOfWork, settings: Settings, client_id: int, past_zones: Sequence[PastZone]) -> None:
        self.uow, self.settings, self.client_id, self.past_zones = uow, settings, client_id, past_zones
        self.window = timedelta(minutes=settings.repeat_window_minutes)
        self.asked: dict[Press, _Asked] = {}
        self.visits: dict[Press, int] = {}
        self.repeats: dict[Press, int] = {}
        self.days: dict[Press, date] = {}
        self.standings: dict[date, AnyRow] = {}
        self.cells: Counter[tuple[date, int, int | None]] = Counter()

    async def take(self, press: Press, asked: _Asked) -> tuple[int, bool]:
        """Record what the press makes of the visits; returns the one that answers it, and whether it repeats that one."""
        await self._read(press)
        plan = arranged(press, {other: other in self.visits for other in self.asked}, self.window)
        self.asked[press] = asked
        try:
            await self._write(plan)
        except IntegrityError as error:
            # Somebody else was checked in by the same request at this very moment.
            if any(key in str(error.orig) for key in _REQUEST_KEYS):
                raise Conflict(OTHER_CLIENT) from error
            raise
        leader = plan.led[press]
        return self.visits[leader], leader != press

    async def standing_of(self, instant: datetime) -> AnyRow:
        """The client's standing on the centre's day at this instant."""
        day = instant.astimezone(self._zone(instant)).date()
        if day not in self.standings:
            self.standings[day] = await queries.standing_of(self.uow, self.client_id, day)
        return self.standings[day]

    async def _read(self, press: Press) -> None:
        """Learn the presses that have to do with this one: what is looked at is widened until it surely has all of them."""
        around = max(_AROUND, 3 * self.window)
        while True:
            since, until = press[0] - around, press[0] + around
            found = await queries.presses_of_client(self.uow, self.client_id, since, until)
            rows = {(row.happened_at, row.request_id): row for row in found}
            chain = linked(press, rows, self.window)
            # A repeat is found by its visit, which is up to a window before it.
            if chain[0][0] - 2 * self.window >= since and chain[-1][0] + self.window <= until:
                break
            around *= 2
        for one in chain:
            if (row := rows.get(one)) is not None:
                self.asked[one] = _Asked(row.method, row.station_id, row.user_id, row.kiosk_id, row.recorded_at)
                (self.repeats if row.repeat else self.visits)[one] = row.check_in_id
                self.days[one] = row.local_day

    async def _write(self, plan: Arrangement) -> None:
        become = [to for _, to in plan.moved] + list(plan.added)
        repeated = [request_id for at, request_id in become if (at, request_id) in self.repeats]
        if repeated:
            await self.uow.execute(delete(CheckInRepeat).where(CheckInRepeat.request_id.in_(repeated)))
        for former, to in plan.moved:
            await self._move(former, to)
        for press in plan.added:
            await self._add(press)
        for press, leader in plan.led.items():
            if press != leader:
                await self._repeat(press, self.visits[leader])
        if become:
            await self.uow.execute(VISITS, {"clients": [self.client_id]})
            await self._count()
            await self._shorten([at for at, _ in become])

    async def _move(self, former: Press, to: Press) -> None:
        """The visit is now that of an earlier press: its instant, and what that one said. Its note stays, and its end."""
        number = self.visits[to] = self.visits.pop(former)
        at = to[0]
        # Where closing ended it, it now may have been on the day before.
        closing = hours.end_after(at, (await centre.read(self.uow)).opening_hours, self._zone(at))
        left_at = case((CheckIn.checked_out_by_closing, func.least(CheckIn.checked_out_at, closing)), else_=CheckIn.checked_out_at)
        self.cells[self._cell(former, self.days[former])] -= 1
        columns = await self._columns(to)
        await self.uow.execute(update(CheckIn).where(CheckIn.id == number).values(**columns, checked_out_at=left_at))
        before, after = self._said(former), self._said(to)
        same = {name for name, value in before.items() if value == after[name]} - {"happened_at"}
        before, after = ({name: value for name, value in said.items() if name not in same} for said in (before, after))
        note(self.uow, "moved", number, self.client_id, before=before, after=after)
        outbox.add(self.uow, "check_in.moved", {"check_in_id": number})

    async def _add(self, press: Press) -> None:
        columns = await self._columns(press)
        number = await self.uow.scalar(insert(CheckIn).values(client_id=self.client_id, **columns).returning(CheckIn.id))
        self.visits[press] = number
        after = {"happened_at": press[0].isoformat(), "standing": columns["standing_status"], "policy": columns["policy"]}
        note(self.uow, "recorded", number, self.client_id, after=after | {"method": self.asked[press].method})
        outbox.add(self.uow, "check_in.recorded", {"check_in_id": number})

    async def _repeat(self, press: Press, number: int) -> None:
        """The press is answered with this visit."""
        kept = self.repeats.get(press)
        if kept is None:
            row = {"request_id": press[1], "happened_at": press[0], **self.asked[press]._asdict()}
            await self.uow.execute(insert(CheckInRepeat).values(check_in_id=number, **row))
        elif kept != number:
            await self.uow.execute(update(CheckInRepeat).where(CheckInRepeat.request_id == press[1]).values(check_in_id=number))

    async def _columns(self, press: Press) -> dict[str, Any]:
        """What a press gives to its visit."""
        at, request_id = press
        local, standing = at.astimezone(self._zone(at)), await self.standing_of(at)
        self.cells[self._cell(press, local.date())] += 1
        return {
            **self.asked[press]._asdict(),
            "request_id": request_id,
            "happened_at": at,
            "local_day": local.date(),
            "late": True,
            "standing_status": StandingStatus(standing.status),
            "standing_source": standing.source and StandingSource(standing.source),
            "standing_ends_on": standing.ends_on,
            "policy": CheckInPolicy(standing.policy),
        }

    async def _count(self) -> None:
        """Change the figures, always in one order: whoever changes some of the same at this moment waits and is not waited for."""
        for (day, hour, station_id), more in sorted(self.cells.items(), key=lambda each: (*each[0][:2], each[0][2] or 0)):
            for _ in range(abs(more)):
                cell = {"day": day, "hour": hour, "station_id": station_id}
                await self.uow.execute(PUT_BACK if more > 0 else TAKE_BACK, cell)

    async def _shorten(self, instants: Iterable[datetime]) -> None:
        """Where one of these visits begins, the one before was over, although closing ended it later."""
        changed = sorted(instants)
        parameters = {"client_id": self.client_id, "since": changed[0] - _LONGEST, "until": changed[-1]}
        for row in await self.uow.rows(_SHORTEN, parameters):
            before, after = {"checked_out_at": row.former.isoformat()}, {"checked_out_at": row.ends_at.isoformat(), "by_closing": True}
            note(self.uow, "checked_out", row.id, self.client_id, before=before, after=after)

    def _said(self, press: Press) -> dict[str, Any]:
        asked = self.asked[press]
        return {
            "happened_at": press[0].isoformat(),
            "method": asked.method.value,
            "station_id": asked.station_id,
            "user_id": asked.user_id,
            "kiosk_id": asked.kiosk_id,
        }

    def _cell(self, press: Press, day: date) -> tuple[date, int, int | None]:
        """Where the figures count a visit of this press."""
        return day, press[0].astimezone(self._zone(press[0])).hour, self.asked[press].station_id

    def _zone(self, instant: datetime) -> ZoneInfo:
        return zone_at(instant, self.past_zones, self.settings.zone)
