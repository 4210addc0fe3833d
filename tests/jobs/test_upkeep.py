"""Work that was done long ago is forgotten; everything else stays."""

from backend.db import Actor, ActorKind, Database
from backend.jobs import registry
from tests.jobs.support import change, value

JOB = Actor(ActorKind.JOB, label="tests")


async def test_only_work_that_was_done_a_month_ago_is_forgotten(database: Database) -> None:
    registry.load()
    await change(
        database,
        """
        INSERT INTO outbox (topic, done_at, dead_at, created_at) VALUES
          ('long done', now() - interval '31 days', NULL, now() - interval '31 days'),
          ('done', now() - interval '29 days', NULL, now() - interval '40 days'),
          ('dead', NULL, now() - interval '90 days', now() - interval '90 days'),
          ('waiting', NULL, NULL, now() - interval '90 days')
        """,
    )
    async with database.writing(JOB) as uow:
        for job in registry.handlers("outbox.prune"):
            await job(uow, {})
    assert await value(database, "SELECT string_agg(topic, ', ' ORDER BY topic) FROM outbox") == "dead, done, waiting"


def test_it_is_forgotten_every_night() -> None:
    registry.load()
    assert "outbox.prune" in registry.daily()
