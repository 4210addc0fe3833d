"""The doctor on settings: wrong ones, where they come from, which should not stay; it starts nothing."""

from pathlib import Path

import pytest

from backend.config import Settings
from backend.db import Database
from backend.operations.doctor import configuration
from backend.operations.doctor.case import Need, look_around
from backend.operations.doctor.lines import Level
from backend.system import centre
from tests import world
from tests.operations.doctor_support import case_of, examined
from tests.operations.stack_support import SETTINGS


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own without any settings."""
    for name in (*SETTINGS, "CENTRE_TIMEZONE", "HTTPS_PORT", "BACKUP_DIR", "CONFIG_DIR", "SECRETS_DIR", "ADMIN_PASSWORD", "KRC_VERSION"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def given(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


async def test_every_wrong_setting_is_a_line_and_the_rest_is_still_looked_at(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch, HTTP_PORT="eighty", CENTRE_TIMEZONE="Mars/Base", SECRET_KEY="short", DATABASE_URL="mysql://x", REDIS_URL="redis://h/0"
    )
    case = look_around()
    lines = await configuration.settings(case)
    assert {line.saw.split(":")[0] for line in lines} == {"HTTP_PORT", "CENTRE_TIMEZONE", "SECRET_KEY", "DATABASE_URL"}
    assert {line.level for line in lines} == {Level.FAIL}
    assert case.settings.http_port == 8080
    assert case.settings.redis_url == "redis://h/0"
    assert case.doubtful >= {"SECRET_KEY", "DATABASE_URL"}
    assert Need.KEY not in case.met
    found = await examined(case, "database", "disk", "schema")
    assert found["disk"].level in Level
    assert found["not-checked"].saw == "Not looked at, because the database can't be reached: schema, indexes."
    assert "database" not in found, "it was said with the settings"


async def test_a_secret_file_that_is_missing(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, DATABASE_URL_FILE=str(elsewhere / "gone"), REDIS_URL="redis://h/0", SECRET_KEY=world.SECRET)
    case = look_around()
    lines = await configuration.settings(case)
    assert any("DATABASE_URL_FILE" in line.saw and "can't be read" in line.saw for line in lines)
    assert "DATABASE_URL" in case.doubtful
    assert Need.KEY in case.met


async def test_an_env_file_that_can_not_be_read(elsewhere: Path) -> None:
    (elsewhere / ".env").write_bytes(b"CENTRE_NAME=\xff\xfe\n")
    (line,) = await configuration.settings(look_around())
    assert line.level is Level.FAIL
    assert line.saw.startswith(".env: can't be read")


async def test_where_they_come_from(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "key").write_text(world.SECRET)
    (elsewhere / ".env").write_text("CENTRE_NAME=Arcade\nHTTP_PORT=8081\n")
    given(
        monkeypatch,
        SECRET_KEY_FILE=str(elsewhere / "key"),
        HTTP_PORT="8082",
        DATABASE_URL="postgresql://u:hidden-word@h/d",
        REDIS_URL="redis://h/0",
    )
    (line,) = await configuration.settings(look_around())
    assert line.level is Level.OK
    assert "CENTRE_NAME from .env" in line.saw
    assert "DATABASE_URL, REDIS_URL, HTTP_PORT from the environment" in line.saw
    assert "SECRET_KEY from a file" in line.saw
    assert "hidden-word" not in line.saw


async def test_nothing_is_started_for_the_embedded_servers(elsewhere: Path) -> None:
    case = look_around()
    assert case.embedded == ["DATABASE_URL", "REDIS_URL"]
    found = await examined(case, "settings", "stack", "database", "redis")
    assert found["settings"].level is Level.OK
    assert found["stack"].level is found["database"].level is found["redis"].level is Level.FAIL
    assert "just up" in found["stack"].do
    assert found["database"].saw == "DATABASE_URL is not set, and no embedded database was made yet."
    assert list(elsewhere.iterdir()) == []


async def test_the_notes_of_a_stack_that_was_killed_are_not_believed(elsewhere: Path) -> None:
    (elsewhere / ".data" / "run").mkdir(parents=True)
    (elsewhere / ".data" / "postgres" / "cluster").mkdir(parents=True)
    # Process 1 is alive and not ours; the second id can't be.
    (elsewhere / ".data" / "run" / "stack.json").write_text('{"url": "http://127.0.0.1:1", "pid": 1}')
    (elsewhere / ".data" / "run" / "services.json").write_text(
        '{"pid": 4194305, "urls": {"DATABASE_URL": "postgresql://krc:x@127.0.0.1:9/krc"}}'
    )
    (elsewhere / ".data" / "run" / "children.json").write_text('{"1": "0", "nonsense": "", "4194305": "7"}')
    case = look_around()
    assert (case.stack.noted, case.stack.supervisor, case.stack.keeper, case.stack.running, case.stack.urls) == (True, False, False, (), {})
    found = await examined(case, "settings", "stack", "database")
    assert found["stack"].saw.startswith("The stack is not running")
    assert "its data are in" in found["database"].saw
    assert "secret-key is missing while its database exists" in found["settings"].saw


@pytest.mark.parametrize("content", ["", "[]", "{", '{"pid": "x"}', '{"pid": -1, "urls": 3}'])
async def test_damaged_notes_are_none(elsewhere: Path, content: str) -> None:
    (elsewhere / ".data" / "run").mkdir(parents=True)
    for name in ("stack", "services", "children"):
        (elsewhere / ".data" / "run" / f"{name}.json").write_text(content)
    assert not look_around().stack.supervisor


async def test_the_default_time_zone_is_a_warning(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = await configuration.time_zone(look_around())
    assert line.level is Level.WARN
    assert "America/Los_Angeles" in line.saw
    given(monkeypatch, CENTRE_TIMEZONE="America/Los_Angeles")
    (line,) = await configuration.time_zone(look_around())
    assert line.level is Level.OK


async def test_the_time_zone_of_the_settings_page_goes_before_all(settings: Settings, database: Database) -> None:
    async with database.writing(world.OPERATOR) as uow:
        await centre.change(uow, version=0, time_zone="Asia/Kathmandu")
    case = case_of(settings)
    case.met.add(Need.TABLES)
    (line,) = await configuration.time_zone(case)
    await case.close()
    assert (line.level, "Asia/Kathmandu" in line.saw) == (Level.OK, True)


@pytest.mark.parametrize(
    ("settings", "level", "words"),
    [
        ({}, Level.WARN, "on this machine alone"),
        ({"public_url": "http://nas.example:8080"}, Level.WARN, "at http://nas.example:8080"),
        ({"public_url": "https://desk.example.org"}, Level.OK, "a proxy in front"),
        ({"https_port": 8443}, Level.OK, "8443"),
    ],
)
async def test_http_alone_is_a_warning(settings: dict[str, object], level: Level, words: str) -> None:
    case = case_of(world.settings_for("postgresql://x/y").model_copy(update=settings))
    (line,) = await configuration.https(case)
    assert (line.level, words in line.saw) == (level, True)


async def test_an_admins_password_in_the_settings(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = await configuration.admin_password(look_around())
    assert line.level is Level.OK
    (elsewhere / ".env").write_text("ADMIN_PASSWORD=hush-hush-hush\n")
    (line,) = await configuration.admin_password(look_around())
    assert (line.level, line.saw) == (Level.WARN, "ADMIN_PASSWORD still stands in .env.")
