"""Add an organisation, network, institution or place by hand, with what may be the same shown
first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.labels import Label
from knooppunt.core.web import guards
from knooppunt.core.web.form_views import add_errors
from knooppunt.core.web.query_params import query_params
from knooppunt.directory import rules
from knooppunt.directory.actions import adding
from knooppunt.directory.forms.adding import AddForm, AddOrganisationForm, AddPlaceForm
from knooppunt.directory.forms.picking import NewName
from knooppunt.directory.lookalikes import LookAlike, Typed, find_lookalikes
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.views.edit import edit_address


@dataclass(frozen=True)
class Addable:
    """What can be added at one address: its role, its table, its form and the heading of the
    page.
    """

    role: str
    model: Any
    form: type[AddForm]
    title: Label
    name: Label


ADDABLE = {
    "initiatieven": Addable(
        "initiative",
        Organisation,
        AddOrganisationForm,
        gettext_lazy("Nieuw initiatief"),
        gettext_lazy("Initiatief"),
    ),
    "netwerken": Addable(
        "network",
        Organisation,
        AddOrganisationForm,
        gettext_lazy("Nieuw netwerk"),
        gettext_lazy("Netwerk"),
    ),
    "plekken": Addable(
        "initiative", Place, AddPlaceForm, gettext_lazy("Nieuwe plek"), gettext_lazy("Plek")
    ),
    "instellingen": Addable(
        "institution",
        Organisation,
        AddOrganisationForm,
        gettext_lazy("Nieuwe instelling"),
        gettext_lazy("Instelling"),
    ),
}


def get_addable(what: str) -> Addable:
    """What is added at this address; else 404."""
    if what not in ADDABLE:
        raise Http404
    return ADDABLE[what]


@guards.permission_required(rules.may_add)
def add(request: HttpRequest, what: str) -> HttpResponse:
    """The short form for a new record; what may be the same is shown before it is added."""
    addable = get_addable(what)
    form = addable.form(request.POST or None, user=request.user, role=addable.role)
    alike: list[LookAlike] = []
    if request.method == "POST" and form.is_valid():
        alike = find_lookalikes(request.user, addable.model, read_typed(form.cleaned_data))
        shown = request.POST.get("anyway", "").split()
        if all(row.record.slug in shown for row in alike):
            try:
                record = _add(request, form)
            except ValidationError as problem:
                actor = Actor(request.user)
                trail.record_denied(actor, "add", actor.user)
                add_errors(form, problem)
            else:
                messages.success(
                    request, _("%(name)s staat erin. Vul aan wat je weet.") % {"name": record.name}
                )
                return redirect("directory:edit", *edit_address(record))
    context = {"form": form, "alike": alike, "what": what, "addable": addable, "kinds": ADDABLE}
    return render(request, "directory/desk/add.html", context, status=400 if form.errors else 200)


def _add(request: HttpRequest, form: AddForm) -> Organisation | Place:
    """Add what the form describes. Raises ValidationError."""
    actor, cleaned = Actor(request.user), form.cleaned_data
    if isinstance(form, AddPlaceForm):
        hosted_by = form.hosted_by
        host = hosted_by.name if isinstance(hosted_by, NewName) else hosted_by
        return adding.add_place(actor, form.values(), host, cleaned.get("kind"))
    return adding.add_organisation(
        actor, form.values(), cleaned.get("contact"), cleaned.get("network")
    )


def read_typed(cleaned: dict[str, Any]) -> Typed:
    """What was typed, as look-alikes are found by it."""
    kind, value = cleaned.get("contact") or ("", "")
    return Typed(
        name=cleaned.get("name", ""),
        website=value if kind == "website" else "",
        street=cleaned.get("street", ""),
        postcode=cleaned.get("postcode", ""),
        contact=value if kind in ("phone", "email") else "",
    )


@query_params("name", "street", "postcode", "contact")
def lookalikes(request: HttpRequest, what: str) -> HttpResponse:
    """The records that may be the same as what is being typed, as a piece of a page for the
    script of the form.
    """
    addable = get_addable(what)
    form = AddPlaceForm if addable.model is Place else AddOrganisationForm
    typed = {
        name: request.GET.get(name, "")[:200] for name in ("name", "street", "postcode", "contact")
    }
    field: Any = form.base_fields.get("contact")
    try:
        contact = field.clean(typed["contact"]) if field else None
    except ValidationError:
        contact = None
    alike = find_lookalikes(request.user, addable.model, read_typed(typed | {"contact": contact}))
    context = {"alike": alike, "is_typing": True}
    page = render_to_string("directory/parts/lookalikes.html", context, request)
    response = JsonResponse({"html": page.strip()})
    response["Cache-Control"] = "no-store"
    return response
