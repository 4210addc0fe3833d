"""CSV files made by code, for the tests of imports."""

from collections.abc import Iterable
from pathlib import Path

HEADINGS = (
    "first_name", "last_name", "email", "phone", "date_of_birth", "parent_guardian_name", "pos_number", "service_coordinator",
    "pos_start_date", "pos_end_date",
)  # fmt: skip
SPELLINGS = ("661.555.{0:04}", "(661) 555-{0:04}", "661-555-{0:04}", "+1661555{0:04}", "1 661 555 {0:04}")


def row(number: int) -> list[str]:
    """One invented person: every second has an authorization, some have no email, some a guardian."""
    phone = SPELLINGS[number % len(SPELLINGS)].format(1000 + number)
    email = "" if number % 4 == 3 else f"P{number}@example.test"
    guardian = f"Guardian {number}" if number % 3 == 0 else ""
    funded = [f"71{number:05}", "P. Okafor", "2026-01-01", "2026-12-31"] if number % 2 else ["", "S. Marsh", "", ""]
    return [f"Given{number}", f"Family{number % 37}", email, phone, f"{1975 + number % 35}-{1 + number % 12:02}-15", guardian, *funded]


def write(
    path: Path, rows: Iterable[Iterable[str]], *, headings: Iterable[str] = HEADINGS, delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    """Write the rows; a value with a delimiter, quote or line break is quoted as spreadsheets do."""

    def shown(value: str) -> str:
        return '"' + value.replace('"', '""') + '"' if any(sign in value for sign in (delimiter, '"', "\n")) else value

    lines = [delimiter.join(shown(value) for value in values) for values in (headings, *rows)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def like_the_predecessors(path: Path) -> Path:
    """250 rows in the import's template."""
    return write(path, (row(number) for number in range(1, 251)))
