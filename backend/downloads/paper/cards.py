"""Member cards: credit-card size, a QR code that any reader of the desk takes, the name, and the code for typing."""

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import segno
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from backend.downloads.paper.letters import BOLD, REGULAR, has_letters, legible, load, width

WIDTH, HEIGHT = 85.6 * mm, 53.98 * mm  # ISO/IEC 7810 ID-1
PAPERS = {"LETTER": (612.0, 792.0), "A4": (595.276, 841.89), "CARD": (WIDTH, HEIGHT)}
COLUMNS, ROWS, GAP = 2, 4, 5 * mm
_MARGIN = 5 * mm
_CODE_SIDE = 33 * mm
_QUIET = 4  # modules around a QR code, as its standard wants
_LARGEST, _SMALLEST, _LINES = 15.0, 8.0, 3
_LOGO_HEIGHT = 8 * mm
_INK, _SOFT, _ACCENT = (0.086, 0.094, 0.114), (0.278, 0.302, 0.345), (0.925, 0.098, 0.302)


@dataclass(frozen=True, slots=True)
class _Centre:
    """Whose cards they are: name, accent colour (red, green, blue from 0 to 1), logo."""

    name: str
    accent: tuple[float, float, float]
    logo: ImageReader | None

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """From the content, where the colour is ``#rrggbb`` and the logo a PNG in base 64, or either is null."""
        colour, logo = content.get("accent"), content.get("logo")
        accent = tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)) if colour else _ACCENT
        red, green, blue = accent
        return cls(content["centre"], (red, green, blue), ImageReader(io.BytesIO(base64.b64decode(logo))) if logo else None)


def draw(content: Mapping[str, Any]) -> bytes:
    """A PDF of cards. ``paper`` is LETTER, A4 or CARD (a page for each, for card printers); ``centre`` is the centre's name, ``accent``
    its colour and ``logo`` its logo; ``title`` is the document's; ``cards`` have ``name`` and ``code``. On a sheet there are cut marks
    at every corner.
    """
    load()
    file = io.BytesIO()
    paper = PAPERS[content["paper"]]
    canvas = Canvas(file, pagesize=paper, pageCompression=1, lang=content["language"])
    canvas.setTitle(content["title"])
    canvas.setAuthor(content["centre"])
    cards: Sequence[Mapping[str, str]] = content["cards"]
    centre = _Centre.of(content)
    if content["paper"] == "CARD":
        for card in cards:
            _card(canvas, 0, 0, centre, card)
            canvas.showPage()
    else:
        _sheets(canvas, paper, centre, cards)
    canvas.save()
    return file.getvalue()


def _sheets(canvas: Canvas, paper: tuple[float, float], centre: _Centre, cards: Sequence[Mapping[str, str]]) -> None:
    left = (paper[0] - COLUMNS * WIDTH - (COLUMNS - 1) * GAP) / 2
    top = paper[1] - (paper[1] - ROWS * HEIGHT - (ROWS - 1) * GAP) / 2
    for place, card in enumerate(cards):
        row, column = divmod(place % (COLUMNS * ROWS), COLUMNS)
        x, y = left + column * (WIDTH + GAP), top - (row + 1) * HEIGHT - row * GAP
        _cut_marks(canvas, x, y)
        _card(canvas, x, y, centre, card)
        if place % (COLUMNS * ROWS) == COLUMNS * ROWS - 1 or place == len(cards) - 1:
            canvas.showPage()


def _cut_marks(canvas: Canvas, x: float, y: float) -> None:
    """Two short lines outside each corner: whoever cuts along them cuts no line into the card."""
    near, far = 0.6 * mm, 2.2 * mm
    canvas.setLineWidth(0.3)
    canvas.setStrokeColorRGB(*_SOFT)
    for corner_x, way_x in ((x, -1), (x + WIDTH, 1)):
        for corner_y, way_y in ((y, -1), (y + HEIGHT, 1)):
            canvas.line(corner_x + way_x * near, corner_y, corner_x + way_x * far, corner_y)
            canvas.line(corner_x, corner_y + way_y * near, corner_x, corner_y + way_y * far)


def _card(canvas: Canvas, x: float, y: float, centre: _Centre, card: Mapping[str, str]) -> None:
    room = WIDTH - 2 * _MARGIN - _CODE_SIDE
    top = y + HEIGHT - _MARGIN
    if centre.logo is None:
        canvas.setFillColorRGB(*centre.accent)
        canvas.rect(x + _MARGIN, top - 1.2 * mm, 8 * mm, 1.2 * mm, stroke=0, fill=1)
        height = top - 5 * mm
    else:
        canvas.drawImage(centre.logo, x + _MARGIN, top - _LOGO_HEIGHT, room, _LOGO_HEIGHT, "auto", preserveAspectRatio=True, anchor="nw")
        height = top - _LOGO_HEIGHT - 3.6 * mm
    canvas.setFillColorRGB(*_SOFT)
    for line in wrapped(legible(centre.name), REGULAR, 8, room, 2):
        canvas.setFont(REGULAR, 8)
        canvas.drawString(x + _MARGIN, height, line)
        height -= 3.6 * mm
    canvas.setFillColorRGB(*_INK)
    lines, size = fitted(card["name"], room)
    # The name stands above the code, as high as it needs.
    height = y + _MARGIN + 8 * mm + (len(lines) - 1) * size * 1.18
    for line in lines:
        canvas.setFont(BOLD, size)
        canvas.drawString(x + _MARGIN, height, line)
        height -= size * 1.18
    canvas.setFillColorRGB(*_SOFT)
    code = legible(card["code"])
    canvas.setFont(REGULAR, min(11.0, 11.0 * room / max(width(code, REGULAR, 11), 1)))
    canvas.drawString(x + _MARGIN, y + _MARGIN, code)
    _qr(canvas, x + WIDTH - _MARGIN - _CODE_SIDE + 2 * mm, y + (HEIGHT - _CODE_SIDE) / 2, card["code"])


def fitted(name: str, room: float) -> tuple[list[str], float]:
    """The name in at most three lines of the largest size in which it fits; nothing of one that has no sign of ours."""
    shown = " ".join(legible(name).split())
    if not has_letters(shown):
        return [], _SMALLEST
    size = _LARGEST
    while size > _SMALLEST:
        lines = wrapped(shown, BOLD, size, room, _LINES)
        if " ".join(lines) == shown:
            return lines, size
        size -= 0.5
    return wrapped(shown, BOLD, _SMALLEST, room, _LINES), _SMALLEST


def wrapped(text: str, font: str, size: float, room: float, most: int) -> list[str]:
    """Lines of whole words no longer than ``room``; a word or a text that is too long ends with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", font, size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = [_cut(line, font, size, room) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(f"{kept[-1]}…", font, size, room)
    return kept


def _cut(line: str, font: str, size: float, room: float) -> str:
    if width(line, font, size) <= room:
        return line
    while line and width(f"{line}…", font, size) > room:
        line = line[:-1]
    return f"{line.rstrip(' …')}…"


def _qr(canvas: Canvas, x: float, y: float, code: str) -> None:
    """The code as it is, in black on white, with the quiet zone inside the given square."""
    modules = segno.make(code, error="m", micro=False).matrix
    side = _CODE_SIDE / (len(modules) + 2 * _QUIET)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x, y, _CODE_SIDE, _CODE_SIDE, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        begun: int | None = None
        for column, dark in enumerate((*line, 0)):
            if dark and begun is None:
                begun = column
            elif not dark and begun is not None:
                # One rectangle for neighbours: between two of them printers leave hairlines.
                top = y + _CODE_SIDE - (_QUIET + row + 1) * side
                path.rect(x + (_QUIET + begun) * side, top, (column - begun) * side, side)
                begun = None
    canvas.drawPath(path, stroke=0, fill=1)
