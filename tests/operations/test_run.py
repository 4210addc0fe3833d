"""Where `./run` goes: to Python on a computer, to containers on a NAS, and what it says where it can do neither."""

from pathlib import Path

import pytest

from tests.operations.nas_support import Nas, shells

JUST = '#!/bin/sh\n[ "$1" = --version ] || echo "just $* KRC_NAS=$KRC_NAS"\n'


@pytest.fixture(params=shells())
def nas(request: pytest.FixtureRequest, tmp_path: Path) -> Nas:
    """A machine without Python whose image holds a `just` that tells how it was called."""
    nas = Nas(tmp_path, request.param)
    nas.when("create krc-checkin:local", "echo box")
    nas.when("cp box:/usr/local/bin/just *", f"cat >\"${{*##* }}\" <<'END'\n{JUST}END\n")
    return nas


def add_python(nas: Nas, says: str = "echo good") -> None:
    """A Python that answers the probe like that, and tells when it is told to go on."""
    python = nas.fake / "python3"
    python.write_text(f'#!/bin/sh\ncase "$*" in *prepare.py*) echo "python goes on: $*" ;; *) {says} ;; esac\n')
    python.chmod(0o755)


def test_a_machine_with_a_good_python_uses_it_although_docker_is_there(nas: Nas) -> None:
    add_python(nas)
    done = nas.start("bootstrap", script="run")
    assert "prepare.py just bootstrap" in done.stdout, done.stderr
    assert not nas.calls


@pytest.mark.parametrize("how", ["environment", ".env", ".env from Windows", "an archive"])
def test_containers_can_be_asked_for(nas: Nas, how: str) -> None:
    add_python(nas)
    match how:
        case ".env":
            (nas.root / ".env").write_text("CENTRE_NAME=x\nKRC_NAS=1")
        case ".env from Windows":
            (nas.root / ".env").write_bytes(b'KRC_NAS="1"\r\nCENTRE_NAME=x\r\n')
        case "an archive":
            (nas.root / "VERSION").write_text("v1\namd64\n")
    done = nas.start("backups", script="run", KRC_NAS="1" if how == "environment" else "")
    assert done.stdout.strip() == f"just --justfile {nas.root}/justfile --working-directory {nas.root} backups KRC_NAS=1", done.stderr


def test_an_old_python_beside_docker_means_containers(nas: Nas) -> None:
    add_python(nas, "echo old 3.8.15")
    done = nas.start("doctor", "--json", script="run")
    assert done.stdout.strip().endswith("doctor --json KRC_NAS=1"), done.stderr


def test_neither_python_nor_docker_is_one_sentence_for_both(nas: Nas) -> None:
    done = nas.start("bootstrap", script="run", docker=False)
    assert done.returncode == 1
    assert "no Python was found; install 3.11 or newer" in done.stderr
    assert "On a NAS, install Container Manager" in done.stderr
    assert done.stderr.count("\n") == 1


def test_just_is_taken_out_of_the_image_once_and_again_when_the_image_changes(nas: Nas) -> None:
    for _ in range(2):
        assert nas.start("backups", script="run").returncode == 0
    assert nas.calls.count("create krc-checkin:local") == 1
    assert nas.calls.count("rm box") == 1
    nas.when("image inspect --format *Id*", "echo sha256:newer")
    assert nas.start("backups", script="run").returncode == 0
    assert nas.calls.count("create krc-checkin:local") == 2


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ("image inspect --format *Id*", "exit 1"),
        ("create *", "exit 1"),
        ("cp box:*", "exit 1"),
        ("cp box:*", "printf 'another processor' >\"${*##* }\""),
    ],
)
def test_without_a_just_that_runs_the_command_runs_all_the_same(nas: Nas, pattern: str, answer: str) -> None:
    nas.when(pattern, answer)
    nas.when("*tools backups", "echo the backups")
    done = nas.start("backups", script="run")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "the backups"


def test_the_first_bootstrap_has_its_images_before_its_just(nas: Nas) -> None:
    (nas.root / "backend").mkdir()
    (nas.root / "backend/cli.py").touch()
    nas.when("image inspect --format *Id* krc-checkin*", '[ -f "$FAKE/built" ] && echo sha256:present')
    nas.when("build *--target web*", 'touch "$FAKE/built"')
    done = nas.start("bootstrap", script="run")
    assert "bootstrap KRC_NAS=1" in done.stdout, done.stderr
    build, create = nas.place("build --file", "create krc-checkin:local")
    assert build < create


@pytest.mark.parametrize(
    ("arguments", "code", "says"), [([], 0, "./run COMMAND, on a NAS"), (["demo"], 2, "'demo' is for a computer"), (["x"], 2, "no command")]
)
def test_what_a_nas_does_not_have_is_said(nas: Nas, arguments: list[str], code: int, says: str) -> None:
    nas.when("image inspect *", "exit 1")
    done = nas.start(*arguments, script="run")
    assert done.returncode == code
    assert says in done.stderr


def test_who_may_not_use_docker_is_told_to_use_sudo_with_the_same_command(nas: Nas) -> None:
    for pattern in ("version *", "image inspect *"):
        nas.when(pattern, "echo 'Got permission denied while trying to connect to the Docker daemon socket' >&2; exit 1")
    done = nas.start("backup", script="run")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("run it with sudo, as in: sudo ./run backup")
