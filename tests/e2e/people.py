"""450 invented people in the template of the predecessor's export: every standing, each name once, none part of another."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.imports.files import HEADINGS

GIVEN = (
    "Amara", "Bruno", "Cécile", "Dmitri", "Emeka", "Farah", "Giang", "Hollis", "Ingrid", "Joaquín", "Keisha", "Lourdes", "Mateo", "Nadia",
    "Octavia", "Priya", "Quentin", "Rosalind", "Søren", "Tobias", "Umberto", "Valentina", "Wanjiru", "Xiomara", "Yusuf",
)  # fmt: skip
FAMILY = ("Abernathy", "Barragán", "Chowdhury", "Delacroix", "Echeverría", "Fitzgerald", "Greenwood", "Hakimi", "O'Connell", "Zamorano")
# Of the families that come most: all of them active, since each test that checks somebody in takes one who was never here.
REGULARS = ("Ivanova", "Jimenez", "Lindqvist", "Moriarty", "Nakamura", "Prendergast", "Rasmussen", "Tanaka")
# The last day of an authorization, in days from today; None: there is none.
LAST_DAY = {"ACTIVE": 200, "EXPIRING": 9, "EXPIRED": -3, "PENDING": 370, "NONE": None}


@dataclass(frozen=True)
class Person:
    """A row of the file and the standing that it must have today."""

    number: int
    first: str
    last: str
    standing: str

    @property
    def name(self) -> str:
        """As the pages show it."""
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        """Lower case, as it is kept."""
        return f"visitor{self.number}@example.test"

    @property
    def phone(self) -> str:
        """As it was typed in the old system."""
        return f"(661) 555-{1000 + self.number}"

    @property
    def uci(self) -> str:
        """The number by which the regional centre knows them; only those with an authorization have one on file."""
        return f"{7_100_000 + self.number}"


def everybody() -> list[Person]:
    """All of them, in the order of the file; in most families the standings take turns."""
    turns = tuple(LAST_DAY)
    pairs = [(first, last) for families in (FAMILY, REGULARS) for first in GIVEN for last in families]
    return [
        Person(number, first, last, turns[number % len(turns)] if last in FAMILY else "ACTIVE")
        for number, (first, last) in enumerate(pairs)
    ]


def write_csv(path: Path, today: date) -> Path:
    """The file that is imported; its dates are relative to the centre's day."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(_rows(today))
    return path


def _rows(today: date) -> Iterator[list[str]]:
    for person in everybody():
        left = LAST_DAY[person.standing]
        period = ["", ""]
        if left is not None:
            end = today + timedelta(days=left)
            period = [(end - timedelta(days=364)).isoformat(), end.isoformat()]
        born = date(1980 + person.number % 36, 1 + person.number % 12, 15).isoformat()
        guardian = f"Guardian {person.last}" if person.number % 3 == 0 else ""
        funded = [person.uci if left is not None else "", "P. Okafor", *period]
        yield [person.first, person.last, person.email, person.phone, born, guardian, *funded]
