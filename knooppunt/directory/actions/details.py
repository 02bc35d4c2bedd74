"""Set what hangs below a record: contact points, door hours and their exceptions, numbers,
volunteers and a photo.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import HIDDEN, Actor
from knooppunt.directory.models import (
    ContactPoint,
    Identifier,
    OpeningException,
    OpeningHours,
    Organisation,
    Place,
    VolunteerStatement,
)
from knooppunt.directory.pictures import safe_picture

Contact = tuple[str, str, str, str]
Hours = tuple[int, time, time, str]


def _owner(record: Organisation | Place) -> dict[str, Any]:
    return {trail.label_of(record): record}


def _shown(contacts: Iterable[Contact]) -> list[str]:
    """Contacts as the trail may show them: what is not public stays hidden there too."""
    return [
        f"{kind}: {value if visibility == 'public' else HIDDEN}"
        for kind, value, _label, visibility in contacts
    ]


def set_contacts(actor: Actor, record: Organisation | Place, contacts: Sequence[Contact]) -> bool:
    """Let a record have exactly these contact points (type, value, label, visibility); True if
    anything differed.
    """
    with transaction.atomic():
        old = list(record.contact_points.values_list("type", "value", "label", "visibility"))
        if sorted(old) == sorted(contacts):
            return False
        record.contact_points.all().delete()
        ContactPoint.objects.bulk_create(
            [
                ContactPoint(**_owner(record), type=kind, value=value, label=label, visibility=seen)
                for kind, value, label, seen in dict.fromkeys(contacts)
            ]
        )
        trail.record(actor, "change", record, {"contact_points": (_shown(old), _shown(contacts))})
    return True


def set_hours(actor: Actor, place: Place, hours: Sequence[Hours]) -> bool:
    """Let a place have exactly these door hours (weekday, opens, closes, note); True if
    anything differed.
    """
    with transaction.atomic():
        old = list(place.hours.values_list("weekday", "opens", "closes", "note"))
        if sorted(old) == sorted(hours):
            return False
        place.hours.all().delete()
        OpeningHours.objects.bulk_create(
            [
                OpeningHours(place=place, weekday=day, opens=opens, closes=closes, note=note)
                for day, opens, closes, note in hours
            ]
        )
        told = [
            [
                f"{day} {opens:%H:%M}-{closes:%H:%M} {note}".strip()
                for day, opens, closes, note in rows
            ]
            for rows in (old, hours)
        ]
        trail.record(actor, "change", place, {"hours": (told[0], told[1])})
    return True


def add_exception(
    actor: Actor,
    place: Place,
    since: date,
    until: date,
    opens: time | None = None,
    closes: time | None = None,
    reason: str = "",
) -> OpeningException:
    """Say that a place is closed, or open at other times, from a day until and including a day."""
    with transaction.atomic():
        row = OpeningException.objects.create(
            place=place, since=since, until=until, opens=opens, closes=closes, reason=reason
        )
        trail.record(actor, "change", place, {"exceptions": ([], [str(row)])})
    return row


def remove_exception(actor: Actor, row: OpeningException) -> None:
    """Take an exception away again."""
    with transaction.atomic():
        trail.record(actor, "change", row.place, {"exceptions": ([str(row)], [])})
        row.delete()


def state_volunteers(
    actor: Actor, organisation: Organisation, number: int, on: date | None = None, source: str = ""
) -> bool:
    """Write down how many volunteers an organisation says it has on a day; True if that is new."""
    day = on or timezone.localdate()
    with transaction.atomic():
        old = organisation.volunteer_statements.filter(on=day).first()
        if old and (old.number, old.source) == (number, source):
            return False
        VolunteerStatement.objects.update_or_create(
            organisation=organisation, on=day, defaults={"number": number, "source": source}
        )
        trail.record(
            actor,
            "change",
            organisation,
            {"volunteers": (old and old.number, number)},
            on=day.isoformat(),
            source=source,
        )
    return True


def set_identifier(actor: Actor, organisation: Organisation, scheme: str, value: str) -> None:
    """Give an organisation a number of some scheme, beside those it has."""
    with transaction.atomic():
        _row, is_new = Identifier.objects.get_or_create(
            organisation=organisation, scheme=scheme, value=value
        )
        if is_new:
            trail.record(
                actor, "change", organisation, {"identifiers": ([], [f"{scheme} {value}"])}
            )


def set_photo(actor: Actor, place: Place, raw: bytes, alt: str, credit: str) -> None:
    """Give a place a photo with its text; the picture is drawn anew without hidden data.

    Raises pictures.BadPicture.
    """
    picture = safe_picture(raw)
    with transaction.atomic():
        old, old_alt = place.photo.name, place.photo_alt
        place.photo.save(f"{place.slug}.jpg", ContentFile(picture), save=False)
        place.photo_alt, place.photo_credit = alt, credit
        place.save(update_fields=["photo", "photo_alt", "photo_credit", "changed_at"])
        trail.record(actor, "change", place, {"photo": (old_alt, alt)}, old_file=old)
