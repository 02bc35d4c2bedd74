"""The stable list of what an import can find, each with its sentence; docs/import.md is checked
against it.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

CODES = {
    "unknown_area": _("De wijk “%(value)s” is niet bekend."),
    "area_conflict": _(
        "Het punt ligt in %(derived)s, maar de lijst zegt %(stated)s. Beide zijn bewaard."
    ),
    "outside_areas": _("Het punt ligt buiten alle bekende wijken."),
    "bad_coordinates": _("“%(value)s” is geen punt op de kaart."),
    "swapped_coordinates": _("Breedte- en lengtegraad stonden omgekeerd; dat is hersteld."),
    "possible_duplicate": _(
        "Lijkt op “%(value)s” (%(why)s). Niet samengevoegd; staat op de werklijst."
    ),
    "shared_spot": _(
        "%(number)s organisaties (%(why)s): %(value)s. Niet samengevoegd; staat op de werklijst."
    ),
    "repeated_row": _("Precies dezelfde regel als regel %(value)s; één keer overgenomen."),
    "bad_website": _("“%(value)s” is geen webadres; het is bewaard bij de gegevens uit de lijst."),
    "repaired_website": _("Het webadres was niet volledig; het is aangevuld."),
    "second_website": _(
        "Er staan meer webadressen in de cel; de andere zijn contactpunten geworden."
    ),
    "bad_email": _("“%(value)s” is geen e-mailadres; het is bewaard bij de gegevens uit de lijst."),
    "bad_phone": _(
        "“%(value)s” is geen telefoonnummer; het is bewaard bij de gegevens uit de lijst."
    ),
    "phone_rest": _("“%(value)s” stond bij het telefoonnummer; het is bewaard voor beheerders."),
    "mail_rest": _("“%(value)s” stond bij het e-mailadres; het is bewaard voor beheerders."),
    "moved_contact": _("“%(value)s” stond in een andere kolom, en is toch overgenomen."),
    "bad_kvk": _("“%(value)s” is geen KVK-nummer (acht cijfers); het is bewaard voor beheerders."),
    "kvk_rest": _("“%(value)s” stond bij het KVK-nummer; het is bewaard voor beheerders."),
    "bad_postcode": _("“%(value)s” is geen postcode; niet in het adres, wel bewaard."),
    "bad_city": _("“%(value)s” is geen plaatsnaam; niet in het adres, wel bewaard."),
    "ditto_cell": _("“%(value)s” verwijst naar een andere regel; vul in wat er bedoeld is."),
    "broken_cell": _("“%(value)s” is een fout van het rekenprogramma; de cel is overgeslagen."),
    "date_for_number": _(
        "“%(value)s” is een datum en geen huisnummer; het staat niet in het adres."
    ),
    "future_confirmation": _("De bevestiging op %(value)s is nog niet geweest; niet overgenomen."),
    "hours_backwards": _(
        "De openingstijden “%(value)s” eindigen voor ze beginnen; de tekst staat bij de toegang."
    ),
    "slid_row": _("De cellen van deze regel lijken verschoven; kijk de regel na."),
    "empty_name": _("De regel heeft geen naam en is niet overgenomen."),
    "total_row": _("De regel telt andere regels op en is niet overgenomen."),
    "note_row": _("De regel zegt iets over de lijst en is niet overgenomen."),
    "section_row": _(
        "“%(value)s” is een tussenkop en geen record; wat eronder staat, krijgt er niets van."
    ),
    "other_table": _(
        "Vanaf regel %(value)s staan andere kolommen; de regel is niet overgenomen. Zet die tabel"
        " op een eigen blad."
    ),
    "long_name": _("De naam is langer dan 200 tekens en is ingekort; de hele naam is bewaard."),
    "long_text": _("De tekst is te lang en is ingekort; de hele tekst is bewaard."),
    "markup_removed": _("Er stond opmaak (HTML) in de cel; die is weggehaald."),
    "formula_cell": _("De cel begint als een formule; ze is als gewone tekst overgenomen."),
    "personal_data": _("Hier staat een gegeven van een persoon; het is niet openbaar gemaakt."),
    "short_row": _("De regel heeft minder cellen dan er kolommen zijn."),
    "long_row": _("De regel heeft meer cellen dan er kolommen zijn; de rest is bewaard."),
    "unknown_kind": _("De soort “%(value)s” staat niet in de lijst van soorten."),
    "unknown_theme": _("Het thema “%(value)s” staat niet in de lijst van thema’s."),
    "unknown_language": _("De taal “%(value)s” is niet bekend."),
    "unknown_role": _("De rol “%(value)s” is niet bekend."),
    "unknown_network": _(
        "Het netwerk “%(value)s” is niet bekend; het lidmaatschap is niet gelegd."
    ),
    "network_rest": _("“%(value)s” stond bij het netwerk; het is geen deel van de naam."),
    "new_network": _("Het netwerk “%(value)s” had geen eigen regel en is toegevoegd."),
    "named_as_network": _(
        "“%(value)s” is door %(number)s regels genoemd als netwerk, en is nu een netwerk."
    ),
    "named_but_other": _(
        "“%(value)s” is door %(number)s regels genoemd als netwerk, maar is iets anders; staat op "
        "de werklijst."
    ),
    "merged_row": _(
        "Dit is samengevoegd met “%(value)s”; wat de lijst nu anders zegt, is niet overgenomen."
    ),
    "membership_ended": _(
        "De lijst noemt “%(value)s” niet meer; het lidmaatschap is sinds gisteren voorbij."
    ),
    "network_emptied": _(
        "De cel met netwerken is nu leeg; het lidmaatschap van “%(value)s” staat op de werklijst."
    ),
    "emptied_cell": _("De cel is nu leeg. Er stond: “%(value)s”."),
    "network_circle": _(
        "Lid worden van “%(value)s” zou een kring van netwerken maken; dat is niet gedaan."
    ),
    "bad_date": _("“%(value)s” is geen datum."),
    "bad_number": _("“%(value)s” is geen aantal."),
    "bad_yes_no": _("“%(value)s” is geen ja of nee."),
    "hours_unsure": _(
        "De openingstijden “%(value)s” kunnen ’s middags of ’s nachts zijn; niet ingevuld, de tekst"
        " staat bij de toegang."
    ),
    "hours_by_appointment": _(
        "Bij de openingstijden staat “%(value)s”; er zijn geen tijden ingevuld, de tekst staat bij "
        "de toegang."
    ),
    "unread_hours": _(
        "De openingstijden “%(value)s” zijn niet begrepen; de tekst staat bij de toegang."
    ),
    "period_backwards": _(
        "De einddatum ligt voor de begindatum; de einddatum is niet overgenomen."
    ),
    "bad_characters": _("Er staan tekens in die niet te lezen waren."),
    "duplicate_identifier": _("Het nummer “%(value)s” staat ook op regel %(line)s."),
    "renamed": _("Heette “%(value)s”; nummer en andere gegevens komen overeen."),
    "number_of_another": _(
        "Het nummer “%(value)s” hoort bij “%(other)s”, dat anders heet; er is niets hernoemd."
    ),
    "kept_unmapped": _("Deze kolom hoort bij geen veld; de inhoud is bij elk record bewaard."),
    "guessed_column": _(
        "Deze kolom is gelezen als “%(value)s”. Klopt dat niet, verander dan de toewijzing."
    ),
    "missing_from_file": _("Staat niet meer in het bestand; het record blijft staan."),
    "failed_row": _("De regel kon niet worden overgenomen (%(value)s)."),
    "sheet_hidden": _(
        "Het blad “%(value)s” is verborgen en niet gelezen; kies het blad als dat wel moet."
    ),
    "sheet_not_read": _("Het blad “%(value)s” is niet gelezen; kies het blad als dat wel moet."),
    "above_header": _(
        "De kop staat op regel %(value)s; wat erboven staat (regels: %(number)s) is niet gelezen."
    ),
    "two_headers": _("Twee koprijen zijn samen gelezen als: %(value)s."),
    "unreadable_file": _("Het bestand is niet gelezen; er is niets veranderd."),
    "no_name_column": _("Geen kolom met namen gevonden; wijs er een aan."),
}

# A word of a list that is one of these can be asked: what is it with us?
ASKED = {
    "unknown_area",
    "unknown_kind",
    "unknown_theme",
    "unknown_language",
    "unknown_role",
    "unknown_network",
    "new_network",
}

# The fields of a list as a reader reads them; the fields themselves have stable names.
LABELS = {
    "identifier": _("eigen nummer"),
    "kvk": _("KVK-nummer"),
    "name": _("naam"),
    "role": _("rol"),
    "kind": _("soort"),
    "themes": _("thema’s"),
    "networks": _("netwerken"),
    "area": _("wijk"),
    "street": _("adres"),
    "house_number": _("huisnummer"),
    "postcode": _("postcode"),
    "city": _("woonplaats"),
    "latitude": _("breedtegraad"),
    "longitude": _("lengtegraad"),
    "point": _("punt op de kaart"),
    "website": _("website"),
    "email": _("e-mailadres"),
    "phone": _("telefoon"),
    "person": _("contactpersoon"),
    "description": _("omschrijving"),
    "note": _("opmerking"),
    "languages": _("talen"),
    "target_groups": _("doelgroepen"),
    "hours": _("openingstijden"),
    "wheelchair": _("rolstoel"),
    "toilet": _("toilet"),
    "kitchen": _("keuken"),
    "volunteers": _("vrijwilligers"),
    "volunteers_on": _("peildatum vrijwilligers"),
    "since": _("sinds"),
    "until": _("tot en met"),
    "is_place": _("is een plek"),
    "source": _("bron"),
    "confirmed_on": _("bevestigd op"),
    "listed_on": _("ingevoerd op"),
    "when": _("wanneer"),
    "day": _("dag"),
    "begin": _("begin"),
    "end": _("einde"),
    "place": _("plek"),
    "address": _("adres"),
    "organiser": _("organisator"),
    "group": _("wie doet het"),
    "share": _("aandeel"),
    "cost": _("kosten"),
    "is_free": _("gratis"),
    "online_url": _("online adres"),
    "slug": _("deel van het webadres"),
    "description_en": _("omschrijving (Engels)"),
    "description_tr": _("omschrijving (Turks)"),
    "description_ar": _("omschrijving (Arabisch)"),
    "description_pt": _("omschrijving (Portugees)"),
}


def field_label(name: str) -> str:
    """The name of a field in the reader's language; the name of a column or sheet as it is."""
    return str(LABELS.get(name, name))


@lru_cache(maxsize=500)
def _sentence(code: str, language: str | None) -> str:
    return str(CODES[code])


def message(code: str, **words: object) -> str:
    """The sentence of a code in the reader's language, long values cut."""
    return _sentence(code, get_language()) % _Words(
        {key: str(value)[:120] for key, value in words.items()}
    )


class _Words(dict[str, str]):
    """The values of a sentence; one that is not given is shown as left out."""

    def __missing__(self, key: str) -> str:
        return "…"


def message_meant(close: str) -> str:
    """The suggestion for a word that nearly is a known one."""
    return translated("bedoel je %(known)s?") % {"known": close}
