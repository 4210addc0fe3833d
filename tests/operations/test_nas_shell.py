"""The commands for the NAS, with a `docker` that plays a part: what they refuse, what they pass on, what they leave behind.

On a real engine they are tried by tests/nas.
"""

import hashlib
import socket
from pathlib import Path

import pytest

from tests.operations.nas_support import Nas, shells


@pytest.fixture(params=shells())
def nas(request: pytest.FixtureRequest, tmp_path: Path) -> Nas:
    return Nas(tmp_path, request.param)


@pytest.mark.parametrize(
    ("pattern", "answer", "sentence"),
    [
        (
            "version --format *Server*",
            "echo 'permission denied while trying to connect to the Docker daemon socket' >&2; exit 1",
            "sudo ./run doctor",
        ),
        (
            "version --format *Server*",
            "echo 'Cannot connect to the Docker daemon. Is the docker daemon running?' >&2; exit 1",
            "isn't running: start",
        ),
        ("version --format *Server*", "echo 'something odd' >&2; exit 1", "doesn't answer: something odd"),
        ("compose version --short", "exit 1", "Docker is here but Compose isn't"),
        ("compose version --short", "echo v2.4.1", "Compose v2.4.1 is too old: 2.5 or newer"),
        ("compose version --short", "echo 1.28.5", "Compose 1.28.5 is too old"),
    ],
)
def test_an_engine_that_cannot_be_used_is_one_sentence(nas: Nas, pattern: str, answer: str, sentence: str) -> None:
    nas.when(pattern, answer)
    done = nas.start("doctor")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_machine_without_docker_is_told_what_to_install(nas: Nas) -> None:
    done = nas.start("doctor", docker=False)
    assert done.returncode == 1
    assert "No docker was found: install Container Manager" in done.stderr


def test_the_older_program_called_docker_compose_will_do(nas: Nas) -> None:
    nas.when("compose version --short", "exit 1")
    compose = nas.fake / "docker-compose"
    compose.write_text('#!/bin/sh\ncase "$*" in "version --short") echo 2.5.0 ;; *) echo "compose $*" >>"$FAKE/calls" ;; esac\n')
    compose.chmod(0o755)
    done = nas.start("backups")
    assert done.returncode == 0, done.stderr
    assert nas.asked("run --rm -T tools backups")


@pytest.mark.parametrize("code", [0, 1, 3])
def test_bootstraps_exit_code_passes_through(nas: Nas, code: int) -> None:
    nas.when("*run --rm -T bootstrap *", f"echo the words of bootstrap; exit {code}")
    done = nas.start("bootstrap", "--wait", "5")
    assert done.returncode == code, done.stderr
    assert "the words of bootstrap" in done.stdout
    assert nas.asked("compose run --rm -T bootstrap python -m backend.cli bootstrap --wait 5")
    # What was refused isn't started, and what was not refused is.
    assert nas.asked("up --detach --remove-orphans") == (code == 0)
    assert ("is running" in done.stderr) == (code == 0)


def test_a_refusal_about_the_secrets_is_passed_on_before_anything_starts(nas: Nas) -> None:
    nas.when("*run --rm -T --no-deps secrets", "echo the plan; exit 3")
    done = nas.start("bootstrap")
    assert done.returncode == 3
    assert "the plan" in done.stderr
    assert not nas.asked("up --detach")


def test_a_dry_run_starts_nothing_but_the_database(nas: Nas) -> None:
    nas.when("inspect --format *.Image* *", "echo sha256:older")
    done = nas.start("bootstrap", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert not nas.asked("up --detach --remove-orphans")
    assert not nas.asked("compose stop")


def test_an_older_application_is_stopped_before_the_schema_changes(nas: Nas) -> None:
    nas.when("inspect --format *.Image* *", "echo sha256:older")
    assert nas.start("bootstrap").returncode == 0
    stop, work = nas.place("compose stop api worker scheduler", "run --rm -T bootstrap")
    assert stop < work


def test_the_admins_password_is_handed_over_as_a_file_that_nobody_else_can_read(nas: Nas, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("a secret")
    secret.chmod(0o600)
    (nas.root / ".env").write_text(f"ADMIN_PASSWORD_FILE={secret}\n")
    nas.when("*run --rm -T --volume *", 'file=${*#*--volume }; file=${file%%:*}; ls -ld "${file%/*}" "$file" | cut -c 1-10; cat "$file"')
    done = nas.start("bootstrap")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["drwx------", "-r--r--r--", "a", "secret"]
    assert not list(Path("/tmp").glob(".krc-*/password"))


def test_images_that_are_missing_are_built_first(nas: Nas) -> None:
    (nas.root / "backend").mkdir()
    (nas.root / "backend/cli.py").touch()
    nas.when("image inspect --format *Id* krc-checkin*", '[ -f "$FAKE/built" ] && echo sha256:present')
    nas.when("build *--target web*", 'touch "$FAKE/built"')
    done = nas.start("bootstrap", KRC_BUILD_OPTIONS="--build-arg A=b")
    assert done.returncode == 0, done.stderr
    app, web, work = nas.place(
        "--target app --tag krc-checkin:local", "--target web --tag krc-checkin-web:local", "run --rm -T --no-deps secrets"
    )
    assert app < web < work
    assert nas.asked("--build-arg A=b")


@pytest.mark.parametrize(("built", "hint"), [("v1", True), ("unknown", False), ("local", False), ("", False)])
def test_images_of_another_version_than_the_folder_are_used_but_said(nas: Nas, built: str, hint: bool) -> None:
    nas.when("image inspect --format *Labels* *", f"echo {built}")
    done = nas.start("up")
    assert done.returncode == 0, done.stderr
    assert ("the images are of the version v1 and this folder is at unknown: ./run upgrade" in done.stderr) == hint


def test_a_newer_docker_without_its_build_plugin_leaves_building_to_compose(nas: Nas) -> None:
    (nas.root / "backend").mkdir()
    (nas.root / "backend/cli.py").touch()
    nas.when("image inspect *", "exit 1")
    nas.when("version --format *Client.Version*", "echo 24.0.2")
    nas.when("buildx version", "exit 1")
    nas.start("bootstrap")
    assert nas.asked("compose build tools")
    assert nas.asked("compose build caddy")


def test_images_that_cannot_be_had_are_a_plan(nas: Nas) -> None:
    nas.when("image inspect *", "exit 1")
    done = nas.start("bootstrap")
    assert done.returncode == 3
    assert "nor is anything to build them from" in done.stderr
    assert "1. Put images.tar.gz" in done.stderr


@pytest.mark.parametrize(("damaged", "code"), [(False, 0), (True, 3)])
def test_an_archives_images_are_loaded_once_and_only_whole(nas: Nas, damaged: bool, code: int) -> None:
    (nas.root / "images.tar.gz").write_bytes(b"the images, damaged" if damaged else b"the images")
    (nas.root / "VERSION").write_text("v1\namd64\n")
    (nas.root / "SHA256SUMS").write_text(f"{_sha256(b'the images')}  images.tar.gz\n{_sha256(b'run')}  run\n")
    done = nas.start("bootstrap")
    assert done.returncode == code, done.stderr
    assert nas.asked("load --quiet --input") != damaged
    if damaged:
        assert "is not the file that SHA256SUMS describes" in done.stderr
        return
    (nas.fake / "calls").unlink()
    assert nas.start("bootstrap").returncode == 0
    assert not nas.asked("load")


def test_an_archive_for_another_processor_is_refused(nas: Nas) -> None:
    (nas.root / "images.tar.gz").write_bytes(b"the images")
    (nas.root / "VERSION").write_text("v1\narm64\n")
    done = nas.start("bootstrap")
    assert done.returncode == 3
    assert "These images are for arm64, and this machine is amd64." in done.stderr


def test_a_port_that_another_program_has_is_named(nas: Nas) -> None:
    nas.when("ps --quiet --filter *service=caddy", ":")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        nas.when("ps --format *", f"echo 'media 0.0.0.0:{port}->80/tcp'")
        done = nas.start("bootstrap", HTTPS_PORT=str(port))
    assert done.returncode == 3
    assert f"Port {port} is taken by the container media." in done.stderr
    assert f"put HTTPS_PORT= with a free port into {nas.root}/.env" in done.stderr


def test_a_service_that_never_gets_ready_is_named_with_its_last_words(nas: Nas) -> None:
    nas.when("inspect --format *State.Status* worker", "echo running starting 0")
    nas.when("*compose* logs --no-color --tail 15 worker", "echo its last words")
    done = nas.start("up")
    assert done.returncode == 1
    assert "its last words" in done.stderr
    assert "The service worker did not become ready (it is starting)." in done.stderr


def test_a_one_shot_that_refused_under_up_keeps_its_code(nas: Nas) -> None:
    nas.when("*up --detach --remove-orphans", "exit 1")
    nas.when("inspect --format *State.Status* bootstrap", "echo exited '' 3")
    nas.when("*compose* logs --no-color --tail 40 bootstrap", "echo the plan")
    done = nas.start("up")
    assert done.returncode == 3
    assert "the plan" in done.stderr


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
