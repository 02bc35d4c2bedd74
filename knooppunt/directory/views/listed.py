"""Answers to what a list left to a person: is this a network, and is this one still a member?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.directory import rules
from knooppunt.directory.actions import listed
from knooppunt.directory.models import Membership, Organisation
from knooppunt.directory.recent_acts import tap


@require_POST
@login_required
def answer_network(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether an organisation that others name as their network is one."""
    one = get_object_or_404(Organisation, slug=slug)
    if not rules.may_answer_lists(request.user, one):
        raise Http404
    is_network = request.POST.get("answer") == "yes"
    words = _("%(name)s: een netwerk") if is_network else _("%(name)s: geen netwerk")
    return tap(
        request,
        lambda: listed.answer_network(Actor(request.user), one, is_network),
        [Organisation.objects.filter(pk=one.pk), Membership.objects.filter(network=one)],
        words % {"name": one.name},
        "directory:desk",
        _("Bewaard."),
    )


@require_POST
@login_required
def answer_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a membership that a list no longer names still holds."""
    rows = Membership.objects.filter(missing_since__isnull=False, until__isnull=True)
    row = get_object_or_404(rows.select_related("organisation", "network"), pk=pk)
    if not rules.may_answer_lists(request.user, row.organisation):
        raise Http404
    is_member = request.POST.get("answer") == "yes"
    words = _("%(name)s: nog steeds lid") if is_member else _("%(name)s: niet meer lid")
    return tap(
        request,
        lambda: listed.answer_membership(Actor(request.user), row, is_member),
        [Membership.objects.filter(pk=row.pk)],
        words % {"name": row.organisation.name},
        "directory:desk",
        _("Bewaard."),
    )
