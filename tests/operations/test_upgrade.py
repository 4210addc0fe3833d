"""`just upgrade` and `just uninstall` where the product runs from a checkout, with a real git and commands that play a part."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from backend.operations import upgrade
from backend.operations.uninstall import explanation

# What `python -m backend.cli` is in these checkouts: it notes its arguments and answers as `plan.json` of its version says.
CLI = """
import json, pathlib, sys
root = pathlib.Path(__file__).parents[1]
command = sys.argv[1] + ("-dry" if "--dry-run" in sys.argv else "")
with (root / "calls").open("a") as file:
    file.write(" ".join([json.loads((root / "plan.json").read_text())["version"], *sys.argv[1:]]) + "\\n")
answer = json.loads((root / "plan.json").read_text()).get(command, {})
if "moves" in answer:
    (root / "revision").write_text(answer["moves"])
if "says" in answer:
    print(json.dumps(answer["says"]).replace("REVISION", (root / "revision").read_text()))
sys.exit(answer.get("code", 0))
"""
WELL = {
    "backup": {"says": {"exit_code": 0, "file": "/backups/krc-1.backup", "revision": "one"}},
    "doctor": {"says": {"lines": [{"name": "stack", "level": "fail"}, {"name": "disk", "level": "ok"}]}, "code": 1},
    "bootstrap-dry": {"says": {"revision_before": "REVISION"}},
    "restore": {"moves": "one"},
}


class Checkout:
    """A checkout, what it follows, and a clone from which the next version is published."""

    def __init__(self, folder: Path) -> None:
        self.root, self.dev = folder / "krc", folder / "dev"
        (self.root / "backend").mkdir(parents=True)
        (self.root / "backend/__init__.py").touch()
        (self.root / "backend/cli.py").write_text(CLI)
        (self.root / "run").write_text('echo "run $*" >>calls\n[ ! -f refuses-to-install ]\n')
        (self.root / ".gitignore").write_text("calls\nrevision\n__pycache__\n")
        (self.root / "revision").write_text("one")
        self._plan(self.root, "one", {})
        self.git(self.root, "init", "-q", "-b", "main")
        self.git(self.root, "add", "-A")
        self.git(self.root, "commit", "-qm", "one")
        self.git(folder, "clone", "-q", "--bare", str(self.root), "origin.git")
        self.git(self.root, "remote", "add", "origin", str(folder / "origin.git"))
        self.git(self.root, "fetch", "-q")
        self.git(self.root, "branch", "-q", "--set-upstream-to=origin/main")
        self.git(folder, "clone", "-q", str(folder / "origin.git"), "dev")

    def publish(self, *files: str, **answers: object) -> None:
        """The version two, with these files more, whose commands answer like that."""
        self._plan(self.dev, "two", answers)
        for name in files:
            (self.dev / name).touch()
        self.git(self.dev, "add", "-A")
        self.git(self.dev, "commit", "-qm", "two")
        self.git(self.dev, "push", "-q")

    def _plan(self, folder: Path, version: str, answers: dict[str, object]) -> None:
        (folder / "plan.json").write_text(json.dumps({"version": version} | WELL | answers))

    def git(self, folder: Path, *arguments: str) -> str:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.test"]
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, env=os.environ | {"HOME": str(folder)}
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @property
    def version(self) -> str:
        return str(json.loads((self.root / "plan.json").read_text())["version"])

    @property
    def calls(self) -> list[str]:
        path = self.root / "calls"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    for name in ("PYTHONPATH", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    return Checkout(tmp_path)


def test_the_order_of_an_upgrade(checkout: Checkout) -> None:
    checkout.publish()
    assert upgrade.main(checkout.root) == 0
    assert checkout.calls == [
        "one doctor --json",
        "one backup --why before-upgrade --json",
        "run --version",
        "two bootstrap --no-ask --no-backup",
        "two doctor --json",
    ]
    assert checkout.version == "two"


@pytest.mark.parametrize(
    ("files", "answers", "sentence"),
    [
        (["refuses-to-install"], {}, "The packages of the new version could not be installed."),
        ([], {"bootstrap": {"code": 3}}, "The database could not be brought to the new version."),
        (
            [],
            {"doctor": {"says": {"lines": [{"name": "page", "level": "fail"}, {"name": "stack", "level": "fail"}]}}},
            "with the new version: page.",
        ),
    ],
)
def test_every_failure_leads_back(
    checkout: Checkout, capfd: pytest.CaptureFixture[str], files: list[str], answers: dict[str, object], sentence: str
) -> None:
    checkout.publish(*files, **answers)
    assert upgrade.main(checkout.root) == 1
    said = capfd.readouterr().err
    assert sentence in said
    assert said.strip().endswith("The version before is back. The data are as they were.")
    assert checkout.version == "one"
    assert checkout.calls[-2:] == ["run --version", "one bootstrap --dry-run --json"]


def test_data_that_had_moved_on_come_back_from_the_backup(checkout: Checkout, capfd: pytest.CaptureFixture[str]) -> None:
    checkout.publish(bootstrap={"code": 1, "moves": "two"})
    assert upgrade.main(checkout.root) == 1
    assert checkout.calls[-1] == "one restore /backups/krc-1.backup --yes"
    assert "The version before is back, with the data of /backups/krc-1.backup." in capfd.readouterr().err


def test_a_backup_that_fails_ends_it_before_anything(checkout: Checkout, capfd: pytest.CaptureFixture[str]) -> None:
    checkout._plan(checkout.root, "one", {"backup": {"says": {"exit_code": 1, "message": "The disk is full."}, "code": 1}})
    checkout.git(checkout.root, "commit", "-qam", "one, without room")
    checkout.git(checkout.root, "push", "-q")
    assert upgrade.main(checkout.root) == 1
    assert "so nothing was changed: The disk is full." in capfd.readouterr().err
    assert "run --version" not in checkout.calls


@pytest.mark.parametrize("case", ["changed", "no upstream", "no git", "diverged", "running"])
def test_what_cannot_be_upgraded_is_refused_with_a_plan(
    checkout: Checkout, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    checkout.publish()
    match case:
        case "changed":
            (checkout.root / "run").write_text("mine")
        case "no upstream":
            checkout.git(checkout.root, "branch", "--unset-upstream")
        case "no git":
            shutil.rmtree(checkout.root / ".git")
        case "diverged":
            (checkout.root / "mine").touch()
            checkout.git(checkout.root, "add", "-A")
            checkout.git(checkout.root, "commit", "-qm", "mine")
        case "running":
            run = checkout.root / ".data/run"
            run.mkdir(parents=True)
            process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "backend.operations.stack"])
            (run / "stack.json").write_text(json.dumps({"pid": process.pid}))
    try:
        assert upgrade.main(checkout.root) == 3
    finally:
        if case == "running":
            process.kill()
            process.wait()
    said = capfd.readouterr().err
    assert "Nothing was changed. What you can do:\n  1. " in said
    assert not any(call.startswith(("run", "two")) for call in checkout.calls)


def test_uninstall_lists_what_is_there_and_removes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "our data"
    (data / "secrets").mkdir(parents=True)
    (data / "secrets" / "secret-key").write_bytes(b"x" * 2_000_000)
    (tmp_path / ".venv").mkdir()
    said = explanation(tmp_path, {"DATA_DIR": "our data", "BACKUP_DIR": str(tmp_path), "DATABASE_URL": "postgresql://u:hidden@h/d"})
    assert f"2.0 MB   rm -rf '{data}'" in said
    assert f"rm -rf {tmp_path}/.venv\n" in said
    assert "node_modules" not in said
    assert "the backups" in said
    assert "drop it there" in said
    assert "hidden" not in said
    assert data.exists()
