"""«Ik reageer»: what somebody without an account says to a need or offer; it comes on the
worklist of its keepers.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.dictation import dictated
from knooppunt.directory import rules as directory_rules
from knooppunt.directory.recent_acts import tap
from knooppunt.help import rules
from knooppunt.help.actions import responses
from knooppunt.help.forms import ResponseForm
from knooppunt.help.models import NoticeResponse
from knooppunt.help.views.notices import get_visible_notice


@csrf_exempt  # A stranger has no cookie; the form carries its own signed moment.
@dictated
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who you are and what you can do or need; 404 when the need or offer is closed."""
    one = get_visible_notice(request, pk)
    if not one.is_open:
        raise Http404
    form = ResponseForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        responses.receive(Actor(None, "web"), one, said["text"], said["reply_address"])
        return render(request, "help/responded.html", {"one": one})
    contacts = one.organisation.contact_points.public().filter(type__in=("phone", "email"))
    context = {"one": one, "form": form, "contacts": contacts, "record": None}
    return render(request, "help/respond.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a response was answered, or, with ``again``, that it waits after all."""
    response = get_object_or_404(NoticeResponse.objects.select_related("notice"), pk=pk)
    if not rules.may_change(request.user, response.notice):
        raise Http404
    if "again" in request.POST:
        responses.reopen(Actor(request.user), response)
        return redirect("help:responses")
    return tap(
        request,
        lambda: responses.settle(Actor(request.user), response),
        [NoticeResponse.objects.filter(pk=response.pk)],
        _("%(name)s: beantwoord") % {"name": response.notice.title},
        "help:responses",
        _("Opgeschreven. Dank je wel."),
    )


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Every response to what she keeps: those that wait, the oldest first, and those of the
    last day.
    """
    if not directory_rules.is_keeper(request.user):
        raise Http404
    rows = NoticeResponse.objects.filter(notice__in=rules.changeable_notices(request.user))
    rows = rows.select_related("notice__organisation").order_by("settled_at", "received_at")
    waiting = [row for row in rows if not row.is_settled]
    settled = [row for row in rows if row.is_settled]
    return render(request, "help/desk/responses.html", {"waiting": waiting, "settled": settled})
