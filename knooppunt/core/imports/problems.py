"""Says in plain sentences why a file as a whole could not be read, and what to do then."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knooppunt.kit.tables import UnreadableFile

SENTENCES = {
    "empty": _("Het bestand is leeg."),
    "file_gone": _("Het bestand staat er niet meer. Stuur het nog eens in."),
    "too_many_waiting": _(
        "Er staan al %(detail)s lijsten van je klaar die nog niet zijn ingelezen. Lees er een in,"
        " of gooi er een weg."
    ),
    "too_large": _("Het bestand is te groot: het mag %(detail)s zijn."),
    "not_a_table": _(
        "Dit is geen lijst die we kunnen lezen. Open het in je rekenprogramma (zoals Excel of"
        " LibreOffice), kies “Opslaan als” en dan .xlsx of .csv, en stuur dat bestand."
    ),
    "damaged": _(
        "Het bestand is beschadigd. Open het in je rekenprogramma, sla het opnieuw op als .xlsx of"
        " .csv, en stuur dat bestand."
    ),
    "no_header": _(
        "We vinden geen regel met de namen van de kolommen. Zet boven elke kolom een naam, en"
        " probeer het opnieuw."
    ),
    "transposed": _(
        "De lijst ligt op zijn kant: elke kolom is een organisatie. Kopieer hem, kies “Plakken"
        " speciaal” en dan “Transponeren”, en stuur dat bestand."
    ),
    "no_sheet": _("Dat blad staat niet in het bestand (%(detail)s)."),
    "no_name_column": _("Geen kolom met namen gevonden; wijs er een aan."),
    "not_a_calendar": _("Dit is geen kalender die we kunnen lezen (%(detail)s)."),
}


def describe_problem(problem: UnreadableFile) -> str:
    """Why a file was not read, for who sent it; nothing was changed then."""
    sentence = SENTENCES.get(problem.code, SENTENCES["damaged"])
    nothing_changed = gettext("Er is niets veranderd.")
    return f"{sentence % {'detail': problem.detail[:200]}} {nothing_changed}"
