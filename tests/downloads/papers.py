"""Reading PDFs back: their text, and the QR codes as a scanner sees them."""

import io

import pypdfium2
import zxingcpp
from pypdf import PdfReader

_DPI = 200


def text_of(pdf: bytes) -> str:
    """The text of all pages; blanks in a row are one."""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def pages_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(io.BytesIO(pdf)).pages]


def codes_in(pdf: bytes) -> list[str]:
    """What the QR codes say, page by page, from top to bottom and from left to right."""
    found: list[str] = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=_DPI / 72).to_pil().convert("L")
        seen = zxingcpp.read_barcodes(picture)
        found += [code.text for code in sorted(seen, key=lambda code: (code.position.top_left.y // 40, code.position.top_left.x))]
    return found
