"""Tells a line of the trail in words: who did what, and for each field what it was and became."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core import corrections
from knooppunt.core.models import TrailEntry
from knooppunt.core.registry.closings import OUTCOMES
from knooppunt.directory.actions import closing
from knooppunt.directory.models import Organisation, Place, Record

VERBS = {
    "create": gettext_lazy("toegevoegd"),
    "change": gettext_lazy("gewijzigd"),
    "confirm": gettext_lazy("bevestigd"),
    "join": gettext_lazy("lid geworden"),
    "assign": gettext_lazy("aan een plek verbonden"),
    "end": gettext_lazy("beëindigd"),
    "report": gettext_lazy("melding ontvangen"),
    "close_report": gettext_lazy("melding afgehandeld"),
    "keep_membership": gettext_lazy("nog steeds lid"),
    "keep_apart": gettext_lazy("bekeken: niet dubbel"),
    "set_state": gettext_lazy("zichtbaarheid gewijzigd"),
    "close": gettext_lazy("gestopt"),
    "undo": gettext_lazy("ongedaan gemaakt"),
    "undo_close": gettext_lazy("stoppen ongedaan gemaakt"),
    "lapse_request": gettext_lazy("aanvraag om lid te worden is vervallen"),
    "merge": gettext_lazy("samengevoegd"),
    "merge_values": gettext_lazy("overgenomen bij samenvoegen"),
    "merged_away": gettext_lazy("opgegaan in een ander record"),
    "undo_merge": gettext_lazy("samenvoegen ongedaan gemaakt"),
    "undo_merge_values": gettext_lazy("teruggezet bij ongedaan maken"),
    "revert": gettext_lazy("teruggezet"),
    "undo_confirm": gettext_lazy("bevestiging ongedaan gemaakt"),
    "reopen": gettext_lazy("wacht weer op een besluit"),
    "correct": gettext_lazy("verbeterd"),
    "strike": gettext_lazy("doorgestreept als vergissing"),
    "put_back": gettext_lazy("teruggezet"),
    "change_link": gettext_lazy("lidmaatschap of rol verbeterd"),
    "propose": gettext_lazy("voorgesteld"),
    "close_proposal": gettext_lazy("over een voorstel beslist"),
    "ask_to_join": gettext_lazy("gevraagd om lid te worden"),
    "refuse_membership": gettext_lazy("lidmaatschap geweigerd"),
    "appoint_host": gettext_lazy("vertegenwoordiger aangewezen"),
    "invite": gettext_lazy("uitgenodigd"),
    "change_address": gettext_lazy("e-mailadres gewijzigd"),
}
FIELDS = {
    "contact_points": gettext_lazy("contact"),
    "hours": gettext_lazy("openingstijden"),
    "exceptions": gettext_lazy("afwijkende dagen"),
    "networks": gettext_lazy("netwerk"),
    "roles": gettext_lazy("plek"),
    "volunteers": gettext_lazy("vrijwilligers"),
    "identifiers": gettext_lazy("nummer"),
    "merged_from": gettext_lazy("samengevoegd met"),
}


def readable(line: TrailEntry) -> dict[str, Any]:
    """What happened, and the differences as (field, was, became)."""
    verb = str(VERBS.get(line.verb, line.verb))
    if line.is_refused:
        verb = _("geweigerd: %(verb)s") % {"verb": verb}
    differences = [
        (_field(line.target_type, name), _words(old), _words(new))
        for name, (old, new) in line.changes.items()
    ]
    if line.verb == "confirm" and line.details.get("via") in Record.Channel.values:
        verb = f"{verb} ({Record.Channel(line.details['via']).label})"
    return {"verb": verb, "differences": differences, "decisions": decisions_of(line)}


def decisions_of(line: TrailEntry) -> list[tuple[str, str]]:
    """What a closing decided about each thing below an organisation: its name and what becomes
    of it, in words.
    """
    known = closing.groups()
    told = []
    for key, _pk, name, choice in line.details.get("decisions", ()):
        group = known.get(key)
        words = OUTCOMES.get(choice) or (group.consequence if group else "")
        told.append((name, str(words)))
    return told


def _field(target: str, name: str) -> str:
    if name in FIELDS:
        return str(FIELDS[name])
    model: Any = Place if target == "place" else corrections.model_of(target) or Organisation
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def _words(value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value == "" or value == [] or value == {}:
        return _("niets")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {words}" for key, words in value.items())
    return str(value)
