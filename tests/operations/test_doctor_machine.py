"""The doctor on disks and memory."""

import os
from pathlib import Path

import pytest

from backend.operations.doctor import machine
from backend.operations.doctor.lines import Level, size, span
from tests import world
from tests.operations.doctor_support import case_of, examined

GB, MB = 10**9, 10**6


def disk(free: int, whole: int, files: int = 1000, free_files: int = 900) -> os.statvfs_result:
    # Block size, fragment size, blocks, free, available, files, free, available, flags, longest name.
    return os.statvfs_result((4096, 1, whole, free, free, files, free_files, free_files, 0, 255))


@pytest.mark.parametrize(
    ("found", "level"),
    [
        (disk(499 * MB, 100 * GB), Level.FAIL),
        (disk(501 * MB, 100 * GB), Level.WARN),
        (disk(1999 * MB, 10 * GB), Level.WARN),
        (disk(2001 * MB, 10 * GB), Level.OK),
        (disk(9 * GB, 100 * GB), Level.WARN),
        (disk(11 * GB, 100 * GB), Level.OK),
        # A tenth of a large disk is plenty.
        (disk(60 * GB, 8000 * GB), Level.OK),
        (disk(49 * GB, 8000 * GB), Level.WARN),
        (disk(50 * GB, 100 * GB, 1000, 49), Level.WARN),
        (disk(50 * GB, 100 * GB, 0, 0), Level.OK),
    ],
)
def test_room_on_a_disk(found: os.statvfs_result, level: Level) -> None:
    line = machine.judge(Path("/data"), lambda _: found)
    assert line.level is level
    assert "/data" in line.saw


async def test_each_disk_is_named_once_and_folders_need_not_exist(tmp_path: Path) -> None:
    settings = world.settings_for("postgresql://x/y").model_copy(
        update={"data_dir": tmp_path / "not" / "yet", "backup_dir": tmp_path / "backups"}
    )
    case = case_of(settings)
    found = await examined(case, "disk")
    assert str(tmp_path) in found["disk"].saw
    assert int(str(found["disk"].numbers["free_bytes"])) > 0
    assert machine._one_of_each_disk([tmp_path / "a", tmp_path / "b"]) == [tmp_path]


async def test_in_a_container_the_volumes_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[list[Path]] = []

    def note(folders: list[Path]) -> list[Path]:
        looked_at.append(folders)
        return []

    monkeypatch.setattr(machine, "_one_of_each_disk", note)
    settings = world.settings_for("postgresql://x/y").model_copy(
        update={"data_dir": Path("/tmp/krc"), "config_dir": Path("/config"), "backup_dir": Path("/backups")}
    )
    await examined(case_of(settings, inside=True), "disk")
    assert looked_at == [[Path("/config"), Path("/backups")]]


async def test_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(world.settings_for("postgresql://x/y"))
    file = tmp_path / "meminfo"
    monkeypatch.setattr(machine, "MEMORY", file)
    assert await examined(case, "memory") == {}
    file.write_text("MemTotal: 2000000 kB\nMemFree: 1 kB\nMemAvailable: 1500000 kB\n")
    found = await examined(case, "memory")
    assert (found["memory"].level, found["memory"].saw) == (Level.OK, "1.5 GB of 2.0 GB of memory are available.")
    file.write_text("MemTotal: 2000000 kB\nMemFree: 1 kB\nMemAvailable: 90000 kB\n")
    assert (await examined(case, "memory"))["memory"].level is Level.WARN


def test_numbers_for_people() -> None:
    assert [size(count) for count in (0, 999, 1000, 12_345_678, 2_500_000_000)] == ["0 bytes", "999 bytes", "1.0 kB", "12 MB", "2.5 GB"]
    assert [span(seconds) for seconds in (0.04, 9.96, 31, 121, 7200, 3 * 86400, -60)] == [
        "0.0 s", "10.0 s", "31 s", "2 min", "2 h", "3 days", "60 s",
    ]  # fmt: skip
