"""The nightly clean-up deletes what no sign-in can need, and nothing else."""

from sqlalchemy import text

from backend.accounts import jobs
from backend.db import Actor, ActorKind, Database

TESTER = Actor(ActorKind.OPERATOR, label="test")
USER = text("INSERT INTO users (email, display_name, role, password_hash) VALUES ('a@example.test', 'A', 'STAFF', 'x') RETURNING id")
SESSIONS = text(
    """
    INSERT INTO sessions (user_id, expires_at, ended_at, ended_because) VALUES
        (:user, now() + interval '1 day', NULL, NULL),
        (:user, now() + interval '1 day', now() - interval '29 days', 'LOGOUT'),
        (:user, now() + interval '1 day', now() - interval '31 days', 'LOGOUT'),
        (:user, now() - interval '31 days', NULL, NULL)
    """
)
TOKENS = text("INSERT INTO refresh_tokens (token_hash, session_id) SELECT sha256(convert_to(id::text, 'UTF8')), id FROM sessions")
COUNTERS = text(
    """
    INSERT INTO login_counters (bucket, hour, failures) SELECT sha256('x'::bytea), date_trunc('hour', now()) - age, 3
    FROM unnest(ARRAY[interval '0', interval '1 day', interval '3 days']) AS age
    """
)
LINKS = text(
    """
    INSERT INTO sign_in_links (token_hash, user_id, expires_at)
    SELECT sha256(convert_to(age::text, 'UTF8')), :user, now() - age
    FROM unnest(ARRAY[interval '-1 day', interval '29 days', interval '31 days']) AS age
    """
)


async def test_old_counters_and_tokens_go_and_sessions_stay(database: Database) -> None:
    async with database.writing(TESTER) as uow:
        user = await uow.scalar(USER)
        await uow.execute(SESSIONS, {"user": user})
        await uow.execute(TOKENS)
        await uow.execute(COUNTERS)
        await uow.execute(LINKS, {"user": user})
    for _ in range(2):
        async with database.writing(TESTER) as uow:
            await jobs.clean_up(uow, {})
        async with database.reading() as reader:
            assert await reader.scalar(text("SELECT count(*) FROM refresh_tokens")) == 2
            assert await reader.scalar(text("SELECT count(*) FROM login_counters")) == 2
            assert await reader.scalar(text("SELECT count(*) FROM sign_in_links")) == 2
            assert await reader.scalar(text("SELECT count(*) FROM sessions")) == 4
