"""Understands cells of a list of activities: which place, organisation, kind, class or share
they mean.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from knooppunt.agenda.models import ActivityKind, Organiser
from knooppunt.core.imports.answers import Answers, word_key
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.importing.words import DENYING, Words, look_up, words_of
from knooppunt.directory.models import Organisation, Place
from knooppunt.kit.text import normalise

GROUPS = {
    "local": (
        "lokaal",
        "local",
        "bewoners",
        "bewoner",
        "vrijwilligers",
        "local volunteers",
        "lokale vrijwilligers",
        "netwerk",
        "vrijwillig",
        "vrijwilliger",
        "onbetaald",
        "niet betaald",
        "buurtbewoners",
        "wijkbewoners",
        "resident",
        "lokaal netwerk",
        "local network",
        "bewonersinitiatief",
        "residents",
        "wijknetwerk",
        "informeel",
        "volunteers",
        "lokale vrijwilliger",
        "vrijwilligers van het netwerk",
        "bewoners en vrijwilligers van het netwerk",
    ),
    "formal": (
        "formeel",
        "formal",
        "formele vrijwilligers",
        "vrijwilligers formeel",
        "huis van de wijk",
        "volunteers formal",
        "formal volunteers",
        "vrijwilligers in een formeel huis",
        "vrijwilligers in formeel huis",
        "formeel huis",
        "volunteers inside a formal house",
        "vrijwilligers huis van de wijk",
        "formal house",
        "vrijwilligers in huis van de wijk",
    ),
    "paid": (
        "betaald",
        "paid",
        "professional",
        "professionals",
        "beroepskracht",
        "beroepskrachten",
        "betaalde kracht",
        "betaalde krachten",
        "in loondienst",
        "betaalde medewerkers",
        "paid professional",
        "paid professionals",
        "professioneel",
        "beroeps",
    ),
    "mixed": ("gemengd", "mixed", "samen", "combinatie", "mix"),
}
_GROUP = {word: group for group, words in GROUPS.items() for word in words}
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%?")


class Lookup:
    """Finds what names and words mean; held for as long as one import lasts."""

    def __init__(self, answers: Answers | None = None) -> None:
        self.answers = answers or Answers()
        self.words = Words(self.answers)
        self.areas = AreaMap(self.answers.words_for("area"))
        self._organisations: dict[str, Organisation | None] = {}
        self._places: dict[str, Place | None] = {}

    @cached_property
    def _kinds(self) -> dict[str, Any]:
        return words_of(ActivityKind, self.answers.words_for("kind"))

    def kind(self, word: str) -> Any:
        """The kind of activity that a word means, or None."""
        return self.kind_or_nearest(word)[0]

    def kind_or_nearest(self, word: str) -> tuple[Any, str | None]:
        """The kind of activity that a word means, else None and the name of the nearest one."""
        return look_up(self._kinds, word)

    def theme(self, word: str) -> Any:
        """The theme that a word means, or None."""
        return self.words.theme(word)[0]

    def group(self, cell: str) -> tuple[str, int | None, bool]:
        """The class that a cell means, the share said with it, and whether it was understood."""
        group, share, is_known = group_of(cell)
        answered = self.answers.words_for("group").get(word_key(cell))
        return (answered, share, True) if answered else (group, share, is_known)

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of the register with a name or slug, or the one that was answered."""
        answered = self.answers.words_for("organiser").get(word_key(name), "")
        key = f"={answered}" if answered else normalise(name)[:200]
        if not key:
            return None
        if key not in self._organisations:
            rows = Organisation.objects.public()
            by_name = None if answered else rows.filter(name_key=key).first()
            self._organisations[key] = by_name or rows.filter(slug=answered or name).first()
        return self._organisations[key]

    def place(self, name: str, address: str = "") -> Place | None:
        """The place of the register with a name, or with the name before the first comma.

        None when street, postcode or city say otherwise, or when two places share the name. What
        was answered of the name goes before all of that.
        """
        answered = self.answers.words_for("place").get(word_key(name), "")
        key = f"={answered}" if answered else f"{normalise(name)[:200]}|{normalise(address)}"
        if key not in self._places:
            self._places[key] = (
                self._public_places().filter(slug=answered).first()
                if answered
                else self._find_place(name, address)
            )
        return self._places[key]

    @staticmethod
    def _public_places() -> Any:
        return Place.objects.public().select_related("area").prefetch_related("areas")

    def _find_place(self, name: str, address: str) -> Place | None:
        key, half = (normalise(part)[:200] for part in (name, name.split(",")[0]))
        rows = self._public_places()
        if not key:
            return None
        for wanted, rest in ((key, address), (half, f"{name.partition(',')[2]}, {address}")):
            here = list(rows.filter(name_key=wanted)[:50]) if wanted else []
            fitting = [one for one in here if not contradicts(one, rest, self._cities)]
            if len(fitting) > 1:
                fitting = [one for one in fitting if agrees(one, rest)]
            if here:
                return fitting[0] if len(fitting) == 1 else None
        return rows.filter(slug=name).first()

    @cached_property
    def _cities(self) -> set[str]:
        return {normalise(city) for city in Place.objects.values_list("city", flat=True) if city}


_POSTCODE = re.compile(r"\b(\d{4})\s?([A-Z]{2})\b")
_ADDRESS = re.compile(
    r"(?i)^(?!(?:zaal|kamer|ruimte|lokaal|hal|ingang|verdieping|etage|room|"
    r"hall)\b)(.*[a-z]{3}.*?)\s+(\d+.*)$"
)


def contradicts(place: Place, words: str, cities: set[str]) -> bool:
    """True if words beside a name give another postcode, street or city than the place has."""
    codes = {"".join(code) for code in _POSTCODE.findall(words)}
    if codes and place.postcode and place.postcode.replace(" ", "").upper() not in codes:
        return True
    for part in _POSTCODE.sub("", words).split(","):
        plain = normalise(part)
        if _ADDRESS.match(part.strip()) and place.street and plain != normalise(place.street):
            return True
        if plain in cities and place.city and plain != normalise(place.city):
            return True
    return False


def agrees(place: Place, words: str) -> bool:
    """True if words beside a name give the postcode, street or city of the place."""
    known = {
        normalise(place.street),
        normalise(place.city),
        normalise(place.postcode.replace(" ", "")),
    } - {""}
    said = {normalise(part) for part in _POSTCODE.sub("", words).split(",")}
    said |= {"".join(code).lower() for code in _POSTCODE.findall(words)}
    return bool(known & said)


def group_of(cell: str) -> tuple[str, int | None, bool]:
    """The class that a cell means, the share said with it, and whether it was understood:
    «gemengd 60%».
    """
    found = _PERCENT.search(cell)
    share = percent(cell) if found else None
    word = normalise(_PERCENT.sub(" ", cell.split("(")[0]) if found else cell)
    group = _GROUP.get(word) or (word if word in Organiser.Group.values else "") or _by_words(word)
    return group, share, bool(group)


def _by_words(cell: str) -> str:
    """The class that the words of a cell mean, the longest phrase first; residents beside paid
    people are mixed.
    """
    words = cell.split()
    groups: set[str] = set()
    for size in range(min(len(words), 6), 0, -1):
        for at in range(len(words) - size + 1):
            group = _GROUP.get(" ".join(words[at : at + size]))
            if group and (at == 0 or words[at - 1] not in DENYING):
                groups.add(group)
                words[at : at + size] = ["-"] * size
            elif group:
                return ""
    if "mixed" in groups or {"local", "paid"} <= groups:
        return "mixed"
    return "formal" if groups == {"formal", "local"} else groups.pop() if len(groups) == 1 else ""


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
