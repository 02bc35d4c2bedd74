"""Writes down who may speak for whom, and takes it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import free_slug, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.decisions.models import Delegate, Hat, Mandate, Matter
from knooppunt.directory.models import Organisation
from knooppunt.people.actions import invite


def save_matter(actor: Actor, matter: Matter, values: dict[str, Any]) -> Matter:
    """Write down what somebody may speak about."""
    if matter._state.adding:
        matter.slug = free_slug(Matter, values["name"])
    saved: Matter = save_with_audit(actor, matter, values)
    return saved


def save_delegate(actor: Actor, delegate: Delegate, name: str, email: str = "") -> Delegate:
    """Write down somebody who speaks for others, with an account when she has a mail address."""
    values: dict[str, Any] = {"name": name}
    if email:
        values["user"] = invite(actor, email)
    saved: Delegate = save_with_audit(actor, delegate, values)
    return saved


def rename(actor: Actor, delegate: Delegate, name: str) -> Delegate:
    """Change how a delegate is called; the old name goes from the trail as well."""
    with transaction.atomic():
        trail.redact(delegate)
        saved: Delegate = save_with_audit(actor, delegate, {"name": name}, "rename", hidden=True)
    return saved


def remove_hat(actor: Actor, hat: Hat) -> None:
    """Take a hat away, with its words in the trail."""
    with transaction.atomic():
        trail.redact(hat)
        hat.delete()
        trail.record(actor, "remove_hat", hat.delegate)


def declare_hat(actor: Actor, delegate: Delegate, values: dict[str, Any]) -> Hat:
    """Write down what else a delegate is."""
    made: Hat = save_with_audit(actor, Hat(delegate=delegate), values)
    return made


def give(
    actor: Actor, organisations: Iterable[Organisation], values: dict[str, Any]
) -> list[Mandate]:
    """Write down that organisations let a delegate speak for them; all of them or none.

    Raises ValidationError without a first day or a place where it stands, and for one that overlaps
    with another.
    """
    _check_words(values)
    made = []
    with transaction.atomic():
        for organisation in organisations:
            mandate = Mandate(
                organisation=organisation, delegate=values["delegate"], matter=values["matter"]
            )
            _refuse_overlap(mandate, values["since"], values.get("until"))
            made.append(save_with_audit(actor, mandate, values, "give"))
    return made


def change_mandate(actor: Actor, mandate: Mandate, values: dict[str, Any]) -> None:
    """Correct the days of a mandate or where it stands. Raises ValidationError as ``give`` does."""
    _check_words(values)
    withdrawn = values.get("withdrawn_on")
    if withdrawn and withdrawn < values["since"]:
        raise ValidationError({"withdrawn_on": _("Het mandaat begon pas later.")})
    if not withdrawn:
        _refuse_overlap(mandate, values["since"], values.get("until"))
    save_with_audit(actor, mandate, values, "correct")


def check_period(actor: Actor, mandate: Mandate) -> None:
    """Raise ValidationError when a mandate that is put back was given anew in the mean time."""
    if mandate.withdrawn_on is None and mandate.since:
        _refuse_overlap(mandate, mandate.since, mandate.until)


def _check_words(values: dict[str, Any]) -> None:
    if not values.get("since"):
        raise ValidationError({"since": _("Vanaf welke dag geldt het?")})
    if not values.get("source") and not values.get("decision"):
        raise ValidationError({"source": _("Schrijf op waar het staat, of kies het besluit.")})


def _refuse_overlap(mandate: Mandate, since: date, until: date | None) -> None:
    """Raise ValidationError when the organisation gave the same mandate in this period."""
    others = Mandate.objects.filter(
        organisation=mandate.organisation,
        delegate=mandate.delegate,
        matter=mandate.matter,
        withdrawn_on__isnull=True,
    )
    if others.exclude(pk=mandate.pk).overlapping(since, until):
        raise ValidationError(
            _("%(name)s gaf dit mandaat al in deze periode.") % {"name": mandate.organisation.name}
        )


def withdraw(actor: Actor, mandate: Mandate, on: date) -> None:
    """Take a mandate back from a day. Raises ValidationError for a day before it began."""
    if mandate.since and on < mandate.since:
        raise ValidationError(_("Het mandaat begon pas later."))
    save_with_audit(actor, mandate, {"withdrawn_on": on}, "withdraw")
