"""Answers to what a list left to a person: is this a network, and is this one still a member?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.trail import Actor
from knooppunt.directory import rules
from knooppunt.directory.actions import listed
from knooppunt.directory.models import Membership, Organisation


@require_POST
@login_required
def answer_network(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether an organisation that others name as their network is one."""
    one = get_object_or_404(Organisation, slug=slug)
    if not rules.may_answer_lists(request.user, one):
        raise Http404
    listed.answer_network(Actor(request.user), one, request.POST.get("answer") == "yes")
    messages.success(request, _("Bewaard."))
    return redirect("directory:desk")


@require_POST
@login_required
def answer_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a membership that a list no longer names still holds."""
    rows = Membership.objects.filter(missing_since__isnull=False, until__isnull=True)
    row = get_object_or_404(rows.select_related("organisation"), pk=pk)
    if not rules.may_answer_lists(request.user, row.organisation):
        raise Http404
    listed.answer_membership(Actor(request.user), row, request.POST.get("answer") == "yes")
    messages.success(request, _("Bewaard."))
    return redirect("directory:desk")
