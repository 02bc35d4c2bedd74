"""Whom to ask where something is, for what stands on paper without a place."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.agenda.lists import Row
from knooppunt.agenda.models import Organiser
from knooppunt.directory.models import ContactPoint
from knooppunt.kit.web import dialled


def whom_to_ask(rows: Iterable[Row]) -> dict[int, str]:
    """For each activity of which no place is known a line with who organises it and a number that
    everybody may call; of the coalition where that has none. Empty when nobody is known.
    """
    lost = {row.activity.pk for row in rows if not row.places and not row.activity.location}
    organisers = Organiser.objects.visible_on(timezone.localdate()).filter(activity__in=lost)
    first: dict[int, Organiser] = {}
    for organiser in organisers.select_related("organisation"):
        first.setdefault(organiser.activity_id, organiser)
    phones = ContactPoint.objects.public().filter(
        type=ContactPoint.Type.PHONE,
        organisation__in=[one.organisation_id for one in first.values() if one.organisation_id],
    )
    numbers = dict(phones.order_by("-pk").values_list("organisation", "value"))
    return {
        activity: _asked(first.get(activity), numbers)
        for activity in lost
        if activity in first or settings.COALITION.phone
    }


def _asked(organiser: Organiser | None, numbers: dict[int, str]) -> str:
    own = numbers.get(organiser.organisation_id or 0, "") if organiser else ""
    name = str(organiser) if organiser else settings.COALITION.name
    number = dialled(own) if own else settings.COALITION.phone
    if not number:
        return _("vraag het na bij %(name)s") % {"name": name}
    return _("vraag het na bij %(name)s, %(number)s") % {"name": name, "number": number}
