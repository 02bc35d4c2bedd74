"""What a keeper can add to the agenda and open from her desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import DeskDoor
from knooppunt.directory.rules import is_keeper


def desk_doors(user: Any) -> list[DeskDoor]:
    """The doors of this part for one user."""
    if not is_keeper(user):
        return []
    return [
        DeskDoor(_("Zet iets in de agenda"), reverse("agenda:enter"), "calendar", is_new=True),
        DeskDoor(_("Activiteiten inlezen"), reverse("agenda:imports"), "book"),
        DeskDoor(_("Kalenders van elders"), reverse("agenda:feeds"), "feed"),
    ]
