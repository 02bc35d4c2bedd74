"""Recognises what the columns of a spreadsheet mean, by their names in Dutch and English."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knooppunt.kit.headings import Knows
from knooppunt.kit.text import nearest, normalise

# Each field with the column names by which it goes; the first is the name in our own export.
FIELDS: dict[str, tuple[str, ...]] = {
    "identifier": ("identifier", "id", "nummer", "nr", "code", "organisatienummer", "eigen nummer", "record id", "sleutel", "volgnummer", "volgnr"),
    "slug": ("slug",),
    "listed_on": ("listed on", "in het register sinds", "ingevoerd op"),
    "kvk": ("kvk", "kvk nummer", "kvknummer", "kvk nr", "kvknr", "kamer van koophandel", "chamber of commerce"),
    "name": ("name", "naam", "organisatie", "naam organisatie", "initiatief", "naam initiatief", "organisatienaam", "titel",
             "title", "organisation", "organization", "plek", "naam plek", "locatienaam", "naam locatie", "wie"),
    "role": ("role", "rol", "type organisatie", "soort organisatie"),
    "kind": ("kind", "soort", "categorie", "category", "type", "soort plek", "categorieen", "rubriek", "aard", "soort initiatief", "type initiatief", "initiatief type"),
    "themes": ("themes", "thema", "themas", "theme", "onderwerp", "onderwerpen", "thema s", "tags", "trefwoorden"),
    "networks": ("networks", "netwerk", "netwerken", "network", "koepel", "koepels", "koepel netwerk", "koepelorganisatie",
                 "onderdeel van", "aangesloten bij", "lid van", "netwerk koepel", "member of", "umbrella", "umbrella organisation"),
    "area": ("areas", "wijk", "buurt", "wijken", "area", "neighbourhood", "neighborhood", "wijk buurt", "buurt wijk",
             "gebied", "stadsdeel", "werkgebied", "district", "buurten"),
    "street": ("street", "adres", "straat", "address", "straatnaam", "straat en huisnummer", "bezoekadres", "locatie", "adresregel", "straat nr", "straat huisnummer"),
    "house_number": ("house number", "huisnummer", "huisnr", "nr huis", "number"),
    "postcode": ("postcode", "post code", "postal code", "zip", "zipcode", "zip code", "pc", "post code"),
    "city": ("city", "plaats", "woonplaats", "stad", "town", "gemeente", "plaatsnaam"),
    "latitude": ("latitude", "lat", "breedtegraad", "breedte", "y", "lat wgs84"),
    "longitude": ("longitude", "lon", "lng", "long", "lengtegraad", "lengte", "x", "lon wgs84"),
    "point": ("point", "coordinaten", "coordinates", "locatie coordinaten", "gps", "lat lon", "latlon", "lat long", "geo",
              "geopunt", "lon lat", "latitude longitude", "lat lng", "latlng", "coordinaat", "punt", "coordinates lat lon", "coordinaten lat lon"),
    "website": ("website", "websites", "web", "url", "site", "internet", "webadres", "homepage", "link", "www"),
    "email": ("email", "e mail", "mail", "emailadres", "e mailadres", "email address", "e mail address", "mailadres", "e mail adres"),
    "phone": ("phone", "telefoon", "tel", "telefoonnummer", "mobiel", "telephone", "tel nr", "telnr", "phone number", "06"),
    "person": ("contact person", "contactpersoon", "contact", "kartrekker", "trekker", "aanspreekpunt", "contactpersonen",
               "naam contactpersoon", "contact name", "contact naam", "naam contact", "contactpersoon naam", "contactnaam", "voornaam", "achternaam", "beheerder", "gastheer", "gastvrouw"),
    "description": ("description", "omschrijving", "beschrijving", "description nl", "omschrijving nl", "toelichting",
                    "description in own words", "wat", "wat doen ze", "wat gebeurt er", "wat doen jullie", "wat is er te doen", "activiteiten", "over", "tekst", "doel"),
    "description_en": ("description en", "omschrijving en", "english description", "omschrijving engels", "beschrijving engels"),
    "description_tr": ("description tr", "omschrijving tr", "omschrijving turks"),
    "description_ar": ("description ar", "omschrijving ar", "omschrijving arabisch"),
    "description_pt": ("description pt", "omschrijving pt", "omschrijving portugees"),
    "note": ("note", "opmerking", "opmerkingen", "notes", "remark", "remarks", "notitie", "notities", "aantekening", "aantekeningen", "bijzonderheden", "memo", "commentaar"),
    "languages": ("languages", "talen", "taal", "language", "gesproken talen"),
    "target_groups": ("target groups", "doelgroep", "doelgroepen", "voor wie", "target group", "audience"),
    "hours": ("opening hours", "openingstijden", "open", "openingsuren", "opening times", "tijden", "geopend", "hours"),
    "wheelchair": ("wheelchair", "rolstoel", "rolstoeltoegankelijk", "toegankelijk", "rolstoelvriendelijk", "wheelchair access"),
    "toilet": ("toilet", "wc", "toiletten"),
    "kitchen": ("kitchen", "keuken"),
    "volunteers": ("volunteers", "vrijwilligers", "aantal vrijwilligers", "vrijw", "number of volunteers"),
    "volunteers_on": ("volunteers on", "peildatum vrijwilligers", "vrijwilligers peildatum"),
    "since": ("since", "sinds", "begonnen", "opgericht", "startdatum", "start", "oprichting", "begin", "founded"),
    "until": ("until", "tot", "einddatum", "gestopt", "eind", "beeindigd", "end"),
    "is_place": ("is place", "is plek", "fysieke plek", "eigen plek"),
    "source": ("source", "bron", "herkomst", "bronnen"),
    "confirmed_on": ("confirmed on", "laatst bevestigd", "bevestigd op", "gecontroleerd", "gecontroleerd op", "laatst gecontroleerd",
                     "checked", "last checked", "actueel op"),
}  # fmt: skip
# Words that say nothing of a column by themselves, and words that make of a column something else.
VAGUE = {"nummer", "nr", "number", "code", "id", "x", "y", "pc", "open", "over", "wat", "wie", "doel", "tekst", "start", "begin", "eind",
         "end", "tot", "type", "aard", "punt", "contact", "plaats", "van", "dag", "tijd", "waar", "door", "bron", "taal", "to", "from"}  # fmt: skip
DOUBTFUL = {
    "oud",
    "oude",
    "vorig",
    "vorige",
    "aantal",
    "verstuurd",
    "datum",
    "laatste",
    "controle",
    "akkoord",
    "toestemming",
    "jaar",
}
Fields = tuple[tuple[str, tuple[str, ...]], ...]
SEVERAL = {
    "website",
    "phone",
    "email",
    "description",
    "networks",
    "area",
    "themes",
    "note",
    "languages",
}


@dataclass(frozen=True)
class Columns:
    """How a header is understood: for each column its field or an empty text, and which guesses were made."""

    header: list[str]
    fields: list[str]
    guessed: list[int]

    @property
    def unmapped(self) -> list[str]:
        """The names of the columns that no field takes."""
        numbered = enumerate(zip(self.header, self.fields, strict=True), start=1)
        return [name or f"kolom {number}" for number, (name, field) in numbered if not field]

    @property
    def by_name(self) -> dict[str, str]:
        """Column name to field, as it is saved."""
        return dict(zip(self.header, self.fields, strict=True))


@lru_cache(maxsize=4)
def _known(fields: Fields) -> dict[str, str]:
    return {normalise(name): field for field, names in fields for name in names}


def recognise(
    header: list[str], saved: dict[str, str] | None = None, known_fields: dict[str, tuple[str, ...]] | None = None,
    several: set[str] | None = None,
) -> Columns:  # fmt: skip
    """Give every column its field. A saved mapping goes first, then known names, then names that differ a letter.

    Other lists than that of the register give their own ``known_fields`` and those that may come ``several`` times.
    """
    names, several = known_fields or FIELDS, SEVERAL if several is None else several
    known = _known(tuple(names.items()))
    saved = {normalise(name): field for name, field in (saved or {}).items()}
    keys = [normalise(name) for name in header]
    sure = [saved[key] if key in saved else known.get(key, "") for key in keys]
    fields: list[str] = []
    guessed: list[int] = []
    for number, key in enumerate(keys):
        field = sure[number] if sure[number] in names else ""
        if not field and key not in saved:
            field = _by_words(key, known) or _by_nearness(key, known)
            # A name that is known goes before one that looks like it, wherever it stands.
            field = field if field in several or field not in sure else ""
            if field and (field in several or field not in fields):
                guessed.append(number)
        fields.append(field if key in saved or field not in fields or field in several else "")
    if "name" not in fields and "name" not in saved.values():
        _borrow_name(header, fields)
    return Columns(header, fields, guessed)


def _by_words(key: str, known: dict[str, str]) -> str:
    """The field of the longest known name among the words of a column name; "name" only when there is no other."""
    words = key.split()
    if len(words) < 2 or DOUBTFUL & set(words):
        return ""
    for size in range(len(words) - 1, 0, -1):
        runs = [" ".join(words[at : at + size]) for at in range(len(words) - size + 1)]
        fields = [known[run] for run in runs if run in known and run not in VAGUE]
        if fields:
            return next((field for field in fields if field != "name"), fields[0])
    return ""


def _by_nearness(key: str, known: dict[str, str]) -> str:
    """The field of the known name that differs a letter."""
    close = nearest(key, known, at_least=84) if len(key) >= 5 else None
    return known[close] if close else ""


def knowing(
    saved: dict[str, str] | None = None, known_fields: dict[str, tuple[str, ...]] | None = None
) -> Knows:
    """A function that says which field a name of a column means, by a saved mapping or as it is known.

    A column that was kept apart before is known too: it gives a field of its own that is none of ours.
    """
    known = {**_known(tuple((known_fields or FIELDS).items()))}
    known |= {normalise(name): field or f"~{name}" for name, field in (saved or {}).items()}

    def knows(cell: str) -> str:
        return known.get(normalise(cell), "")

    return knows


def _borrow_name(header: list[str], fields: list[str]) -> None:
    """Without a column of names, one that has ``naam`` or ``name`` in it will do."""
    for number, name in enumerate(header):
        if not fields[number] and ("naam" in normalise(name) or "name" in normalise(name)):
            fields[number] = "name"
            return


class BadMapping(ValueError):
    """The mapping file cannot be used; the text says why."""


def read_mapping(path: Path) -> dict[str, str]:
    """A saved mapping from TOML: ``[columns]`` with ``"Column name" = "field"``; an empty field keeps a column apart.

    Raises BadMapping.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadMapping(str(problem)) from problem
    columns = raw.get("columns", raw)
    for name, field in columns.items():
        if field not in FIELDS and field != "":
            raise BadMapping(f"{name!r} = {field!r}: choose one of {', '.join(FIELDS)}")
    return columns


def as_toml(mapping: dict[str, str]) -> str:
    """A mapping as the TOML that ``read_mapping`` reads."""
    escaped = {
        name.replace("\\", "\\\\").replace('"', '\\"'): field for name, field in mapping.items()
    }
    return "[columns]\n" + "".join(f'"{name}" = "{field}"\n' for name, field in escaped.items())
