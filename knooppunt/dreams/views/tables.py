"""Typing in the dreams of a table, beside the photo of what was written down there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.dictation import dictated
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.dreams import rules
from knooppunt.dreams.actions import tables as actions
from knooppunt.dreams.forms.dreams import RowFormSet, TableForm, raw
from knooppunt.dreams.models import DreamTable


def _get_table(request: HttpRequest, pk: int) -> DreamTable:
    rows = DreamTable.objects.select_related("area", "place", "organisation")
    table: DreamTable = get_object_or_404(rows.defer("area__outline"), pk=pk)
    if not rules.may_keep_table(request.user, table):
        raise Http404
    return table


keeper_required = editor_required(_get_table, rules.may_keep_table, "pk")


@permission_required(rules.may_enter)
def open_table(request: HttpRequest) -> HttpResponse:
    """Begin with the dreams of a table: when and where it was, with a photo or without."""
    mine = rules.represented(request.user)
    form = TableForm(
        request.POST or None,
        request.FILES or None,
        organisations=mine,
        initial={"organisation": mine.first()},
    )
    question = Question(
        _("Dromen van een tafel"),
        _("Je typt ze over, van een flap, van kaartjes of uit je hoofd. Namen zijn niet nodig."),
        _("Ga typen"),
        thanks="",
    )

    def act(_said: dict[str, Any]) -> DreamTable:
        upload = raw(form.cleaned_data["upload"])
        return actions.open_table(Actor(request.user), form.values(), upload)

    return form_view(request, form, act, question)


@keeper_required
@dictated
def table(request: HttpRequest, row: DreamTable) -> HttpResponse:
    """The rows to type, a few at a time, with the photo beside them and what is in already."""
    forms = RowFormSet(request.POST or None)
    if request.method == "POST" and forms.is_valid():
        said = [form.cleaned_data for form in forms if form.cleaned_data.get("text")]
        try:
            dreams = actions.add_dreams(
                Actor(request.user), row, said, rules.may_read(request.user)
            )
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            _say_how_many(request, len(dreams))
            return redirect(row)
    context = {
        "table": row,
        "forms": forms,
        "dreams": row.dreams.order_by("pk"),
        "is_read": not rules.may_read(request.user),
    }
    return render(request, "dreams/desk/table.html", context, status=400 if forms.is_bound else 200)


def _say_how_many(request: HttpRequest, number: int) -> None:
    if number:
        words = ngettext("%(number)s droom erbij.", "%(number)s dromen erbij.", number)
        messages.success(request, words % {"number": number})
    else:
        messages.warning(request, _("Er stond nog niets in de regels."))


@require_POST
@keeper_required
def close(request: HttpRequest, row: DreamTable) -> HttpResponse:
    """Say that all dreams are in; the photo is erased."""
    return run_action(
        request,
        lambda: actions.close_table(Actor(request.user), row),
        "dreams:wall",
        _("Klaar. De foto is gewist."),
    )


@keeper_required
def photo(request: HttpRequest, row: DreamTable) -> HttpResponse:
    """The photo of a table, for who types it over."""
    if not row.photo:
        raise Http404
    response: Any = FileResponse(row.photo.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    answer: HttpResponse = response
    return answer
