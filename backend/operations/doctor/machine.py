"""The machine: room on its disks, memory."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from backend.operations.doctor.case import Case, in_thread
from backend.operations.doctor.lines import Line, Numbers, Topic, size

FAIL_BYTES, WARN_BYTES = 500e6, 2e9
WARN_SHARE, PLENTY_BYTES = 0.10, 50e9
INODES_SHARE = 0.05
MEMORY = Path("/proc/meminfo")
LITTLE_MEMORY = 100e6

DISK = Topic(
    "disk",
    "the room on the disks of the data and of the backups",
    f"less than {size(WARN_BYTES)}, or less than {WARN_SHARE:.0%} where that is less than {size(PLENTY_BYTES)}; few file names left",
    f"less than {size(FAIL_BYTES)}: soon nothing can be saved",
    "Free some space: old images (`docker image prune`), the recycle bin, other programs' data. Never the database's folder.",
)
MEMORY_TOPIC = Topic(
    "memory",
    "the memory that programs can still have",
    f"less than {size(LITTLE_MEMORY)}",
    "",
    "Stop what else runs on this machine, or give it more memory.",
)


async def disks(case: Case) -> Sequence[Line]:
    """One line for each disk, named by the first folder on it."""
    # In a container the data folder is in memory; the volumes and the backups lie on the disks of the machine.
    folders = [case.settings.config_folder if case.inside else case.settings.data_dir, case.settings.backup_folder]
    return await in_thread(lambda: [judge(folder, os.statvfs) for folder in _one_of_each_disk(folders)])


def _one_of_each_disk(folders: list[Path]) -> list[Path]:
    found: dict[int, Path] = {}
    for folder in folders:
        there = nearest(folder)
        found.setdefault(there.stat().st_dev, there)
    return list(found.values())


def nearest(folder: Path) -> Path:
    """The folder, or the innermost one above it that exists."""
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return folder


def judge(folder: Path, statvfs: Callable[[Path], os.statvfs_result]) -> Line:
    """The line about one folder's disk."""
    found = statvfs(folder)
    free, whole = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
    numbers: Numbers = {"free_bytes": free, "bytes": whole, "free_files": found.f_favail}
    say = f"{size(free)} of {size(whole)} are free at {folder}."
    if free < FAIL_BYTES:
        return DISK.bad(say, **numbers)
    if free < WARN_BYTES or (free < WARN_SHARE * whole and free < PLENTY_BYTES):
        return DISK.doubtful(say, **numbers)
    # Some file systems make names as they need them, and say 0 of 0.
    if found.f_files and found.f_favail < INODES_SHARE * found.f_files:
        return DISK.doubtful(f"{found.f_favail:,} of {found.f_files:,} files can still be made at {folder}.", **numbers)
    return DISK.good(say, **numbers)


async def memory(_case: Case) -> Sequence[Line]:
    """What Linux thinks that it can give away."""
    found = await in_thread(_available)
    if found is None:
        return []
    available, whole = found
    say = f"{size(available)} of {size(whole)} of memory are available."
    return [(MEMORY_TOPIC.doubtful if available < LITTLE_MEMORY else MEMORY_TOPIC.good)(say, available_bytes=available, bytes=whole)]


def _available() -> tuple[int, int] | None:
    """Available and all memory, in bytes; None where the system isn't Linux."""
    try:
        values = dict(line.split(":", 1) for line in MEMORY.read_text(encoding="ascii").splitlines())
        available, whole = (int(values[name].split()[0]) * 1024 for name in ("MemAvailable", "MemTotal"))
    except (OSError, ValueError, KeyError):
        return None
    return available, whole
