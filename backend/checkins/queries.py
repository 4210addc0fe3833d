"""Reading visits and stations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, column, func, literal, select, true, tuple_

from backend.accounts.models import User
from backend.checkins.models import CheckIn, CheckInMethod, Station
from backend.clients.standing import StandingStatus, standing_on
from backend.db import AnyRow, AnySelect, ReadSession, among
from backend.memberships.models import CheckInPolicy


@dataclass(frozen=True, slots=True)
class CheckInCriteria:
    """Which visits; ``day`` is a day of the centre."""

    client_id: int | None = None
    station_id: int | None = None
    day: date | None = None
    include_voided: bool = True


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as it is shown, with the names of its station and of who did it."""

    id: int
    client_id: int
    happened_at: datetime
    method: CheckInMethod
    station_id: int | None
    station_name: str | None
    by_name: str | None
    standing_status: StandingStatus
    policy: CheckInPolicy
    voided: bool
    void_reason: str | None


def check_in_select() -> AnySelect:
    """The columns of `Visit`, in its order."""
    return (
        select(
            CheckIn.id,
            CheckIn.client_id,
            CheckIn.happened_at,
            CheckIn.method,
            CheckIn.station_id,
            Station.name.label("station_name"),
            User.display_name.label("by_name"),
            CheckIn.standing_status,
            CheckIn.policy,
            CheckIn.voided_at.is_not(None).label("voided"),
            CheckIn.void_reason,
        )
        .outerjoin(Station, Station.id == CheckIn.station_id)
        .outerjoin(User, User.id == CheckIn.user_id)
    )


async def _visits(reader: ReadSession, statement: AnySelect) -> list[Visit]:
    return [Visit(*row) for row in await reader.rows(statement)]


async def check_ins_by_id(reader: ReadSession, numbers: Iterable[int]) -> dict[int, Visit]:
    """These visits; unknown ones are left out."""
    return {visit.id: visit for visit in await _visits(reader, check_in_select().where(among(CheckIn.id, numbers)))}


async def check_ins_since(reader: ReadSession, last_seen: int, *, at_most: int = 50) -> Sequence[Visit]:
    """Visits recorded after ``last_seen``, the oldest first; the newest ``at_most`` of them."""
    newest_first = await _visits(reader, check_in_select().where(CheckIn.id > last_seen).order_by(CheckIn.id.desc()).limit(at_most))
    return newest_first[::-1]


async def newest_check_in(reader: ReadSession) -> int:
    """The number of the visit recorded last; 0 without any."""
    return await reader.scalar(select(func.coalesce(func.max(CheckIn.id), 0))) or 0


async def by_request(reader: ReadSession, request_id: UUID) -> Visit | None:
    """The visit that a request recorded."""
    return next(iter(await _visits(reader, check_in_select().where(CheckIn.request_id == request_id))), None)


async def latest_of_client(reader: ReadSession, client_id: int) -> Visit | None:
    """A client's last visit that counts."""
    counting = check_in_select().where(CheckIn.client_id == client_id, CheckIn.voided_at.is_(None))
    return next(iter(await _visits(reader, counting.order_by(CheckIn.happened_at.desc(), CheckIn.id.desc()).limit(1))), None)


async def standing_of(reader: ReadSession, client_id: int, day: date) -> AnyRow:
    """A client's standing, with the columns of `standing_on`."""
    standing = standing_on(literal(client_id, BigInteger), day)
    return (await reader.execute(select(standing))).one()


async def page_of_check_ins(
    reader: ReadSession, criteria: CheckInCriteria, *, first: int, after: tuple[datetime, int] | None
) -> tuple[Sequence[Visit], bool]:
    """Visits, the newest first, by keyset; and whether more follow."""
    statement = check_in_select()
    if criteria.client_id is not None:
        statement = statement.where(CheckIn.client_id == criteria.client_id)
    if criteria.station_id is not None:
        statement = statement.where(CheckIn.station_id == criteria.station_id)
    if criteria.day is not None:
        statement = statement.where(CheckIn.local_day == criteria.day)
    if not criteria.include_voided:
        statement = statement.where(CheckIn.voided_at.is_(None))
    if after is not None:
        statement = statement.where(tuple_(CheckIn.happened_at, CheckIn.id) < tuple_(*after))
    visits = await _visits(reader, statement.order_by(CheckIn.happened_at.desc(), CheckIn.id.desc()).limit(first + 1))
    return visits[:first], len(visits) > first


async def pages_of_clients(
    reader: ReadSession, client_ids: Iterable[int], *, first: int, after: tuple[datetime, int] | None
) -> dict[int, tuple[Sequence[Visit], bool]]:
    """`page_of_check_ins` of several clients at once, voided visits included: one statement for all of them."""
    wanted = list(client_ids)
    owner = func.unnest(literal(wanted, ARRAY(BigInteger))).table_valued(column("id", BigInteger)).render_derived("owner")
    statement = check_in_select().where(CheckIn.client_id == owner.c.id)
    if after is not None:
        statement = statement.where(tuple_(CheckIn.happened_at, CheckIn.id) < tuple_(*after))
    page = statement.order_by(CheckIn.happened_at.desc(), CheckIn.id.desc()).limit(first + 1).lateral("page")
    rows = await reader.rows(select(page).select_from(owner.join(page, true())))
    visits: dict[int, list[Visit]] = {number: [] for number in wanted}
    for row in rows:
        visit = Visit(*row)
        visits[visit.client_id].append(visit)
    newest_first = {number: sorted(of, key=lambda visit: (visit.happened_at, visit.id), reverse=True) for number, of in visits.items()}
    return {number: (of[:first], len(of) > first) for number, of in newest_first.items()}


async def visits_of_day(reader: ReadSession, day: date, *, now: datetime) -> tuple[int, int]:
    """How many visits count on a day, and how many of them in the hour before ``now``."""
    in_last_hour = func.count().filter(CheckIn.happened_at > now - timedelta(hours=1))
    row = await reader.row(select(func.count(), in_last_hour).where(CheckIn.local_day == day, CheckIn.voided_at.is_(None)))
    return (row[0], row[1]) if row else (0, 0)


async def stations(reader: ReadSession) -> Sequence[AnyRow]:
    """The stations in use, in the order in which they were made."""
    return await reader.rows(select(Station.id, Station.name).where(Station.retired_at.is_(None)).order_by(Station.id))
