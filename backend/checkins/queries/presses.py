"""Reading presses: requests that asked for a visit, whether they became one or were answered as repeats of one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import false, func, null, select, true, union_all

from backend.checkins.models import CheckIn, CheckInRepeat
from backend.db import AnyRow, ReadSession


async def answered(reader: ReadSession, request_id: UUID) -> AnyRow | None:
    """``check_in_id``, ``client_id``, ``repeat``: the visit that a request was answered with."""
    visits = select(CheckIn.id.label("check_in_id"), CheckIn.client_id, false().label("repeat")).where(CheckIn.request_id == request_id)
    repeats = select(CheckIn.id, CheckIn.client_id, true()).join(CheckInRepeat, CheckInRepeat.check_in_id == CheckIn.id)
    return await reader.row(visits.union_all(repeats.where(CheckInRepeat.request_id == request_id)).limit(1))


async def presses_of_client(reader: ReadSession, client_id: int, since: datetime, until: datetime) -> Sequence[AnyRow]:
    """The client's presses whose visit counts and is of this time, both ends included; a voided visit has none.

    ``happened_at``, ``request_id``, ``check_in_id``, ``repeat``, ``method``, ``station_id``, ``user_id``, ``kiosk_id``, ``recorded_at``;
    ``local_day`` of a visit. Of old repeats less is known: they are taken for what their visit was, at the time when they came in.
    """
    of_visits = select(
        CheckIn.happened_at,
        CheckIn.request_id,
        CheckIn.id.label("check_in_id"),
        false().label("repeat"),
        CheckIn.method,
        CheckIn.station_id,
        CheckIn.user_id,
        CheckIn.kiosk_id,
        CheckIn.recorded_at,
        CheckIn.local_day,
    )
    of_repeats = select(
        func.coalesce(CheckInRepeat.happened_at, CheckInRepeat.recorded_at),
        CheckInRepeat.request_id,
        CheckIn.id,
        true(),
        func.coalesce(CheckInRepeat.method, CheckIn.method),
        CheckInRepeat.station_id,
        CheckInRepeat.user_id,
        CheckInRepeat.kiosk_id,
        CheckInRepeat.recorded_at,
        null(),
    ).join(CheckIn, CheckIn.id == CheckInRepeat.check_in_id)
    of_time = (CheckIn.client_id == client_id, CheckIn.happened_at.between(since, until), CheckIn.voided_at.is_(None))
    return await reader.rows(union_all(of_visits.where(*of_time), of_repeats.where(*of_time)))
