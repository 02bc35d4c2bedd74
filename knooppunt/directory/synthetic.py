"""Invents a neighbourhood of any size for load tests: all of it is marked as such,
and a seed gives the same again.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.core.audit.saving import Slugs
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.example_rows import inventing
from knooppunt.core.models import SiteFact
from knooppunt.directory.actions.links import assign_many, join_many
from knooppunt.directory.actions.records import create_many
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.models import (
    Area,
    Confirmation,
    Kind,
    OpeningHours,
    Organisation,
    Place,
    Theme,
    VolunteerStatement,
)
from knooppunt.kit import geo

BY_EXAMPLE = Actor(None, "import")
BATCH = 500
FIRST = (
    "Zonnige Groene Oude Nieuwe Vrolijke Stille Open Brede Warme Bonte Lange Hoge Kleine Vrije "
    "Gouden"
).split()
SECOND = (
    "Tuin Kamer Werkplaats Keuken Hoek Brug Kade Poort Linde Ketel Wagen Ster Boom Haven Molen "
    "Stoep"
).split()
DOING = (
    "We koken en eten samen.",
    "Iedereen is welkom voor koffie.",
    "Er is taalles voor beginners.",
    "Kinderen kunnen hier spelen.",
    "We werken samen in de tuin.",
    "Je kunt hier dingen maken en repareren.",
    "We helpen elkaar met formulieren.",
)


def make_synthetic_neighbourhood(organisations: int, seed: int) -> dict[str, int]:
    """Add invented organisations (a tenth of them networks), places for three in four, and
    links; gives the numbers.
    """
    with inventing():
        made = _Invention(Random(seed)).make(organisations)  # noqa: S311 - no secret depends on it
    SiteFact.objects.get_or_create(
        key="example", defaults={"value": timezone.localdate().isoformat()}
    )
    return made


class _Invention:
    """One invented neighbourhood in the making."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.areas, self.map = list(Area.objects.doors()), AreaMap()
        self.kinds = list(Kind.objects.filter(is_base=True))
        self.themes = list(Theme.objects.all())
        self.slugs, self.place_slugs = (
            Slugs(Organisation, everything=True),
            Slugs(Place, everything=True),
        )

    def make(self, number: int) -> dict[str, int]:
        """All of it, in batches that each are whole or absent."""
        networks: list[Organisation] = []
        counts = {"organisations": 0, "networks": 0, "places": 0, "memberships": 0}
        wanted = max(1, number // 10)
        for start in range(0, wanted, BATCH):
            networks += self._organisations(start, min(start + BATCH, wanted), "network")
        for start in range(wanted, number, BATCH):
            with transaction.atomic():
                rows = self._organisations(start, min(start + BATCH, number), "initiative")
                counts["places"] += self._places([one for one in rows if self.dice.random() < 0.75])
                pairs = [
                    (one, network)
                    for one in rows
                    for network in self.dice.sample(
                        networks, k=min(len(networks), self.dice.choice((0, 1, 1, 2)))
                    )
                ]
                join_many(BY_EXAMPLE, pairs)
            counts["memberships"] += len(pairs)
        return counts | {"organisations": number, "networks": wanted}

    def _organisations(self, start: int, end: int, role: str) -> list[Organisation]:
        today = timezone.localdate()
        rows = [self._values(number, role, today) for number in range(start, end)]
        made = create_many(BY_EXAMPLE, Organisation, rows, self.slugs, self.map)
        told = [one for one in made if self.dice.random() < 0.6]
        VolunteerStatement.objects.bulk_create(
            [
                VolunteerStatement(
                    organisation=one,
                    number=self.dice.randint(1, 60),
                    on=today - timedelta(days=self.dice.randint(0, 700)),
                    source="verzonnen",
                )
                for one in told
            ]
        )
        Confirmation.objects.bulk_create(
            [
                Confirmation(organisation=one, on=one.confirmed_on, via="import")
                for one in made
                if one.confirmed_on
            ]
        )
        return made

    def _values(self, number: int, role: str, today: date) -> dict[str, Any]:
        name = f"{self.dice.choice(FIRST)} {self.dice.choice(SECOND)} {number}"
        confirmed = (
            today - timedelta(days=self.dice.randint(0, 400)) if self.dice.random() < 0.8 else None
        )
        return {
            "name": name,
            "role": role,
            "kind": self.dice.choice(self.kinds) if role == "initiative" else None,
            "themes": self.dice.sample(
                self.themes, k=min(len(self.themes), self.dice.randint(0, 2))
            ),
            "areas": [self.dice.choice(self.areas)] if self.areas else [],
            "descriptions": {"nl": " ".join(self.dice.sample(DOING, k=2))},
            "languages": self.dice.choice(([], ["nl"], ["nl", "tr"], ["nl", "ar"])),
            "listed_on": today - timedelta(days=self.dice.randint(0, 1500)),
            "confirmed_on": confirmed,
            "confirmed_via": "import" if confirmed else "",
            "source": "verzonnen voor een belastingproef",
        }

    def _places(self, hosts: list[Organisation]) -> int:
        rows = []
        for number, host in enumerate(hosts):
            point = self._spot()
            rows.append(
                {
                    "name": host.name,
                    "street": f"{self.dice.choice(SECOND)}straat {number + 1}",
                    "postcode": "3000 AA",
                    "city": "Verzonnen",
                    "longitude": point and point[0],
                    "latitude": point and point[1],
                    "listed_on": host.listed_on,
                    "has_wheelchair_access": self.dice.choice((True, False, None)),
                    "confirmed_on": host.confirmed_on,
                    "confirmed_via": host.confirmed_via,
                }
            )
        places = create_many(BY_EXAMPLE, Place, rows, self.place_slugs, self.map)
        assign_many(list(zip(hosts, places, strict=True)))
        OpeningHours.objects.bulk_create(
            [
                OpeningHours(place=place, weekday=day, opens=time(10), closes=time(17))
                for place in places
                for day in self.dice.sample(range(7), k=3)
            ]
        )
        return len(places)

    def _spot(self) -> geo.Point | None:
        """A point in one of the wijken; None when nothing is drawn."""
        drawn = [area for area in self.areas if area.outline]
        if not drawn:
            return None
        outline = self.dice.choice(drawn).outline or {}
        west, south, east, north = geo.box(outline)
        for _try in range(50):
            point = (
                round(self.dice.uniform(west, east), 6),
                round(self.dice.uniform(south, north), 6),
            )
            if geo.contains(outline, point):
                return point
        return None
