"""What nobody has told us yet about a place or an organisation, as questions to the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.directory.models import Organisation, Place


def of_place(place: Place, known: Mapping[str, Any]) -> list[str]:
    """The questions about a place; ``known`` is the context of its page."""
    host = known["host"]
    questions = (
        (place.description or (host and host.description), _("Wat kun je er doen?")),
        (place.address, _("Wat is het adres?")),
        (place.area or known["areas"], _("In welke wijk ligt het?")),
        (known["week"], _("Wanneer is de deur open?")),
        (host and host.target_groups, _("Voor wie is het?")),
        (known["languages"], _("Welke talen spreken ze er?")),
        (known["roles"], _("Wie doet de deur open?")),
        (known["phone"], _("Wat is het telefoonnummer?")),
        (place.has_wheelchair_access is not None, _("Kan een rolstoel naar binnen?")),
        (place.has_toilet is not None, _("Is er een toilet?")),
        (place.has_kitchen is not None, _("Is er een keuken?")),
    )
    return [question for is_known, question in questions if not is_known]


def of_organisation(organisation: Organisation, known: Mapping[str, Any]) -> list[str]:
    """The questions about an organisation; ``known`` is the context of its page."""
    is_reached = organisation.website or known["contacts"]
    questions = (
        (organisation.description, _("Wat doen ze?")),
        (known["areas"] or known["places"], _("In welke wijk is het?")),
        (organisation.since or organisation.until, _("Sinds wanneer is het er?")),
        (organisation.target_groups, _("Voor wie is het?")),
        (known["languages"], _("Welke talen spreken ze er?")),
        (is_reached, _("Hoe bereik je ze?")),
    )
    return [question for is_known, question in questions if not is_known]
