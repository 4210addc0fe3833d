"""A visit as it is shown, and finding one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.checkins.models import CheckIn, CheckInMethod, Station
from backend.clients.standing import StandingStatus, standing_on
from backend.db import AnyRow, AnySelect, ReadSession, among
from backend.memberships.models import CheckInPolicy, MembershipTier

_Ender = aliased(User, name="ender")


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit, with the names of its station, of who did it and of who ended it. What follows ``policy`` is empty for a new one."""

    id: int
    client_id: int
    happened_at: datetime
    method: CheckInMethod
    station_id: int | None
    station_name: str | None
    by_name: str | None
    standing_status: StandingStatus
    policy: CheckInPolicy
    station_retired: bool = False
    override_reason: str | None = None
    voided_at: datetime | None = None
    void_reason: str | None = None
    checked_out_at: datetime | None = None
    checked_out_by_closing: bool = False
    checked_out_by_name: str | None = None

    @property
    def voided(self) -> bool:
        """Whether it leaves every count."""
        return self.voided_at is not None


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
            func.coalesce(Station.retired_at.is_not(None), False).label("station_retired"),
            CheckIn.override_reason,
            CheckIn.voided_at,
            CheckIn.void_reason,
            CheckIn.checked_out_at,
            CheckIn.checked_out_by_closing,
            _Ender.display_name.label("checked_out_by_name"),
        )
        .outerjoin(Station, Station.id == CheckIn.station_id)
        .outerjoin(User, User.id == CheckIn.user_id)
        .outerjoin(_Ender, _Ender.id == CheckIn.checked_out_by)
    )


async def visits(reader: ReadSession, statement: AnySelect) -> list[Visit]:
    """The visits of a statement made from `check_in_select`."""
    return [Visit(*row) for row in await reader.rows(statement)]


async def check_ins_by_id(reader: ReadSession, numbers: Iterable[int]) -> dict[int, Visit]:
    """These visits; unknown ones are left out."""
    return {visit.id: visit for visit in await visits(reader, check_in_select().where(among(CheckIn.id, numbers)))}


async def by_request(reader: ReadSession, request_id: UUID) -> Visit | None:
    """The visit that a request recorded."""
    return next(iter(await visits(reader, check_in_select().where(CheckIn.request_id == request_id))), None)


async def standing_of(reader: ReadSession, client_id: int, day: date) -> AnyRow:
    """``client_id``, the columns of `standing_on`, and ``sentence_en`` and ``sentence_es``: the tier's own sentences."""
    standing = standing_on(literal(client_id, BigInteger), day)
    own = or_(MembershipTier.id == standing.c.tier_id, and_(standing.c.tier_id.is_(None), MembershipTier.is_default))
    words = (MembershipTier.sentence_en, MembershipTier.sentence_es)
    columns = select(literal(client_id, BigInteger).label("client_id"), standing, *words)
    return (await reader.execute(columns.select_from(standing).outerjoin(MembershipTier, own))).one()


async def present_instant(reader: ReadSession) -> datetime:
    """Now, by the database's clock."""
    moment: datetime = await reader.scalar(select(func.clock_timestamp()))
    return moment


async def changed_since(reader: ReadSession, moment: datetime, *, at_most: int = 200) -> Sequence[Visit]:
    """Visits that were recorded, voided or ended since, the oldest first; of many, the ``at_most`` that happened last."""
    numbers = select(AuditEntry.subject_id).where(AuditEntry.happened_at >= moment, AuditEntry.subject_type == "check_in").distinct()
    changed = check_in_select().where(CheckIn.id.in_(numbers)).order_by(CheckIn.happened_at.desc(), CheckIn.id.desc()).limit(at_most)
    return (await visits(reader, changed))[::-1]


async def open_visits(reader: ReadSession, since: datetime, *, only: Iterable[int] | None = None) -> Sequence[AnyRow]:
    """Number and instant of the visits since then that count and have no end; what was imported has none to wait for."""
    statement = select(CheckIn.id, CheckIn.happened_at).where(
        CheckIn.happened_at >= since,
        CheckIn.voided_at.is_(None),
        CheckIn.checked_out_at.is_(None),
        CheckIn.method != CheckInMethod.IMPORT,
    )
    return await reader.rows(statement if only is None else statement.where(among(CheckIn.id, only)))
