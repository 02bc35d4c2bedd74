"""Puts a dossier on paper in the order of its days, and packs it with its attachments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.pdf.documents import pdf
from knooppunt.core.web.context_processors import is_example
from knooppunt.decisions.models import Mandate
from knooppunt.kit.qr import qr_svg
from knooppunt.kit.sheet import csv_text
from knooppunt.kit.text import slugify
from knooppunt.voice.models import Document, Dossier, Entry, Point

TEMPLATE = Path(__file__).parent / "paper" / "dossier.typ"


def entries(dossier: Dossier, is_inside: bool) -> list[tuple[Entry, list[Any]]]:
    """The lines of a dossier in order, each with the things it leads to that a reader may see."""
    rows = dossier.entries.select_related(
        "document", "point", "meeting__body", "decision", "commitment", "agreement"
    )
    return [
        (row, [thing for thing in row.linked if is_inside or getattr(thing, "is_public", True)])
        for row in rows
    ]


def dossier_data(dossier: Dossier, is_inside: bool, address: str) -> dict[str, Any]:
    """Everything on the paper, in the reader's language."""
    today = timezone.localdate()
    rows = entries(dossier, is_inside)
    day = min(today, dossier.until) if dossier.until else today
    held = (
        Mandate.objects.visible_on(day)
        .filter(matter=dossier.matter)
        .select_related("organisation", "delegate")
        if dossier.matter
        else []
    )
    names = sorted({row.organisation.name for row in held})
    period = [date_format(one, "j F Y") for one in (dossier.since, dossier.until) if one]
    return {
        "day": today.isoformat(),
        "lang": get_language() or "nl",
        "title": dossier.title,
        "author": settings.COALITION.name,
        "size": "a4",
        "period": " – ".join(period),
        "text": dossier.text,
        "ribbon": _("Voorbeeldgegevens uit openbare bronnen.") if is_example() else "",
        "entries": [_line(row, linked) for row, linked in rows],
        "lessons": dossier.lessons,
        "names": names,
        "matter": str(dossier.matter) if dossier.matter else "",
        "foot": _("%(coalition)s, %(day)s")
        % {"coalition": settings.COALITION.name, "day": date_format(today, "j F Y")},
        "labels": {
            "page": _("bladzijde {number} van {total}"),
            "line": _("Tijdlijn"),
            "lessons": _("Wat we ervan leerden"),
            "names": _("In wiens naam, op %(day)s") % {"day": date_format(day, "j F Y")},
            "dossier": _("Dossier"),
            "source": _("Bron"),
            "see": _("Zie ook"),
        },
        "qr": {
            "svg": qr_svg(address),
            "address": address,
            "words": address.split("://")[-1],
            "alt": _("Code naar dit dossier op de site: %(address)s") % {"address": address},
        },
    }


def _line(row: Entry, linked: list[Any]) -> dict[str, Any]:
    return {
        "on": date_format(row.on, "j F Y"),
        "kind": capfirst(str(row.get_kind_display())),
        "is_deadline": row.kind == Entry.Kind.DEADLINE,
        "title": row.title,
        "text": row.text,
        "source": " ".join(part for part in (row.source, row.source_url) if part),
        "linked": [str(thing) for thing in linked],
    }


def dossier_pdf(dossier: Dossier, is_inside: bool, address: str) -> bytes:
    """The dossier as one accessible PDF."""
    return pdf(TEMPLATE, dossier_data(dossier, is_inside, address))


def _documents(rows: Iterable[tuple[Entry, list[Any]]]) -> list[tuple[str, Document]]:
    """The documents with a file in the order of their days, each once, with the name under
    which it is packed.
    """
    found: dict[int, tuple[str, Document]] = {}
    for row, linked in rows:
        mine = [thing for thing in linked if isinstance(thing, Document)]
        mine += [
            step.document
            for point in linked
            if isinstance(point, Point)
            for step in point.steps.select_related("document")
            if step.document and step.document.is_public
        ]
        for document in mine:
            if document.file and document.pk not in found:
                ending = document.file_name.rsplit(".", 1)[-1]
                found[document.pk] = (
                    f"bijlagen/"
                    f"{row.on:%Y-%m-%d}-{slugify(document.title, 50)}-{document.pk}.{ending}",
                    document,
                )
    return list(found.values())


def dossier_zip(dossier: Dossier, is_inside: bool, address: str) -> bytes:
    """The paper, the time line as a table, and the attachments in the order of their days."""
    rows = entries(dossier, is_inside)
    packed = _documents(rows)
    places = {document.pk: name for name, document in packed}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("dossier.pdf", dossier_pdf(dossier, is_inside, address))
        pack.writestr("tijdlijn.csv", _table(rows, places))
        for name, document in packed:
            with document.file.open("rb") as file:
                pack.writestr(name, file.read())
    return buffer.getvalue()


def _table(entries: Iterable[tuple[Entry, list[Any]]], places: dict[int, str]) -> str:
    rows = []
    for row, linked in entries:
        attached = [
            places[thing.pk]
            for thing in linked
            if isinstance(thing, Document) and thing.pk in places
        ]
        rows.append(
            [
                row.on,
                row.kind,
                row.title,
                row.text,
                row.source,
                row.source_url,
                "; ".join(map(str, linked)),
                "; ".join(attached),
            ]
        )
    return csv_text(
        ["on", "kind", "title", "text", "source", "source_url", "linked", "attachment"], rows
    )
