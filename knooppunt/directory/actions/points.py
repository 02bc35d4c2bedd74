"""Finds the point of a place by its address, with the address service that the coalition set;
off when none is set.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache

from knooppunt.core.audit.trail import Actor
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Place
from knooppunt.kit import geocoding
from knooppunt.kit.geocoding import Spot

KEEP = 60 * 60 * 24 * 30


def find_point(
    actor: Actor, place: Place, ask: geocoding.Fetch = geocoding.by_internet
) -> Spot | None:
    """Give a place the point of its address; None when the service does not know it.

    Raises geocoding.NoAnswer. An answer is kept for a month, so that the same address is not asked
    twice.
    """
    key = (
        "spot:"
        + hashlib.sha256(f"{settings.GEOCODER} {place.address.lower()}".encode()).hexdigest()
    )
    spots = cache.get(key)
    if spots is None:
        spots = geocoding.look_up(settings.GEOCODER, place.address, ask)
        cache.set(key, spots, KEEP)
    best = _best(spots, place.postcode.replace(" ", "").upper())
    if best:
        change(actor, place, {"longitude": best.point[0], "latitude": best.point[1]}, "locate")
    return best


def _best(spots: list[Spot], postcode: str) -> Spot | None:
    """The first address; with a postcode only one that has it, for a street of that name is in
    many towns.
    """
    fitting = [spot for spot in spots if not postcode or spot.postcode == postcode]
    return next((spot for spot in fitting if spot.is_address), fitting[0] if fitting else None)
