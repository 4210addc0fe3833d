"""Messages to clients: deciding whether one goes out, and keeping why."""

from sqlalchemy import text

from backend.audit import service as audit
from backend.db import UnitOfWork
from backend.messages.models import MessageStatus

WELCOME = "welcome"
NO_CHANNEL = "NO_CHANNEL"
PAUSED = "PAUSED"

IS_PAUSED = text("SELECT EXISTS (SELECT FROM installation WHERE messages_paused_at IS NOT NULL)")

# The client is looked up here and not by the caller: one that was erased meanwhile gets no message, and that is no failure.
KEEP = text(
    """
    INSERT INTO messages (client_id, kind, period, status, why)
    SELECT id, :kind, :period, :status, :why FROM clients WHERE id = :client_id
    ON CONFLICT (client_id, kind, period) DO NOTHING
    RETURNING id
    """
)


async def welcome(uow: UnitOfWork, client_id: int) -> int | None:
    """Welcome a new client, once. No channel is set up that could carry it, so it is kept as not sent.

    Returns the message's id, or None when the client has one already or is not on file.
    """
    return await keep_unsent(uow, client_id, WELCOME, why=PAUSED if await paused(uow) else NO_CHANNEL)


async def paused(uow: UnitOfWork) -> bool:
    """Whether nothing may be sent: after a restore, until an admin resumes. To be asked before any message goes out."""
    return bool(await uow.scalar(IS_PAUSED))


async def keep_unsent(uow: UnitOfWork, client_id: int, kind: str, *, why: str, period: str = "") -> int | None:
    """Keep that a message of this kind was not sent in ``period``, and ``why`` (a code). Returns its id, or None as `welcome` does."""
    values = {"client_id": client_id, "kind": kind, "period": period, "status": MessageStatus.NOT_SENT.value, "why": why}
    message_id: int | None = await uow.scalar(KEEP, values)
    if message_id is not None:
        after = {"kind": kind, "period": period, "status": MessageStatus.NOT_SENT.value, "why": why}
        audit.record(uow, "message.not_sent", "message", message_id, client_id=client_id, after=after)
    return message_id
