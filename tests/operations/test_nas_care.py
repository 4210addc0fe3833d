"""Doctor, backups, release and uninstall on a NAS, with a `docker` that plays a part."""

import json
import tarfile
from pathlib import Path

import pytest

from tests.operations.nas_support import Nas, shells

NO_DATABASE = "inspect --format *State.Status* postgres"


@pytest.fixture(params=shells())
def nas(request: pytest.FixtureRequest, tmp_path: Path) -> Nas:
    return Nas(tmp_path, request.param)


def test_doctor_hands_over_what_a_container_cannot_see(nas: Nas) -> None:
    nas.when("*ps --all --format json", """echo '[{"Service": "api"}]'""")
    nas.when("logs --since * api", "echo a line of the api")
    nas.when("*tools doctor*", 'at=${*#*--volume }; at=${at%%:*}; cat "$at/containers.json" "$at/services.log"; exit 1')
    done = nas.start("doctor", "--json")
    assert done.returncode == 1
    assert '[{"Service": "api"}]' in done.stdout
    assert "api  | a line of the api" in done.stdout
    assert nas.asked("run --rm -T --no-deps --volume")
    assert nas.asked("tools doctor --containers /doctor/containers.json --logs /doctor/services.log --json")


@pytest.mark.parametrize("broken", ["image", "container"])
def test_doctor_speaks_for_itself_where_no_container_can(nas: Nas, broken: str) -> None:
    if broken == "image":
        nas.when("image inspect *", "exit 1")
    else:
        nas.when("*tools doctor*", "echo 'Error response from daemon: no space left' >&2; exit 1")
    nas.when(NO_DATABASE, "echo exited '' 137")
    nas.when("ps --all --quiet *service=redis*", ":")
    done = nas.start("doctor")
    assert done.returncode == 1
    assert "FAIL postgres: exited 137. ./run logs postgres shows why" in done.stdout
    assert "FAIL redis: missing" in done.stdout
    assert "ok   api: running" in done.stdout
    assert "no space left" in done.stdout if broken == "container" else "krc-checkin:local is not on this machine" in done.stdout


# --- Backups ---


@pytest.mark.parametrize("code", [0, 1, 3])
def test_restore_stops_the_application_and_starts_it_again_however_it_ends(nas: Nas, tmp_path: Path, code: int) -> None:
    file = tmp_path / "krc-1.backup"
    file.write_text("a backup")
    nas.when("*tools restore *", f"exit {code}")
    done = nas.start("restore", str(file), "--yes")
    assert done.returncode == code, done.stderr
    assert (nas.root / "backups/krc-1.backup").read_text() == "a backup"
    stop, restore, start = nas.place(
        "compose stop api worker scheduler", "tools restore /backups/krc-1.backup --yes", "up --detach --remove-orphans"
    )
    assert stop < restore < start


def test_restore_overwrites_no_other_backup_of_the_same_name(nas: Nas, tmp_path: Path) -> None:
    (nas.root / "backups").mkdir()
    (nas.root / "backups/krc-1.backup").write_text("another")
    (tmp_path / "krc-1.backup").write_text("a backup")
    done = nas.start("restore", str(tmp_path / "krc-1.backup"))
    assert done.returncode == 3
    assert (nas.root / "backups/krc-1.backup").read_text() == "another"
    assert not nas.asked("restore")


@pytest.mark.parametrize("command", ["restore", "prove"])
def test_a_file_that_is_not_there_is_refused(nas: Nas, command: str) -> None:
    done = nas.start(command, "/nowhere/krc-1.backup")
    assert done.returncode == 3
    assert "There is no file /nowhere/krc-1.backup" in done.stderr
    assert not nas.asked("run")


# --- Uninstall, release ---


def test_uninstall_asks_and_removes_no_data(nas: Nas) -> None:
    nas.when("volume ls *", "printf 'krc_postgres\\nkrc_secrets\\n'")
    done = nas.start("uninstall")
    assert done.returncode == 3
    assert "docker volume rm krc_postgres krc_secrets" in done.stderr
    assert not nas.asked("down")
    assert nas.start("uninstall", "--yes").returncode == 0
    assert nas.asked("--profile tools down --remove-orphans")
    assert not any("-v" in call.split() or "--volumes" in call or "volume rm" in call or "image rm" in call for call in nas.calls)


def test_a_release_holds_what_a_nas_needs_and_no_secret(nas: Nas) -> None:
    for name in (".env", "backups/krc.backup", ".data/secrets/secret-key", "VERSION-of-mine"):
        (nas.root / name).parent.mkdir(parents=True, exist_ok=True)
        (nas.root / name).write_text("a secret")
    (nas.root / "backend").mkdir()
    (nas.root / "backend/cli.py").touch()
    nas.when("save --output *", 'file=${*#save --output }; echo images >"${file%% *}"')
    done = nas.start("release")
    assert done.returncode == 0, done.stderr
    archive = Path(done.stdout.strip())
    with tarfile.open(archive) as tar:
        names = {name.split("/", 1)[1] for name in tar.getnames() if "/" in name}
        version = next(name for name in tar.getnames() if name.endswith("/VERSION"))
        lines = tar.extractfile(version)
        assert lines
        assert lines.read().decode().splitlines()[1] == "amd64"
    assert {"run", "justfile", "docker-compose.synology.yml", "deploy/nas.sh", "images.tar.gz", "SHA256SUMS", "INSTALL"} <= names
    assert not {name for name in names if name.startswith((".env", "backups", ".data")) and name != ".env.example"}
    build, save = nas.place("build --file", "save --output")
    assert build < save
    assert any(call.startswith("save") and call.endswith("krc-checkin:local krc-checkin-web:local postgres:18.6") for call in nas.calls)
    assert archive.with_name(archive.name + ".sha256").exists()


def test_the_fake_speaks_as_compose_does(nas: Nas) -> None:
    # A guard for the guards: what the tests call "asked" is a whole command line as Compose would get it.
    nas.when("*tools user *", "echo '{}'")
    done = nas.start("user", "add", "a b@example.test", "--name", "Ann B")
    assert json.loads(done.stdout) == {}
    assert nas.asked("compose run --rm -T tools user add a b@example.test --name Ann B")
