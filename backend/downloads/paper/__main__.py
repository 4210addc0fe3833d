"""Draws one PDF: `python -m backend.downloads.paper` reads a JSON object from standard input and writes the file to standard output."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from backend.downloads.paper import cards, document, roster

KINDS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {"cards": cards.draw, "document": document.draw, "roster": roster.draw}


def main() -> int:
    """Draw what ``kind`` says."""
    content = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(KINDS[content["kind"]](content))
    return 0


if __name__ == "__main__":
    sys.exit(main())
