"""The file of a backup: any change of it is noticed, other files are told apart, and it opens without the program."""

import gzip
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from backend.operations.backup import archive, readme
from backend.operations.backup.errors import NotABackup
from backend.operations.postgres_programs import connection_environment, program
from tests import world
from tests.operations.backup_support import fill, make, settings_of
from tests.operations.bootstrap_support import rows

PASSPHRASE = "a passphrase for tests"


@pytest.fixture
async def file(clean_url: str, tmp_path: Path) -> Path:
    await fill(clean_url)
    return (await make(settings_of(clean_url, tmp_path), prove=False)).path


def flipped(path: Path, offset: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ (1 << bit)]))


def is_noticed(path: Path, offset: int, bit: int) -> bool:
    flipped(path, offset, bit)
    try:
        archive.check(path)
    except NotABackup:
        return True
    finally:
        flipped(path, offset, bit)
    return False


async def test_a_flipped_bit_is_noticed_wherever_it_is(file: Path) -> None:
    archive.check(file)
    size = file.stat().st_size
    dice = random.Random(6124)
    trailer = range(size - archive.TRAILER_BYTES, size)
    headers = [*range(0, 512, 7), *range(archive.TRAILER_BYTES)]
    padding = range(size - archive.TRAILER_BYTES - 600, size - archive.TRAILER_BYTES)
    anywhere = (dice.randrange(size) for _ in range(400))
    missed = [offset for offset in (*headers, *padding, *trailer, *anywhere) if not is_noticed(file, offset, dice.randrange(8))]
    assert missed == []
    archive.check(file)


async def test_a_file_that_is_cut_off_is_noticed_wherever_it_is(file: Path) -> None:
    content = file.read_bytes()
    dice = random.Random(15)
    for length in [
        1,
        127,
        128,
        511,
        512,
        10_240,
        len(content) - 1,
        len(content) - 128,
        *(dice.randrange(len(content)) for _ in range(100)),
    ]:
        file.write_bytes(content[:length])
        with pytest.raises(NotABackup):
            archive.check(file)
    file.write_bytes(content + b"x")
    with pytest.raises(NotABackup):
        archive.check(file)


async def test_two_files_joined_or_a_moved_trailer_are_noticed(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content + content)
    with pytest.raises(NotABackup, match="damaged"):
        archive.check(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PGDMP\x01\x10" + b"\0" * 500, "dump by pg_dump.*just adopt"),
        (gzip.compress(b"SELECT 1;", mtime=0), "text or compressed.*just adopt"),
        (b"--\n-- PostgreSQL database dump\n--\n", "text or compressed.*just adopt"),
        (b"GIF89a" * 50, "not a backup"),
        (b"README.txt\0" + b"\0" * 2000, "cut off"),
    ],
)
def test_other_files_are_told_apart(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "some.backup"
    path.write_bytes(content)
    with pytest.raises(NotABackup, match=said):
        archive.check(path)


def test_a_folder_and_a_missing_file_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(NotABackup, match="is a folder"):
        archive.check(tmp_path)
    with pytest.raises(NotABackup, match="There is no file"):
        archive.check(tmp_path / "none.backup")


async def test_the_file_is_its_owners_alone(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


# What stands for the program `age`, which the machine of the tests need not have.
AGE = f"""#!{sys.executable}
import sys, pyrage
assert sys.argv[1:3] == ["--decrypt", "--output"], sys.argv
open(sys.argv[3], "wb").write(pyrage.passphrase.decrypt(open(sys.argv[4], "rb").read(), {PASSPHRASE!r}))
"""


async def test_the_instructions_inside_bring_it_back_without_the_program(clean_url: str, tmp_path: Path) -> None:
    await fill(clean_url, "Ana", 7)
    made = await make(settings_of(clean_url, tmp_path, passphrase=PASSPHRASE), prove=False)
    by_hand, tools = tmp_path / "by-hand", tmp_path / "tools"
    by_hand.mkdir()
    tools.mkdir()
    (tools / "age").write_text(AGE)
    (tools / "age").chmod(0o755)
    shutil.copy(made.path, by_hand / "it.backup")
    url = world.url_of(f"{made.manifest.database}_by_hand")
    name = url.rsplit("/", 1)[1]
    environment = connection_environment(url) | {
        "PATH": f"{tools}{os.pathsep}{program('pg_restore', 18).parent}{os.pathsep}{os.environ['PATH']}"
    }
    environment.pop("PGDATABASE")
    lines = [line.strip() for line in readme.README.splitlines() if line.startswith("       ")]
    assert len(lines) == 7
    said = []
    try:
        for line in lines:
            command = line.replace("FILE", "it.backup").replace("NAME", name)
            done = subprocess.run(["sh", "-c", command], cwd=by_hand, env=environment, capture_output=True, text=True)
            assert done.returncode == 0, (command, done.stderr)
            said.append(done.stdout)
        assert said[0].split()[0] in said[1]
        assert (await rows(url, "SELECT count(*) FROM clients"))[0][0] == 7
        assert (by_hand / "secrets" / "secret-key").read_text().strip() == world.SECRET.strip()
    finally:
        await world.drop(url)
