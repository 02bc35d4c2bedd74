"""Keeps dossiers and the library: pieces with their source, and time lines that survive people."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import free_slug, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.kit.text import clean
from knooppunt.voice.models import Document, Dossier, Entry

MOST_BYTES = 20_000_000
# What a file begins with, and what it then is; nothing else is taken in, and nothing is ever shown
# inside our pages.
BEGINNINGS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
OPEN_OFFICE = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def kind_of_file(file: UploadedFile) -> str:
    """What a file is by its content: pdf, png, jpg, docx, xlsx, odt or ods.

    Raises ValidationError for anything else.
    """
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError({"upload": _("Dit bestand is groter dan 20 MB.")})
    head = file.read(16)
    file.seek(0)
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    found = _packed_kind(file) if head.startswith(b"PK") else ""
    file.seek(0)
    if not found:
        raise ValidationError(
            {
                "upload": _(
                    "Dit bestand kunnen we niet bewaren. Een PDF, een foto (JPG, PNG) of een "
                    "document van Word of LibreOffice kan wel."
                )
            }
        )
    return found


def _packed_kind(file: UploadedFile) -> str:
    try:
        with zipfile.ZipFile(file) as pack:
            names = set(pack.namelist())
            if "mimetype" in names:
                with pack.open("mimetype") as inner:
                    return OPEN_OFFICE.get(inner.read(80).strip(), "")
            if any("vbaProject" in name for name in names):
                return ""
            return next((kind for name, kind in OFFICE.items() if name in names), "")
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        NotImplementedError,
    ):
        return ""


def save_document(
    actor: Actor, one: Document, values: dict[str, Any], file: UploadedFile | None = None
) -> Document:
    """Put a piece in the library or change it.

    Raises ValidationError without a link and without a file.
    """
    if not values.get("source_url") and not file and not one.file:
        raise ValidationError({"source_url": _("Geef een link of een bestand.")})
    if one._state.adding:
        one.slug, one.entered_by = free_slug(Document, values["title"]), actor.account
    before = one.file.name if file and one.file else ""
    with transaction.atomic():
        if file:
            kind = kind_of_file(file)
            one.file_name = (
                clean(str(file.name or "")).rsplit("/", 1)[-1].rsplit(".", 1)[0][:140] + f".{kind}"
            )
            one.file.save(f"{one.slug}.{kind}", file, save=False)
            if not one._state.adding:
                one.save(update_fields=["file", "file_name"])
        saved: Document = save_with_audit(actor, one, values)
        if before and before != one.file.name:
            transaction.on_commit(lambda: one.file.storage.delete(before))
    return saved


def save_dossier(actor: Actor, one: Dossier, values: dict[str, Any]) -> Dossier:
    """Write down or change a dossier."""
    if one._state.adding:
        one.slug, one.entered_by = free_slug(Dossier, values["title"]), actor.account
    saved: Dossier = save_with_audit(actor, one, values)
    return saved


def add_entry(actor: Actor, dossier: Dossier, values: dict[str, Any]) -> Entry:
    """Put a line on the time line."""
    with transaction.atomic():
        made: Entry = save_with_audit(actor, Entry(dossier=dossier), values)
        trail.record(actor, "add_entry", dossier, {made.title: (None, made.on)})
    return made
