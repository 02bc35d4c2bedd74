"""Everything of a report in one folder: the page, the papers, the tables, the pictures and the
mail.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import override

from knooppunt.report.outputs import mailing, paper, pictures, tables
from knooppunt.report.readable import ReadableReport

MOST_LINES = 500


def write_all(
    readable: ReadableReport,
    folder: Path,
    tell: Callable[[str, float], None] = lambda name, seconds: None,
    funder: str = "",
) -> list[Path]:
    """Write every form of a report; ``tell`` hears each name and how many seconds it took.

    Gives the files. With ``funder`` the papers are arranged by that funder's goals; else each
    funder gets a paper of its own beside them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pictures").mkdir(exist_ok=True)
    made: list[Path] = []

    def put(name: str, make: Callable[[], bytes | str]) -> None:
        began = time.perf_counter()
        content = make()
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        made.append(path)
        tell(name, time.perf_counter() - began)

    with override(readable.document.lang):
        put("report.html", lambda: standalone(readable))
        put("report.pdf", lambda: paper.report_pdf(readable, funder))
        put("report-plain.pdf", lambda: paper.plain_pdf(readable))
        for part in readable.document.funders if not funder else ():
            put(f"report-{part.slug}.pdf", partial(paper.report_pdf, readable, part.slug))
        put("figures.csv", lambda: tables.as_csv(readable))
        put(
            "figures.json",
            lambda: json.dumps(tables.as_json(readable), ensure_ascii=False, indent=1),
        )
        put("mail.txt", lambda: mailing.text(readable))
        for name, svg in pictures.drawings(readable).items():
            put(f"pictures/{name}.svg", partial(str, svg))
        began = time.perf_counter()
        for name, png in pictures.shared(readable).items():
            (folder / "pictures" / name).write_bytes(png)
            made.append(folder / "pictures" / name)
        tell("pictures/*.png", time.perf_counter() - began)
    return made


def standalone(readable: ReadableReport) -> str:
    """The report as one file that needs nothing beside it: its look, its pictures, and the list
    behind every number.
    """
    inside = replace(readable, base="#cijfer-", edition=None)
    numbers = [
        (number.mark, number.facts, number.lines[:MOST_LINES]) for number in readable.all_numbers()
    ]
    photos = {
        key: f"data:image/jpeg;base64,{base64.b64encode(photo).decode()}"
        for key, story in readable.stories.items()
        if (photo := story.picture())
    }
    context = {
        "readable": inside,
        "document": readable.document,
        "numbers": numbers,
        "edition": readable.edition,
        "site": readable.absolute_link(),
        "style": _style(),
        "photos": photos,
        "most": MOST_LINES,
        "origin": readable.site,
    }
    return render_to_string("report/standalone.html", context)


def _style() -> str:
    """Our own style sheets, with the letters in them."""
    css = "".join(
        Path(str(finders.find(name))).read_text(encoding="utf-8")
        for name in ("core/site.css", "report/report.css")
    )
    for name in ("atkinson-next-latin.woff2", "atkinson-next-latin-ext.woff2"):
        packed = base64.b64encode(
            Path(str(finders.find(f"core/fonts/{name}"))).read_bytes()
        ).decode()
        css = css.replace(f"fonts/{name}", f"data:font/woff2;base64,{packed}")
    return css
