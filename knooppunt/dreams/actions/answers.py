"""Answers a dream: what becomes of it, with a next day when that is not the end; who gave an
address hears it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.registry import modules
from knooppunt.directory.models import Organisation
from knooppunt.dreams.actions import dreams, news, plans
from knooppunt.dreams.models import Answer, Dream, Participant, Plan
from knooppunt.voice.actions import signals

FIELDS = ("text", "look_again_on", "place", "activity", "point")


def answer(actor: Actor, dream: Dream, kind: str, values: Mapping[str, Any]) -> Answer:
    """Answer a dream that is on the wall.

    ``values`` may hold the fields of an answer, and ``other``, the dream that it joins. A matter
    for the city becomes a signal of the voice, which joins a ``point`` when one is given. Raises
    ValidationError when something is missing.
    """
    given = {name: values[name] for name in FIELDS if values.get(name) is not None}
    _refuse_incomplete(dream, kind, given, values.get("other"))
    today = timezone.localdate()
    with transaction.atomic():
        if kind == Answer.Kind.JOINED:
            dreams.join(actor, dream, values["other"])
        if kind == Answer.Kind.CITY:
            given["signal"] = _to_signal(actor, dream, given.get("point"))
        given["text"] = given.get("text", "")
        reply = Answer.objects.create(
            dream=dream,
            kind=kind,
            on=today,
            due_on=dream.answer_by,
            answered_by=actor.account,
            **given,
        )
        dream.answer_by = _next_day(reply)
        dream.save(update_fields=["answer_by"])
        trail.record(actor, "answer_dream", dream, {"answer": (None, str(reply))})
        news.tell(reply)
    return reply


def become_plan(
    actor: Actor, dream: Dream, values: dict[str, Any], keepers: Sequence[Organisation]
) -> Plan:
    """Let a dream become a plan, and keep its people: organisations that dream along are asked to
    take part, and everybody who gave an address hears that there is a plan.

    Raises ValidationError for a dream that is not on the wall.
    """
    with transaction.atomic():
        plan = plans.start_plan(actor, values, keepers, dream=dream)
        helping = Participant.objects.visible_on(timezone.localdate()).organisations()
        helping = helping.filter(Q(dream=dream) | Q(dream__joined_to=dream))
        helping = helping.exclude(organisation__in=keepers).select_related("organisation")
        for organisation, row in {
            row.organisation: row for row in helping if row.organisation
        }.items():
            plans.add_partner(actor, plan, organisation, part=", ".join(row.kind_names))
        answer(actor, dream, Answer.Kind.PLAN, {})
    return plan


def _next_day(reply: Answer) -> Any:
    """The day before which a dream is answered again; None after a final answer."""
    if reply.kind in Answer.FINAL:
        return None
    return reply.look_again_on or dreams.answer_day(reply.on)


def _refuse_incomplete(
    dream: Dream, kind: str, given: Mapping[str, Any], other: Dream | None
) -> None:
    """Raise ValidationError, beside the field, for what an answer of this kind needs."""
    if not dream.is_public:
        raise ValidationError(_("Zet de droom eerst op de muur."))
    if kind in (Answer.Kind.TALK, Answer.Kind.NOT_NOW) and not given.get("text"):
        raise ValidationError({"text": _("Schrijf het in een paar gewone woorden.")})
    if kind == Answer.Kind.NOT_NOW:
        day = given.get("look_again_on")
        if not day or day <= timezone.localdate():
            raise ValidationError({"look_again_on": _("Kies een dag na vandaag.")})
    if kind == Answer.Kind.EXISTS and not (given.get("place") or given.get("activity")):
        raise ValidationError({"place": _("Waar is het? Kies een plek of een activiteit.")})
    if kind == Answer.Kind.JOINED and other is None:
        raise ValidationError({"other": _("Kies de droom waar deze bij hoort.")})
    if kind == Answer.Kind.CITY and not modules.is_on("voice"):
        raise ValidationError(_("Op deze site kun je niets aan de stad vragen."))


def _to_signal(actor: Actor, dream: Dream, point: Any) -> Any:
    """The signal that a dream becomes; it joins the point when one was chosen."""
    values = {
        "text": dream.text,
        "area": dream.area,
        "organisation": dream.organisation,
        "channel": "talk",
    }
    signal = signals.take_in(actor, values)
    if point:
        signals.join(actor, signal, point)
    return signal


def take_back(actor: Actor, reply: Answer) -> None:
    """Take the newest answer of a dream back: it waits for one again, by the day it had."""
    dream = reply.dream
    if dream.answers.order_by("-on", "-pk").first() != reply:
        raise ValidationError(_("Alleen het laatste antwoord kun je terugnemen."))
    with transaction.atomic():
        if reply.kind == Answer.Kind.JOINED:
            dreams.take_apart(actor, dream)
        news.withdraw(reply)
        dream.answer_by = reply.due_on or dreams.answer_day(timezone.localdate())
        dream.save(update_fields=["answer_by"])
        trail.record(actor, "take_back_answer", dream, {"answer": (str(reply), None)})
        reply.delete()
