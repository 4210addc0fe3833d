"""The lines of the doctor as a table for docs/operating.md: ``python -m backend.operations.doctor.table FILE`` writes it there."""

import sys
from pathlib import Path

from backend.operations.doctor.catalogue import TOPICS

BEGIN, END = "<!-- the doctor's lines: written by `just docs` -->", "<!-- the end of the doctor's lines -->"


def table() -> str:
    """Markdown: line, what it looks at, when it warns, when it fails, what to do."""
    rows = [f"| `{one.name}` | {one.looks} | {one.warns or '—'} | {one.fails or '—'} | {one.do} |" for one in TOPICS]
    return "\n".join(["| line | looks at | warns when | fails when | what to do |", "|---|---|---|---|---|", *rows])


def put_into(text: str) -> str:
    """The document with the table between its marks. Raises ValueError when the marks are not there."""
    before, after = text.index(BEGIN) + len(BEGIN), text.index(END)
    return f"{text[:before]}\n\n{table()}\n\n{text[after:]}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(put_into(path.read_text(encoding="utf-8")), encoding="utf-8")
