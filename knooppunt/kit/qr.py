"""Draws a QR code, so that a sheet of paper leads to a page."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str) -> str:
    """The code as an SVG drawing without size of its own, readable in grey and when a part is
    torn off.
    """
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=2,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode("utf-8").strip()
