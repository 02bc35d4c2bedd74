"""The pages of dossiers: the time line, and the whole of it on paper and as a package with its
attachments.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.decisions.models import Mandate
from knooppunt.voice import pdf_data, rules
from knooppunt.voice.actions import dossiers as actions
from knooppunt.voice.forms.cases import DossierForm, EntryForm
from knooppunt.voice.models import Dossier


def get_visible_dossier(request: HttpRequest, key: str) -> Dossier:
    """The dossier with this address, if the visitor may see it; else 404."""
    found: Dossier = get_object_or_404(Dossier.objects.select_related("matter"), slug=key)
    if not rules.may_see(request.user, found):
        raise Http404
    return found


def dossiers(request: HttpRequest) -> HttpResponse:
    """All dossiers."""
    rows = (
        Dossier.objects.all()
        if rules.is_inside(request.user)
        else Dossier.objects.filter(is_public=True)
    )
    return render(
        request, "voice/dossiers.html", {"rows": rows, "can_enter": rules.may_convene(request.user)}
    )


def dossier(request: HttpRequest, key: str) -> HttpResponse:
    """One dossier on a time line."""
    one, today = get_visible_dossier(request, key), timezone.localdate()
    day = min(today, one.until) if one.until else today
    mandates = (
        Mandate.objects.visible_on(day).filter(matter=one.matter)
        if one.matter
        else Mandate.objects.none()
    )
    context: dict[str, Any] = {
        "one": one,
        "entries": pdf_data.entries(one, rules.is_inside(request.user)),
        "today": today,
        "day": day,
        "mandates": mandates.values("organisation").distinct().count(),
        "can_change": rules.may_keep(request.user, one),
    }
    return render(request, "voice/dossier.html", context)


@permission_required(rules.may_convene)
def enter(request: HttpRequest) -> HttpResponse:
    """Begin a dossier."""
    form = DossierForm(request.POST or None)
    question = Question(
        _("Dossier beginnen"),
        _("Alles over één lange zaak op één tijdlijn, zodat het blijft als mensen weggaan."),
    )
    return form_view(
        request,
        form,
        lambda got: actions.save_dossier(Actor(request.user), Dossier(), got),
        question,
    )


changing = editor_required(get_visible_dossier, rules.may_keep)


@changing
def change(request: HttpRequest, one: Dossier) -> HttpResponse:
    """Change a dossier, and write down what we learned."""
    form = DossierForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_dossier(Actor(request.user), one, got),
        Question(_("Dossier wijzigen"), back=one.get_absolute_url()),
    )


@changing
def add_entry(request: HttpRequest, one: Dossier) -> HttpResponse:
    """Put a line on the time line."""
    form = EntryForm(request.POST or None)
    question = Question(_("Op de tijdlijn"), one.title, _("Zet erbij"), one.get_absolute_url())
    return form_view(
        request,
        form,
        lambda got: actions.add_entry(Actor(request.user), one, got) and None,
        question,
    )


def dossier_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The dossier in order, on paper."""
    one = get_visible_dossier(request, key)
    content = pdf_data.dossier_pdf(
        one, rules.is_inside(request.user), request.build_absolute_uri(one.get_absolute_url())
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="dossier-{one.slug}.pdf"'
    return answer


def dossier_zip(request: HttpRequest, key: str) -> HttpResponse:
    """The dossier with its attachments in the order of their days."""
    one = get_visible_dossier(request, key)
    address = request.build_absolute_uri(one.get_absolute_url())
    content = pdf_data.dossier_zip(one, rules.is_inside(request.user), address)
    answer = HttpResponse(content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="dossier-{one.slug}.zip"'
    return answer
