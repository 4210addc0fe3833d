"""The paper roster: who is on it, that only the passphrase opens it, that scanners read it, and how it comes to its place."""

import asyncio
import errno
import io
import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pydantic import SecretStr
from pypdf import PasswordType, PdfReader
from sqlalchemy import text

from backend import clock
from backend.clients.codes import make
from backend.config import Settings
from backend.db import Database
from backend.operations.paper import PaperFailed, path_of, write, writing
from backend.operations.paper.errors import NoPassphrase
from tests.clients.people import add_client, around
from tests.jobs.support import change
from tests.operations.backup_support import fill
from tests.operations.bootstrap_support import cli, environment, run_sql
from tests.operations.nas_support import Nas, shells
from tests.world import OPERATOR

PASSPHRASE = "seven quiet otters in the rain"


@pytest.fixture
def here(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"data_dir": tmp_path, "backup_passphrase": SecretStr(PASSPHRASE)})


async def written(database: Database, settings: Settings) -> bytes:
    return (await write(database, settings)).path.read_bytes()


def reader_of(pdf: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.decrypt(PASSPHRASE) is not PasswordType.NOT_DECRYPTED
    return reader


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader_of(pdf).pages)


def codes_in(pdf: bytes) -> list[tuple[str, str]]:
    """What the bars say, in the order of the pages and from top to bottom, each with its kind."""
    found: list[tuple[str, str]] = []
    for page in pypdfium2.PdfDocument(pdf, password=PASSPHRASE):
        picture = page.render(scale=300 / 72).to_pil().convert("L")
        seen = sorted(zxingcpp.read_barcodes(picture), key=lambda code: code.position.top_left.y)
        found += [(code.text, code.format.name) for code in seen]
    return found


def days_ago(count: float) -> datetime:
    return clock.now() - timedelta(days=count)


async def test_only_the_passphrase_opens_it(seeded: Database, here: Settings) -> None:
    await add_client(seeded, "Zoltan", "Quisquilla", last_check_in_at=days_ago(1), member_code="K7XP-4RMD")
    pdf = await written(seeded, here)
    how: Any = PdfReader(io.BytesIO(pdf)).trailer["/Encrypt"]
    assert (how["/V"], how["/R"], how["/CF"]["/StdCF"]["/CFM"]) == (5, 6, "/AESV3")
    for wrong in ("", PASSPHRASE.upper(), PASSPHRASE[:-1]):
        assert PdfReader(io.BytesIO(pdf)).decrypt(wrong) is PasswordType.NOT_DECRYPTED
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(pdf, password=wrong)
    for personal in (b"Quisquilla", b"Zoltan", b"K7XP", here.centre_name.encode(), PASSPHRASE.encode()):
        assert personal not in pdf
    assert "Quisquilla, Zoltan" in text_of(pdf)


async def test_who_came_within_90_days_or_is_in_good_standing_is_on_it(seeded: Database, here: Settings) -> None:
    today = clock.today(here.zone)
    gone = (today - timedelta(days=400), today - timedelta(days=300))
    await add_client(seeded, "Ana", "Lately", last_check_in_at=days_ago(89.9))
    await add_client(seeded, "Ben", "Expired", last_check_in_at=days_ago(5), memberships=[gone])
    await add_client(seeded, "Cem", "Member", memberships=[around(today, 10, 60)])
    await add_client(seeded, "Dia", "Funded", authorizations=[around(today, 10, 0)])
    await add_client(seeded, "Eva", "Toolong", last_check_in_at=days_ago(90.1), memberships=[gone])
    await add_client(seeded, "Fay", "Nevercame")
    await add_client(seeded, "Gus", "Tocome", memberships=[(today + timedelta(days=1), today + timedelta(days=30))])
    await add_client(seeded, "Hal", "Archived", last_check_in_at=days_ago(1), memberships=[around(today, 1, 9)], archived_at=days_ago(0))
    said = text_of(await written(seeded, here))
    for name in ("Lately, Ana", "Expired, Ben", "Member, Cem", "Funded, Dia"):
        assert name in said
    for name in ("Toolong", "Nevercame", "Tocome", "Archived"):
        assert name not in said


async def test_it_says_the_standing_and_its_last_day_the_name_that_is_used_and_when_it_was_made(seeded: Database, here: Settings) -> None:
    today = clock.today(here.zone)
    until = date(today.year + 1, 3, 9)
    await add_client(seeded, "Francisco", "Núñez", preferred_name="Paco", memberships=[(today, until)])
    await add_client(seeded, "Ana", "Lately", last_check_in_at=days_ago(2))
    said = text_of(await written(seeded, here))
    assert f"Núñez, Francisco (Paco) Active until 9 Mar {until.year} no code" in said
    assert "Lately, Ana No membership no code" in said
    made = clock.now().astimezone(here.zone)
    assert "Paper roster · Test Centre" in said
    assert f"Made on {made.day} {made:%b} {made.year} at {made:%H}:" in said
    assert "America/Los_Angeles" in said
    assert "Not on this list" in said


async def test_scanners_read_the_codes_in_the_order_of_the_names(seeded: Database, here: Settings) -> None:
    people = {"Ōta": "W3D4-77XY", "de la Cruz": "OLD-7", "Álvarez": "K7XP-4RMD", "alba": "0012345678", "李": "A.b_c 9", "Zed": "Ñ-12"}
    for last, code in people.items():
        await add_client(seeded, "Kim", last, member_code=code, last_check_in_at=days_ago(1))
    await add_client(seeded, "Kim", "Zuviel", member_code="X" * 64, last_check_in_at=days_ago(1))
    pdf = await written(seeded, here)
    assert codes_in(pdf) == [(code, "Code128") for code in ("0012345678", "K7XP-4RMD", "OLD-7", "W3D4-77XY", "A.b_c 9")]
    said = text_of(pdf)
    order = ["alba, Kim", "Álvarez, Kim", "de la Cruz, Kim", "Ōta, Kim", "Zed, Kim", "Zuviel, Kim", "?, Kim"]
    assert sorted(order, key=said.index) == order
    # What bars can't say, or only too fine ones, is there to be typed, whole.
    assert "Ñ-12" in said
    assert "X" * 64 in said
    assert " A alba" in said, "a letter stands above those whose names begin with it"
    assert " # ?, Kim" in said


async def test_a_letter_that_goes_on_is_said_on_the_next_page(seeded: Database, here: Settings) -> None:
    for number in range(30):
        await add_client(seeded, f"Nr{number:02}", "Kim", member_code=make(), last_check_in_at=days_ago(1))
    pdf = await written(seeded, here)
    pages = [" ".join(page.extract_text().split()) for page in reader_of(pdf).pages]
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert len(pages) > 1
    assert "K, continued Kim, Nr" in pages[1]
    assert all("Name Standing Member code Date Time in Time out" in page for page in pages)
    assert len(codes_in(pdf)) == 30


async def test_it_speaks_the_centres_language_and_has_its_paper(seeded: Database, here: Settings) -> None:
    await add_client(seeded, "Ana", "Ruiz", last_check_in_at=days_ago(1))
    box = reader_of(await written(seeded, here)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == (612, 792)
    await change(
        seeded, """INSERT INTO centre_settings (key, value) VALUES ('default_language', '"es"'), ('time_zone', '"Europe/Madrid"')"""
    )
    pdf = await written(seeded, here)
    box = reader_of(pdf).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    said = text_of(pdf)
    assert "Nombre Situación Código de miembro Fecha Entrada Salida" in said
    assert "Ruiz, Ana Sin membresía sin código" in said
    assert "No están en esta lista" in said


async def test_an_empty_centre_has_one_with_blank_lines(seeded: Database, here: Settings) -> None:
    said = text_of(await written(seeded, here))
    assert "Nobody came within 90 days, and nobody is in good standing." in said
    assert "Not on this list" in said


async def test_there_is_one_file_and_others_may_not_read_it(seeded: Database, here: Settings) -> None:
    folder = path_of(here).parent
    folder.mkdir(parents=True)
    (folder / ".roster.pdf.part").write_bytes(b"of a run that was killed")
    await written(seeded, here)
    await written(seeded, here)
    assert [path.name for path in folder.iterdir()] == ["roster.pdf"]
    assert path_of(here).stat().st_mode & 0o137 == 0


async def test_new_folders_are_closed_to_others(seeded: Database, here: Settings) -> None:
    await written(seeded, here)
    assert here.backup_folder.stat().st_mode & 0o777 == 0o700
    assert path_of(here).parent.stat().st_mode & 0o027 == 0


async def test_whoever_opens_it_meanwhile_has_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "backups" / "paper" / "roster.pdf"
    contents = [bytes([sign]) * 200_000 for sign in b"ab"]
    writing.replace(path, contents[0])
    stop = asyncio.Event()

    async def write_on(content: bytes) -> None:
        while not stop.is_set():
            await asyncio.to_thread(writing.replace, path, content)

    writers = [asyncio.create_task(write_on(content)) for content in contents]
    try:
        for _ in range(300):
            assert path.read_bytes() in contents
            await asyncio.sleep(0)
    finally:
        stop.set()
        await asyncio.gather(*writers)
    assert [each.name for each in path.parent.iterdir()] == ["roster.pdf"]


async def test_without_a_passphrase_there_is_no_file(seeded: Database, here: Settings) -> None:
    without = here.model_copy(update={"backup_passphrase": None})
    with pytest.raises(NoPassphrase, match="Run `just bootstrap`"):
        await write(seeded, without)
    assert not path_of(here).exists()
    # The one that bootstrap made counts as well.
    without.secrets_folder.mkdir()
    (without.secrets_folder / "backup-passphrase").write_text(PASSPHRASE + "\n")
    assert "Test Centre" in text_of(await written(seeded, without))


async def test_the_passphrase_is_in_no_argument_and_no_variable(
    seeded: Database, here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_client(seeded, "Ana", "Quisquilla", last_check_in_at=days_ago(1))
    spy = (
        "import pathlib, sys; own = pathlib.Path('/proc/self'); here = pathlib.Path(sys.argv[1]);"
        "(here / 'seen').write_bytes((own / 'cmdline').read_bytes() + (own / 'environ').read_bytes());"
        "(here / 'piped').write_bytes(sys.stdin.buffer.read()); sys.stdout.write('%PDF-')"
    )
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "not for children")
    monkeypatch.setattr(writing, "DRAWING", (sys.executable, "-c", spy, str(tmp_path)))
    await write(seeded, here)
    seen = (tmp_path / "seen").read_bytes()
    assert b"PYTHONPATH" in seen
    for secret in (PASSPHRASE, "Quisquilla", "not for children"):
        assert secret.encode() not in seen
    assert PASSPHRASE.encode() in (tmp_path / "piped").read_bytes()


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("raise ValueError('Ana Quisquilla')", r"could not be drawn \(ValueError\)"),
        ("import os; os.kill(os.getpid(), 9)", "memory may be short"),
        ("print('no paper')", "could not be drawn"),
        ("import time; time.sleep(60)", "within 0.3 s"),
    ],
)
async def test_what_goes_wrong_in_drawing_leaves_the_one_before(
    seeded: Database, here: Settings, monkeypatch: pytest.MonkeyPatch, script: str, sentence: str
) -> None:
    before = await written(seeded, here)
    monkeypatch.setattr(writing, "DRAWING", (sys.executable, "-c", script))
    monkeypatch.setattr(writing, "SECONDS", 0.3 if "sleep" in script else 20)
    with pytest.raises(PaperFailed, match=sentence) as failed:
        await write(seeded, here)
    assert "Quisquilla" not in failed.value.message
    assert path_of(here).read_bytes() == before


def test_a_disk_that_is_full_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "backups" / "paper" / "roster.pdf"
    writing.replace(path, b"before")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PaperFailed, match="is full, so the roster could not be written; the one from before stays"):
        writing.replace(path, b"after")
    assert [(each.name, each.read_bytes()) for each in path.parent.iterdir()] == [("roster.pdf", b"before")]


def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(PaperFailed, match="set BACKUP_DIR"):
        writing.replace(tmp_path / "backups" / "paper" / "roster.pdf", b"x")


async def test_the_command_writes_it_and_says_where_it_is(database_url: str, tmp_path: Path) -> None:
    await fill(database_url, count=3)
    await run_sql(database_url, "UPDATE clients SET last_check_in_at = now()")
    refused = await cli(database_url, tmp_path, "roster")
    assert refused.code == 1
    assert "There is no passphrase" in refused.out
    path = tmp_path / "backups" / "paper" / "roster.pdf"
    assert not path.exists()
    told = await cli(database_url, tmp_path, "roster", "--json", BACKUP_PASSPHRASE=PASSPHRASE)
    assert told.code == 0
    assert (told.json["file"], told.json["people"]) == (str(path), 3)
    said = await cli(database_url, tmp_path, "roster", BACKUP_PASSPHRASE=PASSPHRASE)
    assert str(path) in said.out
    assert "3 people" in said.out
    assert "Ana" in text_of(path.read_bytes())
    assert PASSPHRASE not in told.out + told.err + said.out + said.err


async def test_the_command_on_a_disk_that_fills_up(database_url: str, tmp_path: Path) -> None:
    assert (await cli(database_url, tmp_path, "roster", BACKUP_PASSPHRASE=PASSPHRASE)).code == 0
    path = tmp_path / "backups" / "paper" / "roster.pdf"
    before = path.read_bytes()
    done = await asyncio.to_thread(
        subprocess.run, ["sh", "-c", f"ulimit -f 8; exec {sys.executable} -m backend.cli roster"], cwd=tmp_path,
        env=environment(database_url, tmp_path, BACKUP_PASSPHRASE=PASSPHRASE), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "is full" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["roster.pdf"]


async def test_a_thousand_clients_take_seconds_and_little_memory(seeded: Database, here: Settings) -> None:
    async with seeded.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                "INSERT INTO clients (first_name, last_name, member_code, last_check_in_at) "
                "SELECT 'Ana María', chr(65 + n % 26) || 'lvarez Nr ' || n, 'C' || (1000000 + n), now() FROM generate_series(1, 1000) n"
            )
        )
    begun = time.monotonic()
    made = await write(seeded, here)
    took = time.monotonic() - begun
    assert made.people == 1000
    assert took < 20, took
    assert made.size < 1_000_000


@pytest.mark.parametrize("shell", shells())
def test_on_a_nas_the_command_says_where_the_file_is_outside_the_container(tmp_path: Path, shell: Any) -> None:
    nas = Nas(tmp_path, shell)
    nas.when("*tools roster*", "echo /backups/paper/roster.pdf")
    done = nas.start("roster", "--json")
    assert (done.returncode, done.stdout) == (0, "/backups/paper/roster.pdf\n")
    assert nas.asked("run --rm -T tools roster --json")
    assert f"{nas.root}/backups/paper/roster.pdf" in done.stderr
    nas.when("*tools roster*", "echo There is no passphrase; exit 1")
    done = nas.start("roster")
    assert done.returncode == 1
    assert "paper/roster.pdf" not in done.stderr
