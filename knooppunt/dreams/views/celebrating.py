"""Celebrating: how a plan was celebrated, its photos, and the parties that are to come."""

from __future__ import annotations

from datetime import timedelta

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.agenda.models import Occurrence
from knooppunt.core.audit.trail import Actor
from knooppunt.core.registry import modules
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.models import Area
from knooppunt.dreams.actions import celebrating as actions
from knooppunt.dreams.forms.celebrating import CelebrationForm, PlanPhotoForm
from knooppunt.dreams.models.plans import Plan
from knooppunt.dreams.views.plans import get_plan, plan_editor_required

# The kinds of activities that are parties and shared meals, by their slug in the base list.
FESTIVE = ("feest", "eten")
AHEAD, MOST = timedelta(days=92), 200


@plan_editor_required
def celebrate(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Say that a plan was celebrated, and how it was; or change what stands about that."""
    if plan.state not in (Plan.State.DONE, Plan.State.CELEBRATED):
        raise Http404
    form = CelebrationForm(
        request.POST or None,
        instance=Plan.objects.get(pk=plan.pk),
        has_report=modules.is_on("report"),
    )
    question = Question(
        _("Gevierd!"),
        plan.title,
        _("Vertel het"),
        plan.get_absolute_url(),
        _("Wat mooi. Zet er ook een foto bij."),
    )
    return form_view(
        request,
        form,
        lambda said: actions.celebrate(
            Actor(request.user), plan, form.values(), said.get("may_tell", False)
        ),
        question,
    )


@plan_editor_required
def add_photo(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Add a photo of the party."""
    if plan.state != Plan.State.CELEBRATED:
        raise Http404
    form = PlanPhotoForm(request.POST or None, request.FILES or None)
    question = Question(
        _("Foto erbij"),
        plan.title,
        _("Zet de foto erbij"),
        plan.get_absolute_url(),
        _("De foto staat erbij."),
    )
    return form_view(
        request,
        form,
        lambda said: actions.add_photo(
            Actor(request.user), plan, said["photo"].read(), said["alt"]
        ),
        question,
    )


@require_POST
@plan_editor_required
def remove_photo(request: HttpRequest, plan: Plan, photo: int) -> HttpResponse:
    """Take a photo away for good."""
    row = get_object_or_404(plan.photos.select_related("plan"), pk=photo)
    return run_action(
        request,
        lambda: actions.remove_photo(Actor(request.user), row),
        plan,
        _("De foto is weg."),
    )


def photo(request: HttpRequest, key: int, photo: int) -> FileResponse:
    """A photo of a plan; always a JPEG that we drew ourselves."""
    row = get_object_or_404(get_plan(request, key).photos, pk=photo)
    response = FileResponse(row.photo.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@query_params("wijk")
def parties(request: HttpRequest) -> HttpResponse:
    """The parties and shared meals of the next three months, to read or to print."""
    if not modules.is_on("agenda"):
        raise Http404
    today = timezone.localdate()
    areas = {area.slug: area for area in Area.objects.doors().defer("outline")}
    area = areas.get(request.GET.get("wijk", ""))
    rows = Occurrence.objects.shown().going_on().between(today, today + AHEAD)
    rows = rows.filter(activity__kind__slug__in=FESTIVE)
    if area:
        wanted = Area.objects.below(area)
        plans = Plan.objects.in_areas(wanted).values("dates__activity")
        near = rows.filter(activity__places__area__in=wanted) | rows.filter(
            activity__areas__in=wanted
        )
        rows = near | rows.filter(activity__in=plans)
    rows = rows.select_related("activity", "place").prefetch_related("activity__venues__place")
    context = {
        "rows": rows.distinct().in_order()[:MOST],
        "areas": areas.values(),
        "area": area,
        "today": today,
    }
    return render(request, "dreams/parties.html", context)
