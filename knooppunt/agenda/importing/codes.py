"""The stable list of what an import of activities can find, each with its sentence;
docs/agenda.md is checked against it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "empty_name": _("De regel heeft geen naam en is niet overgenomen."),
    "total_row": _("De regel telt andere regels op en is niet overgenomen."),
    "note_row": _("De regel zegt iets over de lijst en is niet overgenomen."),
    "no_when": _(
        "Niet te zeggen wanneer of hoe vaak het is (“%(value)s”); het staat zonder tijden in de "
        "agenda en telt niet mee."
    ),
    "no_time": _("Er staat geen tijd bij; het is als iets van de hele dag overgenomen."),
    "night_hour": _("Dit begint om %(value)s, in de nacht; kijk na of de middag bedoeld is."),
    "begin_assumed": _(
        "De lijst zegt niet wanneer het begint. Nu is de eerste keer %(value)s; kijk na of dat "
        "klopt."
    ),
    "holidays_known": _(
        "De vakanties en feestdagen zijn bekend tot en met %(value)s; kijk het daarna na."
    ),
    "unread_words": _(
        "Dit is niet begrepen: %(value)s. Omdat het iets kan veranderen, is van deze tijd niets "
        "overgenomen."
    ),
    "unknown_place": _("De plek “%(value)s” staat niet in het register; de woorden zijn bewaard."),
    "unknown_organiser": _(
        "De organisatie “%(value)s” staat niet in het register; de naam is bewaard."
    ),
    "unknown_class": _(
        "“%(value)s” zegt niet wie het werk doet; het telt niet mee in het aandeel."
    ),
    "bad_share": _("“%(value)s” is geen deel tussen 0 en 100; het telt niet mee in het aandeel."),
    "unknown_kind": _("De soort “%(value)s” staat niet in de lijst; ze is als trefwoord bewaard."),
    "unknown_theme": _(
        "Het thema “%(value)s” staat niet in de lijst; het is als trefwoord bewaard."
    ),
    "unknown_area": _("De wijk “%(value)s” is niet bekend."),
    "unknown_language": _("De taal “%(value)s” is niet bekend."),
    "bad_date": _("“%(value)s” is geen datum."),
    "bad_website": _("“%(value)s” is geen webadres; het is bewaard bij de gegevens uit de lijst."),
    "bad_yes_no": _("“%(value)s” is geen ja of nee."),
    "period_backwards": _("Het einde ligt voor het begin; het einde is niet overgenomen."),
    "personal_data": _("Hier staat een gegeven van een persoon; het is niet openbaar gemaakt."),
    "markup_removed": _("Er stond opmaak (HTML) in de tekst; die is weggehaald."),
    "long_name": _("De naam is langer dan 200 tekens en is ingekort."),
    "kept_unmapped": _("Voor deze kolom is geen veld; de inhoud is bewaard."),
    "guessed_column": _("De kolom leek op “%(value)s” en is zo gelezen."),
    "no_name_column": _("Geen kolom met namen gevonden; wijs er een aan."),
    "known_elsewhere": _(
        "Deze afspraak komt al uit een andere kalender; ze is niet dubbel overgenomen."
    ),
    "not_public": _("Deze afspraak is niet openbaar; alleen beheerders zien haar."),
    "single_time": _(
        "Dit is één keer van een reeks die hier nog niet staat; alleen deze keer staat in de "
        "agenda."
    ),
    "shared_uid": _(
        "Meer afspraken hebben hier hetzelfde kenmerk (UID); elk staat apart in de agenda."
    ),
    "uid_changed": _(
        "Deze afspraak kreeg in de kalender een nieuw kenmerk (UID); ze is herkend aan naam en "
        "tijd."
    ),
    "probably_known": _(
        "Dit is nieuw en lijkt op “%(value)s”, dat niet meer in de kalender staat. Is het "
        "hetzelfde? Het wacht tot iemand ernaar kijkt."
    ),
    "older_version": _(
        "Dit is een oudere versie dan die hier staat; er is niets aan deze afspraak veranderd."
    ),
    "no_start": _("De afspraak heeft geen begin en is niet overgenomen."),
    "bad_rule": _(
        "De herhaling is niet te begrijpen; de afspraak is niet overgenomen (%(value)s)."
    ),
    "too_often": _("De afspraak komt te vaak terug en is niet overgenomen."),
    "ends_before_start": _("De afspraak eindigt voor ze begint en is niet overgenomen."),
    "unreadable": _("De afspraak is niet te lezen en is niet overgenomen (%(value)s)."),
    "too_many_occurrences": _(
        "Hiermee zou het bestand meer dan 20.000 keren hebben; de afspraak is niet overgenomen."
    ),
    "time_limit": _("Het uitrekenen duurde te lang; de afspraak is niet overgenomen."),
    "memory_limit": _("Het uitrekenen vroeg te veel geheugen; de afspraak is niet overgenomen."),
    "file_too_large": _("Het bestand is te groot; er is niets veranderd."),
    "sheet_hidden": _(
        "Het blad “%(value)s” is verborgen en niet gelezen; kies het blad als dat wel moet."
    ),
    "sheet_not_read": _("Het blad “%(value)s” is niet gelezen; kies het blad als dat wel moet."),
    "above_header": _(
        "De kop staat op regel %(value)s; wat erboven staat (regels: %(number)s) is niet gelezen."
    ),
    "two_headers": _("Twee koprijen zijn samen gelezen als: %(value)s."),
    "unreadable_file": _("Het bestand is niet gelezen; er is niets veranderd."),
    "failed_row": _("Dit kon niet worden overgenomen (%(value)s)."),
    "not_yours": _("Deze activiteit houdt iemand anders bij; ze is niet gewijzigd."),
    "waits_for_look": _("Dit is van een ander; het is een voorstel tot iemand ernaar kijkt."),
}

# A word of a list that is one of these can be asked: what is it with us?
ASKED = {
    "unknown_place",
    "unknown_organiser",
    "unknown_class",
    "unknown_kind",
    "unknown_theme",
    "unknown_area",
    "unknown_language",
}


def message(code: str, **words: object) -> str:
    """The sentence of a code in the reader's language, long values cut."""
    return str(CODES.get(code, CODES["unreadable"])) % {
        "value": "",
        "number": "",
        **{key: str(value)[:120] for key, value in words.items()},
    }
