"""What a host does with a tap: cancel or move one time, count the people, confirm or end a
series, object as a place.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.agenda import rules
from knooppunt.agenda.actions import confirmation, occurrence
from knooppunt.agenda.describe import how_often, when
from knooppunt.agenda.forms.activities import CancelForm, CountForm, MoveForm
from knooppunt.agenda.lists import filled
from knooppunt.agenda.models import Activity, Occurrence, Venue
from knooppunt.agenda.views.editing import activity_editor_required
from knooppunt.agenda.views.pages import get_visible_activity
from knooppunt.core.audit.trail import BY_LINK, Actor
from knooppunt.core.web.link_views import link_view
from knooppunt.directory.recent_acts import tap


@activity_editor_required
def one_time(request: HttpRequest, activity: Activity, pk: int) -> HttpResponse:
    """One single time: cancel it, move it, put it back, or say how many people came."""
    one = get_object_or_404(activity.occurrences, pk=pk)
    do = request.POST.get("do", "")
    forms = {"cancel": CancelForm, "move": MoveForm, "count": CountForm}
    bound: dict[str, Any] = {
        name: form(request.POST if do == name else None, initial=_start(one), auto_id=f"{name}_%s")
        for name, form in forms.items()
    }
    if do == "back":
        occurrence.put_back(Actor(request.user), activity, one.original)
        messages.success(request, _("Het gaat door zoals altijd."))
        return redirect(activity)
    if do in bound and bound[do].is_valid():
        _act(request, activity, one, do, bound[do].cleaned_data)
        return redirect(activity)
    context = {
        "record": activity,
        "one": one,
        "row": filled(activity.occurrences.filter(pk=one.pk))[0],
        "is_past": one.starts <= timezone.now(),
        **{f"{name}_form": form for name, form in bound.items()},
    }
    return render(request, "agenda/desk/one_time.html", context, status=400 if do else 200)


def _start(one: Occurrence) -> dict[str, Any]:
    local = timezone.localtime(one.starts)
    return {"day": local.date(), "time": local.time(), "reason": one.reason, "people": one.people}


def _act(
    request: HttpRequest, activity: Activity, one: Occurrence, do: str, got: dict[str, Any]
) -> None:
    actor = Actor(request.user)
    if do == "count":
        occurrence.count(actor, one, got["people"])
        messages.success(request, _("Geteld. Dank je wel."))
    elif do == "cancel":
        occurrence.cancel(actor, activity, one.original, got["reason"])
        messages.success(request, _("Deze keer gaat niet door; iedereen ziet dat."))
    else:
        starts = datetime.combine(got["day"], got["time"])
        occurrence.move(
            actor, activity, one.original, starts, place=got["where"], reason=got["reason"]
        )
        messages.success(request, _("Verplaatst; de andere keren blijven zoals ze zijn."))


@require_POST
@activity_editor_required
def confirm(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Say that a series still goes on."""
    via = "phone" if request.POST.get("via") == "phone" else "web"
    return tap(
        request,
        lambda: confirmation.confirm(Actor(request.user), activity, via),
        [Activity.objects.filter(pk=activity.pk)],
        _("%(name)s: gaat door") % {"name": activity.name},
        activity,
        _("Bevestigd: dit gaat door."),
    )


@require_POST
@activity_editor_required
def end(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Say that a series has stopped: today is past, nothing comes any more."""
    confirmation.end(
        Actor(request.user),
        activity,
        max(timezone.localdate() - timedelta(days=1), activity.since or activity.starts_on),
    )
    messages.success(request, _("Gestopt. Wat er was, blijft meetellen."))
    return redirect(activity)


@require_POST
@login_required
def objection(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A place says that an activity is not welcome there, or that it is after all."""
    one = get_visible_activity(request, slug)
    venue = get_object_or_404(Venue.objects.select_related("place"), pk=pk, activity=one)
    if not rules.may_object(request.user, venue):
        raise Http404
    if request.POST.get("do") == "welcome":
        confirmation.welcome(Actor(request.user), venue)
        messages.success(request, _("Het staat weer bij deze plek."))
    else:
        confirmation.object_to(Actor(request.user), venue, request.POST.get("reason", ""))
        messages.success(
            request, _("Het staat niet meer bij deze plek. De organisator ziet waarom.")
        )
    return redirect("directory:place", venue.place.slug)


@link_view
def confirm_link(request: HttpRequest, token: str) -> HttpResponse:
    """The one screen of the signed link: every series of an organisation, to say of each that
    it goes on or has stopped.
    """
    organisation = confirmation.open_link(token)
    if organisation is None:
        return render(request, "directory/confirm_gone.html", status=410)
    today = timezone.localdate()
    series = list(confirmation.series_of(organisation, today))
    if request.method == "POST":
        for one in series:
            answer = request.POST.get(f"s{one.pk}")
            if answer == "goes":
                confirmation.confirm(BY_LINK, one, "link")
            elif answer == "stopped":
                confirmation.end(
                    BY_LINK, one, max(today - timedelta(days=1), one.since or one.starts_on)
                )
        return render(request, "agenda/confirmed.html", {"organisation": organisation})
    rows = [(one, when(one) if one.rules else how_often(one)) for one in series]
    return render(request, "agenda/confirm.html", {"organisation": organisation, "rows": rows})
