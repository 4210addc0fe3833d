"""Invented people for the demo: the same ones each time, with dates that are relative to the day."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from backend.imports.columns import FIELDS

HOW_MANY = 250
FUNDED = 0.42


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    """
    Amara Anh Beatriz Caleb Camila Carmen Cedric Chidi Dalia Daniela Darnell Delia Dmitri Elena Elias Emeka Esperanza Ezra Farah
    Felix Fiona Gael Giang Graciela Hana Hector Ibrahim Imani Ines Iris Isaac Jada Javier Jonah Josué Juniper Kaito Keisha Khalil
    Lark Leila Lourdes Luca Malik Marisol Mateo Mei Micah Minh Nadia Naveen Noor Octavia Omar Paloma Priya Quentin Ramón Renata Rosa
    Ruben Sage Salma Santiago Selah Sofía Tadeo Talia Thi Tobias Umar Valentina Vera Wanjiru Xiomara Yara Yusuf Zara Zoë
    """
)
FAMILY = _words(
    """
    Abara Acevedo Adeyemi Alvarado Ambrose Arroyo Avakian Baptiste Barragán Bello Bui Calloway Castellanos Chowdhury Cisneros
    Delacruz Dhillon Dominguez Dubois Echeverría Ellsworth Escobedo Fairchild Ferreira Fontaine Galindo Ghorbani Greenwood Guerrero
    Hakimi Hollis Huang Ibáñez Iyer Jimenez Kalantari Kapoor Kim Lachance Larsson Lindgren Lucero Macías Marchetti Mbeki Medina
    Montoya Nakamura Navarro Nguyen Okonkwo Olmos Ortega Pacheco Papazian Peralta Quintero Ramsey Rivas Robledo Salcedo Sandoval
    Serrano Sharma Solís Tanaka Thibault Trujillo Uddin Valdez Varga Villaseñor Whitfield Yamamoto Zamora Zepeda
    """
)
COORDINATORS = ("M. Aldana", "J. Brightwater", "S. Chandra", "T. Okafor", "L. Reyes")
AREAS = ("661", "818", "747", "213", "310", "805")


def write_csv(path: Path, today: date, chance: random.Random) -> None:
    """A file in the import's own format: what a centre would bring along."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        writer.writerows(_rows(today, chance))


def _rows(today: date, chance: random.Random) -> list[list[str]]:
    names: set[tuple[str, str]] = set()
    while len(names) < HOW_MANY:
        names.add((chance.choice(GIVEN), chance.choice(FAMILY)))
    return [_row(number, first, last, today, chance) for number, (first, last) in enumerate(sorted(names))]


def _row(number: int, first: str, last: str, today: date, chance: random.Random) -> list[str]:
    born = today - timedelta(days=chance.randint(9 * 365, 44 * 365))
    minor = (today - born).days < 18 * 365
    # 555-0100 to 555-0199 are kept for stories, in every area code; brothers and sisters share one now and then.
    shared = number if chance.random() > 0.04 else max(0, number - 1)
    phone = f"({AREAS[shared // 100]}) 555-01{shared % 100:02}"
    plain = f"{first}.{last}".encode("ascii", "ignore").decode().lower()
    email = f"{plain}{number}@example.com" if chance.random() < 0.8 else ""
    guardian = f"{chance.choice(GIVEN)} {last}" if minor else ""
    row = [first, last, email, phone, born.isoformat(), guardian]
    if chance.random() >= FUNDED:
        return [*row, "", chance.choice(("", *COORDINATORS)), "", ""]
    start, end = _period(today, chance)
    return [*row, f"{7_300_000 + number * 17}", chance.choice(COORDINATORS), start.isoformat(), end.isoformat()]


def _period(today: date, chance: random.Random) -> tuple[date, date]:
    """Mostly one that runs; some that end soon, ended or begin later."""
    kind = chance.choices(("runs", "ends soon", "ended", "later"), (70, 14, 11, 5))[0]
    if kind == "later":
        start = today + timedelta(days=chance.randint(3, 25))
        return start, start + timedelta(days=364)
    left = {"runs": (45, 320), "ends soon": (0, 29), "ended": (-70, -1)}[kind]
    end = today + timedelta(days=chance.randint(*left))
    return end - timedelta(days=364), end
