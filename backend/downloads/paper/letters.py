"""The fonts, and what of a text they can show."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Inter", "Inter-SemiBold"
_FILES = {REGULAR: "inter-regular.ttf", BOLD: "inter-semibold.ttf"}
MISSING = "?"


@cache
def load() -> None:
    """Make both fonts known; a paper's bytes depend on its content alone."""
    rl_config.invariant = 1
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(Path(__file__).parents[1] / "fonts" / file)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def _known() -> frozenset[int]:
    load()
    return frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph) & frozenset(pdfmetrics.getFont(BOLD).face.charToGlyph)


def legible(text: str) -> str:
    """The text with signs that the fonts have: Latin, Greek and Cyrillic with all their accents.

    Where one is missing, its letter without the accent takes its place, else a question mark; several of them are one.
    """
    shown = []
    for sign in unicodedata.normalize("NFC", text):
        if sign.isspace():
            shown.append(" ")
        elif unicodedata.category(sign) in {"Cf", "Cc"}:
            continue  # joiners, and what turns the direction of reading: the signs beside it stand there
        elif ord(sign) in _known():
            shown.append(sign)
        elif unicodedata.combining(sign):
            continue  # an accent without a letter that has it: the letter stands there
        else:
            plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
            shown.append(plain if plain and all(ord(part) in _known() for part in plain) else MISSING)
    return re.sub(rf"{re.escape(MISSING)}(?:[ ]?{re.escape(MISSING)})+", MISSING, "".join(shown))


def has_letters(text: str) -> bool:
    """Whether anything of the text can be read."""
    return any(sign.isalnum() for sign in legible(text))


def width(text: str, font: str, size: float) -> float:
    """In points, as `legible` shows it."""
    load()
    return float(pdfmetrics.stringWidth(text, font, size))
