"""What a coordinator does: say who keeps what."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import erase_when_sure
from knooppunt.core.web.guards import permission_required
from knooppunt.directory import rules
from knooppunt.directory.actions import stewards
from knooppunt.directory.forms.desk import HostForm, WeaverForm
from knooppunt.directory.models import Organisation, Representation, Weaving
from knooppunt.people import actions as people
from knooppunt.people.models import User

coordinates = permission_required(rules.may_coordinate)


@coordinates
def keepers(request: HttpRequest) -> HttpResponse:
    """Who coordinates, weaves and represents; and name a new one."""
    form = WeaverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stewards.appoint_weaver(Actor(request.user), **form.cleaned_data)
            messages.success(request, _("Toegevoegd. Inloggen kan met dit e-mailadres."))
            return redirect("directory:people")
        except ValidationError as problem:
            form.add_error(None, problem)
    today = timezone.localdate()
    context = {
        "form": form,
        "coordinators": User.objects.filter(is_coordinator=True),
        "weavings": Weaving.objects.as_of(today).select_related("user", "network", "area"),
        "representations": Representation.objects.as_of(today).select_related(
            "user", "organisation"
        )[:300],
        "others": User.objects.filter(is_coordinator=False)[:300],
    }
    return render(
        request, "directory/desk/people.html", context, status=400 if form.errors else 200
    )


@require_POST
@coordinates
def end_weaving(request: HttpRequest, pk: int) -> HttpResponse:
    """End a weaver's task today."""
    stewards.end_today(Actor(request.user), get_object_or_404(Weaving, pk=pk))
    return redirect("directory:people")


@require_POST
@coordinates
def make_coordinator(request: HttpRequest) -> HttpResponse:
    """Give an address the coordinator's rights."""
    try:
        people.make_coordinator(Actor(request.user), request.POST.get("email", "")[:254])
        messages.success(request, _("Toegevoegd. Inloggen kan met dit e-mailadres."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("directory:people")


@require_POST
@coordinates
def end_coordinator(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the coordinator's rights away; the account stays."""
    try:
        people.end_coordinator(
            Actor(request.user), get_object_or_404(User, pk=pk, is_coordinator=True)
        )
        messages.success(request, _("Bewaard."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("directory:people")


def _goes_with(user: User) -> list[str]:
    """What is erased with an account, in words."""
    today = timezone.localdate()
    represented = user.representations.as_of(today).select_related("organisation")
    woven = user.weavings.as_of(today).select_related("network", "area")
    return [
        f"{user.name} {user.email}".strip(),
        *(_("Vertegenwoordigt %(name)s") % {"name": row.organisation} for row in represented),
        *(_("Netwerkregisseur van %(name)s") % {"name": row.network or row.area} for row in woven),
        _("De tweede sleutel, en de naam bij alles wat dit account wijzigde"),
    ]


@require_POST
@coordinates
def erase_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account and erase name and address everywhere; asks once more."""
    user = get_object_or_404(User, pk=pk)
    return erase_when_sure(
        request,
        lambda: people.erase(Actor(request.user), user),
        _("Dit account wissen?"),
        _goes_with(user),
        back="directory:people",
        thanks=_("Het account is gewist."),
    )


@require_POST
@login_required
def appoint_host(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who represents an organisation."""
    one = get_object_or_404(Organisation, slug=slug)
    if not rules.may_appoint_host(request.user, one):
        raise Http404
    form = HostForm(request.POST)
    try:
        form.full_clean()
        stewards.appoint_host(Actor(request.user), form.cleaned_data.get("email", ""), one)
        messages.success(request, _("Toegevoegd. Inloggen kan met dit e-mailadres."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("directory:edit", "organisaties", slug)


@require_POST
@login_required
def end_representation(request: HttpRequest, pk: int) -> HttpResponse:
    """End a representation as of yesterday, so that it no longer counts today."""
    row = get_object_or_404(Representation.objects.select_related("organisation"), pk=pk)
    if not rules.may_appoint_host(request.user, row.organisation):
        raise Http404
    stewards.end_today(Actor(request.user), row)
    return redirect("directory:edit", "organisaties", row.organisation.slug)
