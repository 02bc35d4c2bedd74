"""Opens a dream table, takes in the dreams that were said there, and erases its photo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.directory.pictures import safe_picture
from knooppunt.dreams.actions import dreams
from knooppunt.dreams.models import Dream, DreamTable

# A photo of which nobody types the dreams in is erased after so many days.
PHOTO_DAYS = 60


def open_table(actor: Actor, values: Mapping[str, Any], photo: bytes = b"") -> DreamTable:
    """Begin typing in the dreams of a table; ``photo`` is of the flip-over or the cards.

    Raises ValidationError for a day in the future or a photo that cannot be read.
    """
    refuse_future(values.get("held_on"), "held_on")
    picture = safe_picture(photo) if photo else b""
    with transaction.atomic():
        table = DreamTable(entered_by=actor.account, **values)
        if table.place and not table.area:
            table.area = table.place.area
        if picture:
            table.photo.save("tafel.jpg", ContentFile(picture), save=False)
        table.save()
        trail.record_unseen(actor, "open_dream_table", table)
    return table


def add_dreams(
    actor: Actor, table: DreamTable, rows: Iterable[Mapping[str, Any]], may_publish: bool
) -> list[Dream]:
    """Take in what was said at a table, all or nothing; who may read dreams puts them on the wall
    at once.

    Each row has ``text`` and may have ``theme`` and ``area``; else the area is that of the table.
    """
    if not table.is_open:
        raise ValidationError(_("Deze droomtafel is al klaar."))
    said = []
    with transaction.atomic():
        for row in rows:
            values = {
                **row,
                "area": row.get("area") or table.area,
                "place": table.place,
                "organisation": table.organisation,
                "table": table,
                "channel": Dream.Channel.TABLE,
                "said_on": table.held_on,
            }
            dream = dreams.say(actor, values)
            if may_publish:
                dreams.publish(actor, dream)
            said.append(dream)
    return said


def close_table(actor: Actor, table: DreamTable) -> None:
    """Say that every dream of a table was typed in; its photo is erased."""
    with transaction.atomic():
        photo = table.photo.name
        table.closed_on, table.photo = timezone.localdate(), ""
        table.save(update_fields=["closed_on", "photo"])
        trail.record_unseen(actor, "close_dream_table", table)
        if photo:
            transaction.on_commit(lambda: DreamTable.photo.field.storage.delete(photo))


def forget_photos(today: date) -> RoundResult:
    """Close the tables that were left open too long, and erase their photos."""
    due = DreamTable.objects.filter(
        closed_on__isnull=True, opened_on__lt=today - timedelta(days=PHOTO_DAYS)
    )
    name = gettext_noop("De foto van een droomtafel wissen")
    return for_each(name, list(due), lambda table: close_table(SYSTEM, table), due=due)
