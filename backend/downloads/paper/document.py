"""A readable document of several pages: a title, sections with facts and tables, and on every page whose it is and which page."""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, LongTable, PageTemplate, Paragraph, Spacer, TableStyle

from backend.downloads.paper.letters import BOLD, REGULAR, legible, load

_INK, _SOFT, _LINE = Color(0.086, 0.094, 0.114), Color(0.278, 0.302, 0.345), Color(0.82, 0.82, 0.8)
_MARGIN = 18 * mm
_PAPERS = {"LETTER": LETTER, "A4": A4}
# A table of thousands of rows is laid out in pieces: its cost grows faster than its length.
_ROWS = 150

_BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9, leading=12.5, textColor=_INK, splitLongWords=1)
_FAINT = ParagraphStyle("faint", parent=_BODY, textColor=_SOFT)
_HEAD = ParagraphStyle("head", parent=_BODY, fontName=BOLD)
_TITLE = ParagraphStyle("title", parent=_BODY, fontName=BOLD, fontSize=18, leading=23)
_SECTION = ParagraphStyle("section", parent=_BODY, fontName=BOLD, fontSize=12, leading=16, spaceBefore=14, spaceAfter=4)


def draw(content: Mapping[str, Any]) -> bytes:
    """A PDF. ``title``, ``subtitle``, ``footer``, ``author``, ``language`` (a tag), ``paper`` (LETTER or A4), ``page`` (words with
    ``{n}``), and ``sections``: each with ``heading`` and any of ``text``, ``facts`` (pairs) and ``table`` (``columns``, ``widths`` as
    shares, ``rows``). Every text is plain.
    """
    load()
    file = io.BytesIO()
    paper = _PAPERS[content["paper"]]
    room = paper[0] - 2 * _MARGIN

    def on_page(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(_SOFT)
        canvas.drawString(_MARGIN, 10 * mm, legible(content["footer"])[:110])
        canvas.drawRightString(paper[0] - _MARGIN, 10 * mm, content["page"].replace("{n}", str(template.page)))

    template = BaseDocTemplate(
        file, pagesize=paper, title=content["title"], author=content["author"], lang=content["language"],
        leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
    )  # fmt: skip
    frame = Frame(_MARGIN, _MARGIN, room, paper[1] - 2 * _MARGIN, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template.addPageTemplates([PageTemplate(frames=[frame], onPage=on_page)])
    story: list[Flowable] = [_text(content["title"], _TITLE), _text(content["subtitle"], _FAINT), Spacer(0, 6)]
    for section in content["sections"]:
        story += _section(section, room)
    template.build(story)
    return file.getvalue()


def _text(text: str, style: ParagraphStyle = _BODY) -> Paragraph:
    return Paragraph("<br/>".join(escape(legible(line)) for line in text.splitlines()), style)


def _section(section: Mapping[str, Any], room: float) -> list[Flowable]:
    parts: list[Flowable] = []
    if section.get("text"):
        parts.append(_text(section["text"]))
    if section.get("facts"):
        parts += _table([], section["facts"], [0.32, 0.68], room)
    if section.get("table"):
        table = section["table"]
        parts += _table(table["columns"], table["rows"], table["widths"], room)
    heading = _text(section["heading"], _SECTION)
    # The heading never stands alone at the foot of a page.
    return [CondPageBreak(30 * mm), heading, *parts]


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], room: float) -> list[Flowable]:
    lines = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ]
    )
    head = [[_text(column, _HEAD) for column in columns]] if columns else []
    first = _FAINT if not columns else _BODY
    pieces: list[Flowable] = []
    for start in range(0, len(rows), _ROWS):
        body = [[_text(cell, first if place == 0 else _BODY) for place, cell in enumerate(row)] for row in rows[start : start + _ROWS]]
        table = LongTable(
            [*(head if start == 0 else []), *body], [share * room for share in widths], repeatRows=1 if head and start == 0 else 0
        )
        table.setStyle(lines)
        pieces.append(table)
    return pieces
