"""Makes a sheet of paper as PDF that a screen reader can read too, from a drawing and plain
data.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.core.emergency import line_on_paper
from knooppunt.core.pdf.typesetting import FAILED, LAST_LATIN

_ROOT = Path(__file__).resolve().parents[3]
_SECONDS, _TURNS = 30, 3
# A sheet takes up to some hundreds of megabytes for a second; two at once is as much as a small
# machine bears.
_AT_ONCE = BoundedSemaphore(2)
# What a process needs to start; passwords and keys of the site stay with the site.
_HANDED_DOWN = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONHOME", "TEMP", "TMP", "TMPDIR")
# Control signs, lone halves of signs and signs that turn the reading order around would spoil the
# sheet.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
# Emoji, and the signs that only say how they are coloured or joined: none of the fonts has them.
_EMOJI = re.compile("[\u20e3\ufe00-\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]")
# How the typesetter names a sign for which no font has a shape; all of them at once.
_NO_SHAPE = re.compile(r'the text `"(.*?)"` could not be displayed')
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")


class PaperError(RuntimeError):
    """A sheet could not be made; the text says which."""


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF (PDF/UA-1) that ``template`` draws of ``data``.

    ``data["day"]`` is the day it is dated, as 2026-03-02. Where to call in danger is added. The
    data go in as JSON, so no text of theirs is ever read as a command. The same data give the same
    bytes. Signs that no font has, such as emoji, are left out: an accessible PDF may not hold them.
    Raises PaperError.
    """
    moment = int(datetime.combine(date.fromisoformat(data["day"]), time(), UTC).timestamp())
    whole = {"emergency": line_on_paper(), **data}
    tidy = _mapped(whole, lambda text: _without(_EMOJI, _UNSEEN.sub("", text)))
    for _turn in range(_TURNS):
        content, trouble = _typeset(template, json.dumps(tidy, ensure_ascii=False), moment)
        if content:
            return content
        signs = _without_shape(trouble)
        if not signs:
            raise PaperError(_failed(template)) from RuntimeError(trouble)
        missing = re.compile(f"[{re.escape(''.join(sorted(signs)))}]")
        tidy = _mapped(tidy, partial(_without, missing))
    raise PaperError(_failed(template))


def pngs(template: Path, data: dict[str, Any]) -> list[bytes]:
    """The pages that ``template`` draws of ``data``, as PNG pictures. Raises PaperError."""
    tidy = _mapped(data, lambda text: _without(_EMOJI, _UNSEEN.sub("", text)))
    packed, trouble = _typeset(template, json.dumps(tidy, ensure_ascii=False), 0, "png")
    if not packed:
        raise PaperError(_failed(template)) from RuntimeError(trouble)
    pages, at = [], 0
    while at < len(packed):
        length = int.from_bytes(packed[at : at + 8], "big")
        pages.append(packed[at + 8 : at + 8 + length])
        at += 8 + length
    return pages


def _typeset(template: Path, data: str, moment: int, form: str = "pdf") -> tuple[bytes, str]:
    """The PDF or the pictures; or nothing, and why the typesetter could not make it."""
    command = [
        sys.executable,
        "-m",
        "knooppunt.core.pdf.typesetting",
        str(template.resolve()),
        str(moment),
        form,
    ]
    env = {name: os.environ[name] for name in _HANDED_DOWN if name in os.environ}
    try:
        with _AT_ONCE:
            ended = subprocess.run(
                command,
                input=data.encode("utf-8"),
                capture_output=True,
                cwd=_ROOT,
                env=env,
                timeout=_SECONDS,
            )
    except subprocess.TimeoutExpired as problem:
        raise PaperError(_failed(template)) from problem
    trouble = ended.stderr.decode("utf-8", "replace")
    if ended.returncode not in (0, FAILED):
        raise PaperError(_failed(template)) from RuntimeError(trouble)
    return ended.stdout, trouble


def _failed(template: Path) -> str:
    return _("Het blad «%(name)s» kon niet worden gemaakt.") % {"name": template.stem}


def _without_shape(trouble: str) -> set[str]:
    """The signs without a shape.

    Latin letters stay: they are only named when they stand below a strange mark.
    """
    named = "".join(_NO_SHAPE.findall(trouble))
    plain = _NUMBERED.sub(lambda found: chr(int(found[1], 16)), named)
    return {sign for sign in plain if sign > LAST_LATIN}


def _without(signs: re.Pattern[str], text: str) -> str:
    """What is left of a text without some signs; three dots when that is nothing."""
    rest, number = signs.subn("", text)
    return (" ".join(rest.split()) or "…") if number else text


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _mapped(one, change) for name, one in value.items()}
    return [_mapped(one, change) for one in value] if isinstance(value, list) else value
