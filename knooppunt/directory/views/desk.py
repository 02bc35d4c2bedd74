"""The desk: what waits today, and every list behind it, for whoever keeps something."""

from __future__ import annotations

from dataclasses import replace
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
from knooppunt.core.registry import modules
from knooppunt.core.web.query_params import query_params
from knooppunt.core.web.signed_links import VALID
from knooppunt.directory import rules
from knooppunt.directory.actions import care, revert
from knooppunt.directory.models import DuplicateCandidate, ProblemReport
from knooppunt.directory.postponed import bring_back, postpone, postponed
from knooppunt.directory.recent_acts import done_today, strike, struck, tap, to_next, unstrike
from knooppunt.directory.today import SHOWN as TODAY
from knooppunt.directory.today import is_late, rank, with_next
from knooppunt.directory.today_tasks import first_steps
from knooppunt.directory.views.edit import confirm_address
from knooppunt.directory.worklist import MOST, Work, tasks_of, worklist
from knooppunt.kit.qr import qr_svg

SHOWN, ON_PAPER, MOST_BEADS = 12, 60, 12


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for her today, ranked; what goes one by one is folded, empty lists are hidden."""
    user, today = request.user, timezone.localdate()
    lists = worklist(user, MOST)
    later, done = postponed(request), done_today(request)
    waiting = [task for task in tasks_of(lists) if task.anchor not in later]
    ranked = rank(waiting or first_steps(user), today)
    shown = with_next(ranked[:TODAY], today)
    just_done = struck(request)
    context = {
        "is_keeper": rules.is_keeper(user),
        "greeting": greeting(timezone.localtime().hour),
        "first_name": str(getattr(user, "name", "")).partition(" ")[0],
        "first": shown[0] if shown else None,
        "rest": shown[1:],
        "number_beyond": max(0, len(ranked) - TODAY),
        "people": sum(task.people_waiting for task in waiting),
        "late": sum(1 for task in waiting if is_late(task, today)),
        "done": done,
        "beads": [number < done for number in range(min(MOST_BEADS, done + len(shown)))],
        "last_done": just_done[-1] if just_done else None,
        "put_off": len(later),
    }
    return render(request, "directory/desk/desk.html", context | _beside(user, lists))


def _beside(user: Any, lists: list[Work]) -> dict[str, Any]:
    """What stands beside the things of today: bulk work, doors, and what she keeps herself."""
    bulk = [work for work in lists if work.number and work.to_task is None]
    uncounted = [work for work in bulk if not work.total]
    doors = [door for part in modules.active() if part.desk_doors for door in part.desk_doors(user)]
    mine = rules.changeable_organisations(user).visible_on(timezone.localdate())
    return {
        "counted": [work for work in bulk if work.total],
        "bulk": uncounted,
        "number_in_bulk": sum(work.number for work in uncounted),
        "number_empty": sum(1 for work in lists if not work.number),
        "new_doors": [door for door in doors if door.is_new],
        "doors": [door for door in doors if not door.is_new],
        "mine": [] if rules.may_coordinate(user) else mine[:30],
    }


def greeting(hour: int) -> str:
    """How one greets at this hour of the day."""
    if hour < 12:
        return _("Goedemorgen")
    return _("Goedemiddag") if hour < 18 else _("Goedenavond")


@login_required
def all_work(request: HttpRequest) -> HttpResponse:
    """Every list of the worklist, folded, with its first rows; the empty ones at the end."""
    if not rules.is_keeper(request.user):
        raise Http404
    lists = worklist(request.user, SHOWN)
    just_done = {row["list"] for row in struck(request)}
    context = {
        "lists": [work for work in lists if work.number or work.key in just_done],
        "empty": [
            work
            for work in lists
            if not (work.number or work.key in just_done or work.is_hidden_when_empty)
        ],
    }
    return render(request, "directory/desk/all_work.html", context)


@login_required
def work(request: HttpRequest, key: str) -> HttpResponse:
    """One list of the desk, whole."""
    return render(request, "directory/desk/work.html", {"list": get_list(request, key)})


def get_list(request: HttpRequest, key: str) -> Work:
    """One list of the worklist of who asks; 404 when she has none of that name."""
    work = next((work for work in worklist(request.user, MOST) if work.key == key), None)
    if work is None:
        raise Http404
    return work


@login_required
def walk(request: HttpRequest, key: str) -> HttpResponse:
    """One list, a record at a time: decide or put it off, and the next one comes."""
    work, later = get_list(request, key), postponed(request)
    rows = [row for row in work.rows if f"{key}-{row.pk}" not in later]
    of_list = [row for row in struck(request) if row["list"] == key]
    total = work.total or work.number + len(of_list)
    context = {
        "list": replace(work, rows=rows[:1]),
        "row": rows[0] if rows else None,
        "put_off": len(work.rows) - len(rows),
        "last_done": of_list[-1] if of_list else None,
        "total": total,
        "gone": total - work.number,
    }
    return render(request, "directory/desk/walk.html", context)


@require_POST
@login_required
def postpone_task(request: HttpRequest) -> HttpResponse:
    """Put one thing off until tomorrow, or show again what was put off."""
    if not rules.is_keeper(request.user):
        raise Http404
    if request.POST.get("what") == "back":
        bring_back(request, request.POST.get("list", ""))
    elif not postpone(request, request.POST.get("row", "")):
        raise Http404
    return to_next(request) or redirect("directory:desk")


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
