"""Upgrading an older revision, the fingerprints, the lock, and trouble said in one sentence."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from backend.operations.bootstrap import Wishes, fingerprint, fingerprints_file, locks, revisions, run
from backend.operations.bootstrap.trouble import Trouble
from tests import world
from tests.operations.bootstrap_support import api_that_refuses, bootstrap, in_this_process, rows, run_sql

CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
SECOND = '''"""A locker for each client."""

from alembic import op

revision = "20991231_lockers"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE lockers (id bigint PRIMARY KEY)")


def downgrade() -> None:
    op.execute("DROP TABLE lockers")
'''


@pytest.fixture
async def engine(empty_database_url: str) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(empty_database_url.replace("postgresql://", "postgresql+asyncpg://"))
    yield made
    await made.dispose()


@pytest.fixture
async def own_url() -> AsyncIterator[str]:
    """A seeded database whose schema the test may change."""
    url = await world.create("seeded")
    yield url
    await world.drop(url)


@pytest.fixture
async def one_revision_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[str]:
    """The migrations as they will be after the next one; yields the revision before it."""
    before = revisions.revisions()[-1]
    migrations = tmp_path / "migrations"
    shutil.copytree(revisions.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / "20991231_lockers.py").write_text(SECOND.format(before=before), encoding="utf-8")
    monkeypatch.setattr(revisions, "MIGRATIONS", migrations)
    for module in (fingerprint, fingerprints_file):
        monkeypatch.setattr(module, "FILE", migrations / "fingerprints.json")
    revisions.revisions.cache_clear()
    yield before
    revisions.revisions.cache_clear()


async def test_an_older_revision_is_upgraded(own_url: str, one_revision_more: str) -> None:
    refused = await in_this_process(own_url)
    assert refused.decision == "fingerprint-missing"
    await fingerprints_file.refresh(world.settings_for(own_url), check=False)
    assert await fingerprints_file.refresh(world.settings_for(own_url), check=True) == []
    users = await rows(own_url, "SELECT * FROM users")
    outcome = await in_this_process(own_url, api_that_refuses)
    assert (outcome.decision, outcome.revision_before, outcome.revision_after) == ("older-revision", one_revision_more, "20991231_lockers")
    assert await rows(own_url, "SELECT * FROM users") == users
    assert (await in_this_process(own_url, api_that_refuses)).decision == "at-head"


async def test_the_committed_fingerprints_are_those_of_the_migrations(database_url: str) -> None:
    assert await fingerprints_file.refresh(world.settings_for(database_url), check=True) == [], "run `just fingerprint`"


async def test_a_login_that_fails_fails_the_bootstrap(clean_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = world.settings_for(clean_url).model_copy(update={"data_dir": tmp_path})
    code = await asyncio.to_thread(run, settings, api_that_refuses, Wishes(wait=0), as_json=True)
    assert code == 1
    result = json.loads(capsys.readouterr().out)
    assert (result["exit_code"], result["login"]["ok"], result["login"]["tried"]) == (1, False, True)
    assert "Signing in did not work" in result["message"]
    assert result["admin"]["password"], "it was made, so it has to be shown"


async def test_what_an_operator_may_tune_is_no_drift(own_url: str) -> None:
    await run_sql(
        own_url,
        "CREATE SCHEMA reporting",
        "CREATE TABLE reporting.numbers (id int)",
        "ALTER TABLE clients SET (fillfactor = 80)",
        "COMMENT ON TABLE clients IS 'people'",
        "ANALYZE",
    )
    outcome = await in_this_process(own_url, api_that_refuses)
    assert outcome.decision == "at-head", outcome.message


async def test_the_work_stops_when_the_lock_is_lost(engine: AsyncEngine) -> None:
    async def work() -> None:
        async with locks.alone(engine, print):
            async with engine.connect() as other:
                await other.execute(text(CUT_OFF))
            await asyncio.sleep(30)

    with pytest.raises(Trouble, match="lock was lost"):
        await work()


async def test_a_second_one_waits_for_the_first(engine: AsyncEngine) -> None:
    said: list[str] = []
    order = []

    async def second() -> None:
        async with locks.alone(engine, said.append):
            order.append("second")

    async with locks.alone(engine, said.append):
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.6)
        order.append("first")
    await waiting
    assert order == ["first", "second"]
    assert said == ["another bootstrap is at work: waiting for it"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda url: make_url(url).set(password="wrong-word").render_as_string(hide_password=False), "refuses the password"),
        (lambda url: url.rsplit("/", 1)[0] + "/nowhere", "has no database “nowhere”"),
        (lambda url: "postgresql://krc:secret-word@127.0.0.1:1/krc", "can't be reached"),
        (lambda url: "postgresql://krc:secret-word@no-such-host.invalid/krc", "There is no host “no-such-host.invalid”"),
    ],
)
async def test_trouble_is_one_sentence(empty_database_url: str, change: object, says: str) -> None:
    assert callable(change)
    url: str = change(empty_database_url)
    with pytest.raises(Trouble) as caught:
        await in_this_process(url)
    assert says in str(caught.value)
    assert url.split(":")[2].split("@", maxsplit=1)[0] not in str(caught.value), "the password"


async def test_trouble_at_the_command_line_has_no_stack_trace(empty_database_url: str, tmp_path: Path) -> None:
    run = await bootstrap("postgresql://krc:secret-word@127.0.0.1:1/krc", tmp_path, "--wait", "0.5")
    assert (run.code, run.json["exit_code"], run.json["decision"]) == (1, 1, None)
    assert "can't be reached" in run.json["message"]
    assert "secret-word" not in run.out + run.err
    assert "Traceback" not in run.err


async def test_a_role_that_may_not_create_tables(empty_database_url: str) -> None:
    name = empty_database_url.rsplit("/", 1)[1]
    role = f"{name}_reader"
    await run_sql(empty_database_url, f"CREATE ROLE \"{role}\" LOGIN PASSWORD 'word'")
    try:
        address = empty_database_url.rsplit("@", 1)[1]
        outcome = await in_this_process(f"postgresql://{role}:word@{address}")
        assert (outcome.decision, outcome.exit_code) == ("may-not-create", 3)
        assert "GRANT CREATE" in outcome.plan[0]
    finally:
        await run_sql(empty_database_url, f'DROP ROLE "{role}"')
