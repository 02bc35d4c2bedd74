"""Says in plain words how far a point is, how long it waits, and what the sender of a signal
can read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knooppunt.voice.models import Point, Signal, Step
from knooppunt.voice.models.points import ENDED, Stage
from knooppunt.voice.queries.points import LAST_FIRST, OWN_STAGES

ROAD = (Stage.COLLECTED, Stage.SHARED, Stage.SUBMITTED, Stage.ANSWERED, Stage.AGREED, Stage.DONE)


@dataclass(frozen=True)
class Stop:
    """One stop on the road of a point: its name, the day it was reached, and whether the point
    is there now.
    """

    name: str
    on: date | None
    is_now: bool


def furthest(steps: list[Step]) -> Step | None:
    """The step that says how far a point is, of its steps in the order of their days; None
    without steps.
    """
    outside = [step for step in steps if step.stage not in OWN_STAGES]
    known = outside or steps
    return known[-1] if known else None


def road(steps: list[Step]) -> list[Stop]:
    """The road from signal to done, with the stops that were reached; what took another turn
    stands under its own name.
    """
    reached = {step.stage: step.on for step in steps}
    last_step = furthest(steps)
    last = last_step.stage if last_step else ""
    side = {
        Stage.PROMISED: Stage.AGREED,
        Stage.REJECTED: Stage.AGREED,
        Stage.PARTLY: Stage.DONE,
        Stage.NOT_DONE: Stage.DONE,
    }
    stops = []
    for stage in ROAD:
        shown: str = stage
        turned = [other for other, into in side.items() if into == stage and other in reached]
        if turned and (last in turned or stage not in reached):
            shown = last if last in turned else turned[-1]
        stops.append(Stop(str(Stage(shown).label), reached.get(shown), shown == last))
    return stops


def short_road(steps: list[Step]) -> list[Stop]:
    """The road in at most three stops: where it began, where it is now and what comes next."""
    stops = road(steps)
    here = next((number for number, stop in enumerate(stops) if stop.is_now), 0)
    begun = next((number for number, stop in enumerate(stops) if stop.on), here)
    shown = sorted({begun, here, min(here + 1, len(stops) - 1)})
    return [stops[number] for number in shown]


def waits(point: Any, day: date) -> str:
    """How long a point waits since its last step; empty when it ended.

    The point comes from ``as_of``.
    """
    if point.stage in ENDED or point.stage_on is None:
        return ""
    days = (day - point.stage_on).days
    if days < 14:
        return ngettext("wacht %(days)s dag", "wacht %(days)s dagen", days) % {"days": days}
    if days < 60:
        return _("wacht %(weeks)s weken") % {"weeks": days // 7}
    return _("wacht %(months)s maanden") % {"months": days // 30}


def signal_story(signal: Signal) -> tuple[str, Point | None, Step | None]:
    """What became of a signal, for its sender: a sentence, and the point and its last step when
    it is public.
    """
    if signal.is_mistake:
        return _("Dit is doorgestreept. %(reason)s") % {"reason": signal.mistake_reason}, None, None
    if signal.state == Signal.State.ASIDE:
        return (
            _("We hebben dit opzij gelegd. %(reason)s") % {"reason": signal.aside_reason},
            None,
            None,
        )
    point = signal.point if signal.point and signal.point.is_public else None
    if point is None:
        return (
            _("We hebben het gelezen en zoeken erbij wie hetzelfde zegt.")
            if signal.point
            else _("Het is goed aangekomen. Iemand van de coalitie leest het."),
            None,
            None,
        )
    step = point.steps.order_by(*LAST_FIRST).first()
    return _("Wat jij zei hoort nu bij een punt waar we samen voor opkomen."), point, step
