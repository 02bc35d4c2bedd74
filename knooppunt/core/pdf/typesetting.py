"""Draws one sheet of paper in a process of its own, so that all the memory it takes is given back
at once.

Reads the data (JSON) from standard input and writes the PDF to standard output; or, with ``png`` as
the last word, the pages as pictures, each behind its number of bytes in eight bytes. When the
drawing cannot be made it writes why to standard error and ends with ``FAILED``. Knows no Django, so
that it starts quickly.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import typst

PACKAGE = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).resolve().parent / "fonts"
SIGNS = FONTS / "signs.typ"
FAILED = 3
LAST_LATIN = "\u024f"


@cache
def fonts() -> typst.Fonts:
    """Our own fonts, and those that come with the typesetter; never those of the machine, which
    differ.
    """
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def drawn(template: Path, data: str, moment: int) -> bytes:
    """The PDF/UA-1 that a template draws of data, dated at a moment in seconds.

    Raises typst.TypstError.
    """
    return typst.compile(
        template,
        root=PACKAGE if template.is_relative_to(PACKAGE) else template.parent,
        font_paths=fonts(),
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        timestamp=moment,
    )


def pictured(template: Path, data: str) -> bytes:
    """The pages as PNG pictures, each behind its length. Raises typst.TypstError."""
    pages = typst.compile(
        template, root=PACKAGE, font_paths=fonts(), sys_inputs={"data": data}, format="png", ppi=72
    )
    found: list[bytes] = [pages] if isinstance(pages, bytes) else list(pages or [])
    return b"".join(len(page).to_bytes(8, "big") + page for page in found)


def main(template: str, moment: str, form: str = "pdf") -> int:
    """The process: its exit status."""
    data = sys.stdin.buffer.read().decode("utf-8")
    rare = " ".join(sorted({sign for sign in data if sign > LAST_LATIN}))
    try:
        if form == "png":
            sys.stdout.buffer.write(pictured(Path(template), data))
            return 0
        if rare:
            drawn(SIGNS, rare, int(moment))
        content = drawn(Path(template), data, int(moment))
    except typst.TypstError as problem:
        sys.stderr.buffer.write(problem.diagnostic.encode("utf-8"))
        return FAILED
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
