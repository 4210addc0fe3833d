"""The upgrade on a NAS and its way back, with a `docker` that plays a part and a real git."""

import io
import os
import subprocess
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.operations.nas_support import Nas, shells

UP = "compose up --detach --remove-orphans"
BACKUP = '{"file": "/backups/krc-1-before-upgrade.backup", "why": "before-upgrade"}'


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.test"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, env=os.environ | {"HOME": str(folder)}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(params=shells())
def nas(request: pytest.FixtureRequest, tmp_path: Path) -> Nas:
    """A NAS whose images can be built, where backups can be made, and whose schema is at the revision `one`."""
    nas = Nas(tmp_path, request.param)
    (nas.root / "backend").mkdir()
    (nas.root / "backend/cli.py").touch()
    nas.when("*tools backup *", f"echo '{BACKUP}'")
    nas.when("*tools doctor*", "echo healthy")
    nas.when("*exec -T postgres *", 'cat "$FAKE/revision" 2>/dev/null || echo one')
    return nas


@pytest.fixture
def checkout(nas: Nas, tmp_path: Path) -> Nas:
    """The same, as a git checkout that is one commit behind what it follows."""
    (nas.root / ".gitignore").write_text("/backups/\n/.just/\n/dist/\n/.env\n")
    (nas.root / "version").write_text("one")
    git(nas.root, "init", "-q", "-b", "main")
    git(nas.root, "add", "-A")
    git(nas.root, "commit", "-qm", "one")
    git(tmp_path, "clone", "-q", "--bare", str(nas.root), "origin.git")
    git(nas.root, "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(nas.root, "fetch", "-q")
    git(nas.root, "branch", "-q", "--set-upstream-to=origin/main")
    git(tmp_path, "clone", "-q", str(tmp_path / "origin.git"), "dev")
    (tmp_path / "dev/version").write_text("two")
    git(tmp_path / "dev", "commit", "-qam", "two")
    git(tmp_path / "dev", "push", "-q")
    return nas


def test_the_order_of_an_upgrade(checkout: Nas) -> None:
    done = checkout.start("upgrade")
    assert done.returncode == 0, done.stderr
    assert (checkout.root / "version").read_text() == "two"
    keep, build, stop, backup, bootstrap, start = checkout.place(
        "tag sha256:present krc-checkin:previous", "build --file", "compose stop api worker scheduler",
        "tools backup --why before-upgrade --json", "backend.cli bootstrap --no-ask --no-backup", "up --detach --remove-orphans",
    )  # fmt: skip
    assert keep < build < stop < backup < bootstrap < start
    assert "Upgraded." in done.stderr
    assert not any("krc-checkin:previous krc-checkin:local" in call for call in checkout.calls)


def test_the_backup_is_made_by_the_version_that_wrote_the_data(checkout: Nas) -> None:
    checkout.when("*tools backup *", f"""echo "$KRC_VERSION" >"$FAKE/by"; echo '{BACKUP}'""")
    checkout.when("*bootstrap --no-ask*", """echo "${KRC_VERSION-}" >"$FAKE/then\"""")
    assert checkout.start("upgrade").returncode == 0
    assert (checkout.fake / "by").read_text().strip() == "previous"
    assert (checkout.fake / "then").read_text().strip() == ""


@pytest.mark.parametrize(
    ("pattern", "answer", "sentence", "touched"),
    [
        ("build --file *", "exit 1", "The new images could not be built.", False),
        ("*tools backup *", "echo '{}'; exit 1", "The backup before the upgrade could not be made", True),
        ("*bootstrap --no-ask*", '[ -f "$FAKE/failed" ] || { touch "$FAKE/failed"; exit 1; }', "The new version did not start.", True),
        (
            "*tools doctor*",
            '[ -f "$FAKE/once" ] && { echo broken; exit 1; }; touch "$FAKE/once"; echo healthy',
            "doctor finds fault with it",
            True,
        ),
    ],
)
def test_every_failure_leads_back(checkout: Nas, pattern: str, answer: str, sentence: str, touched: bool) -> None:
    checkout.when(pattern, answer)
    done = checkout.start("upgrade")
    assert done.returncode == 1, done.stderr
    assert sentence in done.stderr
    assert (checkout.root / "version").read_text() == "one"
    assert checkout.calls.count("tag krc-checkin:previous krc-checkin:local") == 1
    assert checkout.calls.count("tag krc-checkin-web:previous krc-checkin-web:local") == 1
    assert not checkout.asked("tools restore")
    last = done.stderr.strip().splitlines()[-1]
    if touched:
        assert "The version before runs again. The data are as they were." in last
        assert checkout.place("tag krc-checkin:previous krc-checkin:local") < [len(checkout.calls) - checkout.calls[::-1].index(UP)]
    else:
        assert "The version before runs on as it was" in last
        assert not checkout.asked("compose stop")


def test_data_that_had_moved_on_come_back_from_the_backup(checkout: Nas) -> None:
    checkout.when("*bootstrap --no-ask*", '[ -f "$FAKE/failed" ] || { touch "$FAKE/failed"; echo two >"$FAKE/revision"; exit 1; }')
    checkout.when("*tools restore *", 'echo one >"$FAKE/revision"')
    done = checkout.start("upgrade")
    assert done.returncode == 1
    back, restore = checkout.place("tag krc-checkin:previous krc-checkin:local", "tools restore /backups/krc-1-before-upgrade.backup --yes")
    assert back < restore
    assert "The data are those of krc-1-before-upgrade.backup" in done.stderr


def test_a_way_back_that_fails_says_what_is_left_to_do(checkout: Nas) -> None:
    checkout.when("*bootstrap --no-ask*", 'echo two >"$FAKE/revision"; exit 1')
    checkout.when("*tools restore *", "exit 1")
    done = checkout.start("upgrade")
    assert done.returncode == 1
    assert "The way back failed as well: the backup could not be restored." in done.stderr
    assert "1. ./run restore backups/krc-1-before-upgrade.backup" in done.stderr


def test_complaints_of_before_do_not_stop_it(checkout: Nas) -> None:
    checkout.when("*tools doctor*", "echo broken; exit 1")
    done = checkout.start("upgrade")
    assert done.returncode == 0, done.stderr
    assert "doctor complains already before the upgrade" in done.stderr


def test_files_changed_by_hand_are_refused_before_anything(checkout: Nas) -> None:
    (checkout.root / "version").write_text("mine")
    done = checkout.start("upgrade")
    assert done.returncode == 3
    assert "Files of the checkout were changed by hand" in done.stderr
    assert (checkout.root / "version").read_text() == "mine"
    assert not checkout.asked("build")
    assert not checkout.asked("compose stop")


def test_histories_that_differ_are_refused(checkout: Nas) -> None:
    (checkout.root / "more").write_text("mine")
    git(checkout.root, "add", "-A")
    git(checkout.root, "commit", "-qm", "mine")
    done = checkout.start("upgrade")
    assert done.returncode == 3
    assert "The newest version could not be fetched." in done.stderr
    assert git(checkout.root, "log", "-1", "--format=%s") == "mine"


def test_without_a_database_there_is_nothing_to_upgrade(nas: Nas) -> None:
    nas.when("inspect --format *State.Status* postgres", "echo exited '' 0")
    done = nas.start("upgrade")
    assert done.returncode == 3
    assert "1. ./run bootstrap" in done.stderr


def make_archive(folder: Path, *, damaged: bool = False) -> Path:
    """A release whose deploy/ is this one's, with a file that the version before doesn't have."""
    from backend.operations.stack.given import ROOT

    files = {path: (ROOT / path).read_bytes() for path in ("run", "justfile", "docker-compose.synology.yml")}
    files |= {str(path.relative_to(ROOT)): path.read_bytes() for path in (ROOT / "deploy").rglob("*") if path.is_file()}
    files |= {"VERSION": b"two\namd64\n", "images.tar.gz": b"the images", "INSTALL": b"how"}
    files["SHA256SUMS"] = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()
    if damaged:
        files["run"] += b"# flipped"
    path = folder / "krc-checkin-two.tar"
    with tarfile.open(path, "w") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(f"krc-checkin-two/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def test_an_archive_brings_the_new_version_without_a_network(nas: Nas, tmp_path: Path) -> None:
    done = nas.start("upgrade", str(make_archive(tmp_path)))
    assert done.returncode == 0, done.stderr
    assert (nas.root / "VERSION").read_text() == "two\namd64\n"
    keep, load, backup = nas.place("tag sha256:present krc-checkin:previous", "load --quiet --input", "tools backup")
    assert keep < load < backup
    assert not nas.asked("build")
    assert not list((nas.root / ".just").glob(".krc-*"))


def test_the_way_back_from_an_archive_restores_the_files(nas: Nas, tmp_path: Path) -> None:
    (nas.root / "VERSION").write_text("one\namd64\n")
    nas.when("*bootstrap --no-ask*", '[ -f "$FAKE/failed" ] || { touch "$FAKE/failed"; exit 1; }')
    done = nas.start("upgrade", str(make_archive(tmp_path)))
    assert done.returncode == 1, done.stderr
    assert (nas.root / "VERSION").read_text() == "one\namd64\n"
    assert not (nas.root / "images.tar.gz").exists()
    assert "The version before runs again." in done.stderr


@pytest.mark.parametrize("what", ["damaged", "not a tar", "missing"])
def test_an_archive_that_is_not_whole_is_refused(nas: Nas, tmp_path: Path, what: str) -> None:
    path = make_archive(tmp_path, damaged=True) if what == "damaged" else tmp_path / "other.tar"
    if what == "not a tar":
        path.write_text("hello")
    done = nas.start("upgrade", str(path))
    assert done.returncode == 3
    assert "Nothing was changed." in done.stderr
    assert not (nas.root / "VERSION").exists()
    assert not nas.asked("load")
