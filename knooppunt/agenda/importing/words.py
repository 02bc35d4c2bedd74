"""Understands cells of a list of activities: which place, organisation, kind, class or share they mean."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from knooppunt.agenda.models import ActivityKind, Organiser
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.importing.words import Words, look_up, words_of
from knooppunt.directory.models import Organisation, Place
from knooppunt.kit.text import normalise

GROUPS = {
    "local": ("lokaal", "local", "bewoners", "bewoner", "vrijwilligers", "local volunteers", "lokale vrijwilligers", "netwerk",
              "lokaal netwerk", "local network", "bewonersinitiatief", "residents", "wijknetwerk", "informeel", "volunteers",
              "lokale vrijwilliger", "vrijwilligers van het netwerk", "bewoners en vrijwilligers van het netwerk"),
    "formal": ("formeel", "formal", "formele vrijwilligers", "vrijwilligers formeel", "huis van de wijk", "volunteers formal",
               "formal volunteers", "vrijwilligers in een formeel huis", "vrijwilligers in formeel huis", "formeel huis",
               "volunteers inside a formal house", "vrijwilligers huis van de wijk", "formal house", "vrijwilligers in huis van de wijk"),
    "paid": ("betaald", "paid", "professional", "professionals", "beroepskracht", "beroepskrachten", "betaalde kracht",
             "betaalde krachten", "paid professional", "paid professionals", "professioneel", "beroeps"),
    "mixed": ("gemengd", "mixed", "samen", "combinatie", "mix"),
}  # fmt: skip
_GROUP = {word: group for group, words in GROUPS.items() for word in words}
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%?")


class Lookup:
    """Finds what names and words mean; held for as long as one import lasts."""

    def __init__(self) -> None:
        self.words, self.areas = Words(), AreaMap()
        self._organisations: dict[str, Organisation | None] = {}
        self._places: dict[str, Place | None] = {}

    @cached_property
    def _kinds(self) -> dict[str, Any]:
        return words_of(ActivityKind)

    def kind(self, word: str) -> Any:
        """The kind of activity that a word means, or None."""
        return look_up(self._kinds, word)[0]

    def theme(self, word: str) -> Any:
        """The theme that a word means, or None."""
        return self.words.theme(word)[0]

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of the register with a name or slug."""
        key = normalise(name)[:200]
        if key not in self._organisations:
            rows = Organisation.objects.public()
            self._organisations[key] = (
                rows.filter(name_key=key).first() or rows.filter(slug=name).first()
            )
        return self._organisations[key]

    def place(self, name: str) -> Place | None:
        """The place of the register with a name, or with the name before the first comma."""
        key = normalise(name)[:200]
        if key not in self._places:
            rows = Place.objects.public().select_related("area").prefetch_related("areas")
            first = normalise(name.split(",")[0])[:200]
            self._places[key] = (
                rows.filter(name_key=key).first()
                or rows.filter(name_key=first).first()
                or rows.filter(slug=name).first()
            )
        return self._places[key]


def group_of(cell: str) -> tuple[str, int | None, bool]:
    """The class that a cell means, the share said with it, and whether it was understood: «gemengd 60%»."""
    found = _PERCENT.search(cell)
    share = percent(cell) if found else None
    word = normalise(_PERCENT.sub(" ", cell.split("(")[0]) if found else cell)
    group = _GROUP.get(word) or (word if word in Organiser.Group.values else "")
    return group, share, bool(group)


def percent(cell: str) -> int | None:
    """A share in whole percents from «60», «60 %», or «0,6»; None when it is no share."""
    found = _PERCENT.search(cell)
    if not found:
        return None
    number = float(found[0].rstrip("% ").replace(",", "."))
    # A spreadsheet keeps 60 % as 0.6, and all of it as 1.
    if 0 < number <= 1 and "%" not in found[0]:
        number *= 100
    return round(number) if 0 <= number <= 100 else None
