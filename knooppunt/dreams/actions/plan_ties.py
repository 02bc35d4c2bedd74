"""Brings what a plan lacks among the needs, and its dates in the agenda."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.agenda.actions import activities
from knooppunt.agenda.actions.activities import Organising
from knooppunt.agenda.models import Activity, ActivityKind
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.directory import rules as register_rules
from knooppunt.directory.models import Organisation, Place
from knooppunt.dreams.actions.plans import move_on, note_sign
from knooppunt.dreams.models.plan_ties import PlanDate, PlanNeed
from knooppunt.dreams.models.plans import Plan
from knooppunt.help.actions import notices
from knooppunt.help.models import Notice

Values = dict[str, Any]
# The kind of activity of a kind of plan, by its slug in the base list.
ACTIVITY_KINDS = {
    "party": "feest",
    "meal": "eten",
    "green": "groen",
    "making": "maken",
    "learning": "leren",
    "outing": "bewegen",
    "meeting": "inloop",
}


def add_need(actor: Actor, plan: Plan, organisation: Organisation, values: Values) -> PlanNeed:
    """Ask, in the name of an organisation that takes part, for what a plan lacks.

    Raises ValidationError for an organisation that does not take part.
    """
    if not plan.partners.agreed().filter(organisation=organisation).exists():
        raise ValidationError(_("Deze organisatie doet niet mee aan het plan."))
    said = {"side": Notice.Side.NEED, "area": plan.area, **values}
    own = actor.user is None or register_rules.represents(actor.user, organisation)
    with transaction.atomic():
        notice = notices.enter(actor, organisation, said, is_on_behalf=not own)
        need = PlanNeed.objects.create(plan=plan, notice=notice)
        trail.record(actor, "add_need", plan, {"need": ("", notice.title)})
        note_sign(actor, plan)
    return need


def add_date(actor: Actor, plan: Plan, values: Values) -> PlanDate:
    """Put a date of a plan in the agenda: at once where the actor keeps the place or none is named,
    else as a draft until the place says yes.

    ``values`` hold ``name``, ``starts_on``, ``starts_at``, ``minutes``, ``place`` (or None) and
    ``location``. Raises ValidationError for a day that is past.
    """
    if values["starts_on"] < timezone.localdate():
        raise ValidationError({"starts_on": _("Deze dag is al voorbij. Kies een andere.")})
    place: Place | None = values["place"]
    is_agreed = place is None or actor.user is None or register_rules.may_change(actor.user, place)
    said = {
        "name": values.get("name") or plan.title,
        "starts_on": values["starts_on"],
        "starts_at": values["starts_at"],
        "minutes": values["minutes"],
        "location": values.get("location", ""),
        "places": [place] if place else [],
        "areas": [plan.area] if plan.area else [],
        "descriptions": {"nl": plan.why},
        "kind": ActivityKind.objects.filter(slug=ACTIVITY_KINDS.get(plan.kind, "")).first(),
        "state": Activity.State.PUBLIC if is_agreed else Activity.State.DRAFT,
        # A draft is nobody's but the place's, so that no keeper of the plan says yes for it.
        "organisers": _organisers(plan) if is_agreed else _named(plan),
    }
    with transaction.atomic():
        activity = activities.enter(actor, said)
        planned = PlanDate.objects.create(plan=plan, activity=activity)
        trail.record(actor, "add_date", plan, {"date": ("", values["starts_on"])})
        note_sign(actor, plan)
    return planned


def _organisers(plan: Plan) -> list[Organising]:
    """The keepers, as who organises it."""
    rows = plan.partners.keepers().select_related("organisation")
    return [Organising(row.organisation, group="local") for row in rows]


def _named(plan: Plan) -> list[Organising]:
    """The names of the keepers, as long as the place did not say yes."""
    names = [str(row.organisation) for row in plan.partners.keepers().select_related()]
    return [Organising(name=", ".join(names), group="local")] if names else []


def agree_with_date(actor: Actor, planned: PlanDate) -> None:
    """Say, for a place, that something of a plan may be there."""
    with transaction.atomic():
        planned.refusal = ""
        planned.save(update_fields=["refusal"])
        activities.change(actor, planned.activity, {"organisers": _organisers(planned.plan)})
        activities.show(actor, planned.activity, Activity.State.PUBLIC)


def refuse_date(actor: Actor, planned: PlanDate, reason: str) -> None:
    """Say, for a place, that it cannot be there, and why; the date stays on the page of the
    plan.
    """
    with transaction.atomic():
        planned.refusal = reason
        planned.save(update_fields=["refusal"])
        activities.show(actor, planned.activity, Activity.State.ARCHIVED)


def remove_date(actor: Actor, planned: PlanDate) -> None:
    """Take a date out of a plan; what stood in the agenda goes out of it."""
    with transaction.atomic():
        plan, activity = planned.plan, planned.activity
        planned.delete()
        activities.show(actor, activity, Activity.State.ARCHIVED)
        trail.record(actor, "remove_date", plan, {"date": (activity.starts_on, "")})


def stop_plan(actor: Actor, plan: Plan, values: Values) -> None:
    """Stop a plan: what it still asked for is not needed, and what still was to come is cancelled.

    ``values`` say what was learned.
    """
    with transaction.atomic():
        move_on(actor, plan, Plan.State.STOPPED, values)
        for need in plan.needs.filter(notice__state=Notice.State.OPEN).select_related("notice"):
            notices.close(actor, need.notice, Notice.State.WITHDRAWN)
        coming = plan.dates.filter(activity__starts_on__gte=timezone.localdate())
        for planned in coming.select_related("activity"):
            if planned.activity.state == Activity.State.DRAFT:
                activities.show(actor, planned.activity, Activity.State.ARCHIVED)
            elif planned.activity.state == Activity.State.PUBLIC:
                cancelled = {"status": Activity.Status.CANCELLED}
                activities.change(actor, planned.activity, cancelled, "cancel")
