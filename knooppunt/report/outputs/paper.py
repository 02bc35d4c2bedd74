"""A report on paper: the whole of it, arranged for a funder, and in plain words on two pages; all accessible PDF (PDF/UA-1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from knooppunt.core.paper import pdf
from knooppunt.kit.qr import qr_svg
from knooppunt.report.book import Book, day_of, sentences
from knooppunt.report.wording import change_of, editor_note, labelled, withdrawn_note

FOLDER = Path(__file__).resolve().parents[1] / "paper"
COVER = 3
PLAIN_SENTENCES = 6


def report_pdf(book: Book, funder: str = "") -> bytes:
    """The report; with the last part of a funder's address the same figures arranged by that funder's goals."""
    with override(book.content["lang"]):
        return pdf(FOLDER / "report.typ", whole(book, funder))


def plain_pdf(book: Book) -> bytes:
    """Two pages in large letters: of each chapter the first sentences, as many as fit."""
    with override(book.content["lang"]):
        return pdf(FOLDER / "plain.typ", _common(book) | {
            "pieces": [{"title": chapter["title"], "sentences": [_runs(book, text) for text in sentences(chapter["paragraphs"])[:PLAIN_SENTENCES]]} for chapter in book.content["chapters"] if chapter["paragraphs"]],
            "labels": {"more": _("Alle getallen, met wat er is geteld en de lijst erachter:")},
        })  # fmt: skip


def _link(book: Book, mark: str) -> str:
    return book.far(mark) if mark else ""


def _runs(book: Book, text: str) -> list[dict[str, str]]:
    return [{"w": run.words, "u": _link(book, run.mark)} for run in book.runs(text)]


def _common(book: Book) -> dict[str, Any]:
    content = book.content
    site = book.far()
    day = book.edition.published_on.isoformat() if book.edition else content["until"]
    return {
        "day": day, "lang": content["lang"], "title": f"{content['title']}, {content['scope']}", "heading": content["heading"], "author": content["coalition"],
        "period": content["period"], "scope": content["scope"], "size": "a4",
        "ribbon": _("Voorbeeld: gegevens uit openbare bronnen, deels verzonnen. Niet het register van de coalitie.") if content["is_example"] else "",
        "draft": _("Concept: niet gepubliceerd.") if book.is_draft else "",
        "foot": f"{content['coalition']} · {content['title']}",
        "qr": {"svg": qr_svg(site), "address": site, "words": site.split("://")[-1], "alt": _("Code naar dit bericht op de site: %(address)s") % {"address": site}},
    }  # fmt: skip


def whole(book: Book, funder: str = "") -> dict[str, Any]:
    """Everything on the paper; arranged by goals for a funder."""
    content = book.content
    arranged = (
        next((one for one in content["funders"] if one["slug"] == funder), None) if funder else None
    )
    chapters = (
        _by_goal(book, arranged)
        if arranged
        else [_chapter(book, chapter) for chapter in content["chapters"]]
    )
    common, marks = _common(book), book.marks_for(arranged) if arranged else book.marks()
    return common | {
        "heading": common["heading"], "scope": f"{content['scope']} · {arranged['name']}" if arranged else content["scope"],
        "cover": [_number(book, figure) for chapter in content["chapters"] for figure in chapter["figures"][:1]][:COVER], "map": _map(book),
        "note": editor_note(book), "foreword": [_runs(book, text) for text in (arranged["text"] if arranged else content["foreword"])],
        "chapters": chapters, "contents": len(chapters) > 3, "series": _series(book) if not arranged else {"rows": [], "pictures": [], "header": []},
        "outlook": [] if arranged else [_runs(book, text) for text in content["outlook"]],
        "remarks": [[*_runs(book, labelled(remark)), {"w": f" {remark['report']}", "u": book.site + remark["address"]}] for remark in content["remarks"]],
        "withdrawn": withdrawn_note(book), "definitions": _definitions(book, marks), "imprint": _imprint(book), "colophon": _colophon(book, len(marks)),
        "labels": {
            "foreword": _("Vooraf"), "contents": _("Wat erin staat"), "series": _("Half jaar na half jaar"), "series_lead": _("Een vraagteken is een tijd waarvan we het niet weten; dat is geen nul."),
            "outlook": _("Vooruit"), "counting": _("Zo is geteld"), "counting_lead": _("Tik op een getal en je ziet de lijst."), "note": _("Wat er is verbeterd"),
        },
    }  # fmt: skip


def _chapter(book: Book, chapter: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": chapter["title"], "lead": chapter["lead"], "paragraphs": [_runs(book, text) for text in chapter["paragraphs"]],
        "figures": [_number(book, figure) for figure in chapter["figures"]], "pictures": [_picture(book, one) for one in chapter["pictures"]],
        "stories": [_story(one) for one in book.told(chapter)],
    }  # fmt: skip


def _by_goal(book: Book, arranged: dict[str, Any]) -> list[dict[str, Any]]:
    """A chapter for each goal, with the figures, pictures and stories that belong to it."""
    known = {chapter["key"]: chapter for chapter in book.content["chapters"]}
    found = []
    for goal in arranged["goals"]:
        mine = [known[key] for key in goal["chapters"] if key in known]
        found.append({
            "title": goal["text"], "lead": "", "figures": [_number(book, figure) for figure in goal["figures"]],
            "paragraphs": [_runs(book, text) for chapter in mine for text in chapter["paragraphs"]],
            "pictures": [_picture(book, one) for chapter in mine for one in chapter["pictures"]], "stories": [_story(one) for chapter in mine for one in book.told(chapter)],
        })  # fmt: skip
    return found


def _number(book: Book, figure: dict[str, str]) -> dict[str, Any]:
    told = book.numbers[figure["now"]]
    return {
        "shown": told["shown"],
        "title": told["title"],
        "u": _link(book, figure["now"]),
        "change": _runs(book, change_of(book, figure)),
    }


def _picture(book: Book, one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "rows": [[_runs(book, cell) for cell in row] for row in one["rows"]]}


def _map(book: Book) -> dict[str, Any] | None:
    found = [
        one
        for chapter in book.content["chapters"]
        for one in chapter["pictures"]
        if one["key"] == "map"
    ]
    return {"svg": found[0]["svg"], "told": found[0]["told"]} if found else None


def _story(story: Any) -> dict[str, Any]:
    organisation, area = story.organisation, story.area
    where = organisation.public_name if organisation else area.name if area else ""
    return {
        "paragraphs": story.text.splitlines(),
        "by": ", ".join(part for part in (story.told_by, where) if part),
        "photo": list(story.picture()),
        "alt": story.photo_alt,
    }


def _series(book: Book) -> dict[str, Any]:
    rows = book.content["series"]
    if not rows:
        return {"rows": [], "pictures": [], "header": []}
    cells = [
        [
            [{"w": one["title"], "u": ""}],
            *[_runs(book, f"{{{mark}}}" if mark else "?") for mark in one["marks"]],
        ]
        for one in rows
    ]
    return {"pictures": rows, "header": [_("Cijfer"), *rows[0]["periods"]], "rows": cells}


def _definitions(book: Book, marks: list[str]) -> list[dict[str, Any]]:
    """What is counted, said once for all figures of which it is true, with their numbers of the last day."""
    found: dict[str, dict[str, Any]] = {}
    seen = set()
    for mark in sorted(marks, key=lambda mark: "@" in mark):
        told = book.numbers[mark]
        if told["key"] in seen or told["part"] or told["area"] or ":" in told["key"]:
            continue
        seen.add(told["key"])
        amount = f"{told['shown']} {told['unit']}".strip()
        shown = _("%(shown)s op %(day)s") % {
            "shown": amount,
            "day": date_format(day_of(told["day"]), "j F Y"),
        }
        one = found.setdefault(
            told["definition"], {"title": "", "definition": told["definition"], "lines": []}
        )
        one["title"] = f"{one['title']}; {told['title']}" if one["title"] else told["title"]
        one["lines"].append(
            [
                {"w": f"{told['title']}: " if one["lines"] else "", "u": ""},
                {"w": shown, "u": _link(book, mark)},
            ]
        )
    return list(found.values())


def _imprint(book: Book) -> str:
    if book.edition is None:
        return _("Stand van %(day)s") % {"day": book.content["days"]["until"]}
    return _("Editie %(number)s, gepubliceerd op %(day)s. Stand van %(until)s.") % {
        "number": book.edition.number, "day": date_format(book.edition.published_on, "j F Y"), "until": book.content["days"]["until"],
    }  # fmt: skip


def _colophon(book: Book, count: int) -> list[str]:
    told = [
        ngettext(
            "In dit bericht staat %(count)s getal. Achter elk getal zit een lijst.",
            "In dit bericht staan %(count)s getallen. Achter elk getal zit een lijst.",
            count,
        )
        % {"count": count},
        _imprint(book),
    ]
    if book.edition is not None:
        told.append(_("Controlesom: %(sum)s") % {"sum": book.edition.checksum})
    return told
