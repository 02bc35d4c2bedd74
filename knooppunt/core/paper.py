"""Makes a sheet of paper as PDF that a screen reader can read too, from a drawing and plain data."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

FONTS = Path(__file__).parent / "fonts"
# Control signs, lone halves of signs and signs that turn the reading order around would spoil the sheet; a sign that
# only says how an emoji is coloured has no shape of its own.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufe00-\ufe0f\ufeff]")
# How the typesetter names a sign for which no font has a shape; all of them at once.
_NO_SHAPE = re.compile(r'the text `"(.*?)"` could not be displayed')
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")
_LAST_LATIN = "\u024f"
_TURNS = 3


class PaperError(RuntimeError):
    """A sheet could not be made; the text says which."""


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF (PDF/UA-1) that ``template`` draws of ``data``. ``data["day"]`` is the day it is dated, as 2026-03-02.

    The data go in as JSON, so no text of theirs is ever read as a command. The same data give the same bytes. Signs
    that no font has, such as emoji, are left out: an accessible PDF may not hold them.
    """
    tidy = _mapped(data, lambda text: _UNSEEN.sub("", text))
    for _turn in range(_TURNS):
        try:
            return _drawn(template, tidy)
        except typst.TypstError as problem:
            signs = _without_shape(problem.diagnostic)
            if not signs:
                raise _failed(template) from problem
            tidy = _mapped(tidy, lambda text, signs=signs: _left(text, signs))
    raise _failed(template)


def _drawn(template: Path, data: dict[str, Any]) -> bytes:
    moment = datetime.combine(date.fromisoformat(data["day"]), time(), UTC)
    return typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(moment.timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts, and those that come with the typesetter; never those of the machine, which differ."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _failed(template: Path) -> PaperError:
    return PaperError(_("Het blad «%(name)s» kon niet worden gemaakt.") % {"name": template.stem})


def _without_shape(diagnostic: str) -> set[str]:
    """The signs without a shape. Latin letters stay: they are only named when they stand below a strange mark."""
    named = "".join(_NO_SHAPE.findall(diagnostic))
    plain = _NUMBERED.sub(lambda found: chr(int(found[1], 16)), named)
    return {sign for sign in plain if sign > _LAST_LATIN}


def _left(text: str, signs: set[str]) -> str:
    """What is left of a text without some signs; three dots when that is nothing."""
    if signs.isdisjoint(text):
        return text
    rest = "".join(sign for sign in text if sign not in signs)
    return " ".join(rest.split()) or "…"


def _mapped(value: Any, change: Any) -> Any:
    """The same data with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _mapped(one, change) for name, one in value.items()}
    return [_mapped(one, change) for one in value] if isinstance(value, list) else value
