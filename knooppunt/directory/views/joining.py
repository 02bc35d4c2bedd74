"""The network answers who asks to become a member: yes, or no with a reason."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.directory import rules
from knooppunt.directory.actions import joining
from knooppunt.directory.models import Membership, MembershipRequest
from knooppunt.directory.recent_acts import tap


@require_POST
@login_required
def answer_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no for the network; 404 for who may not."""
    rows = MembershipRequest.objects.select_related("organisation", "network")
    asked = get_object_or_404(rows, pk=pk)
    if not rules.may_admit(request.user, asked.network):
        raise Http404
    actor = Actor(request.user)
    back = asked.network.get_absolute_url() + "#wil-lid-worden"
    name, reason = {"name": asked.organisation.name}, request.POST.get("reason", "")
    watched = [
        MembershipRequest.objects.filter(pk=asked.pk),
        Membership.objects.filter(organisation=asked.organisation, network=asked.network),
    ]
    if request.POST.get("answer") == "yes":
        words, thanks = _("%(name)s: aangenomen als lid"), _("Aangenomen als lid.")
        return tap(
            request, lambda: joining.accept(actor, asked), watched, words % name, back, thanks
        )
    words, thanks = _("%(name)s: niet aangenomen als lid"), _("Niet aangenomen als lid.")
    return tap(
        request, lambda: joining.refuse(actor, asked, reason), watched, words % name, back, thanks
    )
