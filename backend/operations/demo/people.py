"""Invented people for the demo: the same ones each time, with dates that are relative to the day."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from backend.imports.columns import FIELDS
from backend.operations.demo.names import FAMILY, GIVEN

HOW_MANY = 400
FUNDED = 0.4
COORDINATORS = ("M. Aldana", "J. Brightwater", "S. Chandra", "T. Okafor", "L. Reyes")
AREAS = ("661", "818", "747", "213", "310", "805")
# How often people come in a month, and how many of a hundred do so.
HABITS = ((0.4, 18), (1.0, 22), (2.0, 24), (4.0, 20), (7.0, 11), (11.0, 5))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes ``a_month`` times from ``joined`` to ``left`` (None: still does). ``funded``: the regional centre pays.

    ``number`` is their place in the file, and so the order in which they came on file.
    """

    number: int
    first: str
    last: str
    born: date
    joined: date
    left: date | None
    funded: bool
    a_month: float
    language: str
    phone: str
    email: str
    coordinator: str

    def is_minor(self, today: date) -> bool:
        """Whether somebody else signs for them."""
        return (today - self.born).days < 18 * 365.25


def make_people(today: date, chance: random.Random) -> list[Person]:
    """All of them, in the order in which they joined."""
    names: set[tuple[str, str]] = set()
    while len(names) < HOW_MANY:
        names.add((chance.choice(GIVEN), chance.choice(FAMILY)))
    # Half were there a year ago; since then somebody comes new every other day, and a few this week.
    days = [chance.randint(360, 1100) if chance.random() < 0.5 else round(360 * chance.random() ** 1.1) for _ in names]
    joined = sorted((today - timedelta(days=back) for back in days), reverse=False)
    shuffled = sorted(names)
    chance.shuffle(shuffled)
    return [_person(number, first, last, joined[number], today, chance) for number, (first, last) in enumerate(shuffled)]


def _person(number: int, first: str, last: str, joined: date, today: date, chance: random.Random) -> Person:
    funded = chance.random() < FUNDED
    # 555-0100 to 555-0199 are kept for stories, in every area code; brothers and sisters share one now and then.
    shared = number if chance.random() > 0.04 else max(0, number - 1)
    plain = f"{first}.{last}".encode("ascii", "ignore").decode().lower()
    habits, weights = zip(*HABITS, strict=True)
    a_month = chance.choices(habits, weights)[0]
    stayed = (today - joined).days
    gives_up = stayed > 60 and chance.random() < (0.2 if funded else 0.34)
    return Person(
        number=number,
        first=first,
        last=last,
        born=today - timedelta(days=round(chance.triangular(9 * 365, 44 * 365, 15 * 365))),
        joined=joined,
        left=joined + timedelta(days=chance.randint(40, stayed)) if gives_up else None,
        funded=funded,
        a_month=max(a_month, 3.0) if funded else a_month,
        language="es" if chance.random() < 0.24 else "en",
        phone=f"({AREAS[shared // 100]}) 555-01{shared % 100:02}",
        email=f"{plain}{number}@example.com" if chance.random() < 0.8 else "",
        coordinator=chance.choice(COORDINATORS) if funded or chance.random() < 0.08 else "",
    )


def uci_of(person: Person) -> str:
    """The number by which the regional centre knows somebody."""
    return f"{7_300_000 + person.number * 17}"


def write_csv(path: Path, people: Sequence[Person], today: date, chance: random.Random) -> None:
    """A file in the import's own format: what a centre would bring along. Authorizations come later, with their history."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        for person in people:
            guardian = f"{chance.choice(GIVEN)} {person.last}" if person.is_minor(today) else ""
            born = person.born.isoformat()
            writer.writerow([person.first, person.last, person.email, person.phone, born, guardian, "", person.coordinator, "", ""])
