"""What a keeper can add to the register and open from her desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import DeskDoor
from knooppunt.directory import rules


def desk_doors(user: Any) -> list[DeskDoor]:
    """The doors of the register for one user."""
    doors: list[DeskDoor] = []
    if rules.may_add(user):
        doors += [
            _new(_("Nieuw initiatief"), "initiatieven", "people"),
            _new(_("Nieuw netwerk"), "netwerken", "network"),
            _new(_("Nieuwe plek"), "plekken", "house"),
            _new(_("Nieuwe instelling"), "instellingen", "building"),
        ]
    if rules.is_keeper(user):
        doors.append(DeskDoor(_("Lijst voor een ronde"), reverse("directory:round"), "print"))
    if rules.may_coordinate(user):
        doors += [
            DeskDoor(_("Lijst inlezen"), reverse("directory:imports"), "book"),
            DeskDoor(_("Mensen"), reverse("directory:people"), "who"),
        ]
    return doors


def _new(label: str, what: str, icon: str) -> DeskDoor:
    return DeskDoor(label, reverse("directory:add", args=[what]), icon, is_new=True)
