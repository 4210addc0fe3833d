"""Makes the fonts of the printed papers from the one that the pages use, which lies in the front end's packages in pieces.

Run it after the font's package was updated: `uv run --no-project --with 'fonttools[woff]' python backend/downloads/fonts/make.py`.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
PIECES = Path(__file__).parents[3] / "frontend" / "node_modules" / "@fontsource-variable" / "inter"
SUBSETS = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
WEIGHTS = {"regular": 400, "semibold": 600}
# What only a text engine reads: nobody shapes these words, and without them a file is half as large.
UNREAD = ("GSUB", "GPOS", "GDEF", "STAT", "DSIG", "meta")


def make(name: str, weight: int, folder: Path) -> Path:
    """One font of one weight with the signs of all pieces."""
    pieces = []
    for subset in SUBSETS:
        font = TTFont(PIECES / "files" / f"inter-{subset}-wght-normal.woff2")
        instantiateVariableFont(font, {"wght": weight}, inplace=True)
        font.flavor = None
        for table in UNREAD:
            if table in font:
                del font[table]
        piece = folder / f"{name}-{subset}.ttf"
        font.save(piece)
        pieces.append(str(piece))
    whole = Merger().merge(pieces)
    # A reader of PDFs tells fonts apart by these names.
    for record in list(whole["name"].names):
        if record.nameID in {1, 4}:
            whole["name"].setName(f"Inter {name.title()}", record.nameID, record.platformID, record.platEncID, record.langID)
        elif record.nameID == 6:
            whole["name"].setName(f"Inter-{name.title()}", 6, record.platformID, record.platEncID, record.langID)
    target = HERE / f"inter-{name}.ttf"
    whole.save(target)
    return target


def main() -> int:
    """Make them all."""
    (HERE / "LICENSE.txt").write_bytes((PIECES / "LICENSE").read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        for name, weight in WEIGHTS.items():
            print(make(name, weight, Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
