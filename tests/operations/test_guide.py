"""The operator's guide, as far as it can be checked without an engine: tests/nas follows it on one."""

import re
import subprocess
from pathlib import Path

import pytest

from backend.operations.stack.given import ROOT
from tests.nas import guide

WORDS = {"ADDRESS": "there", "OLD_VOLUME": "old_data", "BACKUP_FILE": "krc.backup"}


def test_every_box_is_shell_that_parses(tmp_path: Path) -> None:
    found = list(guide.boxes())
    assert {box.part for box in found} == {"start", "adopt", "care", "upgrade", "restore", "end"}
    for box in found:
        script = guide.fill_in(box.commands, tmp_path, WORDS)
        done = subprocess.run(["sh", "-n", "-c", script], capture_output=True, text=True)
        assert done.returncode == 0, f"{box.heading}: {done.stderr}"
        assert "/volume1" not in script


def test_the_way_to_a_login_has_ten_steps_in_order() -> None:
    text = guide.GUIDE.read_text(encoding="utf-8")
    assert re.findall(r"^\*\*(\d+)\.", text, re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_every_command_of_the_guide_is_one_of_ours() -> None:
    text = guide.GUIDE.read_text(encoding="utf-8")
    script = (ROOT / "deploy/nas.sh").read_text(encoding="utf-8")
    commands = re.search(r"^        (bootstrap [^)]*)\)$", script, re.MULTILINE)
    assert commands
    known = set(commands[1].split(" | "))
    assert set(re.findall(r"\./run ([a-z]+)", text)) <= known
    recipes = (ROOT / "justfile").read_text(encoding="utf-8")
    assert {name for name in known if not re.search(rf"^{name}\b.*:$", recipes, re.MULTILINE)} == set()


def test_every_refusal_in_the_table_is_said_by_the_scripts() -> None:
    # The first words of a refusal; those of the product's own commands are tested where they are.
    said = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "deploy").rglob("*.sh"))
    for words in (
        "You may not use docker as", "The Docker engine isn't running", "is too old", "is taken", "are needed at",
        "The images could not be built", "images.tar.gz is not the file that SHA256SUMS describes", "These images are for",
        "is using", "could not be had", "The new version did not start.", "The version before runs again.",
    ):  # fmt: skip
        assert words in said, words


def test_a_word_that_nobody_filled_in_is_refused(tmp_path: Path) -> None:
    with pytest.raises(guide.GuideFailed, match="OLD_VOLUME has to be filled in"):
        guide.fill_in("sudo ./run adopt OLD_VOLUME", tmp_path, {})


def test_boxes_run_in_order_where_a_reader_would_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "## Start\n**1. One.** x\n```sh run\ncd /volume1/docker\nmkdir krc\n```\n```sh\nexit 1\n```\n"
        "**2. Two.** y\n```sh run\ncat >.env <<'END'\nA=b\nEND\n```\n```sh run\nsudo cat .env\n```\n```sh run:care\nexit 3\n```\n"
    )
    file = tmp_path / "guide.md"
    file.write_text(text)
    monkeypatch.setattr(guide, "GUIDE", file)
    said = guide.follow(tmp_path, {"PATH": "/usr/bin:/bin"}, {}, settings={"C": "d e"})
    assert said["2. Two."] == 'A=b\nC="d e"\n'
    with pytest.raises(guide.GuideFailed, match="ended with 3"):
        guide.follow(tmp_path, {"PATH": "/usr/bin:/bin"}, {}, part="care")
