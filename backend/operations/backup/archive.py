"""The file of a backup: a tar, and after it one line of fixed length with the SHA-256 of everything before.

Any ``tar`` unpacks it. A flipped byte is noticed wherever it is: before the line by the hash, in the line because the whole line
is compared with what it must be.
"""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from backend.operations.backup.errors import NotABackup
from backend.operations.backup.manifest import Manifest
from backend.operations.backup.readme import README

MANIFEST, DUMP, SECRETS, IDENTITY, EXPLANATION = "manifest.json", "database.dump", "secrets.age", "config/installation.json", "README.txt"
CHUNK = 1 << 20
LONGEST_PART = 4 << 20  # what is read into memory: everything but the dump
TRAILER_BYTES = 128
TRAILER = "krc-check-in backup 1 sha256={} bytes={:020d}"
TRAILER_FORM = re.compile(rb"krc-check-in backup 1 sha256=([0-9a-f]{64}) bytes=(\d{20}) *\n")


class _Hashing(io.RawIOBase):
    """A file that is written once from its beginning, hashed on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self._bytes = 0

    def write(self, data: Any) -> int:
        self._sha256.update(data)
        self._bytes += len(data)
        return self._file.write(data)

    def trailer(self) -> bytes:
        return trailer(self._sha256.hexdigest(), self._bytes)


def trailer(sha256: str, size: int) -> bytes:
    """The last line of a file whose first ``size`` bytes have that hash (hexadecimal)."""
    return TRAILER.format(sha256, size).ljust(TRAILER_BYTES - 1).encode() + b"\n"


def write(path: Path, manifest: Manifest, dump: Path, *, identity: bytes | None, secrets: bytes | None) -> str:
    """Write a whole backup to ``path``, fsynced, mode 0600; returns the hash that stands in it. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        hashing = _Hashing(file)
        with tarfile.open(fileobj=hashing, mode="w|", format=tarfile.GNU_FORMAT) as tar:
            for name, content in ((EXPLANATION, README.encode()), (MANIFEST, manifest.as_json()), (IDENTITY, identity), (SECRETS, secrets)):
                if content is not None:
                    tar.addfile(_member(name, len(content), manifest), io.BytesIO(content))
            with dump.open("rb") as source:
                tar.addfile(_member(DUMP, manifest.dump_bytes, manifest), source)
        last = hashing.trailer()
        file.write(last)
        file.flush()
        os.fsync(file.fileno())
    return last_line(last)[0]


def _member(name: str, size: int, manifest: Manifest) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(manifest.made_at.timestamp())
    return member


def last_line(line: bytes) -> tuple[str, int]:
    """The hash and the number of bytes that a trailer gives; raises ValueError."""
    found = TRAILER_FORM.fullmatch(line)
    if found is None or len(line) != TRAILER_BYTES:
        raise ValueError
    return found[1].decode(), int(found[2])


def check(path: Path) -> str:
    """Read every byte; returns the file's hash. Raises `NotABackup` with what is wrong with the file."""
    expected = recorded_hash(path)
    with _reading(path), path.open("rb") as file:
        remaining = path.stat().st_size - TRAILER_BYTES
        size, sha256 = remaining, hashlib.sha256()
        while remaining and (chunk := file.read(min(CHUNK, remaining))):
            sha256.update(chunk)
            remaining -= len(chunk)
        if trailer(sha256.hexdigest(), size) != file.read():
            raise NotABackup(f"{path.name} is damaged: it is not, byte for byte, what was written. Take another backup.")
    return expected


def recorded_hash(path: Path) -> str:
    """The hash that the file's last line gives, without reading the rest. Raises `NotABackup`."""
    with _reading(path), path.open("rb") as file:
        start = file.read(512)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TRAILER_BYTES))
        end = file.read()
    try:
        sha256, recorded = last_line(end)
    except ValueError:
        raise NotABackup(_what_it_is(path, start)) from None
    if recorded != size - TRAILER_BYTES:
        raise NotABackup(
            f"{path.name} is damaged: {recorded} bytes were written, and {size - TRAILER_BYTES} are there. Take another backup."
        )
    return sha256


def _what_it_is(path: Path, start: bytes) -> str:
    if not start:
        return f"{path.name} is empty. Take another backup."
    if start.startswith(EXPLANATION.encode() + b"\0"):
        return f"{path.name} is cut off or damaged: its last line is not there. Take another backup, or copy this one again."
    adopt = "If it holds the predecessor's data, `just adopt FILE` brings them over."
    if start.startswith(b"PGDMP"):
        return f"{path.name} is a dump by pg_dump, not a backup by this program. {adopt}"
    if start.startswith(b"\x1f\x8b") or b"PostgreSQL database dump" in start:
        return f"{path.name} is a dump as text or compressed, not a backup by this program. {adopt}"
    return f"{path.name} is not a backup by this program. {adopt}"


def read_manifest(path: Path) -> Manifest:
    """What the backup says about itself. Raises `NotABackup`."""
    try:
        return Manifest.parse(read_part(path, MANIFEST) or b"{}")
    except ValueError as error:
        raise NotABackup(f"{path.name} can't be used: {error}.") from None


def read_part(path: Path, name: str) -> bytes | None:
    """A small part of the file; None when it has none of that name. Raises `NotABackup`."""
    with _opened(path) as tar:
        try:
            member = tar.getmember(name)
        except KeyError:
            return None
        source = tar.extractfile(member)
        if source is None or member.size > LONGEST_PART:
            raise NotABackup(f"{path.name} can't be used: {name} in it is not what this program writes.")
        return source.read()


def extract_dump(path: Path, target: Path) -> None:
    """Write the dump to ``target``, mode 0600, and compare its hash. Raises `NotABackup` and OSError."""
    manifest = read_manifest(path)
    sha256 = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file, _opened(path) as tar:
        source = tar.extractfile(DUMP) if DUMP in tar.getnames() else None
        while source is not None and (chunk := source.read(CHUNK)):
            sha256.update(chunk)
            file.write(chunk)
    if sha256.hexdigest() != manifest.dump_sha256:
        raise NotABackup(f"{path.name} is damaged: the dump in it is not the one that was made. Take another backup.")


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    with _reading(path):
        try:
            with tarfile.open(path, "r:") as tar:
                yield tar
        except tarfile.TarError:
            raise NotABackup(f"{path.name} is damaged: it can't be unpacked. Take another backup.") from None


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except IsADirectoryError:
        raise NotABackup(f"{path} is a folder. Name a backup file in it; `just backups` lists them.") from None
    except FileNotFoundError as error:
        if error.filename not in (str(path), path):
            raise
        raise NotABackup(f"There is no file {path}. `just backups` lists the backups that are there.") from None
    except PermissionError as error:
        if error.filename not in (str(path), path):
            raise
        raise NotABackup(f"{path} can't be read by this user. Give this user the right to read it.") from None
