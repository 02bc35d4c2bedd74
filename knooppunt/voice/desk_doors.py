"""What a keeper can write down in the voice and open from her desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import DeskDoor
from knooppunt.voice import rules


def desk_doors(user: Any) -> list[DeskDoor]:
    """The doors of this part for one user."""
    if not rules.is_inside(user):
        return []
    doors = [
        DeskDoor(_("Punt opschrijven"), reverse("voice:enter_point"), "talk", is_new=True),
        DeskDoor(_("Schrijf op wat je hoorde"), reverse("voice:heard"), "pencil", is_new=True),
    ]
    if rules.may_convene(user):
        commitment = reverse("voice:enter_commitment")
        doors += [
            DeskDoor(_("Toezegging opschrijven"), commitment, "check", is_new=True),
            DeskDoor(_("Signalen"), reverse("voice:signals"), "talk"),
        ]
    return doors
