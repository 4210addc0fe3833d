"""What an admin may change about the installation from the pages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from backend.audit import service as audit
from backend.db import AnyRow, UnitOfWork
from backend.errors import Conflict
from backend.jobs.models import Schedule
from backend.system import queries
from backend.system.models import Installation
from backend.system.queries import NIGHTLY_BACKUP


@dataclass(frozen=True, slots=True)
class Asked:
    """A backup that was asked for: due at ``at``, ``already`` when it was due before."""

    at: datetime
    already: bool


async def resume_messages(uow: UnitOfWork, *, paused_at: datetime) -> AnyRow:
    """End the pause that began at ``paused_at`` (aware); returns the row of `queries.installation` as it is now.

    Raises `Conflict`: NOT_PAUSED, or PAUSED_AGAIN when another restore has paused messages since.
    """
    before = await uow.row(
        select(Installation.messages_paused_at, Installation.messages_paused_because)
        .where(Installation.messages_paused_at.is_not(None))
        .with_for_update()
    )
    if before is None:
        raise Conflict("Messages are not paused. Somebody may have resumed them already.", code="NOT_PAUSED")
    if before.messages_paused_at != paused_at:
        raise Conflict("Messages were paused again in the meantime. Read why before you resume them.", code="PAUSED_AGAIN")
    await uow.execute(update(Installation).values(messages_paused_at=None, messages_paused_because=None))
    audit.record(
        uow,
        "installation.messages_resumed",
        "installation",
        None,
        before={"messages_paused_at": paused_at.isoformat(), "messages_paused_because": before.messages_paused_because},
        after={"messages_paused_at": None, "messages_paused_because": None},
    )
    found = await queries.installation(uow)
    assert found is not None  # noqa: S101 (the row is locked by this transaction)
    return found


async def back_up_now(uow: UnitOfWork) -> Asked:
    """Make the nightly backup due at once; the scheduler takes it up within seconds. The next night's is made all the same.

    Asking again before it was taken up changes nothing. Raises `Conflict` (NO_SCHEDULER) when no scheduler has ever run here.
    """
    planned = await uow.row(select(Schedule.next_at, func.now().label("now")).where(Schedule.topic == NIGHTLY_BACKUP).with_for_update())
    if planned is None:
        raise Conflict("The scheduler, which makes the backups, has not run yet. Start it, or run `just backup`.", code="NO_SCHEDULER")
    if planned.next_at <= planned.now:
        return Asked(planned.next_at, already=True)
    await uow.execute(update(Schedule).where(Schedule.topic == NIGHTLY_BACKUP).values(next_at=planned.now))
    audit.record(
        uow,
        "backup.requested",
        "schedule",
        None,
        before={"next_at": planned.next_at.isoformat()},
        after={"next_at": planned.now.isoformat()},
    )
    return Asked(planned.now, already=False)
