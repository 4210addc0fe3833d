"""Fixtures that every feature's tests share: a database each, a Redis each, an API client."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend.broadcast import Broadcast
from backend.config import Settings
from backend.db import Database
from backend.operations.stack import EmbeddedValkey
from tests import world
from tests.client import Api
from tests.statements import StatementCounter

_WORLD = pytest.StashKey[world.World]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the servers once, in the process that controls the run."""
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    session.config.stash[_WORLD] = made = world.World()
    try:
        made.start()
    except BaseException:
        made.stop()
        raise


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop what was started."""
    made = session.config.stash.get(_WORLD, None)
    if made is not None:
        made.stop()


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    """One real server for each test process."""
    with EmbeddedValkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture
async def redis_url(valkey: EmbeddedValkey) -> str:
    """A Redis with nothing in it."""
    from redis import asyncio as aioredis

    client = aioredis.from_url(valkey.url)
    await client.flushall()
    await client.aclose()
    return valkey.url


@pytest.fixture
async def empty_database_url() -> AsyncIterator[str]:
    """A database without tables."""
    url = await world.create()
    yield url
    await world.drop(url)


@pytest.fixture
async def database_url() -> AsyncIterator[str]:
    """A database of the test's own at head, without rows; it may do with the schema what it likes."""
    url = await world.create("head")
    yield url
    await world.drop(url)


_SEEDED = world.Reused("seeded")
_CLEAN = world.Reused("head")


@pytest.fixture
async def seeded_url() -> str:
    """A database with stations, a default tier and the users of `world.PASSWORDS`. Its schema must not be changed."""
    return await _SEEDED.fresh()


@pytest.fixture
async def clean_url() -> str:
    """A database at head, without rows. Its schema must not be changed."""
    return await _CLEAN.fresh()


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> Settings:
    """Settings for the seeded database where the test uses it, else for the empty one at head."""
    url = request.getfixturevalue("seeded_url" if _wants_seeds(request) else "clean_url")
    redis = request.getfixturevalue("redis_url") if "redis_url" in request.fixturenames else "redis://127.0.0.1:1/0"
    return world.settings_for(url, redis)


def _wants_seeds(request: pytest.FixtureRequest) -> bool:
    return not {"seeded", "seeded_url", "api"}.isdisjoint(request.fixturenames)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings."""
    reachable = Database.of(settings, name="krc-test", pool_size=20)
    yield reachable
    await reachable.close()


@pytest.fixture
async def seeded(database: Database) -> Database:
    """The same, seeded."""
    return database


@pytest.fixture
async def api(settings: Settings, database: Database) -> AsyncIterator[Api]:
    """A client of the whole app, in this process, that may send free-form documents."""
    client = Api(settings, database)
    yield client
    await client.close()


@pytest.fixture
def statements(database: Database) -> Iterator[StatementCounter]:
    """Counts the SQL statements of ``database``."""
    with StatementCounter(database.engine) as counter:
        yield counter


@pytest.fixture
async def broadcast(database: Database) -> Broadcast:
    """The database's own broadcast."""
    return database.broadcast


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test must not depend on the environment of whoever runs it."""
    for name in (
        "DATABASE_URL",
        "DATABASE_OWNER_URL",
        "DATA_DIR",
        "CONFIG_DIR",
        "SECRETS_DIR",
        "BACKUP_DIR",
        "BACKUP_PASSPHRASE",
        "BACKUP_PASSPHRASE_FILE",
        "REDIS_URL",
        "SECRET_KEY",
        "SECRET_KEY_FILE",
        "ADMIN_EMAIL",
        "ADMIN_USERNAME",
        "ADMIN_PASSWORD",
        "ADMIN_PASSWORD_FILE",
    ):
        if name in os.environ:
            monkeypatch.delenv(name)
