"""Reading calendars from elsewhere, every day from a web address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.agenda.actions import feeds as actions
from knooppunt.agenda.forms.reading import FeedForm
from knooppunt.agenda.models import Feed
from knooppunt.core.audit.trail import Actor
from knooppunt.directory import rules


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
                "Gelezen: %(created)d nieuw, %(updated)d veranderd, %(unchanged)d hetzelfde, "
                "%(error)d geweigerd."
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
