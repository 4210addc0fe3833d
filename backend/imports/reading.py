"""A CSV file as rows of text, streamed: encoding, delimiter and headings are found out, nothing is kept in memory."""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from backend.imports.columns import Columns, bad_file, field_of

DELIMITERS = ",;\t|"
LONGEST_VALUE = 100_000
_CHUNK = 1 << 18
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What Latin-1 calls control characters and Windows uses for quotes and dashes; five of them are undefined there.
_UNDEFINED_IN_WINDOWS = frozenset(b"\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was looked at once: its SHA-256 and in which encoding it is."""

    path: Path
    hash: bytes
    encoding: str

    @property
    def remark(self) -> str | None:
        """What a person should know of the encoding, if it isn't UTF-8."""
        if self.encoding.startswith("utf-8"):
            return None
        names = {"utf-16": "UTF-16", "cp1252": "Windows-1252 (Western European)", "latin-1": "Latin-1 (Western European)"}
        return f"The file is not UTF-8; it was read as {names[self.encoding]}."


def inspect(path: Path) -> Source:
    """Read the file once for its hash and encoding; raises `ValidationFailed` when it is no CSV file."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, is_utf8, windows = "utf-8", True, True
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                windows = windows and not _UNDEFINED_IN_WINDOWS.intersection(chunk)
                if is_utf8:
                    try:
                        decoder.decode(chunk)
                    except UnicodeDecodeError:
                        is_utf8 = False
    except OSError as error:
        raise bad_file("UNREADABLE", f"The file {path} can't be read: {error.strerror}.") from None
    if start[:4] == b"PK\x03\x04" or start[:4] == b"\xd0\xcf\x11\xe0":
        raise bad_file("SPREADSHEET", "This is a spreadsheet, not a CSV file. Open it and save it as “CSV UTF-8”.")
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if marked:
        encoding = marked
    elif not is_utf8:
        encoding = "cp1252" if windows else "latin-1"
    return Source(path, digest.digest(), encoding)


@contextmanager
def rows(source: Source) -> Iterator[tuple[Columns, Iterator[tuple[int, list[str]]]]]:
    """The columns, and an iterator over (row number, values). Rows count as in a spreadsheet: the headings are in row 1.

    The iterator raises `csv.Error` for a value beyond any reason, as after a quote that is never closed.
    """
    with source.path.open(encoding=source.encoding, newline="", errors="replace") as file:
        delimiter, first = _headings(file)
        file.seek(0)
        csv.field_size_limit(LONGEST_VALUE)
        reader = csv.reader(file, delimiter=delimiter)
        numbered = enumerate(reader, 1)
        for number, values in numbered:
            if number == first:
                yield Columns(values), numbered
                return


def _headings(file: IO[str]) -> tuple[str, int]:
    """The delimiter, and the number of the row of headings: the first that isn't blank, or the one after Excel's ``sep=;``."""
    number = 0
    while line := file.readline(LONGEST_VALUE):
        number += 1
        if named := re.fullmatch(r'"?sep=(.)"?\s*', line):
            return named[1], number + 1
        if line.strip(DELIMITERS + ' "\r\n\ufeff'):
            return max(DELIMITERS, key=lambda delimiter: _known(line, delimiter)), number
    raise bad_file("EMPTY", "The file is empty.")


def _known(line: str, delimiter: str) -> tuple[int, int]:
    headings = next(csv.reader([line], delimiter=delimiter), [])
    return sum(field_of(heading) is not None for heading in headings), len(headings)
