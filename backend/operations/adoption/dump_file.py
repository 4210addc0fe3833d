"""A dump file, told by its content: plain SQL or an archive of pg_dump's, gzipped or not. Read piece by piece."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from backend.operations.adoption.refused import Refused

PIECE, BATCH = 1 << 16, 1 << 18
_GZIP, _ARCHIVE, _TAR = b"\x1f\x8b", b"PGDMP", b"ustar"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEGINS = re.compile(rb"(--|/\*|\\restrict |SET |BEGIN|START TRANSACTION|CREATE |SELECT |DROP )", re.IGNORECASE)
_MADE_BY_PG_DUMP, _COMPLETE = b"-- PostgreSQL database dump", b"-- PostgreSQL database dump complete"
_LOCK, _UNLOCK = b"\\restrict ", b"\\unrestrict "


def is_archive(path: Path) -> bool:
    """Whether pg_restore reads it; otherwise it is SQL for psql. Raises `Refused` when it is neither."""
    try:
        with opened(path) as file:
            head = file.read(4096)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Refused(f"The file {path} is damaged: it can't be unpacked.") from None
    except OSError as error:
        raise Refused(f"The file {path} can't be read: {error.strerror or type(error).__name__}.") from None
    if not head.strip():
        raise Refused(f"The file {path} is empty.")
    if head.startswith(_ARCHIVE) or head[257:262] == _TAR:
        return True
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(f"The file {path} is text in UTF-16, as PowerShell writes it with “>”. Make the dump again with pg_dump's option -f.")
    if b"\0" in head or not _BEGINS.match(head.removeprefix(_BYTE_ORDER_MARK).lstrip()):
        raise Refused(f"The file {path} is not a dump of PostgreSQL: neither plain SQL nor pg_dump's custom format.")
    return False


def opened(path: Path) -> IO[bytes]:
    """The file, unpacked where it is packed, whatever it is called."""
    with path.open("rb") as file:
        is_packed = file.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(path, "rb")) if is_packed else path.open("rb")


def lines(path: Path) -> Iterator[bytes]:
    """The file in lines, long ones in parts. Raises `Refused` when it is cut short."""
    with _whole(path), opened(path) as file:
        yield from lines_of(file)


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of an open file, long ones in parts."""
    while piece := file.readline(PIECE):
        yield piece


def chunks(path: Path) -> Iterator[bytes]:
    """The file in parts of equal size. Raises `Refused` when it is cut short."""
    with _whole(path), opened(path) as file:
        while chunk := file.read(BATCH):
            yield chunk


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise cut_short(path.name) from None


def script(found: Iterable[bytes], name: str) -> Iterator[bytes]:
    """A script for psql in batches, without the lines by which a newer pg_dump locks psql: it is locked by whoever runs it.

    Raises `Refused` when pg_dump made it and its end is missing.
    """
    key, is_by_pg_dump, is_complete = b"", False, False
    batch: list[bytes] = []
    size = 0
    for number, piece in enumerate(found):
        line = piece.rstrip(b"\r\n")
        is_by_pg_dump |= line == _MADE_BY_PG_DUMP
        is_complete |= line == _COMPLETE
        # It stands among the comments at the beginning; further down it would be somebody's data.
        if not key and number < 20 and line.startswith(_LOCK):
            key = line.removeprefix(_LOCK)
            continue
        if key and line == _UNLOCK + key:
            continue
        batch.append(piece.removeprefix(_BYTE_ORDER_MARK) if number == 0 else piece)
        size += len(piece)
        if size >= BATCH:
            yield b"".join(batch)
            batch, size = [], 0
    if is_by_pg_dump and not is_complete:
        raise cut_short(name)
    yield b"".join(batch)


def cut_short(name: str) -> Refused:
    """What to say about a file without its end."""
    return Refused(f"The dump {name} is cut short: its end is missing. Make it, or copy it, again.")
