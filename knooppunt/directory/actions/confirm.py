"""Confirm that a record is right, on the site, by phone, on a visit or with a signed link
without an account.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.directory.models import Confirmation, Organisation, Place, Record

SALT = "directory.confirm"


def make_link(record: Record) -> str:
    """A signed token that opens this one record for confirming and correcting, and nothing
    else, for 45 days.
    """
    return make_token([trail.label_of(record)[0], record.pk], SALT)


def open_link(token: str) -> Organisation | Place | None:
    """The record that a token opens; None for a forged or expired one, or when the record is
    gone.
    """
    letter, pk = read_token(token, SALT) or (None, None)
    if letter is None:
        return None
    records = Place.objects if letter == "p" else Organisation.objects
    return records.filter(pk=pk, state__in=("public", "draft")).first()


def read_together(record: Organisation | Place, day: date) -> list[Organisation | Place]:
    """The record and those that read as one with it: an organisation, and the places that it
    alone hosts.
    """
    if isinstance(record, Place):
        return [record]
    hosted = (
        Place.objects.visible_on(day)
        .filter(roles__in=record.place_roles.as_of(day).filter(role="hosts"))
        .distinct()
    )
    alone = [place for place in hosted if place.roles.as_of(day).filter(role="hosts").count() == 1]
    return [record, *alone]


def confirm(
    actor: Actor, record: Organisation | Place, via: str, on: date | None = None
) -> TrailEntry:
    """Write down that the record, and the places that read as one with it, are right as of today
    (or ``on``).

    Gives the line of the record itself, with which ``undo_confirm`` takes it back.
    """
    day = on or timezone.localdate()
    with transaction.atomic():
        first, *others = [_confirm(actor, one, via, day) for one in read_together(record, day)]
        if others:
            first.details["together"] = [line.pk for line in others]
            first.save(update_fields=["details"])
    return first


def _confirm(actor: Actor, record: Organisation | Place, via: str, day: date) -> TrailEntry:
    """Confirm one record; the line keeps what was there before."""
    before = {
        "confirmed_on": trail.plain(record.confirmed_on),
        "confirmed_via": record.confirmed_via,
        "missing_since": trail.plain(record.missing_since),
    }
    old = record.confirmed_on
    record.confirmed_on, record.confirmed_via, record.missing_since = day, via, None
    row = Confirmation.objects.create(**{trail.label_of(record): record}, on=day, via=via)
    record.save(update_fields=[*before, "changed_at"])
    changes = {"confirmed_on": (old, day)}
    return trail.record(
        actor, "confirm", record, changes, via=via, confirmation=row.pk, before=before
    )


def undo_confirm(actor: Actor, line: TrailEntry) -> None:
    """Take a confirmation back; what was confirmed anew since then stays as it is, the rest is
    as it was before.
    """
    with transaction.atomic():
        rows = TrailEntry.objects.filter(pk__in=line.details.get("together", ()), verb="confirm")
        for row in (line, *rows):
            _undo_one(actor, row)


def _undo_one(actor: Actor, line: TrailEntry) -> None:
    model: type[Organisation] | type[Place] = Place if line.target_type == "place" else Organisation
    record: Any = model._default_manager.get(pk=line.target_id)
    pk, before = line.details["confirmation"], line.details["before"]
    is_last = not record.confirmations.filter(pk__gt=pk).exists()
    record.confirmations.filter(pk=pk).delete()
    undone = record.confirmed_on
    if is_last:
        for name, value in before.items():
            setattr(record, name, record._meta.get_field(name).to_python(value))
        record.save(update_fields=[*before, "changed_at"])
    changes = {"confirmed_on": (undone, record.confirmed_on)}
    line.reverted_by = trail.record(actor, "undo_confirm", record, changes)
    line.save(update_fields=["reverted_by"])
