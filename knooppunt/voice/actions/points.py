"""Raises points, shares them, writes down their steps with a source, and what bears them out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import delete_with_audit, free_slug, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.core.registry import figure_registry
from knooppunt.decisions.models import Meeting
from knooppunt.directory.models import Area, Organisation
from knooppunt.voice.actions.news import announce
from knooppunt.voice.models import Document, Evidence, Hearing, Point, Step
from knooppunt.voice.models.points import Stage
from knooppunt.voice.queries.points import OWN_STAGES


def save_point(actor: Actor, point: Point, values: dict[str, Any], source: str = "") -> Point:
    """Raise or change a point; a new one is a draft, and begins with the step that it was
    collected.
    """
    is_new = point._state.adding
    with transaction.atomic():
        if is_new:
            point.slug, point.entered_by = free_slug(Point, values["title"]), actor.account
        elif (
            any(
                values.get(name, getattr(point, name)) != getattr(point, name)
                for name in ("title", "ask")
            )
            and point.signatures.exists()
        ):
            values = {**values, "reworded_on": timezone.localdate()}
        refuse_future(values.get("listed_on"), "listed_on")
        if not is_new and values.get("listed_on", point.listed_on) != point.listed_on:
            _move_beginning(actor, point, values["listed_on"])
        save_with_audit(actor, point, values)
        if is_new:
            take_step(
                actor,
                point,
                {
                    "stage": Stage.COLLECTED,
                    "on": point.listed_on,
                    "source": source or _("opgeschreven op deze site"),
                },
            )
    return point


def _move_beginning(actor: Actor, point: Point, day: date) -> None:
    """Let the step that a point was collected follow the day since which it is carried."""
    _refuse_late(point, day, "listed_on")
    for step in point.steps.filter(stage=Stage.COLLECTED, on=point.listed_on):
        save_with_audit(actor, step, {"on": day}, "correct")


def carry_over(actor: Actor, point: Point, successor: Organisation) -> None:
    """Let another organisation go on with a point."""
    save_with_audit(actor, point, {"organisation": successor}, "carry_over")


def share(actor: Actor, point: Point) -> None:
    """Make a draft public: organisations can sign.

    It is a shared point from now on, unless it is further already.
    """
    with transaction.atomic():
        save_with_audit(actor, point, {"is_public": True}, "share")
        if not point.steps.exclude(stage=Stage.COLLECTED).exists():
            take_step(
                actor,
                point,
                {
                    "stage": Stage.SHARED,
                    "on": max(timezone.localdate(), point.listed_on),
                    "source": _("gedeeld op deze site"),
                },
            )


def _check_step(values: dict[str, Any]) -> None:
    """Raise ValidationError without a day or a source, for a day to come, and for an answer
    expected before the step.
    """
    on: date | None = values.get("on")
    if on is None:
        raise ValidationError({"on": _("Op welke dag was dit?")})
    if on > timezone.localdate():
        raise ValidationError({"on": _("Deze dag komt nog. Schrijf een stap op als die gezet is.")})
    linked = values.get("source_url") or values.get("document") or values.get("meeting")
    if not linked and not (values["stage"] in OWN_STAGES and values.get("source")):
        raise ValidationError(
            {
                "source_url": _(
                    "Waar staat dit? Geef een link, een stuk uit de bibliotheek of een overleg."
                )
            }
        )
    if values.get("due_on") and values["due_on"] < on:
        raise ValidationError({"due_on": _("Deze dag ligt voor de stap zelf.")})


def take_step(actor: Actor, point: Point, values: dict[str, Any]) -> Step:
    """Write down a step and let who brought the point up hear of it.

    Raises ValidationError for one that cannot be.
    """
    _check_step(values)
    with transaction.atomic():
        step: Step = save_with_audit(
            actor, Step(point=point, entered_by=actor.account), values, "step"
        )
        trail.record(actor, "step", point, {"stage": (None, step.stage)})
        announce(step)
    return step


def change_step(actor: Actor, step: Step, values: dict[str, Any]) -> None:
    """Correct a step; how far its point is follows. Raises ValidationError for what cannot be."""
    _check_step(values)
    if step.stage == Stage.COLLECTED and values["on"] != step.on == step.point.listed_on:
        _refuse_late(step.point, values["on"], "on")
        save_with_audit(actor, step.point, {"listed_on": values["on"]})
    save_with_audit(actor, step, values, "correct")


def origin_of_step(step: Step) -> Any:
    """The promise or clause from which a step follows; None for one that was set by hand."""
    if step.commitment:
        return step.commitment
    return step.landing.clause if step.landing else None


def refusal_of_step(step: Step) -> str:
    """Why a step is not corrected by itself: it follows something else, or is the only one;
    empty when it can be.
    """
    origin = origin_of_step(step)
    if origin:
        return _(
            "Deze stap volgt vanzelf uit wat ergens anders staat: %(origin)s. Verbeter het daar."
        ) % {"origin": origin}
    if not step.is_mistake and not step.point.steps.exclude(pk=step.pk).exists():
        return _("De eerste stap blijft staan.")
    return ""


def _refuse_late(point: Point, day: date, field: str) -> None:
    """Raise ValidationError for a day since which a point is carried that comes after its other
    steps.
    """
    first = point.steps.exclude(stage=Stage.COLLECTED).order_by("on").first()
    if first and first.on < day:
        raise ValidationError(
            {field: _("Op %(day)s was er al een stap.") % {"day": date_format(first.on, "j F Y")}}
        )


def add_figure(actor: Actor, point: Point, key: str, day: date, area: Area | None) -> Evidence:
    """Bear a point out with a figure of this site, as it is counted for a day; the list behind
    it stays one tap away.
    """
    figure = figure_registry.get_figure(key, day, area)
    refuse_future(day, "on")
    if figure is None or figure.value(day, area) is None:
        raise ValidationError({"figure": _("Dit cijfer is er niet.")})
    values = {
        "figure": key,
        "on": day,
        "area": area,
        "value": figure.value(day, area),
        "title": str(figure.title)[:200],
        "unit": str(figure.unit)[:60],
    }
    made: Evidence = save_with_audit(
        actor, Evidence(point=point, kind=Evidence.Kind.FIGURE), values
    )
    return made


def add_story(actor: Actor, point: Point, values: dict[str, Any]) -> Evidence:
    """Bear a point out with a story of somebody who gave leave.

    Raises ValidationError without that.
    """
    if not values.get("consent_on"):
        raise ValidationError(
            {"consent_on": _("Zonder toestemming kan een verhaal hier niet staan.")}
        )
    made: Evidence = save_with_audit(
        actor, Evidence(point=point, kind=Evidence.Kind.STORY), values, hidden=True
    )
    return made


def add_document(actor: Actor, point: Point, document: Document) -> Evidence:
    """Bear a point out with a piece from the library."""
    made: Evidence = save_with_audit(
        actor,
        Evidence(point=point, kind=Evidence.Kind.DOCUMENT),
        {"document": document, "title": document.title},
    )
    return made


def remove_evidence(actor: Actor, one: Evidence) -> None:
    """Take something that bears a point out away; a story whose teller changed her mind goes at
    once.
    """
    delete_with_audit(actor, one)


def bring_in(actor: Actor, point: Point, values: dict[str, Any]) -> Hearing:
    """Plan to bring a point in at a meeting, and who will speak."""
    meeting: Meeting = values["meeting"]
    known = Hearing.objects.filter(point=point, meeting=meeting).first()
    made: Hearing = save_with_audit(actor, known or Hearing(point=point), values)
    trail.record(actor, "bring_in", point, {"meeting": (None, str(meeting))})
    return made


def register(actor: Actor, hearing: Hearing) -> None:
    """Write down that somebody asked to speak."""
    save_with_audit(actor, hearing, {"registered_on": timezone.localdate()}, "register")
