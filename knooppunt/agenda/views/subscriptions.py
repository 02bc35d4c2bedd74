"""Reading calendars from elsewhere: by a file, or every day from a web address."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.agenda import rules as agenda_rules
from knooppunt.agenda.actions import feeds as actions
from knooppunt.agenda.forms.reading import FeedForm, UploadForm
from knooppunt.agenda.importing.columns import COLUMNS
from knooppunt.agenda.importing.run import Job
from knooppunt.agenda.models import Feed
from knooppunt.core.imports.problems import describe_problem
from knooppunt.core.trail import Actor
from knooppunt.directory import rules
from knooppunt.kit.columns import ListFile
from knooppunt.kit.findings import Report
from knooppunt.kit.tables import UnreadableFile


def _mine(user: Any) -> Any:
    """The calendars that a person may look after."""
    rows = Feed.objects.select_related("organisation", "place")
    if rules.may_coordinate(user):
        return rows
    return rows.filter(organisation__in=rules.changeable_organisations(user).values("pk"))


def _choices(user: Any) -> dict[str, Any]:
    return {
        "organisations": rules.changeable_organisations(user).visible_on(timezone.localdate()),
        "places": rules.changeable_places(user).visible_on(timezone.localdate()),
    }


@login_required
def feeds(request: HttpRequest) -> HttpResponse:
    """The calendars that are read, how that went, and a form for one more."""
    if not rules.is_keeper(request.user):
        raise Http404
    form = FeedForm(request.POST or None, **_choices(request.user))
    if request.method == "POST" and form.is_valid() and (feed := _subscribed(request, form)):
        _read(request, feed)
        return redirect("agenda:feeds")
    context = {"form": form, "feeds": _mine(request.user)}
    return render(request, "agenda/desk/feeds.html", context, status=400 if form.errors else 200)


def _subscribed(request: HttpRequest, form: FeedForm) -> Feed | None:
    """The calendar that is read from now on; None when it cannot be, and the form says why."""
    got = form.cleaned_data
    if not got["organisation"] and not rules.may_coordinate(request.user):
        form.add_error("organisation", _("Kies van wie de kalender is."))
        return None
    name = got["url"].split("/")[2]
    try:
        return actions.subscribe(
            Actor(request.user), got["url"], name, got["organisation"], got["place"]
        )
    except actions.AlreadyRead:
        form.add_error("url", _("Deze kalender wordt al gelezen."))
        return None


def _read(request: HttpRequest, feed: Feed) -> None:
    report = actions.read(feed)
    if feed.problem:
        messages.error(request, feed.problem)
    else:
        counts = {
            name: report.counts[name] for name in ("created", "updated", "unchanged", "error")
        }
        messages.success(
            request,
            _(
                "Gelezen: %(created)d nieuw, %(updated)d veranderd, %(unchanged)d hetzelfde, %(error)d geweigerd."
            )
            % counts,
        )


@require_POST
@login_required
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a calendar no longer."""
    actions.stop(Actor(request.user), get_object_or_404(_mine(request.user), pk=pk))
    messages.success(request, _("Gestopt. Wat eruit kwam, staat nog in de agenda."))
    return redirect("agenda:feeds")


@require_POST
@login_required
def read_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a calendar at once; one that had stopped itself begins again."""
    feed = get_object_or_404(_mine(request.user), pk=pk)
    feed.state = Feed.State.ACTIVE
    _read(request, feed)
    return redirect("agenda:feeds")


@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Read in a calendar file or a list; first as a trial, unless one says otherwise."""
    if not rules.is_keeper(request.user):
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, **_choices(request.user))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        if not got["organisation"] and not rules.may_coordinate(request.user):
            form.add_error("organisation", _("Kies van wie deze activiteiten zijn."))
        else:
            context |= _taken_in(request, got)
    return render(request, "agenda/desk/upload.html", context, status=400 if form.errors else 200)


def _taken_in(request: HttpRequest, got: dict[str, Any]) -> dict[str, Any]:
    """Read the file from a folder of its own; the report, or why the whole could not be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"lijst{Path(got['file'].name).suffix.lower()[:6]}"
        path.write_bytes(got["file"].read())
        job = Job(
            Actor(request.user, "import"),
            ListFile(path, COLUMNS, got["file"].name, {}, got["sheet"], got["header_row"] or 0),
            may_change=lambda one: agenda_rules.may_change(request.user, one),
            may_speak_for=lambda one: (
                agenda_rules.may_enter(request.user, one, None)
                or rules.may_coordinate(request.user)
            ),
            organiser=got["organisation"],
            place=got["place"],
            is_dry_run=got["is_dry_run"],
        )
        report = Report(keep=300)
        try:
            job.run(report)
        except UnreadableFile as problem:
            return {"problem": describe_problem(problem)}
    return {"report": report, "is_trial": got["is_dry_run"]}
