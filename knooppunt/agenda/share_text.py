"""Texts about the agenda that people pass on themselves, such as in a group chat."""

from __future__ import annotations

from itertools import groupby

from django.utils.dateformat import format as date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from knooppunt.agenda.describe import when
from knooppunt.agenda.lists import AgendaFilters, Row
from knooppunt.agenda.models import Activity


def activity_text(activity: Activity, rows: list[Row], address: str) -> str:
    """One activity in a few lines: what, when, where, for how much, and where to read more."""
    mark = _("voorbeeld")
    name = f"{activity.name} ({mark})" if activity.is_example else activity.name
    lines = [f"*{name}*", capfirst(when(activity))]
    going = next((row for row in rows if not row.occurrence.is_cancelled), None)
    if going and activity.comes_back:
        lines.append(_("Eerstvolgende keer: %(day)s") % {"day": going.when("l j F")})
    lines += _cancelled(rows)
    lines += [
        line
        for line in (where(going or (rows[0] if rows else None), activity), cost(activity))
        if line
    ]
    return "\n".join([*lines, address])


def _cancelled(rows: list[Row]) -> list[str]:
    """A line for each of the coming times that does not go on."""
    found = []
    for row in rows[:4]:
        if row.occurrence.is_cancelled:
            words = _("Let op: %(day)s gaat het niet door.") % {
                "day": date_format(row.starts, "l j F")
            }
            found.append(f"{words} {row.occurrence.reason}".strip())
    return found


def where(row: Row | None, activity: Activity) -> str:
    """The place with its street; else the words that were given."""
    if row and row.places and not row.occurrence.location:
        place = row.places[0]
        return ", ".join(part for part in (place.name, place.street, row.area) if part)
    return (
        (row.occurrence.location if row else "")
        or activity.location
        or (_("Online") if activity.online_url else "")
    )


def cost(activity: Activity) -> str:
    """What it costs, if that is known."""
    return _("Gratis") if activity.is_free else activity.cost


def list_text(filters: AgendaFilters, rows: list[Row], address: str) -> str:
    """A list of single times, day by day."""
    lines: list[str] = []
    for day, group in groupby(rows, key=lambda row: row.occurrence.day):
        lines += ["", f"*{capfirst(date_format(day, 'l j F'))}*"]
        for row in group:
            place = where(row, row.activity)
            clock = _("hele dag") if row.is_all_day else f"{row.starts:%H.%M}"
            lines.append(f"{clock} {row.name}{f' ({place})' if place else ''}")
    if not rows:
        lines.append(_("Er staat niets in de agenda."))
    return "\n".join([*lines, "", address]).strip()
