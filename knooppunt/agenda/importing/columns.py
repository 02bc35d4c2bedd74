"""What the columns of a list of activities mean, by their names in Dutch and English."""

from __future__ import annotations

from knooppunt.kit.columns import KnownColumns

# Each field with the column names by which it goes.
FIELDS: dict[str, tuple[str, ...]] = {
    "identifier": ("id", "uid", "nummer", "nr", "volgnummer", "volgnr", "code", "identifier", "sleutel"),
    "name": ("naam", "name", "titel", "title", "activiteit", "activity", "wat", "naam activiteit", "summary", "onderwerp", "evenement", "wat gebeurt er", "wat is er te doen"),
    "when": ("wanneer", "when", "rooster", "herhaling", "rule", "schedule", "hoe vaak", "frequentie", "dag en tijd", "dagen en tijden",
             "regel", "recurrence", "tijdstip", "rrule", "ritme", "when in words"),
    "day": ("dag", "datum", "day", "date", "weekdag", "dagen", "startdatum", "start date", "weekday"),
    "begin": ("begin", "begintijd", "van", "start", "starttijd", "start time", "aanvang", "tijd", "time", "tijden", "from"),
    "end": ("eind", "eindtijd", "tot", "end", "end time", "einde", "to"),
    "place": ("plek", "place", "locatie", "location", "venue", "waar", "plaats", "gebouw", "zaal", "naam plek"),
    "address": ("adres", "address", "straat", "street"),
    "area": ("wijk", "area", "buurt", "wijken", "neighbourhood", "neighborhood", "gebied"),
    "organiser": ("organisator", "organiser", "organizer", "organisatie", "organisation", "organization", "wie", "door", "organisatoren",
                  "georganiseerd door", "who"),
    "group": ("klasse", "class", "organisatorklasse", "organiser class", "organizer class", "wie doet het", "soort organisator",
              "type organisator", "organisatievorm", "door wie", "uitvoering"),
    "share": ("aandeel", "share", "deel bewoners", "aandeel bewoners", "percentage", "local share", "deel vrijwilligers",
              "aandeel vrijwilligers", "percentage vrijwilligers"),
    "kind": ("soort", "kind", "categorie", "category", "type", "soort activiteit", "categories", "rubriek"),
    "themes": ("thema", "theme", "themas", "themes", "onderwerpen", "tags", "trefwoorden"),
    "description": ("omschrijving", "description", "beschrijving", "toelichting", "tekst", "over"),
    "target_groups": ("doelgroep", "voor wie", "audience", "target group", "doelgroepen", "target groups"),
    "languages": ("taal", "talen", "language", "languages"),
    "cost": ("kosten", "cost", "prijs", "price", "entree"),
    "is_free": ("gratis", "free", "is gratis"),
    "website": ("website", "url", "link", "web", "site"),
    "online_url": ("online", "online adres", "online url"),
    "since": ("sinds", "since", "loopt sinds", "vanaf", "begonnen"),
    "until": ("tot en met", "until", "einddatum", "gestopt", "loopt tot", "t m", "end date"),
    "confirmed_on": ("bevestigd op", "confirmed on", "gecontroleerd op", "laatst bevestigd", "checked", "peildatum"),
    "source": ("bron", "source"),
    "note": ("opmerking", "note", "opmerkingen", "notes", "notitie", "notities"),
}  # fmt: skip
SEVERAL = frozenset({"themes", "note", "description", "organiser", "languages"})
COLUMNS = KnownColumns(FIELDS, SEVERAL)
# The fields that say together when something is; one of them changed is all of them changed.
WHEN = ("when", "day", "begin", "end", "since", "until")
WHO = ("organiser", "group", "share")
WHERE = ("place", "address", "area")
# The fields whose words are asked about when they are not understood.
ASKED_FIELDS = ("organiser", "group", "place", "area", "kind", "themes", "languages")
