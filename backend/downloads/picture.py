"""Makes a clean picture: `python -m backend.downloads.picture` reads one from standard input and writes a small PNG to standard output.

Whatever the file held besides its pixels (a place, a camera, a script, another file behind its end) stays behind. It is a process of
its own, since a picture may be made to harm whoever reads it. Exit code 3: it is no picture of ours, or not one of a sensible size.
"""

import io
import sys

FORMATS = ("PNG", "WEBP", "JPEG")
MOST_PIXELS = 4096 * 4096
SIDE = 512
NOT_A_PICTURE, TOO_MANY_PIXELS = 3, 4


class Unusable(Exception):  # noqa: N818 (says what it is)
    """A file that can't become a logo; its argument is the exit code."""


def clean(content: bytes) -> bytes:
    """The picture as a PNG of at most 512 by 512 pixels; raises `Unusable`."""
    from PIL import Image, ImageOps  # the API reads this module for its numbers alone

    Image.MAX_IMAGE_PIXELS = None
    try:
        opened = Image.open(io.BytesIO(content), formats=FORMATS)
    except Exception as error:
        raise Unusable(NOT_A_PICTURE) from error
    # Known from the file's head: nothing has been unpacked so far.
    if opened.width * opened.height > MOST_PIXELS:
        raise Unusable(TOO_MANY_PIXELS)
    try:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except Exception as error:
        # A damaged file raises whatever its decoder meets.
        raise Unusable(NOT_A_PICTURE) from error
    picture.thumbnail((SIDE, SIDE))
    made = io.BytesIO()
    # A picture of our own, without what the file said about itself.
    bare = Image.new("RGBA", picture.size)
    bare.paste(picture)
    bare.save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> int:
    """Clean what comes in."""
    try:
        sys.stdout.buffer.write(clean(sys.stdin.buffer.read()))
    except Unusable as unusable:
        return int(unusable.args[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
