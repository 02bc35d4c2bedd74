"""Brings the lists of kinds, themes and areas in line with coalition.toml; nothing that is in
use is thrown away.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import transaction

from knooppunt.core.audit import trail
from knooppunt.core.coalition.base_terms import Term
from knooppunt.core.coalition.configuration import AreaEntry
from knooppunt.core.models import SiteFact
from knooppunt.directory.actions.areas import locate_places
from knooppunt.directory.models import Area, Kind, Theme


def sync_coalition() -> None:
    """Take over kinds, themes and areas from the file, when the file differs from what was
    taken over last.
    """
    coalition = settings.COALITION
    wanted = repr((coalition.kinds, coalition.themes, coalition.areas))
    mark = trail_mark(wanted)
    if SiteFact.objects.filter(key="coalition", value=mark).exists():
        return
    with transaction.atomic():
        sync_terms(Kind, coalition.kinds, icons=True)
        sync_terms(Theme, coalition.themes)
        moved = [_sync_area(entry) for entry in coalition.areas]
        if any(moved):
            locate_places()
        SiteFact.objects.update_or_create(key="coalition", defaults={"value": mark})
        trail.bump_generation()


def trail_mark(text: str) -> str:
    """A short mark by which a changed file is noticed."""
    return hashlib.sha256(text.encode()).hexdigest()


def sync_terms(model: Any, terms: tuple[Term, ...], icons: bool = False) -> None:
    """Make or update the rows of a managed list; a word that is no longer on it is kept but not
    offered.
    """
    for position, term in enumerate(terms):
        values = {
            "names": term.name,
            "plurals": term.plural,
            "synonyms": list(term.synonyms),
            "is_base": term.is_base,
            "is_used": True,
            "position": position,
        }
        values |= {"icon": term.icon} if icons else {}
        if model is Kind:
            values |= {"role": term.role, "is_place": term.is_place}
        model.objects.update_or_create(slug=term.slug, defaults=values)
    model.objects.exclude(slug__in=[term.slug for term in terms]).update(is_used=False)


def _sync_area(entry: AreaEntry) -> bool:
    """Make or update one area; what an import of official areas filled in is not emptied.

    True if its outline changed.
    """
    area = Area.objects.filter(slug=entry.slug).first() or Area(slug=entry.slug)
    old_outline = area.outline
    area.parent = Area.objects.get(slug=entry.parent) if entry.parent else None
    area.name, area.level, area.aliases = entry.name, entry.level, list(entry.aliases)
    area.code = entry.code or area.code
    if entry.outline and not area.outline_source:
        area.outline = entry.outline
    if entry.population is not None and not area.outline_source:
        area.population, area.population_year = entry.population, entry.population_year
        area.population_source = entry.population_source
    area.save()
    return area.outline != old_outline
