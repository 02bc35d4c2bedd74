"""The library: articles, visions, letters and other pieces, found by words, theme and kind."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.models import Theme
from knooppunt.voice import rules
from knooppunt.voice.actions import dossiers as actions
from knooppunt.voice.forms.cases import DocumentForm
from knooppunt.voice.models import Document

PER_PAGE = 30


def get_visible_document(request: HttpRequest, key: str) -> Document:
    """The piece with this address, if the visitor may see it; else 404."""
    found: Document = get_object_or_404(Document, slug=key)
    if not rules.may_see(request.user, found):
        raise Http404
    return found


@query_params("q", "soort", "thema", "pagina")
def library(request: HttpRequest) -> HttpResponse:
    """All pieces, the latest first, by words, kind and theme."""
    rows = Document.objects.prefetch_related("themes")
    rows = rows if rules.is_inside(request.user) else rows.filter(is_public=True)
    words = request.GET.get("q", "")[:100]
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word) | Q(text__icontains=word) | Q(author__icontains=word)
        )
    kind = request.GET.get("soort", "")
    rows = rows.filter(kind=kind) if kind in Document.Kind.values else rows
    theme = Theme.objects.filter(slug=request.GET.get("thema", "")[:50]).first()
    rows = rows.filter(themes=theme) if theme else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina", "1"))
    context: dict[str, Any] = {
        "page": page,
        "words": words,
        "kind": kind,
        "kinds": Document.Kind.choices,
        "theme": theme,
        "themes": Theme.objects.filter(documents__isnull=False).distinct(),
        "can_enter": rules.may_convene(request.user),
    }
    return render(request, "voice/library.html", context)


def document(request: HttpRequest, key: str) -> HttpResponse:
    """One piece, and what leans on it."""
    one = get_visible_document(request, key)
    context: dict[str, Any] = {
        "one": one,
        "steps": one.steps.filter(point__is_public=True).select_related("point"),
        "commitments": one.commitments.public(),
        "entries": one.entries.filter(dossier__is_public=True).select_related("dossier"),
        "agreements": one.agreements.filter(is_public=True),
        "can_change": rules.may_keep(request.user, one),
    }
    return render(request, "voice/document.html", context)


def file(request: HttpRequest, key: str) -> HttpResponse:
    """The file, to be saved; it is never shown inside our own pages."""
    one = get_visible_document(request, key)
    if not one.file:
        raise Http404
    answer: Any = FileResponse(
        one.file.open("rb"),
        as_attachment=True,
        filename=one.file_name,
        content_type="application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


@permission_required(rules.may_convene)
def enter(request: HttpRequest) -> HttpResponse:
    """Put a piece in the library."""
    return _ask(request, Document(), Question(_("Stuk in de bibliotheek"), button=_("Zet erbij")))


@editor_required(get_visible_document, rules.may_keep)
def change(request: HttpRequest, one: Document) -> HttpResponse:
    """Change a piece."""
    return _ask(request, one, Question(_("Stuk wijzigen"), back=one.get_absolute_url()))


def _ask(request: HttpRequest, one: Document, question: Question) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None, instance=one)

    def do(got: dict[str, Any]) -> Document:
        upload = got.pop("upload", None)
        return actions.save_document(Actor(request.user), one, got, upload)

    return form_view(request, form, do, question)
