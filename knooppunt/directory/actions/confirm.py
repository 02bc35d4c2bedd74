"""Confirm that a record is right, on the site, by phone, on a visit or with a signed link without an account."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from knooppunt.core import trail
from knooppunt.core.links import make_token, read_token
from knooppunt.core.trail import Actor
from knooppunt.directory.models import Confirmation, Organisation, Place, Record

SALT = "directory.confirm"


def make_link(record: Record) -> str:
    """A signed token that opens this one record for confirming and correcting, and nothing else, for 45 days."""
    return make_token([trail.label_of(record)[0], record.pk], SALT)


def open_link(token: str) -> Organisation | Place | None:
    """The record that a token opens; None for a forged or expired one, or when the record is gone."""
    letter, pk = read_token(token, SALT) or (None, None)
    if letter is None:
        return None
    records = Place.objects if letter == "p" else Organisation.objects
    return records.filter(pk=pk, state__in=("public", "draft")).first()


def read_together(record: Organisation | Place, day: date) -> list[Organisation | Place]:
    """The record and those that read as one with it: an organisation, and the places that it alone hosts."""
    if isinstance(record, Place):
        return [record]
    hosted = (
        Place.objects.visible_on(day)
        .filter(roles__in=record.place_roles.as_of(day).filter(role="hosts"))
        .distinct()
    )
    alone = [place for place in hosted if place.roles.as_of(day).filter(role="hosts").count() == 1]
    return [record, *alone]


def confirm(actor: Actor, record: Organisation | Place, via: str, on: date | None = None) -> None:
    """Write down that the record, and the places that read as one with it, are right as of today (or ``on``)."""
    day = on or timezone.localdate()
    with transaction.atomic():
        for one in read_together(record, day):
            before = one.confirmed_on
            one.confirmed_on, one.confirmed_via, one.missing_since = day, via, None
            Confirmation.objects.create(**{trail.label_of(one): one}, on=day, via=via)
            one.save(update_fields=["confirmed_on", "confirmed_via", "missing_since", "changed_at"])
            trail.record(actor, "confirm", one, {"confirmed_on": (before, day)}, via=via)
