"""The paper roster: names with barcodes and empty boxes, by first letters, encrypted before it leaves this process."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from backend.downloads.paper.cards import PAPERS, wrapped
from backend.downloads.paper.letters import BOLD, REGULAR, legible, load, width

_MARGIN, _FOOT = 13 * mm, 16 * mm
_ROW, _LETTER, _HEAD, _TITLE = (float(each * mm) for each in (13, 8, 7, 27))
# Shares of the width: name, standing, code, date, time in, time out.
_COLUMNS = ("name", "standing", "code", "date", "in", "out")
_SHARES = (0.27, 0.155, 0.245, 0.11, 0.11, 0.11)
_QUIET = 10  # modules before and after the bars, as the standard wants
_WIDEST, _NARROWEST = 0.33 * mm, 0.19 * mm
_BARS = 7.5 * mm
_BLANK_ROWS = 8
_INK, _SOFT, _LINE = (0.086, 0.094, 0.114), (0.278, 0.302, 0.345), (0.6, 0.6, 0.6)

Person = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a page: a heading, or a person (None: a blank line for somebody who is not on the list)."""

    heading: str | None = None
    person: Person | None = None

    @property
    def height(self) -> float:
        """In points."""
        return _LETTER if self.heading is not None else _ROW


def draw(content: Mapping[str, Any]) -> bytes:
    """A PDF that opens with ``passphrase`` alone (AES-256). ``paper`` is LETTER or A4, ``words`` are what stands around the table,
    ``groups`` have a ``letter`` and ``people``: each with ``name``, ``standing``, ``day`` and ``code`` (a text or null).
    """
    load()
    drawn = io.BytesIO()
    paper, words = PAPERS[content["paper"]], content["words"]
    canvas = Canvas(drawn, pagesize=paper, pageCompression=1, lang=content["language"])
    canvas.setTitle(f"{words['title']}, {words['centre']}")
    canvas.setAuthor(words["centre"])
    pages = list(_pages(content["groups"], words, paper[1] - _MARGIN - _FOOT))
    sheet = _Sheet(canvas, paper, words)
    for number, rows in enumerate(pages, 1):
        sheet.page(rows, number, len(pages))
    canvas.save()
    return _encrypted(drawn, content["passphrase"])


def _encrypted(drawn: io.BytesIO, passphrase: str) -> bytes:
    if not passphrase:
        raise ValueError("a roster is never written in the clear")
    writer = PdfWriter(clone_from=PdfReader(drawn))
    writer.encrypt(passphrase, algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _pages(groups: Sequence[Mapping[str, Any]], words: Mapping[str, str], room: float) -> Iterator[list[_Row]]:
    """The rows of each page. A heading stands above the first row of its letter on each page, never alone at the foot of one."""
    rows: list[_Row] = []
    left = room - _TITLE - _HEAD
    blank = {"letter": words["others"], "people": [None] * _BLANK_ROWS}
    for group in (*groups, blank):
        for place, person in enumerate(group["people"]):
            if left < _ROW + (_LETTER if place == 0 else 0):
                yield rows
                rows, left = [], room - _HEAD
                heading = group["letter"] if place == 0 else words["goes_on"].format(letter=group["letter"])
                add = [_Row(heading), _Row(person=person)]
            else:
                add = [_Row(group["letter"]), _Row(person=person)] if place == 0 else [_Row(person=person)]
            rows += add
            left -= sum(row.height for row in add)
    yield rows


class _Sheet:
    """The canvas and where things are on it."""

    def __init__(self, canvas: Canvas, paper: tuple[float, float], words: Mapping[str, str]) -> None:
        self.canvas, self.paper, self.words = canvas, paper, words
        room = paper[0] - 2 * _MARGIN
        self.widths = [share * room for share in _SHARES]
        self.lefts = [_MARGIN + sum(self.widths[:column]) for column in range(len(self.widths))]

    def page(self, rows: Sequence[_Row], number: int, count: int) -> None:
        """One page from top to bottom."""
        top = self.paper[1] - _MARGIN
        if number == 1:
            top = self._title(top, nobody=all(row.person is None for row in rows))
        top = self._head(top)
        for row in rows:
            if row.heading is not None:
                self._text(row.heading, _MARGIN, top - 5.6 * mm, BOLD, 11)
            else:
                self._row(row.person, top)
            top -= row.height
        self._text(self.words["footer"], _MARGIN, 9 * mm, REGULAR, 7.5, soft=True)
        said = self.words["page"].format(n=number, count=count)
        self.canvas.setFont(REGULAR, 7.5)
        self.canvas.drawRightString(self.paper[0] - _MARGIN, 9 * mm, legible(said))
        self.canvas.showPage()

    def _title(self, top: float, *, nobody: bool) -> float:
        words, room = self.words, self.paper[0] - 2 * _MARGIN
        self._text(f"{words['title']} · {words['centre']}", _MARGIN, top - 6 * mm, BOLD, 16, room=room)
        self._text(words["made"], _MARGIN, top - 12 * mm, REGULAR, 9, soft=True, room=room)
        for line, text in enumerate(wrapped(legible(words["nobody"] if nobody else words["how"]), REGULAR, 9, room, 2)):
            self._text(text, _MARGIN, top - (17 + 4.2 * line) * mm, REGULAR, 9)
        return top - _TITLE

    def _head(self, top: float) -> float:
        for name, left, wide in zip(_COLUMNS, self.lefts, self.widths, strict=True):
            self._text(self.words[name], left + 1 * mm, top - 4.6 * mm, BOLD, 8, soft=True, room=wide - 1 * mm)
        self._rule(top - _HEAD, _MARGIN, self.paper[0] - _MARGIN)
        return top - _HEAD

    def _row(self, person: Person | None, top: float) -> None:
        self._rule(top - _ROW, _MARGIN, self.paper[0] - _MARGIN)
        for left, wide in zip(self.lefts[3:], self.widths[3:], strict=True):
            self.canvas.rect(left + 1 * mm, top - _ROW + 1.5 * mm, wide - 1.5 * mm, _ROW - 3 * mm, stroke=1, fill=0)
        if person is None:
            return
        lines = wrapped(legible(person["name"]), BOLD, 9.5, self.widths[0] - 3 * mm, 2)
        for line, text in enumerate(lines):
            # One line stands in the middle of its row, two share it.
            height = top - (7.6 if len(lines) == 1 else 5.4 + 4.2 * line) * mm
            self._text(text, self.lefts[0] + 1 * mm, height, BOLD, 9.5)
        room = self.widths[1] - 2 * mm
        self._text(person["standing"], self.lefts[1] + 1 * mm, top - (5.4 if person["day"] else 7.6) * mm, REGULAR, 8.5, room=room)
        self._text(person["day"], self.lefts[1] + 1 * mm, top - 9.6 * mm, REGULAR, 7.5, soft=True, room=room)
        self._code(person["code"], top)

    def _code(self, code: str | None, top: float) -> None:
        """The bars with the text below them; the text alone where a scanner could not read them."""
        left, room = self.lefts[2] + 1 * mm, self.widths[2] - 2 * mm
        bars = _bars(code, room) if code else None
        if code is None:
            self._text(self.words["no_code"], left, top - 7.6 * mm, REGULAR, 7.5, soft=True)
        elif bars is None:
            # Smaller rather than cut: a part of a code finds nobody.
            self._text(code, left, top - 7.6 * mm, REGULAR, min(9.0, 9.0 * room / max(width(legible(code), REGULAR, 9), 1)))
        else:
            self.canvas.setFillColorRGB(0, 0, 0)
            bars.drawOn(self.canvas, left, top - 1.3 * mm - _BARS)
            self._text(code, left + bars.lquiet, top - 11.9 * mm, REGULAR, 8)

    def _text(self, text: str, left: float, height: float, font: str, size: float, *, soft: bool = False, room: float = 0) -> None:
        shown = legible(text)
        if room:
            shown = " ".join(wrapped(shown, font, size, room, 1))
        self.canvas.setFont(font, size)
        self.canvas.setFillColorRGB(*(_SOFT if soft else _INK))
        self.canvas.drawString(left, height, shown)

    def _rule(self, height: float, left: float, right: float) -> None:
        self.canvas.setLineWidth(0.4)
        self.canvas.setStrokeColorRGB(*_LINE)
        self.canvas.line(left, height, right, height)


def _bars(code: str, room: float) -> Code128 | None:
    """The code as Code 128, as wide as there is room for; None where it would be too fine, or has signs that these bars can't say."""
    if not code.isascii() or not code.isprintable():
        return None
    modules = Code128(code, barWidth=1, quiet=0).width + 2 * _QUIET
    wide = min(_WIDEST, room / modules)
    if wide < _NARROWEST:
        return None
    return Code128(code, barWidth=wide, barHeight=_BARS, quiet=1, lquiet=_QUIET * wide, rquiet=_QUIET * wide)
