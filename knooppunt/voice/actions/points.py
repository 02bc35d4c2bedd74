"""Raises points, shares them, writes down their steps with a source, and what bears them out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core import published, trail
from knooppunt.core.time import refuse_future
from knooppunt.core.trail import Actor
from knooppunt.core.writing import free_slug, remove, write
from knooppunt.decisions.models import Meeting
from knooppunt.directory.models import Area
from knooppunt.voice.actions.news import announce
from knooppunt.voice.models import Document, Evidence, Hearing, Point, Step
from knooppunt.voice.models.points import OWN_STAGES, Stage


def save_point(actor: Actor, point: Point, values: dict[str, Any], source: str = "") -> Point:
    """Raise or change a point; a new one is a draft, and begins with the step that it was collected."""
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
        write(actor, point, values)
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


def share(actor: Actor, point: Point) -> None:
    """Make a draft public: from now on it is a shared point, and organisations can sign."""
    with transaction.atomic():
        write(actor, point, {"is_public": True}, "share")
        if not point.steps.filter(stage=Stage.SHARED).exists():
            take_step(
                actor,
                point,
                {
                    "stage": Stage.SHARED,
                    "on": max(timezone.localdate(), point.listed_on),
                    "source": _("gedeeld op deze site"),
                },
            )


def take_step(actor: Actor, point: Point, values: dict[str, Any]) -> Step:
    """Write down a step and let who brought the point up hear of it.

    Raises ValidationError without a day or a source, for a day to come, and for an answer expected before the step.
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
    with transaction.atomic():
        step: Step = write(actor, Step(point=point, entered_by=actor.account), values, "step")
        trail.record(actor, "step", point, {"stage": (None, step.stage)})
        announce(step)
    return step


def remove_step(actor: Actor, step: Step) -> None:
    """Take a step back that was written down by mistake; the first one stays."""
    if not step.point.steps.exclude(pk=step.pk).exists():
        raise ValidationError(_("De eerste stap blijft staan."))
    with transaction.atomic():
        trail.record(actor, "remove_step", step.point, {"stage": (step.stage, None)})
        remove(actor, step)


def add_figure(actor: Actor, point: Point, key: str, day: date, area: Area | None) -> Evidence:
    """Bear a point out with a figure of this site, as it is counted for a day; the list behind it stays one tap away."""
    figure = published.find(key, day, area)
    refuse_future(day, "on")
    if figure is None or figure.value(day, area) is None:
        raise ValidationError({"figure": _("Dit cijfer is er niet.")})
    values = {
        "figure": key, "on": day, "area": area, "value": figure.value(day, area), "title": str(figure.title)[:200], "unit": str(figure.unit)[:60],
    }  # fmt: skip
    made: Evidence = write(actor, Evidence(point=point, kind=Evidence.Kind.FIGURE), values)
    return made


def add_story(actor: Actor, point: Point, values: dict[str, Any]) -> Evidence:
    """Bear a point out with a story of somebody who gave leave. Raises ValidationError without that."""
    if not values.get("consent_on"):
        raise ValidationError(
            {"consent_on": _("Zonder toestemming kan een verhaal hier niet staan.")}
        )
    made: Evidence = write(
        actor, Evidence(point=point, kind=Evidence.Kind.STORY), values, hidden=True
    )
    return made


def add_document(actor: Actor, point: Point, document: Document) -> Evidence:
    """Bear a point out with a piece from the library."""
    made: Evidence = write(
        actor,
        Evidence(point=point, kind=Evidence.Kind.DOCUMENT),
        {"document": document, "title": document.title},
    )
    return made


def remove_evidence(actor: Actor, one: Evidence) -> None:
    """Take something that bears a point out away; a story whose teller changed her mind goes at once."""
    remove(actor, one)


def bring_in(actor: Actor, point: Point, values: dict[str, Any]) -> Hearing:
    """Plan to bring a point in at a meeting, and who will speak."""
    meeting: Meeting = values["meeting"]
    known = Hearing.objects.filter(point=point, meeting=meeting).first()
    made: Hearing = write(actor, known or Hearing(point=point), values)
    trail.record(actor, "bring_in", point, {"meeting": (None, str(meeting))})
    return made


def register(actor: Actor, hearing: Hearing) -> None:
    """Write down that somebody asked to speak."""
    write(actor, hearing, {"registered_on": timezone.localdate()}, "register")
