"""Reads coalition.toml: who this coalition is, where it works, and which kinds and themes it
counts.

Plain Python, because the settings read it before Django starts. Every mistake becomes one sentence
that names the place in the file and what to type.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from knooppunt.core.coalition.base_terms import (
    BASE_ACTIVITY_KINDS,
    BASE_KINDS,
    BASE_NEEDS,
    BASE_THEMES,
    NeedTile,
    Term,
    Words,
)
from knooppunt.kit import geo
from knooppunt.kit.geo import BadOutline, box
from knooppunt.kit.language.danger import KINDS as DANGERS
from knooppunt.kit.text import normalise

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
LEVELS = ("city", "area", "wijk", "buurt", "felt")
ROLES = ("initiative", "network", "institution")
LANGUAGES = {
    "nl": "Nederlands",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "pt": "Português",
}
_PHONE = re.compile(r"^\+?\d[\d ()-]{1,20}$")
TOKENS = (
    *("paper", "card", "ink", "quiet", "line", "primary", "sun"),
    *("pic-ink", "pic-a", "pic-b", "pic-leaf", "pic-sun", "pic-paper", "pic-shade", "pic-night"),
    *("pic-a-tint", "pic-b-tint", "pic-s-tint", "pic-window", "pic-hair"),
)


PICTURES = Path(__file__).parent.parent / "pictures"
TAGLINE = {"nl": "Wie doet wat in de buurt", "en": "Who does what in the neighbourhood"}
HEADLINE = {"nl": "Loop maar binnen", "en": "Just walk in"}


class BadCoalition(ValueError):
    """coalition.toml holds something that cannot be used; the text says where and what to type."""


@dataclass(frozen=True)
class AreaEntry:
    """A part of the city: its name and place in the tree; ``outline`` is GeoJSON or None."""

    slug: str
    name: str
    level: str
    parent: str = ""
    code: str = ""
    aliases: tuple[str, ...] = ()
    population: int | None = None
    population_year: int | None = None
    population_source: str = ""
    outline: dict[str, Any] | None = None


@dataclass(frozen=True)
class Holiday:
    """Days on which much stands still: a school holiday, or a public one; both ends belong to
    it.
    """

    name: str
    since: date
    until: date
    kind: str = "school"


@dataclass(frozen=True)
class EmergencyNumber:
    """A number for people in danger: its key, for which kinds of danger, its words, and who checked
    it when and where.

    An empty number takes away the one that comes with the house.
    """

    key: str
    number: str
    url: str = ""
    kinds: tuple[str, ...] = ()
    name: Words = field(default_factory=dict)
    checked: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Surrounding:
    """A part of the city around the coalition's own, drawn pale on the map: GeoJSON and a name."""

    name: str
    outline: dict[str, Any]

    @cached_property
    def box(self) -> geo.Box:
        """The box that it fills, in degrees."""
        return geo.box(self.outline)

    @cached_property
    def middle(self) -> geo.Point:
        """Where its name stands, in degrees."""
        return geo.middle(self.outline)


@dataclass(frozen=True)
class Coalition:
    """Everything that makes this installation this coalition's."""

    path: Path
    name: str
    tagline: Words
    languages: tuple[str, ...]
    areas: tuple[AreaEntry, ...]
    groups: dict[str, tuple[str, ...]]
    kinds: tuple[Term, ...]
    themes: tuple[Term, ...]
    activity_kinds: tuple[Term, ...]
    holidays: tuple[Holiday, ...]
    colours: dict[str, str]
    dark_colours: dict[str, str]
    switched_off: frozenset[str]
    example: Path | None
    country: str = "NL"
    phone: str = ""
    emergency: tuple[EmergencyNumber, ...] = ()
    surroundings: tuple[Surrounding, ...] = ()
    outlines_source: str = ""
    headline: Words = field(default_factory=lambda: HEADLINE)
    needs: tuple[NeedTile, ...] = BASE_NEEDS
    # Within so many days who said something is read, and gets an answer.
    read_days: int = 3
    answer_days: int = 30


KNOWN_KEYS = frozenset(
    "name tagline languages outlines example switched_off colours dark_colours areas kinds themes "
    "groups country "
    "activity_kinds holidays phone emergency headline needs read_days answer_days".split()
)


def load(path: Path) -> Coalition:
    """Read and check a coalition file. Raises BadCoalition with one sentence."""
    raw = _read_known_keys(path)
    name = raw.get("name", "")
    _need(
        isinstance(name, str) and 0 < len(name.strip()) <= 100,
        path,
        "name",
        'needs text, such as name = "Ons knooppunt"',
    )
    languages = tuple(raw.get("languages", ["nl", "en"]))
    _need(
        bool(languages) and set(languages) <= set(LANGUAGES),
        path,
        "languages",
        f"may hold {', '.join(LANGUAGES)}",
    )
    areas = _areas(raw, path)
    surroundings, source = _surroundings(raw, path)
    example = raw.get("example")
    return Coalition(
        path=path,
        name=name.strip(),
        tagline=_words(raw.get("tagline", TAGLINE), path, "tagline"),
        languages=languages,
        areas=areas,
        groups=_groups(raw, areas, path),
        kinds=_terms(raw, "kinds", BASE_KINDS, path),
        themes=_terms(raw, "themes", BASE_THEMES, path),
        activity_kinds=_terms(raw, "activity_kinds", BASE_ACTIVITY_KINDS, path),
        holidays=_holidays(raw, path),
        colours=_colours(raw.get("colours", {}), path, "colours"),
        dark_colours=_colours(raw.get("dark_colours", {}), path, "dark_colours"),
        switched_off=frozenset(raw.get("switched_off", [])),
        example=path.parent / example if example else None,
        country=raw.get("country", "NL"),
        phone=_phone(raw.get("phone", ""), path, "phone"),
        emergency=_emergency(raw, path),
        headline=_words(raw.get("headline", HEADLINE), path, "headline"),
        needs=_needs(raw, path),
        read_days=_days(raw, "read_days", Coalition.read_days, path),
        answer_days=_days(raw, "answer_days", Coalition.answer_days, path),
        surroundings=surroundings,
        outlines_source=source,
    )


def companions(path: Path) -> list[str]:
    """The files beside a coalition file that it names (outlines, example), as relative paths.

    A name that leads out of its folder is left out. Raises BadCoalition when the file cannot be
    read.
    """
    raw = _read_known_keys(path)
    names = [raw[key] for key in ("outlines", "example") if isinstance(raw.get(key), str)]
    inside = (path.parent / name for name in names)
    return [
        str(file.resolve().relative_to(path.parent.resolve()))
        for file in inside
        if path.parent.resolve() in file.resolve().parents
    ]


def _read_known_keys(path: Path) -> dict[str, Any]:
    """The file as it stands; raises BadCoalition when it cannot be read or names an unknown key."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadCoalition(
            f"{path} is not there: copy an example to it, or point KNOOPPUNT_COALITION at yours."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadCoalition(f"{path} cannot be read: {problem}.") from None
    for key in raw:
        _need(
            key in KNOWN_KEYS, path, key, f"is not known; known are {', '.join(sorted(KNOWN_KEYS))}"
        )
    return raw


def _need(holds: bool, path: Path, where: str, sentence: str) -> None:
    if not holds:
        raise BadCoalition(f"{path.name}: {where} {sentence}.")


def _words(value: object, path: Path, where: str) -> Words:
    """One text for all languages, or a table with a text per language; Dutch must be there."""
    words = {"nl": value} if isinstance(value, str) else value
    fine = (
        isinstance(words, dict)
        and bool(words.get("nl"))
        and all(isinstance(word, str) for word in words.values())
    )
    _need(fine, path, where, 'needs a Dutch text, such as {nl = "Tuin", en = "Garden"}')
    assert isinstance(words, dict)
    return words


def _slug(entry: dict[str, Any], path: Path, where: str) -> str:
    slug = entry.get("slug", "")
    _need(
        isinstance(slug, str) and bool(SLUG.match(slug)),
        path,
        where,
        f"needs a slug of small letters and hyphens, not {slug!r}",
    )
    return str(slug)


def _terms(raw: dict[str, Any], what: str, base: tuple[Term, ...], path: Path) -> tuple[Term, ...]:
    """The base terms, and those of the coalition; one with the slug of a base term changes its
    words only.
    """
    terms = {term.slug: term for term in base}
    for number, entry in enumerate(raw.get(what, []), start=1):
        where = f"{what} number {number}"
        slug = _slug(entry, path, where)
        role = entry.get("role", "initiative")
        _need(role in ROLES, path, where, f"has role {role!r}; use one of {', '.join(ROLES)}")
        old = terms.get(slug)
        name = _words(entry.get("name"), path, where)
        terms[slug] = Term(
            slug=slug,
            name=name,
            plural=entry.get("plural") or (old.plural if old else name),
            icon=entry.get("icon", old.icon if old else "house"),
            synonyms=tuple(entry.get("synonyms", ())) + (old.synonyms if old else ()),
            role=role,
            is_place=bool(entry.get("is_place", old.is_place if old else False)),
            is_base=bool(old and old.is_base),
        )
    return tuple(terms.values())


def _days(raw: dict[str, Any], key: str, usual: int, path: Path) -> int:
    """A number of days, from 1 to 366."""
    days = raw.get(key, usual)
    _need(type(days) is int and 1 <= days <= 366, path, key, "needs a number of days, such as 30")
    return int(days)


def _needs(raw: dict[str, Any], path: Path) -> tuple[NeedTile, ...]:
    """The tiles on the front door: those that come with the house, changed by slug, and more."""
    tiles = {tile.slug: tile for tile in BASE_NEEDS}
    for number, entry in enumerate(raw.get("needs", []), start=1):
        where = f"needs number {number}"
        slug = _slug(entry, path, where)
        old = tiles.get(slug)
        name = _words(entry.get("name", old.name if old else None), path, where)
        picture = entry.get("picture", old.picture if old else "street")
        is_drawn = bool(SLUG.match(str(picture))) and (PICTURES / f"{picture}.svg").is_file()
        _need(is_drawn, path, where, f"has picture {picture!r}, which is not drawn")
        question = _words(entry.get("question", old.question if old else name), path, where)
        tiles[slug] = NeedTile(slug, name, question, picture)
    return tuple(tiles.values())


def _holidays(raw: dict[str, Any], path: Path) -> tuple[Holiday, ...]:
    found = []
    for number, entry in enumerate(raw.get("holidays", []), start=1):
        where = f"holidays number {number}"
        since, until, kind = (
            entry.get("since"),
            entry.get("until", entry.get("since")),
            entry.get("kind", "school"),
        )
        _need(bool(entry.get("name")), path, where, "needs a name")
        fine = type(since) is date and type(until) is date and since <= until
        _need(fine, path, where, "needs since (and until) as days, such as since = 2026-12-19")
        _need(
            kind in ("school", "public"),
            path,
            where,
            f'has kind {kind!r}; use "school" or "public"',
        )
        found.append(Holiday(str(entry["name"]), since, until, kind))
    return tuple(found)


def _areas(raw: dict[str, Any], path: Path) -> tuple[AreaEntry, ...]:
    outlines = _outlines(path.parent / raw["outlines"], path) if raw.get("outlines") else {}
    areas: dict[str, AreaEntry] = {}
    for number, entry in enumerate(raw.get("areas", []), start=1):
        where = f"areas number {number}"
        slug = _slug(entry, path, where)
        _need(slug not in areas, path, where, f"repeats the slug {slug}")
        _need(bool(entry.get("name")), path, where, "needs a name")
        _need(
            entry.get("level") in LEVELS, path, where, f"needs a level: one of {', '.join(LEVELS)}"
        )
        parent = entry.get("parent", "")
        _need(
            not parent or parent in areas,
            path,
            where,
            f"has parent {parent!r}, which does not stand above it in the file",
        )
        areas[slug] = AreaEntry(
            slug,
            entry["name"],
            entry["level"],
            parent,
            entry.get("code", ""),
            tuple(entry.get("aliases", ())),
            entry.get("population"),
            entry.get("population_year"),
            entry.get("population_source", ""),
            outlines.get(slug),
        )
    for slug in outlines:
        _need(slug in areas, path, "outlines", f"draw {slug!r}, which is not among the areas")
    return tuple(areas.values())


def _outlines(file: Path, path: Path) -> dict[str, dict[str, Any]]:
    """The outlines of the coalition's own areas by their slug; what has only a name lies around."""
    features = _features(file, path)["features"]
    named = [feature for feature in features if "name" not in feature["properties"]]
    try:
        return {feature["properties"]["slug"]: feature["geometry"] for feature in named}
    except KeyError as problem:
        raise _unreadable(file, path, problem) from None


def _surroundings(raw: dict[str, Any], path: Path) -> tuple[tuple[Surrounding, ...], str]:
    """What the file with outlines draws around the own areas, and whose outlines they are."""
    if not raw.get("outlines"):
        return (), ""
    collection = _features(path.parent / raw["outlines"], path)
    around = [
        Surrounding(str(feature["properties"]["name"]), feature["geometry"])
        for feature in collection["features"]
        if "name" in feature["properties"]
    ]
    return tuple(around), str(collection.get("source", ""))


def _features(file: Path, path: Path) -> dict[str, Any]:
    """The collection in a file of outlines, each of which can be drawn."""
    try:
        collection: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        for feature in collection["features"]:
            feature["properties"].keys()
            box(feature["geometry"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, BadOutline) as problem:
        raise _unreadable(file, path, problem) from None
    return collection


def _unreadable(file: Path, path: Path, problem: Exception) -> BadCoalition:
    return BadCoalition(f"{path.name}: outlines {file.name} cannot be read as GeoJSON ({problem}).")


def _groups(
    raw: dict[str, Any], areas: tuple[AreaEntry, ...], path: Path
) -> dict[str, tuple[str, ...]]:
    """Names that stand for several areas at once, normalised, with the slugs they stand for."""
    known = {area.slug for area in areas}
    groups: dict[str, tuple[str, ...]] = {}
    for number, entry in enumerate(raw.get("groups", []), start=1):
        members = tuple(entry.get("areas", ()))
        _need(
            bool(members) and set(members) <= known,
            path,
            f"groups number {number}",
            "names an area that is not in the file",
        )
        groups.update({normalise(name): members for name in entry.get("names", ())})
    return groups


def _colours(raw: dict[str, Any], path: Path, where: str) -> dict[str, str]:
    for token, colour in raw.items():
        _need(
            token in TOKENS, path, where, f"has no colour {token!r}; known are {', '.join(TOKENS)}"
        )
        _need(
            bool(re.fullmatch(r"#[0-9a-fA-F]{6}", str(colour))),
            path,
            f"{where}.{token}",
            'needs a colour such as "#1E4C8F"',
        )
    return dict(raw)


def _phone(value: object, path: Path, where: str) -> str:
    fine = isinstance(value, str) and (not value or bool(_PHONE.match(value)))
    _need(fine, path, where, 'needs a phone number, such as "010 123 45 67"')
    return str(value).strip()


def _emergency(raw: dict[str, Any], path: Path) -> tuple[EmergencyNumber, ...]:
    """The numbers for danger that are this coalition's own, or other than those that come with
    the house.
    """
    numbers = []
    for number, entry in enumerate(raw.get("emergency", []), start=1):
        where = f"emergency number {number}"
        key, kinds, url = entry.get("key", ""), tuple(entry.get("kinds", ())), entry.get("url", "")
        _need(
            bool(re.fullmatch(r"[a-z0-9-]+", str(key))),
            path,
            where,
            'needs a key, such as key = "shelter"',
        )
        _need(set(kinds) <= set(DANGERS), path, where, f"may have kinds {', '.join(DANGERS)}")
        _need(not url or str(url).startswith("https://"), path, where, "needs a url with https://")
        checked = entry.get("checked")
        _need(
            checked is None or type(checked) is date,
            path,
            where,
            "needs checked as a day, such as 2026-11-26",
        )
        numbers.append(
            EmergencyNumber(
                key=key,
                number=str(entry.get("number", ""))
                if url
                else _phone(entry.get("number", ""), path, where),
                url=url,
                kinds=kinds,
                name=_words(entry["name"], path, where) if entry.get("name") else {},
                checked=checked,
                source=str(entry.get("source", "")),
            )
        )
    return tuple(numbers)
