"""The secret files of the containers: made once, handed to who may read them, never made anew beside data."""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from backend.operations.command_line import FAILED, REFUSED
from backend.operations.secret_files import DERIVED, MADE, OPERATING, POSTGRES, PRODUCT, REDIS, Access, Places, run
from backend.operations.stack.given import ROOT

Owned = dict[str, tuple[int, int]]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places(*(tmp_path / name for name in ("secrets", "config", "backups", "postgres", "redis")))
    for place in (found.secrets, found.config, found.backups, found.postgres, found.redis):
        place.mkdir()
    return found


@pytest.fixture
def owned(monkeypatch: pytest.MonkeyPatch, places: Places) -> Owned:
    """Who was given what, by the path below the test's folder: only root could really give a file away."""
    given: Owned = {}

    def remember(path: str, owner: int, group: int) -> None:
        given[str(Path(path).relative_to(places.secrets.parent))] = (owner, group)

    monkeypatch.setattr(os, "fchown", lambda fd, owner, group: remember(str(Path(f"/proc/self/fd/{fd}").readlink()), owner, group))
    monkeypatch.setattr(os, "chown", lambda path, owner, group, follow_symlinks: remember(str(path), owner, group))
    return given


def contents(places: Places) -> dict[str, str]:
    return {path.name: path.read_text() for path in places.secrets.iterdir()}


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_an_empty_machine_gets_all_of_them(places: Places, owned: Owned, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(places) == 0
    made = contents(places)
    assert made.keys() == MADE.keys() | DERIVED.keys()
    assert len({made[name] for name in MADE}) == len(MADE)
    assert all(len(made[name].strip()) >= 43 for name in MADE)
    for name, access in (MADE | DERIVED).items():
        assert owned[f"secrets/{name}"] == (access.owner, access.group)
        assert mode(places.secrets / name) == access.mode
    said = capsys.readouterr().out
    assert "secret-key" in said
    assert not any(made[name].strip() in said for name in made)


def test_the_addresses_fit_the_passwords(places: Places, owned: Owned) -> None:
    run(places)
    made = {name: content.strip() for name, content in contents(places).items()}
    app, owner, redis = (urlsplit(made[name]) for name in ("database-url", "database-owner-url", "redis-url"))
    assert (app.username, app.password, app.hostname, app.path) == ("krc_app", made["app-password"], "postgres", "/krc")
    assert (owner.username, owner.password, owner.path) == ("krc_owner", made["postgres-password"], "/krc")
    assert (redis.password, redis.hostname) == (made["redis-password"], "redis")
    assert made["redis.conf"] == f"requirepass {made['redis-password']}"


def can_read(user: int, groups: set[int], access: Access) -> bool:
    bits = access.mode >> 6 if user == access.owner else access.mode >> 3 if access.group in groups else access.mode
    return bool(bits & 0o4)


@pytest.mark.parametrize(
    ("user", "groups", "readable"),
    [
        (PRODUCT, {PRODUCT}, {"secret-key", "database-url", "redis-url"}),
        (OPERATING, {PRODUCT, OPERATING}, {*MADE, *DERIVED}),
        (POSTGRES, {POSTGRES}, {"postgres-password"}),
        (REDIS, {REDIS}, {"redis.conf"}),
        (12345, {12345}, set()),
    ],
)
def test_each_user_reads_its_own(user: int, groups: set[int], readable: set[str]) -> None:
    assert {name for name, access in (MADE | DERIVED).items() if can_read(user, groups, access)} == readable


def test_a_second_run_changes_nothing(places: Places, owned: Owned, capsys: pytest.CaptureFixture[str]) -> None:
    run(places)
    before = contents(places)
    assert run(places) == 0
    assert contents(places) == before
    assert capsys.readouterr().out.endswith("All secrets are there.\n")


@pytest.mark.parametrize("name", [*MADE, *DERIVED])
def test_killed_before_one_was_made_the_next_run_makes_it_and_keeps_the_rest(places: Places, owned: Owned, name: str) -> None:
    run(places)
    before = contents(places)
    (places.secrets / name).unlink()
    (places.secrets / f".{name}.77").write_text("half")  # what a killed run leaves
    assert run(places) == 0
    after = contents(places)
    assert after[name]
    assert {other: after[other] for other in MADE if other != name} == {other: before[other] for other in MADE if other != name}


@pytest.mark.parametrize("cluster", [".", "data", "18/docker"])
@pytest.mark.parametrize("missing", [*MADE, "all"])
def test_beside_data_a_missing_secret_is_refused_and_none_is_made(
    places: Places, owned: Owned, capsys: pytest.CaptureFixture[str], cluster: str, missing: str
) -> None:
    run(places)
    for name in contents(places) if missing == "all" else [missing]:
        (places.secrets / name).unlink()
    before = contents(places)
    (places.postgres / cluster).mkdir(parents=True, exist_ok=True)
    (places.postgres / cluster / "PG_VERSION").write_text("18\n")
    owned.clear()
    assert run(places) == REFUSED
    assert contents(places) == before
    assert not owned
    said = capsys.readouterr().err
    assert "nothing was changed" in said
    assert (missing if missing != "all" else "postgres-password") in said
    assert "  1. " in said
    assert "  3. " in said


def test_beside_data_what_follows_from_the_others_is_made_again(places: Places, owned: Owned) -> None:
    run(places)
    before = contents(places)
    (places.postgres / "PG_VERSION").write_text("18\n")
    for name in DERIVED:
        (places.secrets / name).unlink()
    assert run(places) == 0
    assert contents(places) == before


def test_an_empty_file_counts_as_missing(places: Places, owned: Owned) -> None:
    run(places)
    (places.secrets / "secret-key").chmod(0o600)
    (places.secrets / "secret-key").write_text("")
    assert run(places) == 0
    assert contents(places)["secret-key"].strip()


def test_what_others_left_is_handed_over(places: Places, owned: Owned) -> None:
    run(places)
    (places.secrets / "backup-passphrase").write_text("kept elsewhere as well")
    (places.backups / "older").mkdir()
    (places.backups / "older" / "copied-from-a-desk.krc").write_text("x")
    (places.redis / "appendonlydir").mkdir()
    assert run(places) == 0
    assert owned["secrets/backup-passphrase"] == (OPERATING, OPERATING)
    assert mode(places.secrets / "backup-passphrase") == 0o400
    assert owned["backups/older/copied-from-a-desk.krc"] == (OPERATING, PRODUCT)
    assert owned["redis/appendonlydir"] == (REDIS, REDIS)
    assert owned["config"] == (OPERATING, PRODUCT)
    assert not any(name.startswith("postgres") for name in owned)


def test_links_are_not_followed(places: Places, owned: Owned, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("of somebody else")
    (places.backups / "link").symlink_to(elsewhere)
    assert run(places) == 0
    assert owned["backups/link"] == (OPERATING, PRODUCT)
    assert not any(name.startswith("elsewhere") for name in owned)


@pytest.mark.parametrize("break_it", [lambda places: places.redis.rmdir(), lambda places: places.backups.rmdir()])
def test_a_folder_that_is_not_there_is_named(
    places: Places, owned: Owned, capsys: pytest.CaptureFixture[str], break_it: Callable[[Places], None]
) -> None:
    break_it(places)
    assert run(places) == FAILED
    assert str(places.secrets.parent) in capsys.readouterr().err


def test_the_folder_lets_nobody_list_it(places: Places, owned: Owned) -> None:
    run(places)
    assert mode(places.secrets) == 0o711
    assert owned["secrets"] == (OPERATING, PRODUCT)


def test_users_are_those_of_the_compose_file() -> None:
    text = (ROOT / "docker-compose.synology.yml").read_text()
    for user in (f"{POSTGRES}:{POSTGRES}", f"{PRODUCT}:{PRODUCT}", f"{OPERATING}:{PRODUCT}", f"{REDIS}:{REDIS}"):
        assert f'user: "{user}"' in text
    for name in (*DERIVED, "postgres-password", "secret-key"):
        assert f"/secrets/{name}" in text
