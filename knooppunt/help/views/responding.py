"""«Ik reageer»: what somebody without an account says to a need or offer; it comes on the worklist of its keepers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from knooppunt.core.trail import Actor
from knooppunt.directory.actions import care
from knooppunt.help.forms import ResponseForm
from knooppunt.help.views.notices import seen


@csrf_exempt  # A stranger has no cookie; the form carries its own signed moment.
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who you are and what you can do or need; 404 when the need or offer is closed."""
    one = seen(request, pk)
    if not one.is_open:
        raise Http404
    form = ResponseForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        about = _("Reactie op ‘%(title)s’:") % {"title": one.title}
        care.report_problem(
            Actor(None, "web"),
            one.organisation,
            f"{about}\n{form.cleaned_data['text']}",
            form.cleaned_data["reply_address"],
        )
        return render(request, "help/responded.html", {"one": one})
    contacts = one.organisation.contact_points.public().filter(type__in=("phone", "email"))
    context = {"one": one, "form": form, "contacts": contacts, "record": None}
    return render(request, "help/respond.html", context, status=400 if form.errors else 200)
