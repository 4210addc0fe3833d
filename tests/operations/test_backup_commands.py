"""The commands `backup`, `backups` and `prove` as processes."""

import asyncio
import json
from pathlib import Path

import pytest

from backend.operations import backup
from backend.operations.backup import archive, folder
from backend.operations.backup.command import run_list
from tests.operations.backup_support import fill, inside, make, settings_of
from tests.operations.bootstrap_support import cli, ended, rows, start


async def test_the_commands_say_it_in_json(database_url: str, tmp_path: Path) -> None:
    await fill(database_url, count=3)
    done = await cli(database_url, tmp_path, "backup", "--json", "--why", "manual")
    assert (done.code, done.json["proven"], done.json["message"], done.json["removed"]) == (0, True, None, [])
    listed = await cli(database_url, tmp_path, "backups", "--json")
    assert [one["file"] for one in listed.json["backups"]] == [done.json["file"]]
    proven = await cli(database_url, tmp_path, "prove", done.json["file"], "--json")
    assert (proven.code, proven.json["proven"]) == (0, True)
    by_name = await cli(database_url, tmp_path, "prove", str(tmp_path / "elsewhere" / Path(done.json["file"]).name), "--json")
    assert (by_name.code, by_name.json["proven"]) == (0, True), "one in the backup folder is found by its name alone"
    missing = await cli(database_url, tmp_path, "prove", str(tmp_path / "none"), "--json")
    assert (missing.code, missing.json["message"][:16]) == (1, "There is no file")
    failed = await cli("postgresql://krc:x@127.0.0.1:1/krc", tmp_path, "backup", "--json")
    assert (failed.code, failed.json["exit_code"]) == (1, 1)
    assert "Traceback" not in failed.err


async def test_old_ones_go_after_a_good_one(database_url: str, tmp_path: Path) -> None:
    settings = settings_of(database_url, tmp_path)
    made = await make(settings)
    old = settings.backup_folder / "krc-20200101T000000Z-nightly.backup"
    again = made.manifest.as_json().replace(made.manifest.made_at.isoformat().encode(), b"2020-01-01T20:00:00+00:00")
    manifest = backup.Manifest.parse(again.replace(b'"manual"', b'"nightly"'))
    dump = tmp_path / "dump"
    archive.extract_dump(made.path, dump)
    sha256 = archive.write(old, manifest, dump, identity=None, secrets=None)
    assert made.proof is not None
    folder.write_proof(old, folder.Proof(True, made.proof.at, sha256, None, None))
    (settings.backup_folder / "unknown.txt").write_text("")
    newest = await cli(database_url, tmp_path, "backup", "--json", "--why", "nightly")
    assert newest.json["removed"] == []  # the newest of its month
    for day in range(2, 32):
        instant = f"202001{day:02d}T000000Z"
        path = settings.backup_folder / f"krc-{instant}-nightly.backup"
        content = again.replace(b'"manual"', b'"nightly"').replace(b"2020-01-01", f"2020-01-{day:02d}".encode())
        sha256 = archive.write(path, backup.Manifest.parse(content), dump, identity=None, secrets=None)
        folder.write_proof(path, folder.Proof(True, made.proof.at, sha256, None, None))
    after = await cli(database_url, tmp_path, "backup", "--json", "--why", "nightly")
    assert old.name in after.json["removed"]
    assert not old.exists()
    assert not folder.proof_path(old).exists()
    assert (settings.backup_folder / "unknown.txt").exists()
    gone = await rows(database_url, "SELECT count(*) FROM backups WHERE removed_at IS NOT NULL")
    assert gone[0][0] == len(after.json["removed"])


async def test_listing_an_empty_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = settings_of("postgresql://krc:x@127.0.0.1:1/krc", tmp_path)
    assert run_list(settings, as_json=False) == 0
    assert "There is no backup" in capsys.readouterr().out
    assert run_list(settings, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["backups"] == []


async def test_told_to_end_it_removes_what_it_began(database_url: str, tmp_path: Path) -> None:
    await fill(database_url, count=30_000)
    process = await start(database_url, tmp_path, "backup", "--json")
    place = tmp_path / "backups"
    while not place.exists() or not any(path.name.endswith(".part") for path in place.iterdir()):
        await asyncio.sleep(0.01)
    process.terminate()
    done = await ended(process)
    assert done.code == 130
    assert inside(place) == set()
