"""The desk: what needs doing, for whoever keeps a part of the register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.mail import delivery
from knooppunt.core.models import OutgoingMail, TrailEntry
from knooppunt.core.web.query_params import query_params
from knooppunt.core.web.signed_links import VALID
from knooppunt.directory import rules
from knooppunt.directory.actions import care, revert
from knooppunt.directory.models import DuplicateCandidate, ProblemReport
from knooppunt.directory.recent_acts import strike, struck, tap, unstrike
from knooppunt.directory.views.edit import confirm_address
from knooppunt.directory.worklist import worklist
from knooppunt.kit.qr import qr_svg

SHOWN, ON_PAPER = 12, 60


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """The worklist: due for confirmation, incomplete, reported wrong, possible duplicates, and
    what else waits.
    """
    lists = worklist(request.user, SHOWN)
    just_done = {row["list"] for row in struck(request)}
    context = {
        "lists": [work for work in lists if work.number or work.key in just_done],
        "empty": [
            work
            for work in lists
            if not (work.number or work.key in just_done or work.is_hidden_when_empty)
        ],
        "may_coordinate": rules.may_coordinate(request.user),
        "is_keeper": rules.is_keeper(request.user),
        "may_add": rules.may_add(request.user),
        "mine": rules.changeable_organisations(request.user).visible_on(timezone.localdate())[:30]
        if not rules.may_coordinate(request.user)
        else [],
    }
    return render(request, "directory/desk/desk.html", context)


@login_required
def work(request: HttpRequest, key: str) -> HttpResponse:
    """One list of the desk, whole."""
    found = next((one for one in worklist(request.user, 500) if one.key == key), None)
    if found is None:
        raise Http404
    return render(request, "directory/desk/work.html", {"list": found})


@login_required
def round_paper(request: HttpRequest) -> HttpResponse:
    """A paper list for a round of visits or calls: what is due, each with its own QR code to
    confirm or correct.
    """
    if not rules.is_keeper(request.user):
        raise Http404
    due = (
        rules.changeable_organisations(request.user)
        .public()
        .due(timezone.localdate())
        .exclude(role="institution")
    )
    rows = [
        (one, qr_svg(confirm_address(request, one)))
        for one in due.prefetch_related("areas", "contact_points")[:ON_PAPER]
    ]
    return render(
        request,
        "directory/desk/round.html",
        {"rows": rows, "number": due.count(), "days": VALID.days},
    )


@require_POST
@login_required
def close_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a report was taken over."""
    report = get_object_or_404(ProblemReport, pk=pk)
    if not rules.may_change(request.user, report.record):
        raise Http404
    state = "solved" if request.POST.get("state") == "solved" else "rejected"
    line = care.close_report(Actor(request.user), report, state)
    name = report.record.name
    words = _("%(name)s: opgelost") if state == "solved" else _("%(name)s: niet overgenomen")
    in_list = strike(request, line, words % {"name": name})
    if in_list:
        return in_list
    messages.success(request, _("De melding is afgehandeld."))
    return redirect("directory:desk")


@require_POST
@login_required
def settle_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about a mail that could not be delivered: send it again, or take it off the list."""
    if not rules.may_coordinate(request.user):
        raise Http404
    row = get_object_or_404(delivery.problems(), pk=pk)
    is_again = request.POST.get("what") == "again"
    name = {"name": row.about_name or row.subject}
    return tap(
        request,
        lambda: care.settle_mail(Actor(request.user), row, is_again),
        [OutgoingMail.objects.filter(pk=row.pk)],
        (_("%(name)s: gaat opnieuw weg") if is_again else _("%(name)s: van de lijst")) % name,
        "directory:desk",
        _("De mail gaat over een minuut opnieuw weg.")
        if is_again
        else _("Van de lijst gehaald. Over een half uur is de mail gewist."),
    )


@require_POST
@login_required
def keep_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that two look-alikes are different organisations."""
    candidate = get_object_or_404(
        DuplicateCandidate.objects.select_related("first", "second"), pk=pk
    )
    if not rules.may_merge(request.user, candidate.first, candidate.second):
        raise Http404
    line = care.keep_apart(Actor(request.user), candidate)
    names = {"first": candidate.first.name, "second": candidate.second.name}
    in_list = strike(request, line, _("%(first)s en %(second)s: dit zijn er twee") % names)
    if in_list:
        return in_list
    messages.success(request, _("Onthouden: dit zijn er twee."))
    return redirect("directory:desk")


@require_POST
@login_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what one did a moment ago on the worklist; the row is back in its place."""
    line = get_object_or_404(TrailEntry, pk=pk, actor=request.user)
    try:
        revert.revert(Actor(request.user), line)
    except revert.CannotRevert:
        messages.error(request, _("Dit kan niet meer ongedaan worden gemaakt."))
    return unstrike(request, line)


@query_params("q")
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Find a record to keep, drafts and ended ones included."""
    words = request.GET.get("q", "")[:200]
    found: Any = []
    if words and rules.is_keeper(request.user):
        own = rules.changeable_organisations(request.user)
        found = own.filter(~Q(state="merged")).with_words(words)[:50]
    return render(
        request,
        "directory/desk/search.html",
        {"words": words, "found": found, "today": timezone.localdate()},
    )
