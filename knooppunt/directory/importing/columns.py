"""What the columns of a list of the register mean, by their names in Dutch and English."""

from __future__ import annotations

from knooppunt.kit.columns import KnownColumns

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
SEVERAL = frozenset(
    {
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
)
COLUMNS = KnownColumns(FIELDS, SEVERAL)
