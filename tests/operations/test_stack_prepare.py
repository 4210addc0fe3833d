"""`./run` and what it installs with: which Python it takes, what it notices, what it says when it can't go on."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from backend.operations.stack import StackError, prepare
from backend.operations.stack.files import disk_errors
from backend.operations.stack.given import ROOT
from backend.operations.stack.prepare import CannotPrepare


def start_run(folder: Path, **pythons: str) -> subprocess.CompletedProcess[str]:
    """`./run` in a folder of its own, on a machine whose only programs are these Pythons: name → what it says to the probe."""
    programs = folder / "bin"
    programs.mkdir()
    for name, says in pythons.items():
        program = programs / name.replace("_", ".")
        program.write_text(f'#!/bin/sh\ncase "$*" in *prepare.py*) echo "$0 goes on: $*" ;; *) {says} ;; esac\n')
        program.chmod(0o755)
    shutil.copy(ROOT / "run", folder / "run")
    return subprocess.run([folder / "run", "demo"], env={"PATH": str(programs)}, capture_output=True, text=True)


def test_a_dead_shim_is_passed_over(tmp_path: Path) -> None:
    done = start_run(tmp_path, python3_12="exit 127", python3_11="echo good", python3="echo old 3.9.2")
    assert done.returncode == 0, done.stderr
    assert "/python3.11 goes on" in done.stdout
    assert done.stdout.strip().endswith("prepare.py just demo")


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ("echo old 3.9.2", "Python 3.11 or newer is needed, and the newest here is 3.9.2"),
        ("echo bare 3.11", "Python 3.11 lacks its venv module; install it (Debian, Ubuntu: sudo apt install python3.11-venv)"),
        ("exit 127", "no Python was found; install 3.11 or newer"),
    ],
)
def test_a_machine_without_a_usable_python_is_told_what_to_install(tmp_path: Path, says: str, sentence: str) -> None:
    done = start_run(tmp_path, python3=says)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: failed to write: No space left on device (os error 28)", "The disk is full"),
        ("npm error code ENOSPC", "The disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one that is locked"),
        ("npm error code EINTEGRITY", "is not the one that is locked"),
        ("ERROR: Could not find a version that satisfies the requirement uv==1 (from versions: 0.9)", "doesn't have a locked package"),
        ("ERROR: Could not find a version that satisfies the requirement uv==1 (from versions: none)", "could not be downloaded"),
        ("Temporary failure in name resolution", "could not be downloaded"),
        ("npm error code EAI_AGAIN", "could not be downloaded"),
        ("error: Failed to fetch: dns error", "could not be downloaded"),
        ("something odd", "failed (exit code 1)"),
    ],
)
def test_an_installer_that_fails_is_put_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, sentence: str) -> None:
    monkeypatch.setattr(prepare, "LOG", tmp_path / "log")
    with pytest.raises(CannotPrepare) as caught:
        prepare.run("the Python packages", "/bin/sh", "-c", f'echo "{said}"; exit 1')
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_build_that_fails_is_not_blamed_on_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "LOG", tmp_path / "log")
    with pytest.raises(CannotPrepare, match="The build failed"):
        prepare.run("the build", "/bin/sh", "-c", "echo could not connect the parts; exit 1", downloads=False)


def test_a_full_disk_is_noticed_before_the_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 5_000_000))
    with pytest.raises(CannotPrepare, match="The disk is full: the Python environment needs 1500 MB and 5 MB are free"):
        prepare.need_space(1500, "the Python environment")


def test_a_full_disk_is_one_sentence_later_too() -> None:
    with pytest.raises(StackError, match="The disk is full: the log could not be written"), disk_errors("the log"):
        os.write(os.open("/dev/full", os.O_WRONLY), b"x")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A whole .venv, as far as the stamp and the listing tell."""
    venv = tmp_path / ".venv"
    for name in prepare.PROGRAMS:
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin" / name).touch()
    package = venv / "lib" / "python3.11" / "site-packages" / "thing-1.0.dist-info"
    package.mkdir(parents=True)
    (package / "RECORD").touch()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "tools.lock").write_text("thing==1.0")
    for name, value in {"ROOT": tmp_path, "VENV": venv, "STAMP": venv / "installed.json", "UNFINISHED": venv / "unfinished"}.items():
        monkeypatch.setattr(prepare, name, value)
    prepare.write_stamp({"tools": prepare.hash_of([prepare.lock_file("tools")]), "listing": "thing-1.0.dist-info"})
    return venv


def test_what_is_whole_is_not_installed_again(environment: Path) -> None:
    assert prepare.is_current(["tools"])


@pytest.mark.parametrize("damage", ["unfinished", "program", "package", "record", "stamp", "dangling"])
def test_damage_is_noticed(environment: Path, damage: str) -> None:
    package = environment / "lib/python3.11/site-packages/thing-1.0.dist-info"
    match damage:
        case "unfinished":
            (environment / "unfinished").touch()
        case "program":
            (environment / "bin/node").unlink()
        case "package":
            shutil.rmtree(package)
        case "record":
            (package / "RECORD").unlink()
        case "stamp":
            (environment / "installed.json").write_text('{"too')
        case "dangling":
            (environment / "bin/python").unlink()
            (environment / "bin/python").symlink_to("/nowhere/python3.11")
    assert not prepare.is_whole()


def test_a_changed_lock_is_noticed(environment: Path) -> None:
    (environment.parent / "requirements" / "tools.lock").write_text("thing==1.1")
    assert not prepare.is_current(["tools"])
    assert prepare.is_whole()
    assert "dev" not in json.loads((environment / "installed.json").read_text())
