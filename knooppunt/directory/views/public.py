"""What people do without an account: say that something is wrong, and confirm or correct with a
signed link.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from knooppunt.core.audit.trail import BY_LINK, Actor
from knooppunt.core.web.dictation import dictated
from knooppunt.core.web.link_views import link_view
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.actions import care, confirm, details, records
from knooppunt.directory.forms.hours import HoursForm, written
from knooppunt.directory.forms.public import CorrectionForm, PlaceCorrectionForm, ProblemForm
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.pictures import WIDTHS, webp_of
from knooppunt.directory.views.details import get_visible


@csrf_exempt  # A stranger has no cookie; the form carries its own signed moment.
@dictated
def report(request: HttpRequest, what: str, slug: str) -> HttpResponse:
    """«Klopt dit niet? Meld het»: a note for whoever keeps this record."""
    record = get_visible(
        request, (Place if what == "plekken" else Organisation).objects.all(), slug
    )
    form = ProblemForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        care.report_problem(
            Actor(None, "web"),
            record,
            form.cleaned_data["text"],
            form.cleaned_data["reply_address"],
            form.cleaned_data["says_stopped"],
        )
        return render(request, "directory/reported.html", {"record": record})
    status = 400 if form.errors else 200
    return render(request, "directory/report.html", {"record": record, "form": form}, status=status)


@query_params("verbeter")
@link_view
def confirm_link(request: HttpRequest, token: str) -> HttpResponse:
    """The one screen of the signed link: see the facts, say that they are right, or correct
    them in place.
    """
    record = confirm.open_link(token)
    if record is None:
        return render(request, "directory/confirm_gone.html", status=410)
    together = confirm.read_together(record, timezone.localdate())
    if request.method == "POST" and "right" in request.POST:
        confirm.confirm(BY_LINK, record, "link")
        return render(request, "directory/confirmed.html", {"record": record, "token": token})
    forms = _correction_forms(request, together)
    if request.method == "POST" and all(form.is_valid() for _one, group in forms for form in group):
        _correct(forms)
        confirm.confirm(BY_LINK, record, "link")
        return render(
            request,
            "directory/confirmed.html",
            {"record": record, "token": token, "is_corrected": True},
        )
    context = {
        "record": record,
        "together": together,
        "forms": forms,
        "is_wrong": request.method == "POST" or "verbeter" in request.GET,
    }
    return render(
        request, "directory/confirm.html", context, status=400 if request.method == "POST" else 200
    )


Forms = list[tuple[Any, list[Any]]]


def _correction_forms(request: HttpRequest, together: list[Any]) -> Forms:
    """The forms for every record on the screen, filled with what is known."""
    data = request.POST if request.method == "POST" else None
    found: Forms = []
    for number, one in enumerate(together):
        facts = {"name": one.name, "description": one.description, "website": one.website}
        group: list[Any] = [CorrectionForm(data, initial=facts, prefix=f"r{number}")]
        if isinstance(one, Place):
            where = {"street": one.street, "postcode": one.postcode, "city": one.city}
            group.append(PlaceCorrectionForm(data, initial=where, prefix=f"p{number}"))
            group.append(
                HoursForm(data, initial={"hours": written(one.hours.all())}, prefix=f"h{number}")
            )
        found.append((one, group))
    return found


def _correct(forms: Forms) -> None:
    language = get_language() or "nl"
    for one, group in forms:
        values = dict(group[0].cleaned_data)
        words = values.pop("description")
        if words != one.description:
            values["descriptions"] = {**one.descriptions, language: words} if words else {}
        if isinstance(one, Place):
            values |= group[1].cleaned_data
            details.set_hours(BY_LINK, one, group[2].cleaned_data["hours"])
        records.change(BY_LINK, one, values)


@query_params("breed")
def photo(request: HttpRequest, slug: str) -> HttpResponse:
    """The photo of a place that the visitor may see, a JPEG that we drew ourselves; with
    ``breed`` a WebP of that width, one of `WIDTHS`.
    """
    one = get_visible(request, Place.objects.all(), slug)
    if not one.photo:
        raise Http404
    width = request.GET.get("breed", "")
    if width in map(str, WIDTHS):
        content, kind = webp_of(Path(one.photo.path), int(width)), "image/webp"
    else:
        with one.photo.open("rb") as file:
            content, kind = file.read(), "image/jpeg"
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = "public, max-age=3600" if one.is_public else "private, no-store"
    return response
