"""What a keeper can write down of meetings and open from her desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import DeskDoor
from knooppunt.decisions import rules


def desk_doors(user: Any) -> list[DeskDoor]:
    """The doors of this part for one user."""
    if not rules.is_inside(user):
        return []
    doors = [DeskDoor(_("Overleg en besluiten"), reverse("decisions:meetings"), "calendar")]
    if rules.may_convene(user):
        doors.append(
            DeskDoor(
                _("Overleg opschrijven"), reverse("decisions:enter_meeting"), "pencil", is_new=True
            )
        )
    return doors
