"""Entering, changing, copying and proposing activities; what was understood is shown before it
is kept.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knooppunt.agenda import rules
from knooppunt.agenda.actions import activities, confirmation
from knooppunt.agenda.actions.materialise import TooMany
from knooppunt.agenda.describe import trouble, when
from knooppunt.agenda.forms.activities import ActivityForm, ProposalForm, initial
from knooppunt.agenda.importing.codes import message
from knooppunt.agenda.models import Activity
from knooppunt.agenda.occurrence_generator import next_days
from knooppunt.agenda.schedule import Schedule
from knooppunt.agenda.views.pages import get_visible_activity
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.web import guards
from knooppunt.core.web.dictation import dictated
from knooppunt.core.web.form_views import erase_when_sure
from knooppunt.core.web.query_params import query_params
from knooppunt.directory import rules as register_rules
from knooppunt.directory.models import Organisation
from knooppunt.directory.recent_acts import tap

activity_editor_required = guards.editor_required(get_visible_activity, rules.may_change, "slug")


def preview(
    values: dict[str, Any], activity: Activity | None = None, schedule: Schedule | None = None
) -> dict[str, Any]:
    """What was understood: the rule read back, the next six days, and what to know about the
    clock.
    """
    today = timezone.localdate()
    shown = (
        "starts_on",
        "starts_at",
        "minutes",
        "is_all_day",
        "zone",
        "rules",
        "additions",
        "exceptions",
        "until",
        "skips_school_holidays",
        "skips_public_holidays",
    )
    tried = Activity(
        **{
            name: values.get(name, getattr(activity, name, None))
            for name in shown
            if name in values or activity
        }
    )
    turns = next_days(tried, today)
    known = schedule.known_until if schedule else None
    notes = [message("holidays_known", value=date_format(known, "j F Y"))] if known else []
    notes += [words for turn in turns if (words := trouble(turn.starts, tried.zone))]
    return {"when": when(tried), "turns": turns, "notes": list(dict.fromkeys(notes))}


def _form(
    request: HttpRequest, activity: Activity | None = None, start: dict[str, Any] | None = None
) -> ActivityForm:
    own = (
        register_rules.changeable_organisations(request.user)
        .visible_on(timezone.localdate())
        .order_by("name_key")[:500]
    )
    organisations = Organisation.objects.filter(pk__in=[one.pk for one in own])
    return ActivityForm(
        request.POST or None, initial=start or {}, organisations=organisations, activity=activity
    )


def _page(request: HttpRequest, form: ActivityForm, **more: Any) -> HttpResponse:
    places = (
        register_rules.changeable_places(request.user)
        .visible_on(timezone.localdate())
        .values_list("name", flat=True)[:100]
    )
    status = 400 if form.errors else 200
    return render(
        request, "agenda/enter.html", {"form": form, "places": places, **more}, status=status
    )


@query_params("plek", "wie")
@login_required
def enter(request: HttpRequest) -> HttpResponse:
    """Put something in the agenda: a few questions, then what was understood, then it is there."""
    if not register_rules.is_keeper(request.user):
        return redirect("agenda:propose")
    form = _form(request, start=_start(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    values, schedule = form.values(), form.schedule
    assert schedule is not None
    if "keep" not in request.POST:
        return _page(request, form, preview=preview(values, schedule=schedule))
    try:
        one = activities.enter(Actor(request.user), _as_entered(request.user, values))
    except TooMany:
        form.add_error("said", _("Dit is te vaak om in de agenda te zetten."))
        return _page(request, form)
    messages.success(
        request,
        _("Het staat in de agenda.")
        if one.is_public
        else _("Bewaard als voorstel; een coördinator kijkt ernaar."),
    )
    return redirect(one if rules.may_see(request.user, one) else "directory:desk")


def _start(request: HttpRequest) -> dict[str, Any]:
    """What is known already: the place or organisation from whose page she came."""
    place = (
        register_rules.changeable_places(request.user)
        .visible_on(timezone.localdate())
        .filter(slug=request.GET.get("plek", ""))
        .first()
    )
    one = (
        register_rules.changeable_organisations(request.user)
        .filter(slug=request.GET.get("wie", ""))
        .first()
    )
    if place and not one:
        role = (
            place.roles.visible_on(timezone.localdate())
            .filter(role="hosts")
            .select_related("organisation")
            .first()
        )
        one = role.organisation if role else None
    if one and not place:
        hosted = (
            one.place_roles.visible_on(timezone.localdate())
            .filter(role="hosts")
            .select_related("place")
            .first()
        )
        place = hosted.place if hosted else None
    return {
        "where": place.name if place else "",
        "organisation": one,
        "group": "local" if one else "",
    }


def _as_entered(user: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Something of her own, or at a place she keeps, is public at once and confirmed; anything
    else waits for a look.
    """
    own = [who.organisation for who in values["organisers"] if who.organisation]
    fine = any(rules.may_enter(user, one, None) for one in own) or (
        not own and any(rules.may_enter(user, None, place) for place in values["places"])
    )
    fine = fine or register_rules.may_coordinate(user)
    today = timezone.localdate()
    return values | {
        "state": "public" if fine else "draft",
        "confirmed_on": today if fine else None,
        "confirmed_via": "web" if fine else "",
    }


@activity_editor_required
def change(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Change an activity; a new rule is shown before it is kept, and may hold from a later day."""
    form = _form(
        request, activity, initial(activity, register_rules.changeable_organisations(request.user))
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, record=activity)
    values, schedule = form.values(), form.schedule
    if schedule and "keep" not in request.POST:
        return _page(
            request,
            form,
            record=activity,
            preview=preview(values, activity, schedule),
            may_split=activity.comes_back,
        )
    try:
        one = _keep(request, activity, values, form.cleaned_data.get("first_day"))
    except TooMany:
        form.add_error("said", _("Dit is te vaak om in de agenda te zetten."))
        return _page(request, form, record=activity)
    messages.success(request, _("Bewaard."))
    return redirect(one)


def _keep(
    request: HttpRequest, activity: Activity, values: dict[str, Any], day: date | None
) -> Activity:
    if request.POST.get("keep") == "from" and day and activity.starts_on < day:
        return activities.change_from(Actor(request.user), activity, day, values)
    activities.change(Actor(request.user), activity, values)
    return activity


@query_params("waar")
@csrf_exempt  # A stranger has no cookie; the form carries its own signed moment.
@dictated
def propose(request: HttpRequest) -> HttpResponse:
    """A stranger proposes something for the agenda; who keeps the place, or a coordinator,
    looks at it first.
    """
    form = ProposalForm(
        request.POST or None, request=request, initial={"where": request.GET.get("waar", "")[:200]}
    )
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "agenda/propose.html", {"form": form}, status=400 if form.errors else 200
        )
    values = form.values()
    if "keep" not in request.POST:
        seen_so = preview(values, schedule=form.cleaned_data["said"])
        return render(request, "agenda/propose.html", {"form": form, "preview": seen_so})
    try:
        one = activities.enter(Actor(None, "web"), values)
    except TooMany:
        form.add_error("said", _("Dit is te vaak om in de agenda te zetten."))
        return render(request, "agenda/propose.html", {"form": form}, status=400)
    return render(request, "agenda/proposed.html", {"name": one.name, "preview": preview({}, one)})


@require_POST
@activity_editor_required
def copy(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Take over last year's: the same, a year later on the same weekday, as a draft to look
    through.
    """
    shift = timedelta(days=364)
    today = timezone.localdate()
    first = activity.starts_on + shift
    while first < today:
        first += shift
    values: dict[str, Any] = {"starts_on": first, "since": first, "state": "draft", "until": None}
    one = activities.copy(Actor(request.user), activity, values)
    messages.success(
        request,
        _("Overgenomen als voorstel. Kijk de dag en de tijd na en zet het dan in de agenda."),
    )
    return redirect("agenda:change", one.slug)


def _erase(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Erase an activity for good; asks once more, with what goes with it."""
    number = activity.occurrences.count()
    lines = [
        activity.name,
        ngettext("%(number)s keer in de agenda", "%(number)s keren in de agenda", number)
        % {"number": number},
        _("De tellingen van bezoekers, de organisatoren, de plekken en de geschiedenis"),
    ]
    return erase_when_sure(
        request,
        lambda: activities.erase(Actor(request.user), activity),
        _("Deze activiteit wissen?"),
        lines,
        activity,
        _("Gewist."),
        then="directory:desk",
    )


@require_POST
@activity_editor_required
def show(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Take a proposal over, or take something out of the agenda."""
    state = request.POST.get("state", "")
    if state == "erase" and activity.state == Activity.State.ARCHIVED:
        if not rules.may_erase(request.user, activity):
            trail.record_denied(Actor(request.user), "erase", activity)
            return render(request, "directory/desk/refused.html", {"record": activity}, status=403)
        return _erase(request, activity)
    if state not in ("public", "archived"):
        raise Http404
    is_shown = state == "public"
    words = _("%(name)s: in de agenda") if is_shown else _("%(name)s: niet in de agenda")
    return tap(
        request,
        lambda: _set_shown(request, activity, state),
        [Activity.objects.filter(pk=activity.pk)],
        words % {"name": activity.name},
        "directory:desk",
        _("Het staat in de agenda.") if is_shown else _("Het staat niet meer in de agenda."),
    )


def _set_shown(request: HttpRequest, activity: Activity, state: str) -> None:
    """Show an activity, which then counts as confirmed, or take it out of the agenda."""
    activities.show(Actor(request.user), activity, state)
    if state == "public" and not activity.confirmed_on:
        confirmation.confirm(Actor(request.user), activity, "web")
