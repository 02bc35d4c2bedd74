"""What a coordinator can open of the search from her desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import DeskDoor
from knooppunt.directory.rules import may_coordinate


def desk_doors(user: Any) -> list[DeskDoor]:
    """The doors of this part for one user."""
    if not may_coordinate(user):
        return []
    return [DeskDoor(_("Woorden en gemis"), reverse("find:words"), "search")]
