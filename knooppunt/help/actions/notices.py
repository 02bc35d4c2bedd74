"""Writes down what organisations need and can spare, changes it, and closes it when it worked
out or its time is over.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.core.database.valid_time import refuse_backwards
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.help.matching import terms_of
from knooppunt.help.models import Notice

FIELDS = ("side", "kind", "title", "text", "place", "area", "days", "since", "until")


def enter(
    actor: Actor, organisation: Organisation, values: dict[str, Any], is_on_behalf: bool = False
) -> Notice:
    """Write down a need or an offer; where nothing is said, it is at the place and in the wijk
    of the organisation.
    """
    one = Notice(organisation=organisation, entered_by=actor.account, is_on_behalf=is_on_behalf)
    with transaction.atomic():
        _fill(one, values)
        one.save()
        trail.record(actor, "create", one, {"title": ("", one.title)}, organisation=organisation.pk)
    return one


def change(actor: Actor, one: Notice, values: dict[str, Any]) -> None:
    """Change a need or offer."""
    with transaction.atomic():
        before = {name: getattr(one, name) for name in FIELDS}
        if (values.get("side", one.side), values.get("kind", one.kind)) != (
            one.side,
            one.kind,
        ) and _is_introduced(one):
            raise ValidationError(
                _(
                    "Hiermee is al iemand in contact gebracht. Sluit dit, en zet iets nieuws op "
                    "het bord."
                )
            )
        _fill(one, values)
        one.save()
        changes = {
            name: (before[name], getattr(one, name))
            for name in FIELDS
            if before[name] != getattr(one, name)
        }
        trail.record(actor, "change", one, changes)


def _is_introduced(one: Notice) -> bool:
    return one.introduced_offers.exists() or one.introduced_needs.exists()


def _fill(one: Notice, values: dict[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(one, name, values[name])
    refuse_backwards(one.since, one.until)
    one.days = sorted({int(day) for day in one.days})
    one.place = one.place or _home(one.organisation)
    one.area = one.area or _wijk(one)
    one.terms = terms_of(one.title, one.text)


def _home(organisation: Organisation) -> Place | None:
    """The place that an organisation hosts today."""
    roles = organisation.place_roles.visible_on(timezone.localdate()).filter(role="hosts")
    role = roles.select_related("place").order_by("pk").first()
    return role.place if role else None


def _wijk(one: Notice) -> Area | None:
    stated = one.place.area if one.place else None
    return stated or one.organisation.areas.defer("outline").order_by("name").first()


def close(actor: Actor, one: Notice, state: str, on: date | None = None) -> None:
    """Close a need or offer: it worked out, it is not needed any more, or its time is over."""
    if not one.is_open:
        return
    with transaction.atomic():
        one.state, one.closed_on = state, on or timezone.localdate()
        one.save(update_fields=["state", "closed_on"])
        trail.record(actor, "close", one, {"state": ("open", state)})


def carry_over(actor: Actor, one: Notice, successor: Organisation) -> None:
    """Let another organisation ask or offer it from now on."""
    with transaction.atomic():
        before, one.organisation = one.organisation, successor
        one.save(update_fields=["organisation"])
        trail.record(actor, "carry_over", one, {"organisation": (before, successor)})


def reopen(actor: Actor, one: Notice) -> None:
    """Ask or offer it again; an end that is past is taken off."""
    with transaction.atomic():
        before, one.state, one.closed_on = one.state, Notice.State.OPEN, None
        if one.until and one.until < timezone.localdate():
            one.until = None
        one.save(update_fields=["state", "closed_on", "until"])
        trail.record(actor, "reopen", one, {"state": (before, "open")})


def expire(today: date) -> RoundResult:
    """Close what is past its last day."""

    def expire_notice(notice: Notice) -> None:
        close(SYSTEM, notice, Notice.State.EXPIRED, today)

    due = Notice.objects.past(today)
    return for_each(gettext_noop("Een vraag of aanbod sluiten"), list(due), expire_notice, due=due)
