"""Draws a stranger's photo anew in a process of its own, that may use little memory and that can be
stopped.

Reads the file from standard input and writes a JPEG to standard output. Knows no Django, so that it
starts quickly.
"""

from __future__ import annotations

import io
import os
import sys

from PIL import Image, ImageOps

from knooppunt.kit.process_limits import OUT_OF_MEMORY, limit_process

MOST_PIXELS = 25_000_000
WIDEST = 1280
MEGABYTES, SECONDS = 300, 20
TOO_LARGE, NOT_A_PICTURE = 3, 4


class TooManyPixels(ValueError):
    """The picture says of itself that it has more than ``MOST_PIXELS``; nothing of it was
    decoded.
    """


def redraw(raw: bytes) -> bytes:
    """A JPEG of at most 1280 pixels wide or high, with nothing but the picture in it.

    Raises TooManyPixels, and what Pillow raises for a file that is no JPEG, PNG or WebP.
    """
    with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise TooManyPixels
        picture.draft("RGB", (WIDEST * 2, WIDEST * 2))
        drawn = picture.convert("RGB")
    drawn.thumbnail((WIDEST, WIDEST))
    upright = ImageOps.exif_transpose(drawn)
    upright.info.clear()  # a comment in the file would otherwise be written again
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=80, optimize=True, progressive=True)
    return out.getvalue()


def main() -> int:
    """The process: its exit status."""
    limit_process(MEGABYTES, SECONDS)
    Image.MAX_IMAGE_PIXELS = None  # the size is compared above, before anything is decoded
    try:
        content = redraw(sys.stdin.buffer.read())
    except TooManyPixels:
        return TOO_LARGE
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing that still needs memory, such as tidying up
    except Exception:  # a hostile file can fail in as many ways as there are bytes
        return NOT_A_PICTURE
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
