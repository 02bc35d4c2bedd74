"""What a keeper can write down about dreams and open from her desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import DeskDoor
from knooppunt.dreams import rules


def desk_doors(user: Any) -> list[DeskDoor]:
    """The doors of dreams for one user."""
    if not rules.may_enter(user):
        return []
    doors = [
        DeskDoor(_("Dromen van een tafel"), reverse("dreams:open_table"), "dream", is_new=True)
    ]
    if rules.may_read(user):
        doors.append(DeskDoor(_("Dromen lezen"), reverse("dreams:desk"), "dream"))
    return doors
