"""Asks an address service (PDOK Locatieserver, the national one of the Netherlands) where an
address is.

Answers as documented by PDOK for its operation ``free``; coordinates come as ``POINT(longitude
latitude)``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from knooppunt.kit.fetching import NotFetched, fetch
from knooppunt.kit.geo import Point, parse_pair

SECONDS, MOST_BYTES, ROWS = 4.0, 200_000, 5
Fetch = Callable[[str], bytes]


class NoAnswer(Exception):
    """The service did not answer, or not in a way that we understand."""


@dataclass(frozen=True)
class Spot:
    """Where an address is: as the service writes it, its point (longitude first), and its
    postcode without a space.
    """

    label: str
    point: Point
    postcode: str
    is_address: bool


def by_internet(url: str) -> bytes:
    """What the service answers. Raises NotFetched."""
    return fetch(url, seconds=SECONDS, most=MOST_BYTES, accept="application/json").body


def look_up(service: str, text: str, ask: Fetch = by_internet) -> list[Spot]:
    """The spots that a service finds for an address, the best first. Raises NoAnswer."""
    query = urlencode(
        {
            "q": " ".join(text.split())[:200],
            "rows": ROWS,
            "fq": "type:adres OR type:postcode OR type:weg",
        }
    )
    try:
        return read_answer(ask(f"{service}{'&' if '?' in service else '?'}{query}"))
    except NotFetched as problem:
        raise NoAnswer(problem.code) from None


def read_answer(data: bytes) -> list[Spot]:
    """The spots in an answer. Raises NoAnswer for an error or anything else that is no answer."""
    try:
        found = json.loads(data)["response"]["docs"]
        return [spot for one in found if (spot := _spot(one))]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoAnswer("not_understood") from None


def _spot(one: dict[str, object]) -> Spot | None:
    pair = parse_pair(str(one.get("centroide_ll", "")))
    if pair is None or not (-180 <= pair[0] <= 180 and -90 <= pair[1] <= 90):
        return None
    return Spot(
        str(one.get("weergavenaam", ""))[:200],
        pair,
        str(one.get("postcode", "")).replace(" ", "").upper(),
        one.get("type") == "adres",
    )
