"""While messages are paused, which a restore does, none goes out, and each says so."""

from sqlalchemy import text

from backend.db import Database
from backend.messages import service
from tests.world import OPERATOR


async def welcome(database: Database) -> str:
    """Add a client and welcome them; why it was not sent."""
    async with database.writing(OPERATOR) as uow:
        client_id = await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams') RETURNING id"))
        message_id = await service.welcome(uow, client_id)
        why: str = await uow.scalar(text("SELECT why FROM messages WHERE id = :id"), {"id": message_id})
        return why


async def test_a_pause_is_the_reason_that_is_kept_until_an_admin_resumes(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        assert not await service.paused(uow)
        await uow.execute(text("INSERT INTO installation (identity) VALUES (gen_random_uuid())"))
        assert not await service.paused(uow)
        await uow.execute(text("UPDATE installation SET messages_paused_at = now()"))
        assert await service.paused(uow)
    assert await welcome(database) == service.PAUSED
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE installation SET messages_paused_at = NULL"))
    assert await welcome(database) == service.NO_CHANNEL
