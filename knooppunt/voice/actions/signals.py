"""Takes signals in, with or without an address to answer to, and lets them join a point or be
laid aside with a reason.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.secret_codes import save_under_code
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.core.registry import figure_registry
from knooppunt.directory.models import Area
from knooppunt.voice.actions.news import announce_latest
from knooppunt.voice.models import Point, Signal

# Two groups of signs, such as K7P-3QXB.
CODE = (3, 4)
FIELDS = (
    "text",
    "area",
    "channel",
    "organisation",
    "reply_via",
    "reply_email",
    "reply_place",
    "received_on",
)


def take_in(actor: Actor, values: dict[str, Any]) -> Signal:
    """Take a signal in; only what is needed to answer is kept.

    Raises ValidationError without the means to answer as asked.
    """
    got = {name: values[name] for name in FIELDS if values.get(name) is not None}
    refuse_future(got.get("received_on"), "received_on")
    via = got.get("reply_via", Signal.ReplyVia.NONE)
    if via == Signal.ReplyVia.EMAIL and not got.get("reply_email"):
        raise ValidationError({"reply_email": _("Naar welk adres mogen we mailen?")})
    if via == Signal.ReplyVia.PAPER and not got.get("reply_place"):
        raise ValidationError({"reply_place": _("Bij welke plek kun je het briefje ophalen?")})
    if via != Signal.ReplyVia.EMAIL:
        got["reply_email"] = ""
    if via != Signal.ReplyVia.PAPER:
        got["reply_place"] = None
    return _saved(actor, Signal(entered_by=actor.account, **got))


def _saved(actor: Actor, signal: Signal) -> Signal:
    """Save it under a code that nobody has yet.

    No page for strangers shows a signal, so the stamp stays.
    """

    def write() -> None:
        signal.save(force_insert=True)
        trail.record_unseen(actor, "signal", signal)

    save_under_code(signal, CODE, write)
    return signal


def from_figure(actor: Actor, key: str, day: date, area: Area | None, text: str) -> Signal:
    """Make a signal of a number that this site counts: what it was, on which day, and what
    somebody sees in it.
    """
    figure = figure_registry.get_figure(key, day, area)
    refuse_future(day, "on")
    if figure is None or figure.value(day, area) is None:
        raise ValidationError({"figure": _("Dit cijfer is er niet.")})
    number = figure.value(day, area)
    told = f"{figure.title}: {number}" + (f" ({area.name})" if area else "")
    signal = Signal(
        entered_by=actor.account,
        text=f"{told}. {text}"[:2000],
        area=area,
        channel=Signal.Channel.FIGURES,
        figure=key,
        figure_on=day,
        figure_value=number,
    )
    return _saved(actor, signal)


def correct(actor: Actor, signal: Signal, values: dict[str, Any]) -> None:
    """Correct the day, the way or the wijk of a signal; its words stay those of its sender."""
    refuse_future(values.get("received_on"), "received_on")
    save_with_audit(actor, signal, values, "correct")


def join(actor: Actor, signal: Signal, point: Point) -> None:
    """Let a signal join a point; its sender hears how far that is."""
    with transaction.atomic():
        signal.point, signal.state, signal.aside_reason = point, Signal.State.JOINED, ""
        signal.save(update_fields=["point", "state", "aside_reason"])
        trail.record(actor, "join", point, {}, signal=signal.pk)
        announce_latest(signal, point)


def lay_aside(actor: Actor, signal: Signal, reason: str) -> None:
    """Lay a signal aside with a reason, which its sender can read with her code."""
    if not reason:
        raise ValidationError({"aside_reason": _("Schrijf op waarom; de afzender kan dat lezen.")})
    signal.point, signal.state, signal.aside_reason = None, Signal.State.ASIDE, reason
    signal.save(update_fields=["point", "state", "aside_reason"])
    trail.record_unseen(actor, "lay_aside", signal)


def erase(actor: Actor, signal: Signal) -> None:
    """Erase a signal with everything in it; that there was one stays in the trail, without its
    words.
    """
    with transaction.atomic():
        trail.record_redacted(actor, "erase", signal)
        signal.delete()
