"""A new client's welcome is kept once, with why it did not go out."""

from sqlalchemy import text

from backend.db import Actor, ActorKind, Database
from backend.jobs import outbox, registry
from backend.jobs.runner import Outcome, Runner
from backend.messages import service

STAFF = Actor(ActorKind.USER, id=1, label="staff")


async def add_client(database: Database) -> int:
    async with database.writing(STAFF) as uow:
        client_id: int = await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams') RETURNING id"))
        outbox.add(uow, "client.created", {"client_id": client_id})
    return client_id


async def run_everything(database: Database) -> list[Outcome]:
    registry.load()
    async with database.reading() as reader:
        ids = await reader.scalars(text("SELECT id FROM outbox ORDER BY id"))
    return [await Runner(database).run(row_id) for row_id in ids]


async def test_a_new_client_gets_one_message_that_says_why_it_was_not_sent(database: Database) -> None:
    client_id = await add_client(database)
    assert await run_everything(database) == [Outcome.DONE]
    async with database.reading() as reader:
        message = await reader.row(text("SELECT client_id, kind, period, status::text, why FROM messages"))
        assert tuple(message or ()) == (client_id, "welcome", "", "NOT_SENT", "NO_CHANNEL")
        entry = await reader.row(text("SELECT actor_kind::text, actor_label, action, client_id, after ->> 'why' FROM audit_log"))
        assert tuple(entry or ()) == ("JOB", "client.created", "message.not_sent", client_id, "NO_CHANNEL")


async def test_a_second_event_for_the_same_client_changes_nothing(database: Database) -> None:
    client_id = await add_client(database)
    async with database.writing(STAFF) as uow:
        outbox.add(uow, "client.created", {"client_id": client_id})
    assert await run_everything(database) == [Outcome.DONE, Outcome.DONE]
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM messages")) == 1
        assert await reader.scalar(text("SELECT count(*) FROM audit_log")) == 1


async def test_a_client_who_is_gone_is_no_failure(database: Database) -> None:
    await add_client(database)
    async with database.writing(STAFF) as uow:
        await uow.execute(text("DELETE FROM clients"))
    assert await run_everything(database) == [Outcome.DONE]
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM messages")) == 0


async def test_another_period_is_another_message(database: Database) -> None:
    client_id = await add_client(database)
    async with database.writing(STAFF) as uow:
        first = await service.keep_unsent(uow, client_id, "reminder", why=service.NO_CHANNEL, period="2026-11")
        again = await service.keep_unsent(uow, client_id, "reminder", why=service.NO_CHANNEL, period="2026-11")
        later = await service.keep_unsent(uow, client_id, "reminder", why=service.NO_CHANNEL, period="2026-12")
    assert first is not None
    assert again is None
    assert later not in {None, first}
